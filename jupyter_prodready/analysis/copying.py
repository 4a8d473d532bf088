"""Calls that make another object of what they are given, which has the very same things inside.

From the Python library reference (collections, copy, dataclasses, functools, heapq, itertools,
random, types) and the API reference of pandas.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from .deeds import Sharing
from .nodes import dotted
from .words import words

Given = list[tuple[ast.expr, Sharing]]
_TAKEN: Mapping[str, int] = {
    **dict.fromkeys(words("OrderedDict UserDict UserList Series deque sample choices _make"), 0),
    **dict.fromkeys(words("defaultdict nlargest nsmallest"), 1),
}
"""Which of its arguments each of these goes through and holds the elements of."""
_SEEN_THROUGH = words("ChainMap MappingProxyType vars")
"""What these give shows each change of what they were given, and is a way to it."""
_BOTH: tuple[Sharing, ...] = ("part", "holds")
_OF_ITSELF = words("_replace _asdict")
_BY_NAME = words("dict OrderedDict defaultdict SimpleNamespace replace _replace")
"""Calls that put away what they are given by keyword."""
_REPLACING = words("replace dataclasses.replace copy.replace")
OFTEN_ANOTHER = words("replace sample nlargest nsmallest")
"""Of `COPYING`, the names that mostly are those of others: of texts, tables, numbers."""
COPYING = (
    _SEEN_THROUGH
    | _OF_ITSELF
    | _BY_NAME
    | OFTEN_ANOTHER
    | _TAKEN.keys()
    | {"copy", "from_iterable", "reduce", "sum"}
)
"""Last names of these calls."""
NEW_OBJECTS = COPYING - _SEEN_THROUGH - words("copy dict deque")
"""Of these, the names of calls whose result a function may change and leave its argument alone."""


def handed_over(last: str, call: ast.Call) -> Given:
    """What the result has something of, and what; ``last`` is one of `COPYING`."""
    given, func = call.args, call.func
    found: Given = []
    if last == "replace" and dotted(func) not in _REPLACING:
        return found
    if call.keywords and last in _BY_NAME:
        found = [(one.value, "holds" if one.arg else "copies") for one in call.keywords]
    if last in _OF_ITSELF:
        return [(func.value, "copies"), *found] if type(func) is ast.Attribute else found
    if not given:
        return found
    if last == "reduce":
        return [(one, "summed") for one in given[1:]]
    if last in _SEEN_THROUGH:
        return [(one, how) for one in given for how in _BOTH]
    if last == "from_iterable" or (last == "sum" and type(given[-1]) is ast.List):
        within = given[0].elts if isinstance(given[0], (ast.List, ast.Tuple)) else given[:1]
        return [(one, "copies") for one in within]
    if last in _TAKEN:
        at = _TAKEN[last]
        return [*[(one, "copies") for one in given[at : at + 1]], *found]
    if last == "replace" or (last == "copy" and type(func) is ast.Name):
        return [(given[0], "copies"), *found]
    return found


def merged(value: ast.BinOp) -> tuple[list[str], Sharing]:
    """The names among what ``+`` and ``|`` put together, and what the result has of these: where
    a container is written down with them, they are containers, too."""
    op = type(value.op)
    sides = [value.left, value.right] if op is ast.Add or op is ast.BitOr else []
    names = [one.id for one in sides if isinstance(one, ast.Name)]
    if len(names) == 2:
        return names, "summed"
    written = any(isinstance(one, _CONTAINERS) for one in sides)
    return names if written else [], "copies"


_CONTAINERS = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
