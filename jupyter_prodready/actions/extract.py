"""`extract` of the command line: a notebook file and a module file, changed together."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager

from .. import formats
from ..errors import BadInputError, StaleError
from ..fixes import diff, pages
from ..model import Extraction, FileEdit, Notebook
from ..refactor import Options, sections_for
from ..refactor.options import DEFAULT
from ..refactor.selection import Selection, select_lines
from ..surroundings import look_around
from ..verify.claim import Claim
from ..verify.staging import Proved
from . import apply
from .asked import Asked, AskedSplit
from .install import installed, to_install, with_files
from .journal import FileChange
from .kept_test import Tester, Trial, together, with_kept
from .kernel_python import KernelPython, kernel_python
from .notebook_text import edit_cells
from .project import locate, read_text
from .text_page import edit_text
from .text_twins import refuse_behind, twin_notes

_STARRED = (
    *("math", "cmath", "random", "statistics", "os", "os.path", "itertools", "functools"),
    *("collections", "datetime", "time", "typing", "decimal", "fractions", "operator", "pathlib"),
)

Prover = Callable[[Claim], Proved]


def extract_file(
    path: Path,
    cells: str,
    module: str | None = None,
    name: str | None = None,
    diff_only: bool = False,
    options: Options = DEFAULT,
    prover: Prover | None = None,
    tester: Tester | None = None,
    installs: bool = False,
) -> Extraction:
    """Extract ``cells`` of the notebook at ``path`` into ``module``, a path from the
    project root (None: proposed).

    ``cells`` is ``ID_OR_RANGE`` of `refactor.selection`. Answers a refusal without
    writing; with ``diff_only`` a preview. Otherwise both files are written, or none, and
    the answer carries the undo id. With a ``prover`` nothing is written that it saw to
    differ; with a ``tester``, a test is written too, or the notes say why none is. With
    ``installs`` the project is installed, to be edited, in the kernel's environment, and
    nothing stays written where that fails.
    Raises `BadInputError`, `ForbiddenError` or `StaleError` as `actions.apply` does, and
    `InstallError`.
    """
    notebook = formats.read(path)
    chosen = select_lines(notebook, cells)
    located = locate(path, module, kernel=python_for(notebook))
    stars = stars_of(notebook, path)
    wanted = replace(options, test=tester is not None)
    asked = Asked(notebook, chosen, located, module, name, stars, wanted)
    return _done(path, asked, diff_only, prover, tester, installs)


def split_file(
    path: Path,
    folder: str | None = None,
    cells: str | None = None,
    diff_only: bool = False,
    options: Options = DEFAULT,
    prover: Prover | None = None,
    tester: Tester | None = None,
    installs: bool = False,
) -> Extraction:
    """Split the notebook at its headings into modules in ``folder``, a path from the project
    root (None: proposed); only ``cells`` move, if given. The rest is as of `extract_file`.
    """
    notebook = formats.read(path)
    chosen = select_lines(notebook, cells) if cells else Selection(())
    if chosen.lines:
        message = f"`{cells}` names lines, and a notebook is split by whole cells."
        raise BadInputError(message, "Name cells only.")
    wanted = replace(options, test=tester is not None)
    kernel = python_for(notebook)
    asked = split_of(notebook, path, folder, chosen.cells, wanted, kernel=kernel)
    return _done(path, asked, diff_only, prover, tester, installs)


def split_of(
    notebook: Notebook,
    path: Path,
    folder: str | None,
    chosen: Sequence[str],
    options: Options,
    *,
    kernel: KernelPython,
    root: Path | None = None,
) -> AskedSplit:
    """What is asked for where the page at ``path`` is to be split. Raises as `locate` does."""
    here = partial(locate, path, root=root, kernel=kernel)
    first = here(posixpath.join(folder, "_.py") if folder is not None else None)
    place = posixpath.dirname(first.project.module)
    sections = sections_for(notebook, place)
    projects = {one.module: here(one.module).project for one in sections}
    located = replace(first, project=next(iter(projects.values()), first.project))
    stars, selection = stars_of(notebook, path), Selection(tuple(chosen))
    return AskedSplit(notebook, selection, located, folder, None, stars, options, projects)


def _done(
    path: Path,
    asked: Asked,
    diff_only: bool,
    prover: Prover | None,
    tester: Tester | None,
    installs: bool,
) -> Extraction:
    located = asked.located
    installing = to_install(located) if installs else None
    asked = asked if installing is None else asked.as_installed()
    extraction = with_files(asked.plan(), installing)
    if extraction.status == "refused" or (diff_only and path.suffix == ".ipynb"):
        return extraction
    refuse_behind(path)
    extraction = _in_its_lines(path, asked, extraction)  # or raises, before kernels are started
    if diff_only:
        return extraction
    tests: tuple[FileChange, ...] = ()
    if prover is not None:
        extraction, tests = _proven(path, asked, extraction, prover, tester)
        if extraction.status == "refused":
            return extraction
        extraction = with_files(extraction, installing)
    written = extraction.change.files[: len(extraction.change.files) - len(tests)]
    files = [*(_change(edit) for edit in written), *tests]
    files.append(_notebook_change(path, asked, extraction))
    undo_id = apply.apply(located.root, located.project.notebook, files)
    notes = (*extraction.notes, *twin_notes(path))
    done = replace(extraction, status="applied", undo_id=undo_id, notes=notes)
    return installed(done, located, installing) if installs else done


def _proven(
    path: Path, asked: Asked, extraction: Extraction, prover: Prover, tester: Tester | None
) -> tuple[Extraction, tuple[FileChange, ...]]:
    """The extraction after its proof, and the files of the tests that are kept."""
    found = prover(asked.claim(extraction))
    extraction = asked.proved(extraction, found)
    if extraction.status == "refused":
        return extraction, ()
    extraction = _in_its_lines(path, asked, extraction)
    if tester is None:
        return extraction, ()
    kept = [
        trial.ended(tester(trial.probe)) if isinstance(trial, Trial) else trial
        for trial in asked.trials(extraction, found)
    ]
    return with_kept(extraction, kept), together(kept)


def python_for(notebook: Notebook) -> KernelPython:
    """The Python of the kernel that the notebook names."""
    return kernel_python(KernelSpecManager(), notebook.kernel_name or NATIVE_KERNEL_NAME)


def stars_of(notebook: Notebook, path: Path) -> Mapping[str, Sequence[str]]:
    """All names that each ``from m import *`` of the page binds, where ``m`` is the project's,
    or one of those of Python's own that people import so."""
    if not any("import *" in cell.source for cell in notebook.code_cells):
        return {}
    around = look_around(notebook, path)
    return {**_of_python(), **({} if around is None else around.binds)}


def _of_python() -> Mapping[str, Sequence[str]]:
    """What these modules bind in this Python."""
    found = ((name, import_module(name)) for name in _STARRED)
    return {name: _public(module) for name, module in found}


def _public(module: ModuleType) -> tuple[str, ...]:
    names = getattr(module, "__all__", None)
    return tuple(names or (name for name in vars(module) if not name.startswith("_")))


def _change(edit: FileEdit) -> FileChange:
    return FileChange(edit.path, _bytes(edit.before), _bytes(edit.after))


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")


def _in_its_lines(path: Path, asked: Asked, extraction: Extraction) -> Extraction:
    """With the diff of the page's own lines, where it is a text. Raises as `_notebook_change`."""
    change = _notebook_change(path, asked, extraction)
    if path.suffix == ".ipynb":
        return extraction
    before, after = ((text or b"").decode("utf-8") for text in (change.before, change.after))
    lines = diff.unified(change.path, before, after)
    return replace(extraction, diff=diff.of_files(extraction.change.files) + lines)


def _notebook_change(path: Path, asked: Asked, extraction: Extraction) -> FileChange:
    text, notebook = read_text(path), asked.notebook
    if text is None or formats.read(path).cells != notebook.cells:
        raise StaleError(f"`{path.name}` changed on disk.", "Run the extraction again.")
    edits = extraction.change.cells
    if path.suffix == ".ipynb":
        after = edit_cells(text, edits)
    else:
        after = edit_text(text, path.suffix, notebook, pages.edited(notebook, edits))
    relative = asked.located.project.notebook
    return FileChange(relative, text.encode("utf-8"), after.encode("utf-8"))
