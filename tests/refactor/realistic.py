"""Whole notebooks, a cell extracted at a time, or all in turn: is what they do kept?

Pages run in forks of a real IPython shell. What a page shows, pictures included, and what all
its names hold at the end must be as before, but for what two runs of the old page do not share.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jupyter_prodready import formats
from jupyter_prodready.actions.project import locate
from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Cell, Extraction, Notebook
from jupyter_prodready.refactor import plan
from oracle.fork import Zygote

HERE = Path(__file__).parent
NOTEBOOKS = sorted(path.stem for path in (HERE / "notebooks").glob("*.py"))
DATA = {f"data/{path.name}": path.read_text() for path in sorted((HERE / "data").iterdir())}


@dataclass(frozen=True)
class Seen:
    """What a page showed, top to bottom, and its names at the end."""

    shown: tuple[str, ...]
    names: dict[str, str]
    error: str = ""


@dataclass(frozen=True)
class Tried:
    """One cell: how its extraction ended, and why it was refused or what differs."""

    notebook: str
    cell: Cell
    how: str  # "kept" | "refused" | "differs"
    extraction: Extraction
    detail: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.notebook} cell {self.cell.index}: {self.cell.source.strip().splitlines()[0]}"


@dataclass
class Original:
    """A notebook as it was written, and what two runs of it show."""

    name: str
    zygote: Zygote

    @cached_property
    def page(self) -> Notebook:
        return formats.read(HERE / "notebooks" / f"{self.name}.py")

    @cached_property
    def before(self) -> Seen:
        return seen(self.page, {}, self.zygote)

    @cached_property
    def again(self) -> Seen:
        return seen(self.page, {}, self.zygote)

    def differences(self, after: Seen, lost: set[str]) -> tuple[str, ...]:
        """What ``after`` has otherwise, names that are ``lost`` knowingly left out."""
        found = [] if after.error == self.before.error else [f"ends with {after.error}"]
        if after.shown != self.before.shown and self.before.shown == self.again.shown:
            found.append(_first(self.before.shown, after.shown))
        mine, its = self.before.names, after.names
        for name in sorted((set(mine) | set(its)) - lost):
            varies = mine.get(name) != self.again.names.get(name)
            if mine.get(name) != its.get(name) and not varies and name not in self._new(its):
                found.append(f"`{name}` holds something else")
        return tuple(found)

    def _new(self, after: dict[str, str]) -> set[str]:
        """Functions of the new module and `sys`: names that the page did not have."""
        return set(after) - set(self.before.names)


def _first(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    pairs = zip(before, after, strict=False)
    found = next((pair for pair in pairs if pair[0] != pair[1]), (before[-1:], after[-1:]))
    return f"shows {found[1]!r}, before {found[0]!r}"


def seen(page: Notebook, files: dict[str, str], zygote: Zygote) -> Seen:
    """The page from the top in a fresh shell, in its folder."""
    job: dict[str, Any] = {
        "files": {**DATA, "notebooks/.keep": "", **files},
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
    return Seen(shown, answer["names"], "" if runs[-1]["ok"] else runs[-1]["text"])


@dataclass
class Project:
    """A project on disk with one notebook, that extractions change in turn."""

    root: Path
    page: Notebook
    files: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def plan(self, cell: Cell) -> Extraction:
        located = locate(self.root / self.page.path, None, root=self.root)
        return plan(self.page, (cell.id,), module=None, name=None, project=located.project)

    def apply(self, extraction: Extraction) -> None:
        for edit in extraction.change.files:
            path = self.root / edit.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(edit.after or "")
            self.files[edit.path] = edit.after or ""
        self.page = pages.edited(self.page, extraction.change.cells)
        told = " ".join(extraction.notes)
        self.lost |= {name for name in self.names if f"`{name}` will no longer exist" in told}

    names: frozenset[str] = frozenset()


@contextmanager
def project_of(original: Original) -> Iterator[Project]:
    root = Path(tempfile.mkdtemp(prefix="realistic-"))
    try:
        (root / "notebooks").mkdir()
        (root / "pyproject.toml").write_text('[project]\nname = "proj"\n')
        path = f"notebooks/{original.name}.ipynb"
        page = Notebook(path, original.page.cells, language="python")
        yield Project(root, page, names=frozenset(original.before.names))
    finally:
        shutil.rmtree(root)


def try_cell(original: Original, cell: Cell) -> Tried:
    """Extract one cell of the notebook as it was written."""
    with project_of(original) as project:
        extraction = project.plan(cell)
        if extraction.status == "refused":
            why = tuple(refusal.message for refusal in extraction.refusals)
            return Tried(original.name, cell, "refused", extraction, why)
        project.apply(extraction)
        after = seen(project.page, project.files, original.zygote)
        found = original.differences(after, project.lost)
        return Tried(original.name, cell, "differs" if found else "kept", extraction, found)


def try_all(original: Original) -> tuple[list[Tried], tuple[str, ...]]:
    """Extract all cells in turn, each from what the one before left; what differs at the end."""
    tried = []
    with project_of(original) as project:
        for cell in original.page.code_cells:
            extraction = project.plan(project.page.cell(cell.id) or cell)
            refused = extraction.status == "refused"
            why = tuple(refusal.message for refusal in extraction.refusals)
            tried.append(
                Tried(original.name, cell, "refused" if refused else "kept", extraction, why)
            )
            if not refused:
                project.apply(extraction)
        after = seen(project.page, project.files, original.zygote)
        return tried, original.differences(after, project.lost)
