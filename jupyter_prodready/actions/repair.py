"""`verify --fix`: make the repair that a verification proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..fixes import pages
from ..model import Notebook, Repair
from .notebook_file import write_page


def apply_repair(
    path: Path,
    notebook: Notebook,
    repair: Repair,
    outputs: Mapping[str, Sequence[Mapping[str, Any]]],
) -> str:
    """Write the ``repair`` of ``notebook`` into its file, and return the undo id.

    ``outputs`` are those of the proof, by cell id. Raises as `write_page` does.
    """
    index = {cell.id: cell.index for cell in notebook.cells}
    shown = {index[cell_id]: outputs[cell_id] for cell_id in repair.outputs}
    page = pages.edited(notebook, repair.cells)
    return write_page(path, notebook, page, [repair.cells], "repair", shown)
