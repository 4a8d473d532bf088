"""Literal names of parts: ``df["x"]``, ``df[["x", "y"]]``, ``df.loc[rows, "x"]``, ``df.x``."""

from __future__ import annotations

import ast
from typing import NamedTuple

from .nodes import last_name

WHOLE_ATTRIBUTES = frozenset(
    [
        "shape",
        "columns",
        "index",
        "values",
        "T",
        "dtypes",
        "iloc",
        "loc",
        "at",
        "iat",
        "size",
        "empty",
        "ndim",
        "axes",
        "plot",
        "style",
        "str",
        "dt",
        "cat",
        "items",
        "keys",
        "name",
        "names",
        "flat",
        "real",
        "imag",
        "dtype",
        "nbytes",
        "base",
        "sparse",
        "attrs",
        "flags",
        "schema",
        "__dict__",
        "width",
        "height",
    ]
)
"""Attributes of frames and arrays that depend on all of the object."""
OF_CLASS = ("__class__",)
"""The part behind ``x.__class__`` and ``type(x)``."""
LOCATORS = frozenset({"loc", "at"})
_BY_NUMBER = frozenset({"iloc", "iat"})
_PLACES = LOCATORS | _BY_NUMBER
_WAYS = _PLACES | {"__dict__"}
"""Attributes that lead to any part of the object."""


class Place(NamedTuple):
    """Columns of ``name`` that an assignment through a locator changes; ``whole``: in
    every row, so that nothing is left of what they were."""

    name: str
    keys: tuple[str, ...]
    whole: bool


class Needed(NamedTuple):
    """The columns ``keys`` of the table ``name``. ``certain``: the call cannot do without;
    ``reached``: unless a loop is empty. ``levels``: the name of an index would do, too."""

    name: str
    keys: tuple[str, ...]
    line: int
    certain: bool
    reached: bool
    levels: bool


def literal_keys(node: ast.expr) -> tuple[str, ...] | None:
    """The texts of a literal text, or of a list of them; None for anything else."""
    if type(node) is ast.Constant:
        return (node.value,) if type(node.value) is str else None
    if type(node) is ast.List and node.elts:
        texts = [e.value for e in node.elts if isinstance(e, ast.Constant)]
        keys = tuple([text for text in texts if isinstance(text, str)])
        return keys if len(keys) == len(node.elts) else None
    return None


def is_place(node: ast.expr) -> bool:
    """Is it ``df.iloc``, or another attribute through which cells of a table are set?"""
    return type(node) is ast.Attribute and node.attr in _PLACES and isinstance(node.value, ast.Name)


def located(node: ast.Subscript) -> Place | None:
    """The columns behind ``df.loc[rows, columns]``, and ``df.iloc[0, df.columns.get_loc("c")]``."""
    value = node.value
    if not isinstance(value, ast.Attribute) or value.attr not in _PLACES:
        return None
    if not isinstance(value.value, ast.Name) or not isinstance(node.slice, ast.Tuple):
        return None
    if len(node.slice.elts) != 2:
        return None
    rows, columns = node.slice.elts
    keys = literal_keys(columns)
    if value.attr in _BY_NUMBER:
        asked = columns if isinstance(columns, ast.Call) and columns.args else None
        by_name = asked is not None and last_name(asked.func) == "get_loc"
        keys = literal_keys(asked.args[0]) if asked is not None and by_name else None
    if keys is None:
        return None
    whole = isinstance(rows, ast.Slice) and rows.lower is None and rows.upper is None
    return Place(value.value.id, keys, whole)


def first_item(node: ast.expr) -> tuple[str, ...] | None:
    """The part of the root name that an access path goes through first, if it is literal."""
    while True:
        if isinstance(node, ast.Subscript):
            if isinstance(node.value, ast.Name):
                return literal_keys(node.slice)
            if (
                isinstance(node.value, ast.Attribute)
                and node.value.attr in _PLACES
                and (place := located(node)) is not None
            ):
                return place.keys
            node = node.value
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name):
                return None if node.attr in _WAYS else (node.attr,)
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func.value
            if isinstance(node, ast.Name):
                return None
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "type":
            return OF_CLASS
        else:
            return None
