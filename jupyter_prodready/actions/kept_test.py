"""The test of an extraction: what it says, and which files hold it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..fixes import diff
from ..model import ChangeSet, Extraction, FileEdit, OptionalLines
from ..refactor.characterization import KeptTest, why_no_test, write_test
from ..verify.probe import Probe
from ..verify.staging import Staged
from .journal import FileChange
from .project import Located

Tester = Callable[[Probe], "str | None"]
"""Why the test is not worth writing, None where it is."""


@dataclass(frozen=True)
class Kept:
    """The test of ``function``, first, and the files that it reads; or ``why`` there is none."""

    function: str
    files: tuple[FileChange, ...] = ()
    run_with: str = ""
    why: str = ""


@dataclass(frozen=True)
class Trial:
    """What is kept if ``probe`` finds the test worth it."""

    kept: Kept
    probe: Probe

    def ended(self, why: str | None) -> Kept:
        return self.kept if why is None else Kept(self.kept.function, why=why.rstrip(".") + ".")


def trial_of(
    extraction: Extraction,
    values: tuple[Mapping[str, Any], Mapping[str, Any]],
    located: Located,
    staged: Sequence[Staged],
    taken: Collection[str] = (),
) -> Trial | Kept:
    """The test of a proven extraction, to be tried; or at once why there is none.

    ``values`` are what was seen as the first call began and ended, ``taken`` are paths of
    other tests."""
    why = why_no_test(extraction, *values)
    if extraction.proof == "not-run":
        why = "nothing was proven."
    path = None if why else _path(located, extraction, taken)
    if path is None:
        why = why or "both files that it could stand in are there already."
        return Kept(extraction.function, why=why)
    import_name = located.project.import_name
    stem = path.removeprefix("tests/test_").removesuffix(".py")
    test = write_test(extraction, import_name, stem, *values)
    files = [FileChange(path, None, test.text.encode("utf-8"))]
    files += [FileChange(f"tests/{name}", None, data) for name, data in test.files.items()]
    folder = "" if located.project.importable else located.project.source_root
    run_with = f" Run it with `PYTHONPATH={folder} pytest`." if folder else ""
    probe = _probe(test, path, located, extraction.function, staged)
    return Trial(Kept(extraction.function, tuple(files), run_with), probe)


def files_of(trial: Trial | Kept) -> tuple[FileChange, ...]:
    return trial.kept.files if isinstance(trial, Trial) else trial.files


def together(kept: Sequence[Kept]) -> tuple[FileChange, ...]:
    """The files of several tests."""
    return tuple(file for one in kept for file in one.files)


def with_kept(extraction: Extraction, kept: Sequence[Kept]) -> Extraction:
    """The extraction with the tests among what is shown, or the reason why there is none."""
    for one in kept:
        extraction = _with_test(extraction, one) if one.files else _without_test(extraction, one)
    return extraction


def _without_test(extraction: Extraction, kept: Kept) -> Extraction:
    of = f" of `{kept.function}`" if len(extraction.steps) > 1 else ""
    note = f"No test{of} was written: {kept.why}"
    return replace(extraction, notes=(*extraction.notes, note))


def _with_test(extraction: Extraction, kept: Kept) -> Extraction:
    first, *rest = kept.files
    test = FileEdit(first.path, None, (first.after or b"").decode("utf-8"))
    edits = (test, *(FileEdit(one.path, None, "") for one in rest))
    change = ChangeSet((*extraction.change.files, *edits), extraction.change.cells)
    said = f"`{test.path}` was seen to fail where the function does something else."
    shown = extraction.diff + diff.of_files([test])
    above, all_lines = extraction.diff.count("\n"), shown.count("\n")
    optional = (*extraction.optional, OptionalLines("test", above + 1, all_lines))
    notes = (*extraction.notes, said + kept.run_with)
    return replace(extraction, change=change, notes=notes, diff=shown, optional=optional)


def _path(located: Located, extraction: Extraction, taken: Collection[str]) -> str | None:
    """``tests/test_<module>.py``; with the function's name where that is there."""
    module = located.project.import_name.rpartition(".")[2]
    names = (module, f"{module}_{extraction.function}")
    paths = (f"tests/test_{name}.py" for name in names)
    free = (path for path in paths if path not in taken and not (located.root / path).exists())
    return next(free, None)


def _probe(
    kept: KeptTest, path: str, located: Located, function: str, staged: Sequence[Staged]
) -> Probe:
    project = located.project
    folder = "" if project.importable else str(located.root / project.source_root)
    return Probe(
        name=path.removeprefix("tests/"),
        text=kept.text,
        files=kept.files,
        module=project.import_name,
        function=function,
        outputs=kept.outputs,
        unchanged=kept.unchanged,
        staged=tuple(staged),
        folder=folder,
    )
