"""Sets in a printed text, put in an order of our own: theirs is that of a hash."""

from __future__ import annotations

import re

STEPS_PER_CHARACTER = 2
STEPS_PER_VALUE = 4
DEEPEST = 40
LONGEST_OBJECT = 1_000

_BLANK = re.compile(r"\s*")
_STRING = re.compile(r"[bBrRuU]{0,2}(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")")
_ATOM = re.compile(
    r"(?:[-+]?(?:\d[\d_]*\.?\d*|\.\d+|inf|nan)(?:[eE][-+]?\d+)?j?|None|True|False|NaT|\.\.\.)(?![\w.])"
)
_CALL = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_KEYWORD = re.compile(r"[A-Za-z_]\w*=(?!=)")
_SEPARATOR = re.compile(r"\s*,")
_COLON = re.compile(r"\s*:\s*")
_CLOSING = {"{": "}", "[": "]", "(": ")"}


class _NotAValueError(Exception):
    """The text at this place is not how Python writes a value."""


def in_our_order(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with the elements of each set sorted, and the sets as they stood.

    A set is what reads as Python values in braces without colons. Words in braces are not
    values: their order may be meant. The order of a dict counts: it is the order in which
    code filled it.
    """
    if "{" not in text:
        return text, ()
    reader = _Reader(text)
    pieces: list[str] = []
    place = 0
    while not reader.is_spent and (start := text.find("{", place)) >= 0:
        pieces.append(text[place:start])
        try:
            piece, place = reader.value(start, 0)
        except _NotAValueError:
            piece, place = "{", start + 1
        pieces.append(piece)
    pieces.append(text[place:])
    return "".join(pieces), tuple(reader.sets)


class _Reader:
    """Reads Python values as `repr` writes them; the work for one text is bounded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sets: list[str] = []
        self._steps = 1_000 + STEPS_PER_CHARACTER * len(text)

    @property
    def is_spent(self) -> bool:
        return self._steps < 0

    def value(self, place: int, depth: int) -> tuple[str, int]:
        """The value at ``place`` in our order, and where it ends."""
        first = self.text[place : place + 1]
        self._steps -= STEPS_PER_VALUE
        if depth > DEEPEST or not first or self.is_spent:
            raise _NotAValueError
        if first in _CLOSING:
            return self._items(place + 1, first, depth)
        if first == "<":
            return self._kept(place, self._end_of_object(place))
        for pattern in (_STRING, _ATOM):
            if match := pattern.match(self.text, place):
                return self._kept(place, match.end())
        if match := _CALL.match(self.text, place):
            inside, end = self._items(match.end(), "(", depth)
            return match[0][:-1] + inside, end
        if match := _DOTTED.match(self.text, place):
            return self._kept(place, match.end())
        raise _NotAValueError

    def _kept(self, place: int, end: int) -> tuple[str, int]:
        self._steps -= end - place
        if self.is_spent:
            raise _NotAValueError
        return self.text[place:end], end

    def _items(self, place: int, opening: str, depth: int) -> tuple[str, int]:
        """What stands in a pair of brackets, from behind the first one."""
        start, items, pieces, has_pairs = place, [], [opening], False
        while True:
            blank, place = self._kept(place, self._end(_BLANK, place))
            if self.text.startswith(_CLOSING[opening], place):
                pieces.append(blank)
                break
            item, end, is_pair = self._item(place, opening, depth)
            items.append(item)
            has_pairs |= is_pair
            place = self._end(_SEPARATOR, end)
            pieces += [blank, item, self.text[end:place]]
            after = self._end(_BLANK, place)
            if place == end and not self.text.startswith(_CLOSING[opening], after):
                raise _NotAValueError
        end = place + 1
        if opening != "{" or has_pairs or len(items) < 2:
            return "".join([*pieces, _CLOSING[opening]]), end
        self.sets.append(self.text[start - 1 : end])
        return "{" + ", ".join(sorted(items, key=_order)) + "}", end

    def _item(self, place: int, opening: str, depth: int) -> tuple[str, int, bool]:
        """One element, its end, and whether it is a key with its value."""
        name, place = self._kept(place, self._end(_KEYWORD, place) if opening == "(" else place)
        value, end = self.value(place, depth + 1)
        if opening != "{" or not (colon := _COLON.match(self.text, end)):
            return name + value, end, False
        held, end = self.value(colon.end(), depth + 1)
        return value + colon[0] + held, end, True

    def _end(self, pattern: re.Pattern[str], place: int) -> int:
        match = pattern.match(self.text, place)
        return place if match is None else match.end()

    def _end_of_object(self, place: int) -> int:
        """Behind the ``>`` of ``<A object at 0x...>``, which may hold others."""
        deep = 0
        for index in range(place, min(place + LONGEST_OBJECT, len(self.text))):
            letter = self.text[index]
            if letter == "\n":
                break
            is_arrow = letter == ">" and self.text[index - 1] in "-="
            deep += (letter == "<") - (letter == ">" and not is_arrow)
            if deep == 0:
                return index + 1
        self._steps -= LONGEST_OBJECT
        raise _NotAValueError


def _order(item: str) -> tuple[int, float, str]:
    try:
        return 0, float(item), ""
    except ValueError:
        return 1, 0.0, item
