"""What IPython shows of a cell where the notebook sets it to show more than the last line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..model import Refusal
from .page import Page, named
from .parts import Parts, may_show

_SETTING = re.compile(r"ast_node_interactivity\b(?:\s*=\s*['\"](\w+)['\"])?")
_AS_EVER = frozenset({"last_expr", "none"})
_LAST = "Set `ast_node_interactivity` to 'last_expr'"


def refuse_shown(parts: Parts, page: Page) -> tuple[Refusal, ...]:
    """Lines that the notebook shows in the middle of a cell, and a function would not."""
    values = dict(_settings(page))
    if values.keys() <= _AS_EVER:
        return ()
    cell = next(cell for value, cell in values.items() if value not in _AS_EVER)
    if values.keys() - _AS_EVER != {"all"}:
        message = f"{cell} sets what is shown of a cell, and more than its last value may be."
        return (Refusal(parts.first.cell.id, None, message, f"{_LAST}."),)
    found = []
    for statement in parts.body:
        line = None if parts.result else next(_shown_lines(statement.tree, page), None)
        if line is not None:
            message = f"Line {line} shows its value, as {cell} sets it, and a function cannot."
            remedy = f"Print the value, or leave the line out. Or: {_LAST}."
            found.append(Refusal(statement.cell.id, line, message, remedy))
    return tuple(found)


def shows_all(page: Page) -> bool:
    """Is every value of a cell shown, and not its last one only?"""
    return "all" in dict(_settings(page))


def sets_what_is_shown(page: Page) -> bool:
    return any(True for _ in _settings(page))


def _settings(page: Page) -> Iterator[tuple[str, str]]:
    """Each value that the setting may have, "" where it is not known, and the cell."""
    for cell in dict.fromkeys(statement.cell for statement in page.statements):
        for match in _SETTING.finditer(cell.source):
            yield match[1] or "", named(cell)


def _shown_lines(node: ast.AST, page: Page) -> Iterator[int]:
    """A loop or branch shows its values, too; functions and classes do not."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    if isinstance(node, ast.Expr) and may_show(node, page):
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _shown_lines(child, page)
