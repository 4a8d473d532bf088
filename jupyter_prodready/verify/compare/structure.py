"""JSON, and the charts that are JSON: plotly, Vega-Lite, Bokeh."""

from __future__ import annotations

import array
import base64
import binascii
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .likeness import SAME, Likeness, all_of, but_for, differs, differs_in
from .rounding import ROUNDING, Tolerance
from .text import Renamer

GENERATED = "generated ids"
EXACT_INTEGERS = 2**53
"""JavaScript, which saves the page, rounds larger ones."""

_IDS = {
    "application/vnd.plotly": re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"),
    "application/vnd.vega": re.compile(
        r"\b(?:(?:view|param)_\d+|selector\d{3}|data-[0-9a-f]{32})\b"
    ),
    "application/vnd.bokeh": re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\bp\d{4,}\b"),
}
_UNSEEN = {"application/vnd.plotly": {"uid"}}
"""Keys that name things in the chart and show nothing."""
_TYPES = {
    "f8": "d", "f4": "f", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I",
    "i8": "q", "u8": "Q",
}  # fmt: skip


def same_json(mime: str, shown: Any, fresh: Any, tolerance: Tolerance) -> Likeness:
    """Keys in any order, lists in theirs; ids of charts are renamed by first appearance."""
    try:
        return _same(mime, shown, fresh, tolerance)
    except RecursionError:
        return differs("shows JSON that is nested too deeply to compare")


def _same(mime: str, shown: Any, fresh: Any, tolerance: Tolerance) -> Likeness:
    family = next((one for one in _IDS if mime.startswith(one)), "")
    if not family:
        return _Comparison(tolerance).of(shown, fresh, "")
    unseen = _UNSEEN.get(family, set())
    ours, theirs = (_renamed(one, _IDS[family], unseen) for one in (shown, fresh))
    found = _Comparison(tolerance).of(ours, theirs, "")
    if found.difference is None and not found.reasons and shown != fresh:
        return but_for(GENERATED)
    return found


def _renamed(value: Any, pattern: re.Pattern[str], unseen: set[str]) -> Any:
    rename = Renamer("id")

    def of(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {
                pattern.sub(lambda match: rename(match[0]), key): of(one)
                for key, one in part.items()
                if key not in unseen
            }
        if isinstance(part, list):
            return [of(one) for one in part]
        if isinstance(part, str) and len(part) < 1_000:
            return pattern.sub(lambda match: rename(match[0]), part)
        return part

    return of(value)


class _Comparison:
    def __init__(self, tolerance: Tolerance) -> None:
        self._tolerance = tolerance

    def of(self, shown: Any, fresh: Any, place: str) -> Likeness:
        if isinstance(shown, Mapping) and isinstance(fresh, Mapping):
            return all_of(self._in_mapping(shown, fresh, place))
        if isinstance(shown, list) and isinstance(fresh, list):
            return all_of(self._in_list(shown, fresh, place))
        if _is_number(shown) and _is_number(fresh):
            return self._number(shown, fresh, place)
        is_same = type(shown) is type(fresh) and shown == fresh
        return SAME if is_same else differs_in(shown, fresh, _at(place))

    def _in_mapping(
        self, shown: Mapping[str, Any], fresh: Mapping[str, Any], place: str
    ) -> Iterator[Likeness]:
        for key in [*shown, *fresh]:
            where = _at(f"{place}.{key}")
            if key not in fresh:
                yield differs(f"shows nothing ({where})")
            elif key not in shown:
                yield differs(f"shows something that the page does not ({where})")
        if _is_packed(shown) and _is_packed(fresh) and shown["dtype"] == fresh["dtype"]:
            ours, theirs = _unpacked(shown), _unpacked(fresh)
            if ours is not None and theirs is not None:
                rest = {key: one for key, one in shown.items() if key != "bdata"}
                yield from self._in_list(ours, theirs, place)
                shown, fresh = rest, {key: fresh[key] for key in rest}
        for key, value in shown.items():
            yield self.of(value, fresh[key], f"{place}.{key}")

    def _in_list(self, shown: list[Any], fresh: list[Any], place: str) -> Iterator[Likeness]:
        if len(shown) != len(fresh):
            numbers = f"shows {len(fresh)} values, the page {len(shown)}"
            yield differs(f"{numbers} ({_at(place)})" if place else numbers)
        for index, (one, other) in enumerate(zip(shown, fresh, strict=False)):
            if one is not other:
                yield self.of(one, other, f"{place}[{index}]")

    def _number(self, shown: float, fresh: float, place: str) -> Likeness:
        whole = isinstance(shown, int) and isinstance(fresh, int)
        if shown == fresh:
            return SAME
        exact = whole and max(abs(shown), abs(fresh)) <= EXACT_INTEGERS
        try:
            close = not exact and self._tolerance.close(float(shown), float(fresh))
        except OverflowError:
            close = False
        return but_for(ROUNDING) if close else differs_in(shown, fresh, _at(place))


def _at(place: str) -> str:
    return place.lstrip(".")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_packed(value: Mapping[str, Any]) -> bool:
    """plotly's way of writing an array of numbers."""
    kind = value.get("dtype")
    return isinstance(kind, str) and kind in _TYPES and isinstance(value.get("bdata"), str)


def _unpacked(value: Mapping[str, Any]) -> list[Any] | None:
    numbers = array.array(_TYPES[value["dtype"]])
    try:
        numbers.frombytes(base64.b64decode(value["bdata"]))
    except (binascii.Error, ValueError):
        return None
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()
