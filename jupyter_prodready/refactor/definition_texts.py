"""What moves to the top level of the module, as it was written."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from .module import Definition
from .moves import Moves
from .parts import Parts
from .source import Node, read_cell, text_of


def definitions_of(selected: Sequence[Parts], moves: Moves) -> list[Definition]:
    """One for each name, with the comments that belong to it."""
    own = {s.place: s.node for parts in selected for s in parts.statements}
    nodes: dict[tuple[int, int], Node] = {}
    for cell in dict.fromkeys(statement.cell for statement in moves.definitions):
        nodes |= {s.place: s.node for s in read_cell(cell).statements}
    nodes |= own
    found = []
    for statement in moves.definitions:
        for name in sorted(statement.flow.bound):  # none for a docstring of the cell
            node = nodes[statement.place]
            lines = node.leading_lines if statement.place in own else _attached(node.leading_lines)
            found.append(Definition(name, text_of([node.with_changes(leading_lines=lines)])))
    return found


def _attached(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """The comments right above a definition, without those further up."""
    kept: list[cst.EmptyLine] = []
    for line in reversed(lines):
        if line.comment is None:
            break
        kept.insert(0, line)
    return kept
