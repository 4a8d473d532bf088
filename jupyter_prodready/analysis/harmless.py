"""Code of which it is plain that it changes nothing beside its own names."""

from __future__ import annotations

import ast
from collections.abc import Collection

from .builtin_names import is_builtin
from .mutation import MUTATING_METHODS
from .nodes import walk


def only_looks(node: ast.AST, own: Collection[str] | None = None) -> bool:
    """Is that so, but for what the functions do that it calls by name? A method must not hand its
    object on; of that it may call the methods ``own``."""
    first = ""
    if own is not None and isinstance(node, (ast.FunctionDef, ast.Lambda)) and node.args.args:
        first = node.args.args[0].arg
    for one in walk(node):
        if isinstance(one, (ast.Attribute, ast.Subscript)) and not isinstance(one.ctx, ast.Load):
            return False
        if isinstance(one, (ast.Global, ast.Nonlocal, ast.Delete, ast.With, ast.Await)):
            return False
        if isinstance(one, ast.AugAssign) and not isinstance(one.target, ast.Name):
            return False
        if isinstance(one, ast.Call) and not _call_only_looks(one, first, own or ()):
            return False
    return True


def _call_only_looks(call: ast.Call, first: str, own: Collection[str]) -> bool:
    given = [*call.args, *[one.value for one in call.keywords]]
    if [1 for one in given if first and isinstance(one, ast.Name) and one.id == first]:
        return False
    func = call.func
    if not isinstance(func, ast.Attribute):
        return isinstance(func, (ast.Name, ast.Subscript)) and getattr(func, "id", "") != "next"
    if isinstance(func.value, ast.Name) and func.value.id == first:
        return func.attr in own
    return func.attr not in MUTATING_METHODS


_USES = (ast.BinOp, ast.Compare, ast.FormattedValue, ast.UnaryOp, ast.comprehension, ast.For)


def hands_out(node: ast.FunctionDef | ast.Lambda) -> set[str]:
    """Attributes of its object that a method may hand to others; ``""`` is the object itself."""
    first = node.args.args[0].arg if node.args.args else ""
    found: set[str] = set()
    for parent in walk(node):
        called = parent.func if isinstance(parent, ast.Call) else None
        looks = isinstance(parent, _USES) or is_builtin(getattr(called, "id", ""))
        for child in ast.iter_child_nodes(parent):
            if looks or child is called:
                continue
            if isinstance(child, ast.Name) and child.id == first:
                if not isinstance(parent, ast.Attribute):
                    found.add("")
            elif isinstance(child, ast.Attribute) and getattr(child.value, "id", None) == first:
                found.add(child.attr)
    return found
