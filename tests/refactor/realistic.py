"""Whole notebooks, a cell extracted at a time, or all in turn: is what they do kept?

Pages run in forks of a real IPython shell. What a page shows, pictures included, and what its
names hold at the end must be as before, but for what two runs of the old page do not share.
"""

from __future__ import annotations

import posixpath
import shutil
import tempfile
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from oracle.fork import Zygote
from oracle.page import Page

from jupyter_prodready import formats
from jupyter_prodready.actions.project import locate
from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Cell, Extraction, Notebook
from jupyter_prodready.refactor import plan, plan_split, sections_for

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in (HERE / "notebooks").glob("*.py")))


@dataclass(frozen=True)
class Seen:
    """What a page showed, by cells that showed something, and its names at the end."""

    shown: tuple[str, ...]
    names: dict[str, str]
    ended: bool = True
    """Did no cell fail?"""


@dataclass(frozen=True)
class Tried:
    """Cells of a page: how their extraction ended, and why it was refused or what differs."""

    page: str
    cells: tuple[Cell, ...]
    how: str  # "kept" | "refused" | "differs"
    extraction: Extraction
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        cell = self.cells[0]
        first = cell.source.strip().split("\n")[0]
        return f"{self.page}, cell {cell.index}, `{first}`: {self.how}: {' '.join(self.detail)}"


@dataclass
class Original:
    """A page as it was written, with the files of its project, and what two runs of it show."""

    page: Notebook
    files: dict[str, str]
    zygote: Zygote

    @property
    def name(self) -> str:
        return Path(self.page.path).stem

    @cached_property
    def before(self) -> Seen:
        return seen(self.page, self.files, self.zygote)

    @cached_property
    def again(self) -> Seen:
        return seen(self.page, self.files, self.zygote)

    def differences(
        self, after: Seen, lost: Set[str], new: Set[str] = frozenset(), merged: bool = False
    ) -> tuple[str, ...]:
        """What ``after`` has otherwise; names that are ``lost`` or ``new`` knowingly are left
        out, and where cells were ``merged``, in which of them something is shown."""
        if after == self.before:
            return ()
        mine, its, again = self.before.names, after.names, self.again.names
        names = [n for n in mine if n not in lost and mine[n] == again.get(n) != its.get(n)]
        new = sorted(its.keys() - mine.keys() - again.keys() - new)
        shown = self._shown(after.shown, merged)
        there = (f"`{name}` was not there before." for name in new)
        return (*shown, *(f"`{name}` holds something else." for name in names), *there)

    def _shown(self, after: Sequence[str], merged: bool) -> list[str]:
        """Cells that became one show in one place; what varies is left out cell by cell."""
        before, again = self.before.shown, self.again.shown
        if before == again or merged:
            before, again, after = (["\n".join(one)] for one in (before, again, after))
        if len(before) != len(after):
            return [f"{len(after)} cells show something, before {len(before)}."]
        both = zip(before, again, after, strict=True)
        return [f"shows {new!r}, before {old!r}." for old, same, new in both if old == same != new]


def written(name: str, zygote: Zygote) -> Original:
    """One of the notebooks beside this file; all of them share their data."""
    page = formats.read(HERE / "notebooks" / f"{name}.py")
    data = {f"data/{path.name}": path.read_text() for path in sorted((HERE / "data").iterdir())}
    path = f"notebooks/{name}.ipynb"
    return Original(Notebook(path, page.cells, language="python"), data, zygote)


def of_oracle(page: Page, zygote: Zygote) -> Original:
    """A page that was written for the sessions of the oracle."""
    cells = [Cell(f"c{at}", at, "code", source) for at, source in enumerate(page.sources)]
    files = {f"notebooks/{name}": text for name, text in page.files}
    return Original(Notebook(f"notebooks/{page.name}.ipynb", tuple(cells)), files, zygote)


def seen(page: Notebook, files: dict[str, str], zygote: Zygote) -> Seen:
    """The page from the top in a fresh shell, in its folder; up to the first failing cell."""
    job: dict[str, Any] = {
        "files": {**files, "notebooks/.keep": ""},
        "folder": "notebooks",
        "groups": [[cell.source for cell in page.code_cells]],
        "want_names": True,
        "seconds": 60,
    }
    zygote.ask(job)
    answer = zygote.answer()
    assert "lost" not in answer, page.path
    runs = [run for run in answer["runs"][0] if run is not None]
    shown = tuple(run["text"] for run in runs if run["text"])
    return Seen(shown, answer["names"], all(run["ok"] for run in runs))


@dataclass
class Project:
    """A project on disk with one notebook, which extractions change in turn."""

    root: Path
    original: Original
    page: Notebook
    files: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)

    def extract(self, cells: Sequence[Cell], **options: Any) -> Extraction:
        """The extraction, applied if it is not refused."""
        located = locate(self.root / self.page.path, None, root=self.root)
        ids = tuple(cell.id for cell in cells)
        found = plan(self.page, ids, module=None, name=None, project=located.project, **options)
        if found.status != "refused":
            self.apply(found)
        return found

    def apply(self, extraction: Extraction) -> None:
        for edit in extraction.change.files:
            path = self.root / edit.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(edit.after or "")
            self.files[edit.path] = edit.after or ""
        self.page = pages.edited(self.page, extraction.change.cells)
        self.lost |= {*extraction.lost}
        self.new |= {*extraction.setup_binds}

    def differences(self, merged: bool = False) -> tuple[str, ...]:
        files = {**self.original.files, **self.files}
        after = seen(self.page, files, self.original.zygote)
        return self.original.differences(after, self.lost, self.new, merged)


@contextmanager
def project_of(original: Original) -> Iterator[Project]:
    root = Path(tempfile.mkdtemp(prefix="realistic-"))
    try:
        (root / "notebooks").mkdir()
        (root / "pyproject.toml").write_text('[project]\nname = "proj"\n')
        yield Project(root, original, original.page)
    finally:
        shutil.rmtree(root)


def try_cells(original: Original, *cells: Cell, **options: Any) -> Tried:
    """Extract cells of the page as it was written, as one function."""
    with project_of(original) as project:
        extraction = project.extract(cells, **options)
        if extraction.status == "refused":
            return _refused(original, cells, extraction)
        found = project.differences(merged=len(cells) > 1)
        return Tried(original.name, cells, "differs" if found else "kept", extraction, found)


def try_all(original: Original) -> tuple[list[Tried], tuple[str, ...]]:
    """Extract each cell in turn from what the one before left; what differs at the end."""
    tried = []
    with project_of(original) as project:
        for cell in original.page.code_cells:
            if project.page.cell(cell.id) is None:  # all of it has moved along with another
                continue
            extraction = project.extract([cell])
            if extraction.status == "refused":
                tried.append(_refused(original, (cell,), extraction))
            else:
                tried.append(Tried(original.name, (cell,), "kept", extraction))
        return tried, project.differences()


def try_split(original: Original) -> tuple[Extraction, tuple[str, ...]]:
    """Split the page at its headings; what differs."""
    with project_of(original) as project:
        place = project.root / original.page.path
        folder = posixpath.dirname(locate(place, None, root=project.root).project.module)
        projects = {
            one.module: locate(place, one.module, root=project.root).project
            for one in sections_for(original.page, folder)
        }
        found = plan_split(original.page, folder=folder, projects=projects)
        if found.status == "refused":
            return found, ()
        project.apply(found)
        return found, project.differences(merged=True)


def _refused(original: Original, cells: tuple[Cell, ...], extraction: Extraction) -> Tried:
    why = tuple(refusal.message for refusal in extraction.refusals)
    return Tried(original.name, cells, "refused", extraction, why)
