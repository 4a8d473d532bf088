"""The reverse of cell edits, for a page that an editor holds."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import StaleError
from ..model import CellEdit, Notebook


def inverse_edits(edits: Sequence[CellEdit], notebook: Notebook) -> tuple[CellEdit, ...]:
    """Edits that bring ``notebook``, as it stands now, back to before ``edits``.

    Raises `StaleError` naming the cell where one that was edited has changed since.
    Cells that were not touched may have changed, come or gone. A page on which none of
    the edits was made yet needs none.
    """
    if all(_source(notebook, edit) == edit.before for edit in edits):
        return ()
    found: list[CellEdit] = []
    for edit in edits:
        now = notebook.cell(edit.cell_id)
        if _source(notebook, edit) != edit.after:
            raise StaleError(
                f"The cell {edit.cell_id!r} was changed after the extraction.",
                "Nothing was undone. Change it back, or compare with version control.",
            )
        if edit.action == "replace" and now is not None:
            found.append(CellEdit("replace", now.id, now.index, edit.after, edit.before))
        elif edit.action == "insert" and now is not None:
            found.append(CellEdit("delete", now.id, now.index, edit.after, None))
        else:
            index = _place_now(edit, edits, notebook)
            found.append(CellEdit("insert", edit.cell_id, index, None, edit.before))
    return tuple(sorted(found, key=lambda edit: edit.index))


def _source(notebook: Notebook, edit: CellEdit) -> str | None:
    cell = notebook.cell(edit.cell_id)
    return None if cell is None else cell.source


def _place_now(gone: CellEdit, edits: Sequence[CellEdit], notebook: Notebook) -> int:
    """Where a deleted cell goes: its old index, moved by the other edits above it."""
    added = sum(e.action == "insert" and e.index <= gone.index for e in edits)
    removed = sum(e.action == "delete" and e.index < gone.index for e in edits)
    return min(gone.index + added - removed, len(notebook.cells))
