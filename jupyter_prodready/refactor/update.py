"""Extracting again: what stands against it that a definition of the module is replaced."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..model import Refusal
from .module import written
from .page import Page, named

_CHOOSE = "Choose another name, or another module."


def users_of(tree: ast.Module, name: str) -> tuple[str, ...]:
    """What else of the module reads ``name``, through other definitions too."""
    reads = {other: _names(node) for node in tree.body for other in written([node])}
    found: dict[str, None] = {name: None}
    queue = [name]
    for wanted in queue:
        new = [other for other, names in reads.items() if wanted in names and other not in found]
        found.update(dict.fromkeys(new))
        queue += new
    return tuple(other for other in found if other != name)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def refuse_update(
    text: str, names: Sequence[str], import_name: str, page: Page
) -> Iterator[Refusal]:
    """Where the page itself uses what would become another function."""
    tree = ast.parse(text)
    for name in names:
        for other in users_of(tree, name):
            for statement in page.writers.get(other, ()):
                if _imports(statement.tree, import_name):
                    message = f"`{other}` of the module uses `{name}`, and the notebook `{other}`."
                    yield Refusal(statement.cell.id, statement.facts.line, message, _CHOOSE)
        for statement in page.statements:
            if any(_is_whole(line, import_name) for line in ast.walk(statement.tree)):
                message = f"{named(statement.cell)} imports all of the module."
                yield Refusal(statement.cell.id, statement.facts.line, message, _CHOOSE)


def is_only_imported(
    name: str, import_name: str, page: Page, places: frozenset[tuple[int, int]]
) -> bool:
    """Is ``name`` on this page nothing but an import from this module, above the selection,
    that nobody reads?"""
    writers = page.writers.get(name, ())
    if not writers or any(s.place in places or s.place > min(places) for s in writers):
        return False
    if not all(_imports(s.tree, import_name) and s.is_import for s in writers):
        return False
    reads = (name in (*s.flow.exposed, *s.flow.late, *s.flow.soft) for s in page.statements)
    return not any(reads) and not any(s.sees_all for s in page.statements)


def _imports(tree: ast.AST, import_name: str) -> bool:
    return isinstance(tree, ast.ImportFrom) and tree.module == import_name and not tree.level


def _is_whole(node: ast.AST, import_name: str) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name == import_name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        package, _, module = import_name.rpartition(".")
        star = _imports(node, import_name) and node.names[0].name == "*"
        return star or (node.module == package and any(a.name == module for a in node.names))
    return False
