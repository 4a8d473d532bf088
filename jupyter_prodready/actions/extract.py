"""`extract` of the command line: a notebook file and a module file, changed together."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from .. import formats
from ..errors import BadInputError, StaleError
from ..fixes import pages
from ..model import CellEdit, Extraction, FileEdit, Notebook, Refusal
from ..refactor import plan
from ..refactor.selection import select_lines
from ..verify.staging import Proved, Staged
from . import apply
from .journal import FileChange
from .notebook_text import edit_cells
from .project import Located, locate, read_text

Prover = Callable[[Notebook, Notebook, Sequence[CellEdit], Sequence[Staged]], Proved]
"""(page before, page after, the edits between, modules that are not written yet)."""


def extract_file(
    path: Path,
    cells: str,
    module: str | None = None,
    name: str | None = None,
    diff_only: bool = False,
    prover: Prover | None = None,
) -> Extraction:
    """Extract ``cells`` of the notebook at ``path`` into ``module``, a path from the
    project root (None: proposed).

    ``cells`` is ``ID_OR_RANGE`` of `refactor.selection`. Answers a refusal without
    writing; with ``diff_only`` a preview. Otherwise both files are written, or none, and
    the answer carries the undo id. With a ``prover`` nothing is written that it saw to
    differ. Raises `BadInputError`, `ForbiddenError` or
    `StaleError` as `actions.apply` does.
    """
    if path.suffix != ".ipynb":
        formats.read(path)
        message = f"`{path.as_posix()}` is a text notebook; extraction edits .ipynb files."
        raise BadInputError(message, "Extract from the .ipynb file of the pair.")
    notebook = formats.read(path)
    chosen = select_lines(notebook, cells)
    located = locate(path, module)
    extraction = plan(
        notebook,
        chosen.cells,
        module=module,
        name=name,
        project=located.project,
        lines=chosen.lines,
    )
    if extraction.status == "refused" or diff_only:
        return extraction
    if prover is not None:
        extraction = _proved(extraction, notebook, located, prover)
        if extraction.status == "refused":
            return extraction
    files = [_change(edit) for edit in extraction.change.files]
    files.append(_notebook_change(path, notebook, located.project.notebook, extraction))
    undo_id = apply.apply(located.root, located.project.notebook, files)
    return replace(extraction, status="applied", undo_id=undo_id)


def _proved(
    extraction: Extraction, notebook: Notebook, located: Located, prover: Prover
) -> Extraction:
    """The extraction with its proof; refused where before and after differ."""
    after = pages.edited(notebook, extraction.change.cells)
    staged = staged_modules(extraction.change.files, located)
    found = prover(notebook, after, extraction.change.cells, staged)
    if found.proof == "differs":
        refusal = Refusal(
            None,
            None,
            f"{found.detail} Nothing was written.",
            "Compare with --diff; --no-proof writes it all the same.",
        )
        return replace(extraction, status="refused", proof="differs", refusals=(refusal,))
    reason = (f"Not proven: {found.detail.rstrip('.')}.",) if found.detail else ()
    return replace(extraction, proof=found.proof, notes=(*extraction.notes, *reason))


def staged_modules(files: Sequence[FileEdit], located: Located) -> tuple[Staged, ...]:
    """The modules among the files to write, under the names that the page imports."""
    source_root = located.project.source_root or "."
    found = []
    for edit in files:
        inside = posixpath.relpath(edit.path, source_root)
        if edit.path.endswith(".py") and edit.after is not None and not inside.startswith("../"):
            name = inside.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            found.append(Staged(name, str(located.root / edit.path), edit.after))
    return tuple(found)


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
