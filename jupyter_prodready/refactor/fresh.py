"""Names that are surely bound to a new object: to change that changes nothing from before."""

from __future__ import annotations

import ast

from ..analysis.calls import dotted
from ..analysis.words import words

_MAKERS = words("list dict set frozenset sorted tuple bytearray deepcopy copy.copy copy.deepcopy")
_COPYING = words(
    """
    copy dropna fillna assign sort_values sort_index reset_index set_index rename drop
    drop_duplicates merge astype melt pivot_table explode ffill bfill replace to_dict
    """
)
"""Methods of frames, arrays, lists and dicts whose result is an object of its own."""
_MADE_ANEW = (
    *(ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp),
    *(ast.Constant, ast.JoinedStr, ast.BinOp),
)
_IN_PLACE = frozenset({"inplace", "copy", "deep", "out", None})


def bound_anew(tree: ast.stmt) -> str:
    """The name that the statement binds to an object that nothing else holds, ``""`` where that
    is not sure."""
    if not isinstance(tree, ast.Assign) or len(tree.targets) != 1:
        return ""
    target = tree.targets[0]
    return target.id if isinstance(target, ast.Name) and _is_new(tree.value) else ""


def _is_new(value: ast.expr) -> bool:
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Compare | ast.List)
    if not isinstance(value, ast.Call):
        return isinstance(value, _MADE_ANEW)
    if not _IN_PLACE.isdisjoint(keyword.arg for keyword in value.keywords):
        return False
    is_method = isinstance(value.func, ast.Attribute) and value.func.attr in _COPYING
    return is_method or dotted(value.func) in _MAKERS
