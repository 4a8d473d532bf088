"""Elements of a container that is written down where it is gone through, or looked into:
``for df in [train, test]``, ``for name, df in {"a": a}.items()``, ``[a, b][0]``."""

from __future__ import annotations

import ast

from .nodes import last_name
from .shapes import shape_of

_CONTAINERS = frozenset({ast.List, ast.Tuple, ast.Set})
_LISTS = (ast.List, ast.Tuple)
_BY_SHAPE = frozenset(
    ["zeros", "ones", "empty", "full", "random", "random_sample", "uniform", "normal", "integers",
     "randint", "standard_normal", "rand", "randn", "reshape", "broadcast_to", "resize"]
)  # fmt: skip
_BY_SIZES = frozenset({"rand", "randn", "reshape"})
"""Of these, functions that take the sizes one by one."""
_OF_ROWS = frozenset({"eye", "identity", "to_numpy", "diag", "vstack", "stack", "column_stack"})


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


def is_table(value: ast.expr) -> bool:
    """Does it make an array of more than one dimension?"""
    if isinstance(value, ast.Attribute):
        return value.attr == "values"
    if not isinstance(value, ast.Call):
        return False
    last, given = last_name(value.func), value.args
    if last in ("array", "asarray"):
        first = given[0] if given else None
        return isinstance(first, _LISTS) and bool(first.elts) and isinstance(first.elts[0], _LISTS)
    if last in _BY_SIZES and len(given) > 1:
        return True
    shapes = [*given, *[keyword.value for keyword in value.keywords]]
    has_shape = any(isinstance(one, _LISTS) and len(one.elts) > 1 for one in shapes)
    return last in _OF_ROWS or (last in _BY_SHAPE and has_shape)
