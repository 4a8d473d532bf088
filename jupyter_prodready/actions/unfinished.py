"""Extractions of a page that were not made to the end: found, and finished."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..errors import StaleError
from ..model import CellEdit, Notebook
from . import apply, journal
from .journal import Entry


def unfinished(root: Path, notebook: str, page: Notebook) -> Entry | None:
    """The newest entry for ``notebook``, a path from ``root``, that was not made to the end.

    Its files were written in part or not at all; or all of them were, and ``page`` has none
    of its edits: the browser went before it made them, or before they were saved.
    """
    own = [entry for entry in journal.entries(root) if entry.notebook == notebook]
    return next((entry for entry in reversed(own) if _is_open(root, entry, page)), None)


def finish(root: Path, entry: Entry, page: Notebook) -> tuple[CellEdit, ...]:
    """Write the rest of ``entry``; the edits that ``page`` needs come back, with its ids.

    Raises `StaleError` where a file or a cell that it changes has been changed since, or
    where cells came, went or moved: the edits would land in the wrong place.
    """
    edits = _edits_of(entry, page)
    if edits is None or not all(_stands(page, edit) for edit in edits):
        raise StaleError(
            f"The notebook was changed after the {entry.what} was interrupted.",
            "Undo it, and make it anew.",
        )
    apply.write_rest(root, entry)
    return edits


def _is_open(root: Path, entry: Entry, page: Notebook) -> bool:
    if entry.state == "prepared":
        return True
    written = all(apply.current(root, change.path) == change.after for change in entry.files)
    return written and bool(entry.cells) and _edits_of(entry, page) is not None


def _edits_of(entry: Entry, page: Notebook) -> tuple[CellEdit, ...] | None:
    """The edits under the ids that the page has; None where it has some of them, or a cell that
    they change is another one."""
    edits = tuple(one for edit in entry.cells if (one := _edit_of(edit, page)) is not None)
    return edits if len(edits) == len(entry.cells) else None


def _edit_of(edit: CellEdit, page: Notebook) -> CellEdit | None:
    """A file that keeps no ids (a text, or of format 4.4) gets new ones each time that it is
    opened: there a cell is known by its place and source."""
    cell = page.cell(edit.cell_id)
    if edit.action == "insert":
        is_there = cell is not None or any(one.source == edit.after for one in page.cells)
        return None if is_there else edit
    if cell is None:
        cell = next(iter(page.cells[edit.index : edit.index + 1]), None)
    same = cell is not None and cell.source == edit.before
    return replace(edit, cell_id=cell.id) if cell is not None and same else None


def _stands(page: Notebook, edit: CellEdit) -> bool:
    ids = [cell.id for cell in page.cells]
    return edit.action == "insert" or ids[edit.index : edit.index + 1] == [edit.cell_id]
