"""Elements of a container that is written down where it is gone through, or looked into:
``for df in [train, test]``, ``for name, df in {"a": a}.items()``, ``[a, b][0]``."""

from __future__ import annotations

import ast

from .shapes import shape_of

_CONTAINERS = frozenset({ast.List, ast.Tuple, ast.Set})


def written_elements(node: ast.expr) -> list[ast.expr]:
    """What going through ``node`` gives; nothing where it is no such container."""
    kind = type(node)
    if kind in _CONTAINERS:
        return list(node.elts)  # type: ignore[attr-defined]
    if kind is not ast.Call or type(node.func) is not ast.Attribute:  # type: ignore[attr-defined]
        return []
    held, method = node.func.value, node.func.attr  # type: ignore[attr-defined]
    if type(held) is not ast.Dict or method not in ("items", "values"):
        return []
    if method == "values":
        return list(held.values)
    pairs = zip(held.keys, held.values, strict=True)
    return [ast.Tuple([key, value]) for key, value in pairs if key is not None]


def written_items(value: ast.Subscript) -> list[ast.expr]:
    """What ``[a, b][i]`` and ``{"k": a}[k]`` may be."""
    held = value.value
    if type(held) is ast.Dict:
        return list(held.values)
    if type(held) not in _CONTAINERS or isinstance(value.slice, ast.Slice):
        return []
    return [one for one in held.elts if type(one) is not ast.Starred]  # type: ignore[attr-defined]


def made_anew(node: ast.Assign) -> str:
    """The name that gets another object, made of its own: ``df = df.dropna()``; else nothing."""
    target, value = node.targets[0], node.value
    if type(target) is not ast.Name or type(value) not in (ast.Call, ast.Subscript):
        return ""
    shape = shape_of(target.id, value)
    return target.id if shape is not None and shape.source == target.id else ""
