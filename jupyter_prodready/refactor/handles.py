"""What a name may stand for that is used up as it is read."""

from __future__ import annotations

import ast

from ..analysis.calls import dotted
from .page import BUILTINS, Page, PageStatement

_HANDLES = frozenset(
    {"open", "iter", "map", "filter", "socket", "create_connection", "urlopen", "scandir"}
)
_WIDGETS = frozenset({"widgets", "ipywidgets"})


def handle(statement: PageStatement, page: Page) -> str | None:
    """What kind of used-up thing this statement binds, if its source shows it."""
    tree = statement.tree
    if not isinstance(tree, ast.Assign):
        return None
    if isinstance(tree.value, ast.GeneratorExp):
        return "a generator"
    if not isinstance(tree.value, ast.Call):
        return None
    name = dotted(tree.value.func)
    first, _, last = name.rpartition(".")
    if first in _WIDGETS:
        return "a widget"
    if last in _HANDLES and (
        name in BUILTINS or name.startswith(("socket.", "urllib.", "os.", "io."))
    ):
        return {"open": "an open file", "socket": "a socket"}.get(last, "used up as it is read")
    makers = [s for s in page.writers.get(name, ()) if isinstance(s.tree, ast.FunctionDef)]
    return "a generator" if any(_yields(s.tree) for s in makers) else None


def _yields(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(tree))
