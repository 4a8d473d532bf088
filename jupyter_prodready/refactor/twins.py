"""Places that define the same function: the first definition is enough for all of them.

A second `def` of an equal function changes nothing, as long as the function holds nothing
that could differ: no attribute, no default that can change, no decorator, and every use is a call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..model import Refusal
from .alike import Alike, compare
from .captured import uses
from .page import Page, PageStatement, named
from .parts import Parts
from .source import SelectedCell


def twins_of(groups: Sequence[Sequence[SelectedCell]], page: Page) -> frozenset[tuple[int, int]]:
    """Where ``groups`` define a function anew that they defined before."""
    own = {s.place for group in groups for cell in group for s in cell.statements}
    found: set[tuple[int, int]] = set()
    for name, writers in page.writers.items():
        first, *others = writers
        same = all(ast.dump(w.tree) == ast.dump(first.tree) for w in others)
        moves = others and same and all(w.place in own for w in writers)
        if moves and _is_plain(first, name, page):
            found |= {writer.place for writer in others}
    return frozenset(found)


def refuse_renamed(one: Parts, other: Parts, names: dict[str, str]) -> Iterator[Refusal]:
    """Functions that are equal but for their own name; ``names`` are those of the other place."""
    mine, its = (_functions(parts) for parts in (one, other))
    for name, function in mine.items():
        twin = its.get(names.get(name, name))
        if twin is not None and twin.name != name and _are_equal(function, twin):
            cells = [named(parts.cells[0].cell) for parts in (one, other)]
            message = f"`{twin.name}` of {cells[1]} is `{name}` of {cells[0]} under another name."
            remedy = f"Call `{name}` in both places."
            yield Refusal(other.cells[0].cell.id, twin.lineno, message, remedy)


def _is_plain(first: PageStatement, name: str, page: Page) -> bool:
    tree = first.tree
    if not isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef) or tree.decorator_list:
        return False
    defaults = (*tree.args.defaults, *filter(None, tree.args.kw_defaults))
    if not all(isinstance(one, ast.Constant) for one in defaults):
        return False
    if any(s.sees_all or s.binds_unseen for s in page.statements):
        return False
    return all(call is not None for s in page.statements for call in uses(s.tree, name))


def _functions(parts: Parts) -> dict[str, ast.FunctionDef]:
    trees = (s.tree for s in parts.definitions)
    return {tree.name: tree for tree in trees if isinstance(tree, ast.FunctionDef)}


def _are_equal(one: ast.FunctionDef, other: ast.FunctionDef) -> bool:
    """But for their own names, those inside of them and literals included."""
    same = ast.dump(one.args) == ast.dump(other.args)
    found = compare(one.body, other.body)
    if not same or not isinstance(found, Alike) or found.literals:
        return False
    return all(mine == its or mine == one.name for mine, its in found.names.items())
