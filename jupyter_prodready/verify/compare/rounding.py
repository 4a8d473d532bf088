"""Two texts that are the same but for the last digits of their numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from .likeness import SAME, Likeness, but_for, differs_in

DEFAULT_RTOL = 1e-6
DEFAULT_ATOL = 1e-12
"""What sums that should be 0 leave over; a p-value of 1e-9 is a result."""

ROUNDING = "rounding of numbers"

_DIGITS = r"(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?"
_NUMBER = re.compile(rf"(?<![\w.])[-+]?{_DIGITS}j?(?!\w|\.\d)|[-+]{_DIGITS}j(?!\w)")
_IN_PATHS = re.compile(rf"[-+]?{_DIGITS}")
"""In ``d="M1.5-2L3 4"`` of SVG letters and signs part the numbers."""
_SPACE = re.compile(r"\s+")
_RULE = re.compile(r"([-=─━])\1+")
_PLACE = "\0"


@dataclass(frozen=True)
class Tolerance:
    """Two numbers are the same within ``rtol`` of the larger one or within ``atol``.

    ``by_line``: what is printed on one line may be gone before the next, and its address be
    that of another object there.
    """

    rtol: float = DEFAULT_RTOL
    atol: float = DEFAULT_ATOL
    by_line: bool = False

    def close(self, one: float, other: float) -> bool:
        if math.isnan(one) or math.isnan(other):
            return math.isnan(one) and math.isnan(other)
        return math.isclose(one, other, rel_tol=self.rtol, abs_tol=self.atol)


def same_but_rounding(shown: str, fresh: str, tolerance: Tolerance) -> tuple[Likeness, int]:
    """Line by line; with the index of the first line that differs.

    Whole numbers are equal or differ. Other blanks, longer rules and another number of
    zeros are what noise in a neighbour's digits does to a table: alone they are changes.
    """
    ours, theirs = shown.split("\n"), fresh.split("\n")
    found = _Found(tolerance)
    for index, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if not found.line(one, other):
            return _wrapped(shown, fresh, tolerance, index)
    if len(ours) != len(theirs):
        return _wrapped(shown, fresh, tolerance, min(len(ours), len(theirs)))
    if found.rearranged and not found.rounded:
        first = next(i for i, pair in enumerate(zip(ours, theirs, strict=True)) if _differ(*pair))
        return _line_differs(shown, fresh, first), first
    return (but_for(ROUNDING) if found.rounded else SAME), -1


def same_path(shown: str, fresh: str, tolerance: Tolerance) -> bool:
    """Whether two paths or transformations of SVG are the same drawing."""
    if _IN_PATHS.sub(_PLACE, shown) != _IN_PATHS.sub(_PLACE, fresh):
        return False
    pairs = zip(_IN_PATHS.findall(shown), _IN_PATHS.findall(fresh), strict=True)
    return all(tolerance.close(float(one), float(other)) for one, other in pairs)


@dataclass
class _Found:
    """What was met on the way. ``rearranged``: blanks, rules or zeros differ."""

    tolerance: Tolerance
    rounded: bool = False
    rearranged: bool = False
    _numbers: re.Pattern[str] = field(default=_NUMBER, repr=False)

    def line(self, one: str, other: str) -> bool:
        if one == other:
            return True
        ours, theirs = _NUMBER.sub(_PLACE, one), _NUMBER.sub(_PLACE, other)
        if ours != theirs:
            self.rearranged = True
            if _squeezed(ours) != _squeezed(theirs):
                return False
        pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
        return all(self._number(*pair) for pair in pairs)

    def _number(self, one: str, other: str) -> bool:
        if one == other:
            return True
        if _is_whole(one) and _is_whole(other):
            return False
        ours, theirs = float(one.rstrip("j")), float(other.rstrip("j"))
        if ours == theirs:
            self.rearranged = True
            return not _is_whole(one) and not _is_whole(other)
        self.rounded = True
        return self.tolerance.close(ours, theirs)


def _differ(one: str, other: str) -> bool:
    return one != other


def _wrapped(shown: str, fresh: str, tolerance: Tolerance, index: int) -> tuple[Likeness, int]:
    """Longer digits make NumPy break the lines of an array elsewhere."""
    if "[" in shown and "\n" in shown.strip() and len(_numbers(shown)) > 1:
        found = _Found(tolerance)
        if found.line(_SPACE.sub(" ", shown), _SPACE.sub(" ", fresh)) and found.rounded:
            return but_for(ROUNDING), -1
    return _line_differs(shown, fresh, index), index


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _squeezed(words: str) -> str:
    return _RULE.sub(r"\1", _SPACE.sub("", words))


def _is_whole(number: str) -> bool:
    return number.lstrip("+-").isdigit()


def _line_differs(shown: str, fresh: str, index: int) -> Likeness:
    ours, theirs = shown.split("\n"), fresh.split("\n")
    if index < len(ours) and index < len(theirs):
        return differs_in(ours[index], theirs[index])
    return differs_in("\n".join(ours[index:]), "\n".join(theirs[index:]))
