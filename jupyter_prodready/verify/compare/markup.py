"""HTML and SVG: element by element, tables cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from ...analysis.words import words
from .image import same_image
from .likeness import SAME, Likeness, all_of, but_for, differs, differs_in
from .rounding import ROUNDING, Tolerance, same_path
from .text import Renamer, same_text

GENERATED = "generated ids"

_NAME = re.compile(r"[\w-]+")
_MADE_UP = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])"
    r"|(?<=\")p\d{4,}(?=\")"
)
"""A uuid, with and without strokes, and Bokeh's names of its models."""

_SPACE = re.compile(r"\s+")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,(?P<data>[\w+/=\s]+)\Z")
_CODE = ("script", "style")
_REFERS = re.compile(r"(?:for|form|headers|list|class|(?:aria|data)-.*|on\w+)\Z")
_REFERENCE = re.compile(r"\A\s*#[\w-]+\s*\Z|\burl\(#")
"""Attributes and values that may name an element. Links elsewhere, and what is read, do not."""
_KEEPS_BLANKS = ("pre", "textarea")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_NUMBERS = frozenset({"d", "points", "transform", "viewbox", "style"})
_DRAWN = words(
    """
    svg g path rect circle ellipse line polyline polygon text tspan use image defs clippath
    lineargradient radialgradient stop pattern mask marker
    """
)
_UNSEEN = ("metadata", "dc:date")


@dataclass(frozen=True)
class Table:
    """Where a table is being read. ``row`` and ``column`` count from 1; row 0 is its head."""

    number: int
    row: int = 0
    column: int = 0
    headings: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.column:
            return ""
        table = f"table {self.number}, " if self.number > 1 else ""
        if not self.row:
            return f"{table}heading {self.column}"
        named = self.headings[self.column - 1] if self.column <= len(self.headings) else ""
        return f"{table}row {self.row}, column {repr(named) if named else self.column}"


@dataclass(frozen=True)
class Piece:
    """A start tag with its attributes, an end tag, or a text; ``tag`` is the text's element."""

    kind: str
    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    table: Table | None = None

    @property
    def place(self) -> str:
        return "" if self.table is None else str(self.table)


def same_html(shown: str, fresh: str, tolerance: Tolerance) -> Likeness:
    """Ids, which nobody sees, are renamed by first appearance, also where they are used."""
    return _same(_read(shown), _read(fresh), tolerance)


def same_svg(shown: str, fresh: str, tolerance: Tolerance) -> Likeness:
    """As `same_html`; who drew it and when does not count."""
    found = _same(_read(shown, svg=True), _read(fresh, svg=True), tolerance)
    if found.difference is None and not found.reasons and shown != fresh:
        return but_for("metadata of the image")
    return found


def _same(shown: _Reader, fresh: _Reader, tolerance: Tolerance) -> Likeness:
    ours, theirs = shown.rows, fresh.rows
    if len(ours) == len(theirs):
        for number, (mine, its) in enumerate(zip(ours, theirs, strict=True), 1):
            if mine != its:
                which = f" in table {number}" if len(ours) > 1 else ""
                return differs(f"shows {its} rows, the page {mine}{which}")
    made_up = shown.made_up != fresh.made_up
    found = all_of(_pieces(shown, fresh, tolerance))
    return all_of([found, but_for(GENERATED) if made_up else SAME])


def _pieces(shown: _Reader, fresh: _Reader, tolerance: Tolerance) -> Iterator[Likeness]:
    for one, other in zip(shown.pieces, fresh.pieces, strict=False):
        if (one.kind, one.tag) != (other.kind, other.tag):
            yield differs_in(_named(one), _named(other), other.place or one.place)
        if one.kind == "text":
            yield _same_words(one, other, tolerance)
        elif one.attributes != other.attributes:
            yield from _attributes(one, other, tolerance)
    if len(shown.pieces) != len(fresh.pieces):
        least = min(len(shown.pieces), len(fresh.pieces))
        if len(fresh.pieces) > least:
            yield differs(f"shows {_named(fresh.pieces[least])!r}, which the page does not")
        yield differs(f"does not show {_named(shown.pieces[least])!r}")


def _same_words(one: Piece, other: Piece, tolerance: Tolerance) -> Likeness:
    found = same_text(one.text, other.text, tolerance)
    if found.difference is None or not other.place:
        return found
    return differs(f"{found.difference} ({other.place})")


def _attributes(one: Piece, other: Piece, tolerance: Tolerance) -> Iterator[Likeness]:
    ours, theirs = dict(one.attributes), dict(other.attributes)
    for name in dict.fromkeys([*ours, *theirs]):
        mine, its = ours.get(name), theirs.get(name)
        if mine != its:
            yield _same_attribute(one.tag, name, mine, its, other.place, tolerance)


def _same_attribute(
    tag: str, name: str, shown: str | None, fresh: str | None, place: str, tolerance: Tolerance
) -> Likeness:
    where = f"`{name}` of <{tag}>" + (f", {place}" if place else "")
    if shown is None or fresh is None:
        return differs_in(shown, fresh, where)
    mine, its = _PICTURE.match(shown), _PICTURE.match(fresh)
    if mine and its:
        return same_image(mine["data"], its["data"])
    if name == "srcdoc":
        return same_html(shown, fresh, tolerance)
    if (tag in _DRAWN or name in _NUMBERS) and same_path(shown, fresh, tolerance):
        return but_for(ROUNDING)
    return differs_in(shown, fresh, where)


def _named(piece: Piece) -> str:
    return piece.text if piece.kind == "text" else f"<{'/' * (piece.kind == 'end')}{piece.tag}>"


def _read(markup: str, svg: bool = False) -> _Reader:
    reader = _Reader(svg)
    reader.feed(markup)
    reader.close()
    reader.finish()
    return reader


@dataclass
class _Open:
    """A table that is open while its rows are read."""

    table: Table
    in_head: bool = False
    heads: int = 0


class _Reader(HTMLParser):
    """``pieces`` of the markup, ids and made-up names renamed; ``rows`` of each table."""

    def __init__(self, svg: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.rows: list[int] = []
        self.made_up: list[str] = []
        self._svg = svg
        self._ids: dict[str, str] = {}
        self._rename = Renamer("id")
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._tables: list[_Open] = []
        self._unseen = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        if self._svg and (tag in _UNSEEN or self._unseen):
            self._unseen += tag in _UNSEEN
            return
        if tag not in _VOID:
            self._stack.append(tag)
            self._open[tag] += 1
        self._enter(tag)
        given = dict(attrs)
        if own := given.pop("id", None):
            self._ids.setdefault(own, f"id#{len(self._ids) + 1}")
        attributes = tuple(sorted((name, value or "") for name, value in given.items()))
        self.pieces.append(Piece("start", tag, "", attributes, self._table))

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        if self._unseen:
            self._unseen -= tag in _UNSEEN
            return
        if tag in _VOID:
            return
        while self._open[tag]:
            closed = self._stack.pop()
            self._open[closed] -= 1
            if closed == tag:
                break
        self.pieces.append(Piece("end", tag, table=self._table))
        if tag == "table" and self._tables:
            done = self._tables.pop()
            self.rows[done.table.number - 1] = done.table.row
        elif tag == "thead" and self._tables:
            self._tables[-1].in_head = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(data)

    def finish(self) -> None:
        """Rename ids wherever they are used: an id may stand before its element."""
        self._end_text()
        for table in self._tables:
            self.rows[table.table.number - 1] = table.table.row
        self.made_up += self._ids
        self.pieces = [self._renamed(piece) for piece in self.pieces]

    @property
    def _table(self) -> Table | None:
        return self._tables[-1].table if self._tables else None

    def _enter(self, tag: str) -> None:
        if tag == "table":
            self.rows.append(0)
            self._tables.append(_Open(Table(len(self.rows))))
        elif self._tables and tag in ("tr", "td", "th", "thead"):
            now = self._tables[-1]
            now.in_head |= tag == "thead"
            if tag == "tr":
                now.heads += now.in_head
                row = now.table.row + (not now.in_head)
                now.table = replace(now.table, row=row, column=0)
            elif tag != "thead":
                now.table = replace(now.table, column=now.table.column + 1)

    def _end_text(self) -> None:
        text, self._text = "".join(self._text), []
        if not text:
            return
        tag = self._stack[-1] if self._stack else ""
        if not any(self._open[one] for one in _KEEPS_BLANKS):
            text = text.strip() if tag in _CODE else _SPACE.sub(" ", text).strip()
        if not text:
            return
        self.pieces.append(Piece("text", tag, text, table=self._table))
        self._note_heading(text)

    def _note_heading(self, text: str) -> None:
        now = self._tables[-1] if self._tables else None
        if now is not None and now.in_head and now.heads == 1 and now.table.column:
            blank = now.table.column - 1 - len(now.table.headings)
            headings = (*now.table.headings, *[""] * blank, text)
            now.table = replace(now.table, headings=headings)

    def _renamed(self, piece: Piece) -> Piece:
        if piece.kind == "text":
            text = self._without_ids(piece.text) if piece.tag in _CODE else piece.text
            return replace(piece, text=text)
        attributes = tuple(
            (name, self._without_ids(value))
            if _REFERS.match(name) or _REFERENCE.search(value)
            else (name, value)
            for name, value in piece.attributes
        )
        return replace(piece, attributes=attributes)

    def _without_ids(self, text: str) -> str:
        if self._ids:
            text = _NAME.sub(lambda match: self._ids.get(match[0], match[0]), text)
        return _MADE_UP.sub(self._made_up_renamed, text)

    def _made_up_renamed(self, match: re.Match[str]) -> str:
        self.made_up.append(match[0])
        return self._rename(match[0])
