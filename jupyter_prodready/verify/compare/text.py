"""When do two texts say the same? Each way in which they may differ has a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from .likeness import SAME, SHORT, Likeness, all_of, but_for, differs_in
from .rounding import Tolerance, same_but_rounding
from .sets import in_our_order
from .timings import without_timings

Parts = tuple[str, ...]
Normal = Callable[[str], tuple[str, Parts]]
"""The text without what varies by itself, and what was taken out."""

_ADDRESS = re.compile(r"(?<=\bat )0x[0-9a-fA-F]{4,16}\b")
_CELL_FILE = re.compile(
    r"(?<![\w./\\~+-])(?:[A-Za-z]:)?[\w./\\~+-]*ipykernel_\d+[/\\]\d+\.py|<ipython-input-\d+-[0-9a-f]+>"
)
_TEMPORARY = re.compile(
    r"(?:/tmp|/var/tmp|/var/folders/\w\w/\w+/T|[A-Za-z]:[\w\\~. -]*\\Temp)"
    r"[/\\]tmp[a-z0-9_]{8}(?![a-z0-9_])"
)
_REACH = 300
BLANKS = "blanks at the end of a line"


def same_text(shown: str, fresh: str, tolerance: Tolerance) -> Likeness:
    """Equal once what varies by itself is taken out, and but for the rounding of numbers.

    Memory addresses are renamed by first appearance: one that stands twice must stand
    twice, in the same places, on the other side.
    """
    if shown == fresh:
        return SAME
    ours, theirs, reasons = shown, fresh, []
    for name, normal in _BY_LINE if tolerance.by_line else NORMALS:
        (ours, mine), (theirs, its) = normal(ours), normal(theirs)
        if mine != its:
            reasons.append(name)
    found, line = same_but_rounding(ours, theirs, tolerance)
    if found.difference is None:
        seen = [reason for reason in reasons if reason != BLANKS] or reasons
        return all_of([but_for(*seen), found])
    return _as_written(shown, fresh, ours, theirs, line) or found


def _as_written(shown: str, fresh: str, ours: str, theirs: str, line: int) -> Likeness | None:
    """The lines that differ as a person sees them, where nothing moved them."""
    mine, its = shown.split("\n"), fresh.split("\n")
    if len(mine) != ours.count("\n") + 1 or len(its) != theirs.count("\n") + 1:
        return None
    if line >= min(len(mine), len(its)) or max(len(mine[line]), len(its[line])) > SHORT:
        return None
    return differs_in(mine[line], its[line])


class Renamer:
    """Gives what varies from run to run a number by first appearance."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers: dict[str, int] = {}

    def __call__(self, found: str) -> str:
        return f"{self._name}#{self._numbers.setdefault(found, len(self._numbers) + 1)}"


def _without_addresses(text: str) -> tuple[str, Parts]:
    """Those of objects, ``<A at 0x...>``; other hexadecimal numbers are results."""
    rename, found = Renamer("address"), []

    def renamed(match: re.Match[str]) -> str:
        if not _is_in_object(text, match.start()):
            return match[0]
        found.append(match[0])
        return rename(match[0])

    return _ADDRESS.sub(renamed, text), tuple(found)


def _without_addresses_by_line(text: str) -> tuple[str, Parts]:
    lines = [_without_addresses(line) for line in text.split("\n")]
    return "\n".join(line for line, _ in lines), tuple(one for _, found in lines for one in found)


def _is_in_object(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place) + 1
    before = text[max(line, place - _REACH) : place].replace("->", "")
    return before.count("<") > before.count(">") or before.endswith(") at ")


def _renaming(pattern: re.Pattern[str], name: str) -> Normal:
    def normal(text: str) -> tuple[str, Parts]:
        rename, found = Renamer(name), tuple(pattern.findall(text))
        return (pattern.sub(lambda match: rename(match[0]), text) if found else text), found

    return normal


def _without_trailing_blanks(text: str) -> tuple[str, Parts]:
    lines = text.split("\n")
    bare = [line.rstrip(" \t") for line in lines]
    return "\n".join(bare), tuple(
        line[len(kept) :] for line, kept in zip(lines, bare, strict=True) if line != kept
    )


NORMALS: tuple[tuple[str, Normal], ...] = (
    ("times", without_timings),
    ("names of the kernel's files", _renaming(_CELL_FILE, "cell")),
    ("names of temporary files", _renaming(_TEMPORARY, "temporary")),
    ("memory addresses", _without_addresses),
    ("order of a set", in_our_order),
    (BLANKS, _without_trailing_blanks),
)
_BY_LINE = tuple(
    (name, _without_addresses_by_line if normal is _without_addresses else normal)
    for name, normal in NORMALS
)
