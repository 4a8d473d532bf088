"""Edit cells in the text of an .ipynb file; all other bytes of it stay as they are.

Loading and dumping JSON would normalise indents, escapes and numbers of the whole
file, so that a one-line change became a diff of thousands. Here the places of the
cells are found in the text and only they are replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import BadInputError
from ..model import CellEdit

_SPACE = re.compile(r"[ \t\r\n]*")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True)
class Place:
    """A value's place in the text: ``text[start:end]``."""

    start: int
    end: int


def edit_cells(text: str, edits: Sequence[CellEdit], *, old_formats: bool = False) -> str:
    """The notebook file's text after ``edits``, whose indices mean the page before.

    Outputs, counts and metadata of a replaced cell stay. A new cell gets an id only
    where the file's format (4.5 and later) has ids. Raises `BadInputError` where the
    text is not a notebook of format 4, or 3 with ``old_formats``.
    """
    document = _document(text, old_formats)
    array = _array(text, document["nbformat"] == 3)
    cells = [place for _, place in places_in(text, array.start)]
    style = Style.of(text, array, cells, is_old=document["nbformat"] == 3)
    has_ids = (document["nbformat"], document.get("nbformat_minor", 0)) >= (4, 5)
    patches: list[tuple[int, int, str]] = []
    for edit in edits:
        if edit.action == "replace":
            members = dict(places_in(text, cells[edit.index].start))
            span = members["source"] if "source" in members else members["input"]
            old = json.loads(text[span.start : span.end], strict=False)
            patches.append((span.start, span.end, style.source(edit.after or "", old)))
    patches += _moved(text, edits, cells, array, style, has_ids)
    for start, end, new in sorted(patches, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def cells_of(text: str) -> tuple[list[Place], Style]:
    """Where the cells of a file of format 4 are, and how it is laid out."""
    _document(text, old_formats=False)
    array = _array(text, is_old=False)
    cells = [place for _, place in places_in(text, array.start)]
    return cells, Style.of(text, array, cells)


def _array(text: str, is_old: bool) -> Place:
    """The list of the cells."""
    keys = dict(places_in(text, _start(text)))
    if is_old:
        sheet = next(place for _, place in places_in(text, keys["worksheets"].start))
        keys = dict(places_in(text, sheet.start))
    return keys["cells"]


def _document(text: str, old_formats: bool) -> dict[str, object]:
    try:
        document = json.loads(text, strict=False)
    except ValueError as error:
        raise BadInputError(
            f"The notebook is not valid JSON: {error}.", "Restore it from a checkpoint."
        ) from error
    if isinstance(document, dict) and document.get("nbformat") == 3 and old_formats:
        return _of_format_3(document)
    if not isinstance(document, dict) or document.get("nbformat") != 4:
        raise BadInputError(
            "Only notebooks of format 4 can be edited.", "Open and save it in JupyterLab first."
        )
    if not isinstance(document.get("cells"), list):
        raise BadInputError("The notebook has no cells.", "Restore it from a checkpoint.")
    return document


def _of_format_3(document: dict[str, object]) -> dict[str, object]:
    sheets = document.get("worksheets")
    if not isinstance(sheets, list) or len(sheets) != 1:
        raise BadInputError(
            "The notebook is of format 3 and has several worksheets.",
            "Open and save it in JupyterLab first.",
        )
    if not isinstance(sheets[0], dict) or not isinstance(sheets[0].get("cells"), list):
        raise BadInputError("The notebook has no cells.", "Restore it from a checkpoint.")
    return document


def _moved(
    text: str,
    edits: Sequence[CellEdit],
    cells: list[Place],
    array: Place,
    style: Style,
    has_ids: bool,
) -> Iterator[tuple[int, int, str]]:
    """Patches for inserts, deletes and moves.

    Cells are parted by commas, so all are made in one pass: for each gap what goes in,
    for each cell that leaves itself with the comma on one side. A cell that moves keeps
    its text.
    """
    deleted = {edit.index for edit in edits if edit.action in ("delete", "move")}
    kept = [index for index in range(len(cells)) if index not in deleted]
    inserts = [
        (edit.index if edit.to is None else edit.to, edit)
        for edit in edits
        if edit.action in ("insert", "move")
    ]
    for index in sorted(deleted):
        yield _deletion(index, cells, kept)
    for place in sorted({place for place, _ in inserts}):
        texts = [
            style.cell(edit, has_ids)
            if edit.action == "insert"
            else text[cells[edit.index].start : cells[edit.index].end]
            for at, edit in inserts
            if at == place
        ]
        yield _insertion(place, texts, cells, array, kept, style)


def _deletion(index: int, cells: list[Place], kept: list[int]) -> tuple[int, int, str]:
    if any(other > index for other in kept):
        return cells[index].start, cells[index + 1].start, ""
    start = cells[index - 1].end if index else cells[index].start
    return start, cells[index].end, ""


def _insertion(
    place: int,
    texts: list[str],
    cells: list[Place],
    array: Place,
    kept: list[int],
    style: Style,
) -> tuple[int, int, str]:
    if not kept:
        raise BadInputError("A notebook cannot lose all its cells.", "Keep one cell.")
    if any(other >= place for other in kept):
        at = cells[place].start
        return at, at, "".join(text + style.between for text in texts)
    at = cells[-1].end
    return at, at, "".join(style.between + text for text in texts)


# --- where things are ---------------------------------------------------------------


def _start(text: str) -> int:
    return _skip(text, 1 if text.startswith("\ufeff") else 0)


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def places_in(text: str, start: int) -> Iterator[tuple[str, Place]]:
    """Key (``""`` in a list) and place of each member of the object or list at ``start``."""
    is_object = text[start] == "{"
    closing = "}" if is_object else "]"
    position = _skip(text, start + 1)
    while text[position] != closing:
        key = ""
        if is_object:
            key, position = _DECODER.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        _, end = _DECODER.raw_decode(text, position)
        yield key, Place(position, end)
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)


# --- how things are written ---------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How this file is laid out, so that what is new looks like what is there."""

    between: str
    member: str
    deeper: str
    colon: str
    ascii_only: bool
    is_old: bool = False

    @classmethod
    def of(cls, text: str, array: Place, cells: list[Place], *, is_old: bool = False) -> Style:
        ascii_only = "\\u" in text and text.isascii()
        if not cells:
            return cls(", ", "", "", ": ", ascii_only, is_old)
        first = cells[0]
        members = list(places_in(text, first.start))
        colon = ": " if '": ' in text[first.start : first.end] else ":"
        lead = text[array.start + 1 : first.start]
        member = text[first.start + 1 : _skip(text, first.start + 1)] if members else ""
        gap = text[cells[0].end : cells[1].start] if len(cells) > 1 else "," + lead
        return cls(gap, member, _deeper(lead, member), colon, ascii_only, is_old)

    def source(self, text: str, old: object) -> str:
        """A ``source`` value; one string where the file has one string."""
        if isinstance(old, str):
            return self._dump(text)
        lines = _LINE.findall(text)
        if not lines:
            return "[]"
        joint = "," + (self.deeper or (" " if self.colon == ": " else ""))
        return f"[{self.deeper}{joint.join(map(self._dump, lines))}{self.member}]"

    def cell(self, edit: CellEdit, has_ids: bool) -> str:
        """A whole new code cell, keys in the order in which Jupyter writes them."""
        source = self.source(edit.after or "", [])
        if self.is_old:
            pairs = [("cell_type", '"code"'), ("collapsed", "false"), ("input", source)]
            pairs += [("language", '"python"'), ("metadata", "{}"), ("outputs", "[]")]
        else:
            pairs = [("cell_type", '"code"'), ("execution_count", "null")]
            pairs += [("id", self._dump(edit.cell_id))] if has_ids else []
            pairs += [("metadata", "{}"), ("outputs", "[]"), ("source", source)]
        joint = "," + (self.member or (" " if self.colon == ": " else ""))
        body = joint.join(f'"{key}"{self.colon}{value}' for key, value in pairs)
        return "{" + self.member + body + self._outer() + "}"

    def _outer(self) -> str:
        return self.between.removeprefix(",") if "\n" in self.between else ""

    def _dump(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self.ascii_only)


def _deeper(outer: str, member: str) -> str:
    """The line start of a level below ``member``, from the step between the two."""
    if "\n" not in member:
        return ""
    return member + member[len(outer) :]
