"""Why a name has no value for sure where the selection reads it."""

from __future__ import annotations

import ast

from ..model import Cell, RefusalCode
from .page import IPYTHON_NAME, MODULE_NAME, Page, code_of, named
from .parts import Parts

_LEAVE = "Leave this line in the notebook."


def why_unbound(
    name: str, page: Page, parts: Parts, start: tuple[int, int]
) -> tuple[str, str, RefusalCode]:
    """Message, remedy and code; ``start`` is where the selection begins."""
    opaque = page.opaque_before(start)
    if MODULE_NAME.match(name):
        return f"`{name}` means the notebook, a module has its own.", _LEAVE, ""
    if IPYTHON_NAME.match(name):
        return f"`{name}` exists only in IPython.", _LEAVE, ""
    if opaque is not None:
        where = f"{opaque.opaque} ({named(opaque.cell)})"
        message = f"No line shows where `{name}` comes from: {where}."
        return message, "Define or import it by name.", code_of(opaque)
    if name in page.writers:
        return _too_late(name, page.writers[name][0].cell, parts)
    message = f"`{name}` exists at most in the kernel: no cell above defines it."
    return message, "Restore the cell that defines it.", "unbound"


def _too_late(name: str, cell: Cell, parts: Parts) -> tuple[str, str, RefusalCode]:
    if all(selected.cell.id != cell.id for selected in parts.cells):
        message = f"`{name}` is only defined further down, in {named(cell)}."
        return message, "Move that cell up.", "unbound"
    if any(_deletes(statement.tree, name) for statement in parts.body):
        message = f"`{name}` may have no value yet where it is deleted."
        return message, f"Leave out `del {name}`, or bind `{name}` on every path.", ""
    return f"`{name}` may have no value yet where it is read.", f"Give `{name}` a value above.", ""


def _deletes(tree: ast.AST, name: str) -> bool:
    deleted = (node for node in ast.walk(tree) if isinstance(node, ast.Delete))
    return any(isinstance(n, ast.Name) and n.id == name for d in deleted for n in d.targets)
