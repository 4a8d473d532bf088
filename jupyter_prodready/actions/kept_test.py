"""The test of an extraction: what it says, and which files hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

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


def with_test(
    extraction: Extraction,
    seen: Seen,
    located: Located,
    staged: Sequence[Staged],
    tester: Tester,
) -> tuple[Extraction, tuple[FileChange, ...]]:
    """The extraction with its test among what is shown, and the files to write; or with the
    reason why there is none."""
    entry, end = known(seen, "entry"), known(seen, "end")
    why = why_no_test(extraction, entry, end)
    if extraction.proof == "not-run":
        why = "nothing was proven."
    path = None if why else _path(located, extraction)
    why = why or (None if path else "both files that it could stand in are there already.")
    if why or path is None:
        return _without(extraction, why or ""), ()
    import_name = located.project.import_name
    stem = path.removeprefix("tests/test_").removesuffix(".py")
    kept = write_test(extraction, import_name, stem, entry, end)
    problem = tester(_probe(kept, path, import_name, extraction.function, staged))
    if problem is not None:
        return _without(extraction, problem.rstrip(".") + "."), ()
    files = [FileChange(path, None, kept.text.encode("utf-8"))]
    files += [FileChange(f"tests/{name}", None, data) for name, data in kept.files.items()]
    return _shown(extraction, located, FileEdit(path, None, kept.text), files), tuple(files)


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


def _without(extraction: Extraction, why: str) -> Extraction:
    return replace(extraction, notes=(*extraction.notes, f"No test was written: {why}"))


def _shown(
    extraction: Extraction, located: Located, test: FileEdit, files: Sequence[FileChange]
) -> Extraction:
    edits = (test, *(FileEdit(one.path, None, "") for one in files[1:]))
    change = ChangeSet((*extraction.change.files, *edits), extraction.change.cells)
    folder = located.project.source_root
    said = f"`{test.path}` was seen to fail where the function does something else."
    if folder and not located.project.importable:
        said += f" Run it with `PYTHONPATH={folder} pytest`."
    shown = extraction.diff + diff.of_files([test])
    return replace(extraction, change=change, notes=(*extraction.notes, said), diff=shown)
