"""Write edits of the page into its file, with a journal to undo them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import formats
from ..errors import StaleError
from ..model import CellEdit, Notebook
from . import apply
from .journal import FileChange
from .notebook_text import edit_cells
from .outputs_text import set_outputs
from .project import read_text, root_of
from .text_page import edit_text
from .text_twins import refuse_behind

Outputs = Mapping[int, Sequence[Mapping[str, Any]]]
"""New outputs (nbformat 4, texts joined) by the index of the cell."""


def write_page(
    path: Path,
    before: Notebook,
    after: Notebook,
    steps: Sequence[Sequence[CellEdit]],
    what: str,
    outputs: Outputs | None = None,
) -> str:
    """Make ``after`` of the file that holds ``before``, and return the undo id.

    ``steps`` are edits of which each means the page that those before it left; ``outputs``
    are of cells of ``before``. Only what changes is written, in one step. Raises
    `StaleError` where the file changed, `BadInputError` and `ForbiddenError` as
    `apply.prepare` does.
    """
    text = read_text(path)
    if text is None or formats.read(path).cells != before.cells:
        raise StaleError(f"`{path.name}` changed on disk.", "Try again.")
    if path.suffix == ".ipynb":
        new = set_outputs(text, outputs or {})
        for edits in steps:
            new = edit_cells(new, edits, old_formats=True)
    else:
        refuse_behind(path)
        new = edit_text(text, path.suffix, before, after)
    root = root_of(path)
    relative = os.path.relpath(path.resolve(), root).replace(os.sep, "/")
    change = FileChange(relative, text.encode("utf-8"), new.encode("utf-8"))
    return apply.apply(root, relative, [change], what=what)
