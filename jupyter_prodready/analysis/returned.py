"""What a function hands back of the objects that it knows by names."""

from __future__ import annotations

import ast

from .aliases import sources_of
from .words import NOTHING

_PASSES_NOTHING = frozenset({ast.Name, ast.Constant, ast.BinOp, ast.Attribute, ast.Compare})


def passed_by(value: ast.expr) -> frozenset[str]:
    """Names whose elements the value holds, in a container of its own."""
    found = () if type(value) in _PASSES_NOTHING else sources_of(value)
    return frozenset([name for name, how in found if how == "copies"]) if found else NOTHING


def shared_by(value: ast.expr) -> frozenset[str]:
    """Names whose objects the value may be, or hold, copies apart."""
    found = sources_of(value)
    if not found:
        return NOTHING
    return frozenset([name for name, how in found if how != "copies" and how != "summed"])
