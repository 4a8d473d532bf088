"""Texts that are filled with names of the page: ``"{name}".format(**locals())``."""

from __future__ import annotations

import ast
from string import Formatter

from .known_names import NAMESPACE_CALLS
from .nodes import dotted

FILLING = frozenset({"format", "format_map", "substitute", "safe_substitute", "render"})
"""Methods that put values into a text by their names."""
_OF_TEXT = frozenset({"format", "format_map"})


def fills(call: ast.Call, *, inside: bool) -> bool:
    """Is a call of `FILLING` given all names of the page? ``inside`` of a function `locals` has
    those of the function."""
    given = [*call.args, *[keyword.value for keyword in call.keywords if keyword.arg is None]]
    every = {dotted(one.func) for one in given if type(one) is ast.Call and not one.args}
    return "globals" in every or (not inside and not NAMESPACE_CALLS.isdisjoint(every))


def fields_of(call: ast.Call) -> list[str] | None:
    """The names that it needs; None where the text does not stand there."""
    func = call.func
    if type(func) is not ast.Attribute or func.attr not in _OF_TEXT:
        return None
    text = func.value
    if type(text) is not ast.Constant or type(text.value) is not str:
        return None
    if len(call.args) + len(call.keywords) > 1:
        return None
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text.value) if field]
    except ValueError:
        return None
    return [field.partition(".")[0].partition("[")[0] for field in fields]
