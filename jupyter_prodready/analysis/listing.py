"""Calls that list what is in a folder."""

from __future__ import annotations

import ast

from .nodes import dotted
from .paths import location_of
from .words import NOTHING, words

LISTS = words("listdir scandir walk iterdir glob rglob iglob")
"""Last names of these calls."""
_OF_MODULE = frozenset({"os", "glob"})


def listed_by(call: ast.Call) -> frozenset[str]:
    """Where what the call lists is: ``@list:out``, or ``@list$`` and an expression for the path."""
    func, given = call.func, call.args[:1]
    if isinstance(func, ast.Attribute) and dotted(func.value) not in _OF_MODULE:
        given = [func.value]
    place = location_of(given[0]) if given else "@file:."
    return NOTHING if place is None else frozenset([f"@list{place[5:]}"])
