"""The test of an extraction: what it says, and which files hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..fixes import diff
from ..model import ChangeSet, Extraction, FileEdit
from ..refactor.characterization import KeptTest, why_no_test, write_test
from ..verify.probe import Probe
from ..verify.seen import Seen, known
from ..verify.staging import Staged
from .journal import FileChange
from .project import Located

Tester = Callable[[Probe], "str | None"]
"""Why the test is not worth writing, None where it is."""


@dataclass(frozen=True)
class Kept:
    """The test, first, and the files that it reads; or ``why`` there is none."""

    files: tuple[FileChange, ...] = ()
    run_with: str = ""
    why: str = ""


NONE_ASKED = Kept()


@dataclass(frozen=True)
class Trial:
    """What is kept if ``probe`` finds the test worth it."""

    kept: Kept
    probe: Probe

    def ended(self, why: str | None) -> Kept:
        return self.kept if why is None else Kept(why=why.rstrip(".") + ".")


def trial_of(
    extraction: Extraction, seen: Seen, located: Located, staged: Sequence[Staged]
) -> Trial | Kept:
    """The test of a proven extraction, to be tried; or at once why there is none."""
    entry, end = known(seen, "entry"), known(seen, "end")
    why = why_no_test(extraction, entry, end)
    if extraction.proof == "not-run":
        why = "nothing was proven."
    path = None if why else _path(located, extraction)
    if path is None:
        return Kept(why=why or "both files that it could stand in are there already.")
    import_name = located.project.import_name
    stem = path.removeprefix("tests/test_").removesuffix(".py")
    test = write_test(extraction, import_name, stem, entry, end)
    files = [FileChange(path, None, test.text.encode("utf-8"))]
    files += [FileChange(f"tests/{name}", None, data) for name, data in test.files.items()]
    folder = "" if located.project.importable else located.project.source_root
    run_with = f" Run it with `PYTHONPATH={folder} pytest`." if folder else ""
    probe = _probe(test, path, import_name, extraction.function, staged)
    return Trial(Kept(tuple(files), run_with), probe)


def with_kept(extraction: Extraction, kept: Kept) -> Extraction:
    """The extraction with the test among what is shown, or the reason why there is none."""
    if not kept.files:
        notes = (f"No test was written: {kept.why}",) if kept.why else ()
        return replace(extraction, notes=(*extraction.notes, *notes))
    first, *rest = kept.files
    test = FileEdit(first.path, None, (first.after or b"").decode("utf-8"))
    edits = (test, *(FileEdit(one.path, None, "") for one in rest))
    change = ChangeSet((*extraction.change.files, *edits), extraction.change.cells)
    said = f"`{test.path}` was seen to fail where the function does something else."
    shown = extraction.diff + diff.of_files([test])
    said += kept.run_with
    return replace(extraction, change=change, notes=(*extraction.notes, said), diff=shown)


def _path(located: Located, extraction: Extraction) -> str | None:
    """``tests/test_<module>.py``; with the function's name where that is there."""
    module = located.project.import_name.rpartition(".")[2]
    names = (module, f"{module}_{extraction.function}")
    paths = (f"tests/test_{name}.py" for name in names)
    return next((path for path in paths if not (located.root / path).exists()), None)


def _probe(
    kept: KeptTest, path: str, import_name: str, function: str, staged: Sequence[Staged]
) -> Probe:
    return Probe(
        name=path.removeprefix("tests/"),
        text=kept.text,
        files=kept.files,
        module=import_name,
        function=function,
        outputs=kept.outputs,
        unchanged=kept.unchanged,
        staged=tuple(staged),
    )
