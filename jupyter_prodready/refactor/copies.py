"""Copies of what a function would change in place, so that its caller's objects stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_OWN = ("pandas.DataFrame", "pandas.Series", "numpy.ndarray")
"""Their ``copy`` leaves nothing shared."""
_FLAT = re.compile(r"(list|set|dict)\[(int|float|str|bool|bytes|complex|, )+\]$")
DEEP = "deepcopy"
PURE_NEEDS_PROOF = "Only a proof can tell whether somebody sees that objects are copied."


def copies_of(names: Sequence[str], types: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each name; what its type shares with a copy of it is copied, too."""
    return tuple(_copy(name, types.get(name, "")) for name in names)


def _copy(name: str, kind: str) -> str:
    owns = kind in _OWN or _FLAT.match(kind)
    return f"{name} = {name}.copy()" if owns else f"{name} = {DEEP}({name})"
