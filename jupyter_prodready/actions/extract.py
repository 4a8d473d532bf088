"""`extract` of the command line: a notebook file and a module file, changed together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .. import formats
from ..errors import BadInputError, StaleError
from ..model import Extraction, FileEdit, Notebook
from ..refactor import plan
from ..refactor.selection import select
from . import apply
from .journal import FileChange
from .notebook_text import edit_cells
from .project import locate, read_text


def extract_file(
    path: Path,
    cells: str,
    module: str | None = None,
    name: str | None = None,
    diff_only: bool = False,
) -> Extraction:
    """Extract ``cells`` of the notebook at ``path`` into ``module``, a path from the
    project root (None: proposed).

    ``cells`` is ``ID_OR_RANGE`` of `refactor.selection`. Answers a refusal without
    writing; with ``diff_only`` a preview. Otherwise both files are written, or none, and
    the answer carries the undo id. Raises `BadInputError`, `ForbiddenError` or
    `StaleError` as `actions.apply` does.
    """
    if path.suffix != ".ipynb":
        formats.read(path)
        message = f"`{path.as_posix()}` is a text notebook; extraction edits .ipynb files."
        raise BadInputError(message, "Extract from the .ipynb file of the pair.")
    notebook = formats.read(path)
    selection = select(notebook, cells)
    located = locate(path, module)
    extraction = plan(notebook, selection, module=module, name=name, project=located.project)
    if extraction.status == "refused" or diff_only:
        return extraction
    files = [_change(edit) for edit in extraction.change.files]
    files.append(_notebook_change(path, notebook, located.project.notebook, extraction))
    undo_id = apply.apply(located.root, located.project.notebook, files)
    return replace(extraction, status="applied", undo_id=undo_id)


def _change(edit: FileEdit) -> FileChange:
    return FileChange(edit.path, _bytes(edit.before), _bytes(edit.after))


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")


def _notebook_change(
    path: Path, notebook: Notebook, relative: str, extraction: Extraction
) -> FileChange:
    text = read_text(path)
    if text is None or formats.read(path).cells != notebook.cells:
        raise StaleError(f"`{path.name}` changed on disk.", "Run the extraction again.")
    after = edit_cells(text, extraction.change.cells)
    return FileChange(relative, text.encode("utf-8"), after.encode("utf-8"))
