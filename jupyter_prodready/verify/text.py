"""When do two texts say the same? Each way in which they may differ has a name."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable

MAX_LITERAL = 20_000
SameValues = tuple[str, str]

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?(?!\w|\.\d)")
_SPACE = re.compile(r"[ \t]+|-{2,}|─{2,}|━{2,}")
_HTML_IDS = re.compile(
    r"sk-(?:container|estimator)-id-\d+|\bT_[0-9a-f]{5}(?![0-9a-f])|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}"
    r"[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"
)
_SVG_DATE = re.compile(r"<dc:date>.*?</dc:date>")
_SVG_ID = re.compile(r"\bid=\"([^\"]+)\"")


class Renamer:
    """Gives what varies from run to run a number by first appearance.

    Two texts that are equal after it use the same things in the same places: an address
    that appears twice must appear twice on the other side.
    """

    def __init__(self, pattern: re.Pattern[str], name: str) -> None:
        self._pattern = pattern
        self._name = name
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        return self._pattern.sub(self._numbered, text)

    def _numbered(self, match: re.Match[str]) -> str:
        number = self._numbers.setdefault(match[0], len(self._numbers) + 1)
        return f"{self._name}#{number}"


def same_text(shown: str, fresh: str, rtol: float) -> str | None:
    """Why two plain texts are equivalent: the names of what was normalised, joined.

    ``""`` where they are equal as they stand, None where they say different things.
    """
    named = []
    if shown == fresh:
        return ""
    shown, fresh, changed = _renamed(shown, fresh, _ADDRESS, "address")
    if changed:
        named.append("memory addresses")
    if shown == fresh:
        return ", ".join(named)
    how = _same_lines(shown, fresh, rtol)
    return None if how is None else ", ".join([*named, *how])


def _renamed(shown: str, fresh: str, pattern: re.Pattern[str], name: str) -> tuple[str, str, bool]:
    new_shown, new_fresh = Renamer(pattern, name)(shown), Renamer(pattern, name)(fresh)
    return new_shown, new_fresh, (new_shown, new_fresh) != (shown, fresh)


def _same_lines(shown: str, fresh: str, rtol: float) -> list[str] | None:
    """What makes each line equal; a literal may span all of them."""
    if _same_literal(shown, fresh, rtol):
        return ["order of a set"]
    ours, theirs = shown.split("\n"), fresh.split("\n")
    if len(ours) != len(theirs):
        return None
    named: list[str] = []
    for one, other in zip(ours, theirs, strict=True):
        if one == other:
            continue
        if _same_numbers(one, other, rtol):
            named.append("rounding of numbers")
        elif _same_literal(one, other, rtol):
            named.append("order of a set")
        else:
            return None
    return sorted(set(named))


def _same_numbers(shown: str, fresh: str, rtol: float) -> bool:
    """Equal but for floats within ``rtol``, and for the blanks and rules that align them."""
    if _words(shown) != _words(fresh):
        return False
    ours, theirs = _NUMBER.findall(shown), _NUMBER.findall(fresh)
    return all(
        one == other
        or (
            not (one.lstrip("+-").isdigit() and other.lstrip("+-").isdigit())
            and math.isclose(float(one), float(other), rel_tol=rtol)
        )
        for one, other in zip(ours, theirs, strict=True)
    )


def _words(text: str) -> str:
    return _SPACE.sub(" ", _NUMBER.sub("#", text)).strip()


def _same_literal(shown: str, fresh: str, rtol: float) -> bool:
    """Whether both are the same Python value with a set in it, written in another order.

    The order of a dict's keys is a difference: it is the order in which code filled it.
    """
    if "{" not in shown or max(len(shown), len(fresh)) > MAX_LITERAL:
        return False
    if sorted(shown) != sorted(fresh):
        return False
    try:
        one, other = ast.literal_eval(shown.strip()), ast.literal_eval(fresh.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return _ordered(one) == _ordered(other)


def _ordered(value: object) -> object:
    """The value, dicts as lists of pairs, so that their order counts; sets as they are."""
    if isinstance(value, dict):
        return ("dict", [(key, _ordered(item)) for key, item in value.items()])
    if isinstance(value, list | tuple):
        return (type(value), [_ordered(item) for item in value])
    return value


def same_html(shown: str, fresh: str, rtol: float) -> str | None:
    """As `same_text`; generated ids do not count."""
    return _with(_ids_renamed, "generated ids", same_text, shown, fresh, rtol)


def same_svg(shown: str, fresh: str, rtol: float) -> str | None:
    """As `same_text`; ids and the date of drawing do not count."""
    return _with(_svg_plain, "generated ids and date", same_text, shown, fresh, rtol)


def _with(
    plain: Callable[[str], str],
    name: str,
    same: Callable[[str, str, float], str | None],
    shown: str,
    fresh: str,
    rtol: float,
) -> str | None:
    if shown == fresh:
        return ""
    new_shown, new_fresh = plain(shown), plain(fresh)
    how = same(new_shown, new_fresh, rtol)
    if how is None or (new_shown, new_fresh) == (shown, fresh):
        return how
    return f"{name}, {how}" if how else name


def _ids_renamed(html: str) -> str:
    return Renamer(_HTML_IDS, "id")(html)


def _svg_plain(svg: str) -> str:
    ids = {name: f"id#{number}" for number, name in enumerate(_SVG_ID.findall(svg))}
    svg = _SVG_DATE.sub("<dc:date/>", svg)
    if not ids:
        return svg
    names = re.compile("|".join(rf"(?<=[\"#]){re.escape(name)}(?=[\")])" for name in ids))
    return names.sub(lambda match: ids[match[0]], svg)
