"""Dates and times in a text that are those of the run that printed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAY = r"\d\d?(?:st|nd|rd|th)?"
NOW = "(now)"
_LONGEST = timedelta(days=1)


def _either(names: str) -> str:
    return "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in names.split())


_MOMENT = re.compile(
    rf"""
    datetime\.(?:date|datetime)\((?P<call>[\d,\ ]+)\)
  | (?<![\w.])(?P<iso>\d{{4}}[-/.]\d\d?[-/.]\d\d?)(?=[T_ ]|\b)
  | (?<![\w.])(?P<dmy>\d\d?[-/.]\d\d?[-/.](?:\d{{4}}|\d\d))\b
  | (?P<time>(?<![\d:])\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)(?!\d)
  | (?<!\d)(?P<compact>20\d\d[01]\d[0-3]\d(?:[_T-]?\d{{4}}(?:\d\d)?)?)(?!\d)
  | (?<![\d.])(?P<epoch>1\d{{9}}(?:\.\d+)?)\b
  | (?P<month>(?:\b{_DAY}[\ -])?\b(?:{_either(_MONTHS)})\b(?:[\ -]{{1,2}}{_DAY}\b(?!:))?)
  | \b(?P<weekday>{_either(_DAYS)})\b
  | (?<![\w.])(?P<year>20\d\d)(?![\w.])
  | \b(?P<half>[AaPp]\.?[Mm]\b)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Window:
    """When a run began and ended, in seconds since the epoch."""

    begin: float
    end: float

    def moments(self) -> list[datetime]:
        """Each minute of it, by the local clock and by that of UTC."""
        here, end = datetime.fromtimestamp(self.begin), datetime.fromtimestamp(self.end)
        apart = datetime.fromtimestamp(self.begin, timezone.utc).replace(tzinfo=None) - here
        found, last = [], min(end, here + _LONGEST)
        while here < last:
            found += [here, here + apart]
            here += timedelta(minutes=1)
        return [*found, last, last + apart]


def masked_now(
    shown: Sequence[str], fresh: Sequence[str], window: Window
) -> tuple[list[str], list[str]] | None:
    """Both lists of texts without what the fresh run printed of its own date and time.

    What stands at the same place of the page, and is a date of the same form, is left out,
    too. None where nothing is.
    """
    moments = window.moments()
    ours, theirs, found = [], [], False
    if len(shown) != len(fresh):
        return None
    for one, other in zip(shown, fresh, strict=True):
        pair = _masked(one, other, moments, window)
        found |= pair != (one, other)
        ours.append(pair[0])
        theirs.append(pair[1])
    return (ours, theirs) if found else None


def _masked(one: str, other: str, moments: list[datetime], window: Window) -> tuple[str, str]:
    mine, its = list(_MOMENT.finditer(one)), list(_MOMENT.finditer(other))
    if [match.lastgroup for match in mine] != [match.lastgroup for match in its]:
        return one, other
    is_now = [_is_now(match, moments, window) for match in its]
    return _without(one, mine, is_now), _without(other, its, is_now)


def _without(text: str, found: list[re.Match[str]], is_now: list[bool]) -> str:
    pieces, place = [], 0
    for match, now in zip(found, is_now, strict=True):
        if now:
            pieces += [text[place : match.start()], NOW]
            place = match.end()
    return "".join([*pieces, text[place:]])


def _is_now(match: re.Match[str], moments: list[datetime], window: Window) -> bool:
    kind, text = str(match.lastgroup), match[str(match.lastgroup)]
    if kind == "half":
        return True
    if kind == "epoch":
        return window.begin - 1 <= float(text) <= window.end + 1
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return any(_fits(kind, text, numbers, moment) for moment in moments)


def _fits(kind: str, text: str, numbers: list[int], at: datetime) -> bool:
    date = [at.year, at.month, at.day]
    if kind == "call":
        return numbers[:5] == [*date, at.hour, at.minute][: len(numbers[:5])]
    if kind == "iso":
        return numbers == date
    if kind == "dmy":
        year = at.year if numbers[2] > 99 else at.year % 100
        return sorted(numbers[:2]) == sorted(date[1:]) and numbers[2] == year
    if kind == "time":
        return numbers[1] == at.minute and numbers[0] in (at.hour, at.hour % 12 or 12)
    if kind == "compact":
        return f"{at:%Y%m%d%H%M}".startswith(re.sub(r"\D", "", text)[:12])
    if kind == "month":
        day = not numbers or numbers[0] == at.day
        return day and _MONTHS.split()[at.month - 1][:3] in text
    if kind == "weekday":
        return _DAYS.split()[at.weekday()].startswith(text[:3])
    return numbers == [at.year]
