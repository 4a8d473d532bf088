"""`extract` of the command line: a notebook file and a module file, changed together."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager, NoSuchKernel

from .. import formats
from ..errors import BadInputError, StaleError
from ..fixes import pages
from ..model import Call, Extraction, FileEdit, Notebook, Refusal
from ..refactor import Options, Types, ends_of, plan
from ..refactor.characterization import cannot_be_tested
from ..refactor.options import DEFAULT
from ..refactor.selection import Selection, select_lines
from ..surroundings import look_around
from ..verify.claim import Claim
from ..verify.seen import Look, Observer, Seen, known, look
from ..verify.staging import Proved, Staged
from . import apply
from .journal import FileChange
from .kept_test import Kept, Tester, Trial, trial_of, with_kept
from .notebook_text import edit_cells
from .project import Located, is_this_python, locate, read_text

WRITE_ANYWAY = "Compare with --diff; --no-proof writes it all the same."
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
) -> Extraction:
    """Extract ``cells`` of the notebook at ``path`` into ``module``, a path from the
    project root (None: proposed).

    ``cells`` is ``ID_OR_RANGE`` of `refactor.selection`. Answers a refusal without
    writing; with ``diff_only`` a preview. Otherwise both files are written, or none, and
    the answer carries the undo id. With a ``prover`` nothing is written that it saw to
    differ; with a ``tester``, a test is written too, or the notes say why none is.
    Raises `BadInputError`, `ForbiddenError` or
    `StaleError` as `actions.apply` does.
    """
    notebook = read_notebook(path)
    chosen = select_lines(notebook, cells)
    located = locate(path, module, same_environment=runs_here(notebook.kernel_name))
    stars = stars_of(notebook, path)
    wanted = replace(options, test=tester is not None)
    asked = Asked(notebook, chosen, located, module, name, stars, wanted)
    extraction = asked.plan()
    if extraction.status == "refused" or diff_only:
        return extraction
    tests: tuple[FileChange, ...] = ()
    if prover is not None:
        extraction, tests = _proven(asked, extraction, prover, tester)
        if extraction.status == "refused":
            return extraction
    written = extraction.change.files[: len(extraction.change.files) - len(tests)]
    files = [*(_change(edit) for edit in written), *tests]
    files.append(_notebook_change(path, notebook, located.project.notebook, extraction))
    undo_id = apply.apply(located.root, located.project.notebook, files)
    return replace(extraction, status="applied", undo_id=undo_id)


def _proven(
    asked: Asked, extraction: Extraction, prover: Prover, tester: Tester | None
) -> tuple[Extraction, tuple[FileChange, ...]]:
    """The extraction after its proof, and the files of the test that is kept."""
    found = prover(asked.claim(extraction))
    extraction = asked.proved(extraction, found)
    if extraction.status == "refused" or tester is None:
        return extraction, ()
    trial = asked.trial(extraction, found)
    kept = trial.ended(tester(trial.probe)) if isinstance(trial, Trial) else trial
    return with_kept(extraction, kept), kept.files


def read_notebook(path: Path) -> Notebook:
    """The notebook; raises `BadInputError` for one that is kept as text."""
    notebook = formats.read(path)
    if path.suffix == ".ipynb":
        return notebook
    message = f"`{path.as_posix()}` is a text notebook; extraction edits .ipynb files."
    raise BadInputError(message, "Extract from the .ipynb file of the pair.")


@dataclass(frozen=True)
class Asked:
    """What was asked for, planned again as more is known; can be sent to another process."""

    notebook: Notebook
    chosen: Selection
    located: Located
    module: str | None
    name: str | None
    stars: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Options = DEFAULT

    def plan(self, types: Types | None = None) -> Extraction:
        found = plan(
            self.notebook,
            self.chosen.cells,
            module=self.module,
            name=self.name,
            project=self.located.project,
            lines=self.chosen.lines,
            stars=self.stars,
            types=types,
            options=self.options,
        )
        return replace(found, no_test=cannot_be_tested(found))

    def looks(self, extraction: Extraction) -> tuple[Look, ...]:
        """At the types, and values, of what goes in and comes out, as the page runs: the types
        in all places that call the function, the values in the first."""
        calls = self.calls(extraction)
        found: list[Look] = []
        for place, call in enumerate(calls):
            found.append(look(f"inputs {place}", call.first, "before", "types", call.inputs))
            found.append(look(f"outputs {place}", call.last, "after", "types", call.outputs))
        for call in calls[:1] if self.options.test else ():
            found.append(look("entry", call.first, "before", "values", call.inputs))
            found.append(look("end", call.last, "after", "values", call.outputs))
        return tuple(found)

    def calls(self, extraction: Extraction) -> tuple[Call, ...]:
        """Where the function is called; nowhere if only definitions move."""
        ends = ends_of(self.notebook, self.chosen.cells, self.chosen.lines)
        if extraction.calls or ends is None:
            return extraction.calls
        ins = (parameter.name for parameter in extraction.inputs)
        outs = (parameter.name for parameter in extraction.outputs)
        return (Call(*ends, tuple(ins), tuple(outs)),)

    def claim(self, extraction: Extraction) -> Claim:
        """What a proof of the extraction has to show, and see."""
        edits = extraction.change.cells
        modules = staged_modules(extraction.change.files, self.located)
        staged = partial(self.staged, self.calls(extraction))
        observer = Observer(self.looks(extraction), staged)
        return Claim(self.notebook, pages.edited(self.notebook, edits), edits, modules, observer)

    def staged(self, calls: Sequence[Call], seen: Seen) -> Sequence[Staged]:
        """The modules, made anew with what was seen."""
        return staged_modules(self.plan(_types(calls, seen)).change.files, self.located)

    def proved(self, extraction: Extraction, found: Proved) -> Extraction:
        """The extraction with its types and proof; refused where before and after differ."""
        if found.seen:
            extraction = self.plan(_types(self.calls(extraction), found.seen))
        if found.proof == "differs":
            refusal = Refusal(None, None, f"{found.detail} Nothing was written.", WRITE_ANYWAY)
            return replace(extraction, status="refused", proof="differs", refusals=(refusal,))
        reason = (f"Not proven: {found.detail.rstrip('.')}.",) if found.detail else ()
        return replace(extraction, proof=found.proof, notes=(*extraction.notes, *reason))

    def trial(self, extraction: Extraction, found: Proved) -> Trial | Kept:
        """The test of what was proved; the ``options`` must want one."""
        staged = staged_modules(extraction.change.files, self.located)
        return trial_of(extraction, found.seen, self.located, staged)


def _types(calls: Sequence[Call], seen: Seen) -> Types:
    """By the names of the first call, what all calls agree on."""
    names = ([call.inputs for call in calls], [call.outputs for call in calls])
    return Types(_agreed("inputs", names[0], seen), _agreed("outputs", names[1], seen))


def _agreed(key: str, names: Sequence[tuple[str, ...]], seen: Seen) -> dict[str, str]:
    facts = [known(seen, f"{key} {place}") for place in range(len(names))]
    told = {
        alike[0]: {fact.get(name) for name, fact in zip(alike, facts, strict=True)}
        for alike in zip(*names, strict=True)
    }
    return {
        name: str(*found) for name, found in told.items() if len(found - {None}) == len(found) == 1
    }


def runs_here(kernel_name: str | None) -> bool:
    """Does the notebook's kernel run in this Python? One that is not installed: not known."""
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name or NATIVE_KERNEL_NAME)
    except NoSuchKernel:
        return False
    return is_this_python(spec.argv)


def stars_of(notebook: Notebook, path: Path) -> Mapping[str, Sequence[str]]:
    """All names that each ``from m import *`` of the page binds, where ``m`` is the project's."""
    if not any("import *" in cell.source for cell in notebook.code_cells):
        return {}
    around = look_around(notebook, path)
    return {} if around is None else around.binds


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
