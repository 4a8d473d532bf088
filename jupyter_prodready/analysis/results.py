"""Loops over what a call gives of which only the page knows what that is."""

from __future__ import annotations

import ast

from .builtin_names import BUILTINS
from .facts import Alias
from .nodes import names_in


def loop_over_result(node: ast.For | ast.AsyncFor) -> list[Alias]:
    """Aliases made by ``for x in f(a)``, and by ``for x in d.all()``."""
    func = node.iter.func if isinstance(node.iter, ast.Call) else None
    called = func.value if isinstance(func, ast.Attribute) else func
    if not isinstance(called, ast.Name) or called.id in BUILTINS:
        return []
    return [Alias(name, called.id, "passed") for name in names_in(node.target)]
