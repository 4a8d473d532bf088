"""What a page may offer to extract, before it is known whether it can be."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Notebook, SuggestionKind
from .alike import Alike, compare, is_literal
from .page import Page
from .parts import Parts, split
from .sections import quiet_runs, sections_of, statements_in, trimmed
from .source import SelectedCell

LEAST = 3
"""Statements, those in blocks included; the same code may have one less in each place."""


@dataclass(frozen=True)
class Candidate:
    """``size`` are the statements that would leave the page; ``heading`` is there for a
    section."""

    kind: SuggestionKind
    cells: tuple[SelectedCell, ...]
    size: int
    heading: str = ""
    places: int = 1

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(cell.cell.id for cell in self.cells)


@dataclass(frozen=True)
class _Piece:
    """Cells that stand in a row under one heading, and what becomes of their statements."""

    cells: tuple[SelectedCell, ...]
    parts: Parts

    @property
    def body(self) -> list[ast.stmt]:
        return [statement.tree for statement in self.parts.body]


def candidates_of(notebook: Notebook, page: Page) -> tuple[Candidate, ...]:
    """Candidates of every kind, the largest first."""
    found: list[Candidate] = []
    pieces: list[_Piece] = []
    for heading, cells in sections_of(notebook):
        runs = list(filter(None, (trimmed(run, page) for run in quiet_runs(cells, page))))
        whole = len(runs) == 1 and bool(heading)
        pieces += [_piece((cell,), page) for cell in cells]
        for run in runs:
            if len(run) > 1:
                pieces.append(_piece(run, page))
                kind: SuggestionKind = "section" if whole else "run"
                found.append(Candidate(kind, run, _size(pieces[-1]), heading if whole else ""))
    found += [Candidate("cell", p.cells, _size(p)) for p in pieces if len(p.cells) == 1 and p.body]
    found += _same_code(pieces)
    found += _definitions(pieces)
    return tuple(sorted((one for one in found if one.size >= LEAST), key=lambda one: -one.size))


def _piece(cells: tuple[SelectedCell, ...], page: Page) -> _Piece:
    return _Piece(cells, split(cells, page))


def _size(piece: _Piece) -> int:
    return statements_in(piece.body)


# --- the same code ------------------------------------------------------------------


def _same_code(pieces: Sequence[_Piece]) -> Iterator[Candidate]:
    shapes: dict[str, list[_Piece]] = {}
    for piece in pieces:
        if len(piece.body) > 1:
            shapes.setdefault(_shape(piece.body), []).append(piece)
    for alike in shapes.values():
        while len(alike) > 1:
            first, *rest = alike
            twins = [one for one in rest if isinstance(compare(first.body, one.body), Alike)]
            alike = [one for one in rest if one not in twins]
            if twins:
                cells = tuple(cell for one in (first, *twins) for cell in one.cells)
                places = 1 + len(twins)
                size = _size(first) * places
                yield Candidate("same-code", cells, size, places=places)


def _shape(trees: Sequence[ast.stmt]) -> str:
    """Equal for code that differs in names and literals only, and sometimes for other code."""
    return " ".join(
        getattr(node, "attr", "") or type(node).__name__
        for tree in trees
        for node in _outside_literals(tree)
    )


def _outside_literals(tree: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if not is_literal(child):
            yield child
            yield from _outside_literals(child)


# --- definitions --------------------------------------------------------------------


def _definitions(pieces: Sequence[_Piece]) -> Iterator[Candidate]:
    """Cells that only define functions and classes: all together, and each by itself."""
    own = [piece for piece in pieces if len(piece.cells) == 1 and _only_defines(piece.parts)]
    trees = {piece.cells: [s.tree for s in piece.parts.definitions] for piece in own}
    if len(own) > 1:
        cells = tuple(cell for piece in own for cell in piece.cells)
        yield Candidate("definitions", cells, statements_in(t for ts in trees.values() for t in ts))
    for piece in own:
        yield Candidate("definitions", piece.cells, statements_in(trees[piece.cells]))


def _only_defines(parts: Parts) -> bool:
    made = [s.tree for s in parts.definitions if not isinstance(s.tree, ast.Assign | ast.Expr)]
    return bool(made) and not parts.body and parts.display is None
