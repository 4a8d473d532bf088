"""Extractions of a page that were not made to the end: found, and finished."""

from __future__ import annotations

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
    """Write the rest of ``entry``; the edits that ``page`` needs come back.

    Raises `StaleError` where a file or a cell that it changes has been changed since, or
    where cells came, went or moved: the edits would land in the wrong place.
    """
    _refuse_other_page(entry, page)
    apply.write_rest(root, entry)
    return entry.cells


def _is_open(root: Path, entry: Entry, page: Notebook) -> bool:
    if entry.state == "prepared":
        return True
    written = all(apply.current(root, change.path) == change.after for change in entry.files)
    return written and bool(entry.cells) and not any(_is_changed(page, e) for e in entry.cells)


def _is_changed(page: Notebook, edit: CellEdit) -> bool:
    cell = page.cell(edit.cell_id)
    return (None if cell is None else cell.source) != edit.before


def _refuse_other_page(entry: Entry, page: Notebook) -> None:
    ids = [cell.id for cell in page.cells]
    for edit in entry.cells:
        stood = edit.action == "insert" or ids[edit.index : edit.index + 1] == [edit.cell_id]
        if _is_changed(page, edit) or not stood:
            raise StaleError(
                f"The notebook was changed after the {entry.what} was interrupted.",
                "Undo it, and make it anew.",
            )
