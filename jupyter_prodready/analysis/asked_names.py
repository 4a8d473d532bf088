"""Code that asks which names there are: `dir`, ``"x" in globals()``."""

from __future__ import annotations

import ast

from .nodes import dotted
from .words import NOTHING, words

NAMES = "@names"
"""Read by what tells all names."""
NAME = "@name:"
"""Begins the location that is read where one name is asked for."""
TELL_OWN = words("dir locals vars")
"""Calls that tell the names of the scope where they stand, if they are given nothing."""
_TELL = TELL_OWN | {"globals"}


def names_asked(call: ast.Call) -> frozenset[str]:
    """What a call at the top level of a cell tells of the names of the page."""
    plain = not call.args and not call.keywords
    return frozenset([NAMES]) if plain and dotted(call.func) in TELL_OWN else NOTHING


def name_asked(node: ast.Compare, *, inside: bool) -> frozenset[str] | None:
    """The name of the page that ``"x" in globals()`` asks for; None where it asks for none."""
    around = node.comparators[0]
    called = dotted(around.func) if isinstance(around, ast.Call) and not around.args else ""
    asked = node.left.value if isinstance(node.left, ast.Constant) else None
    if called not in _TELL or not isinstance(asked, str):
        return None
    if not isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return None
    return NOTHING if inside and called in TELL_OWN else frozenset([NAME + asked])
