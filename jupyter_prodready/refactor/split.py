"""A page is split at its headings: each section becomes functions in a module of its own.

It is what extracting run after run by hand would give, as one change: each step is planned
on the page, and with the modules, that the steps before it leave.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ..fixes import diff, pages
from ..model import ChangeSet, Extraction, FileEdit, Notebook, Refusal, Setting, Step
from . import naming
from .annotations import Types
from .notebook_edits import import_line
from .options import DEFAULT, Options
from .page import Page, named
from .parts import split
from .plan import NO_LINES, NO_STARS, base_of, ends_of, plan, with_calls
from .planner import MANY_INPUTS, MANY_OUTPUTS
from .project import Project
from .remedies import Asked
from .sections import only_settings, quiet_runs, sections_of, statements_in, trimmed
from .settings import only_offered, refuse_others
from .source import Ranges, SelectedCell, read_cell

LEAST = 2
"""Statements of what is worth a function here: one-liners stay."""
_IMPORT = re.compile(r"from ([\w.]+) import ([\w, ]+)$")
_NOTHING = Refusal(
    None,
    None,
    "No heading has code below it that is worth a function.",
    "Put headings (`## Clean the data`) above the parts, or extract cells.",
)
_LITTLE = Refusal(
    None,
    None,
    "No part of these cells is worth a function by itself.",
    "Extract them one at a time.",
)


@dataclass(frozen=True)
class Section:
    """``module`` is a path from the project's root; no two sections share one."""

    heading: str
    module: str
    cells: tuple[SelectedCell, ...]


def sections_for(notebook: Notebook, folder: str) -> tuple[Section, ...]:
    """The sections of a page that have code, each with its module in ``folder``."""
    if notebook.language != "python":
        return ()
    taken: set[str] = set()
    found = []
    for heading, cells in sections_of(notebook):
        if heading and cells:
            name = naming.free(naming.module_of(heading), taken)
            taken.add(name)
            found.append(Section(heading, posixpath.join(folder, f"{name}.py"), tuple(cells)))
    return tuple(found)


def plan_split(
    notebook: Notebook,
    *,
    folder: str,
    projects: Mapping[str, Project],
    chosen: Collection[str] = (),
    stars: Mapping[str, Sequence[str]] = NO_STARS,
    types: Sequence[Types] = (),
    options: Options = DEFAULT,
) -> Extraction:
    """What splitting the page at its headings would do; nothing is written.

    ``projects`` are the project to write to each module of `sections_for`, ``chosen`` the ids
    of cells that may move (none: all), ``types`` those of each step. What cannot be extracted
    stays in the notebook, and the notes say why; refused where nothing can.
    """
    splitter = _Splitter(notebook, projects, stars, types, options)
    for section in sections_for(notebook, folder):
        cells = (cell for cell in section.cells if not chosen or cell.cell.id in chosen)
        splitter.take(section, tuple(cells))
    return splitter.whole(folder, sorted(chosen))


def plan_each(
    notebook: Notebook,
    selection: Sequence[str],
    *,
    project: Project,
    stars: Mapping[str, Sequence[str]] = NO_STARS,
    types: Sequence[Types] = (),
    options: Options = DEFAULT,
) -> Extraction:
    """What extracting the cells ``selection`` (ids) to one module would do, as many functions
    as it takes: each goes up to what is shown. As `plan_split` otherwise."""
    module = project.module
    cells = (read_cell(cell) for cell in notebook.code_cells if cell.id in selection)
    section = Section("", module, tuple(cell for cell in cells if cell.statements))
    splitter = _Splitter(notebook, {module: project}, stars, types, options)
    splitter.take(section, section.cells)
    return splitter.whole(module, sorted(selection))


@dataclass
class _Splitter:
    original: Notebook
    projects: Mapping[str, Project]
    stars: Mapping[str, Sequence[str]]
    types: Sequence[Types]
    options: Options
    page: Page = field(init=False)
    notebook: Notebook = field(init=False)
    files: dict[str, FileEdit] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    settings: dict[str, Setting] = field(default_factory=dict)
    setups: list[str] = field(default_factory=list)
    binds: dict[str, None] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    against: tuple[Refusal, ...] = ()

    def __post_init__(self) -> None:
        self.page = Page.of(self.original)
        self.notebook = self.original

    def take(self, section: Section, cells: Sequence[SelectedCell]) -> None:
        """All that can be extracted of a section, as much of it at a time as goes."""
        for run in quiet_runs(cells, self.page):
            core = trimmed(run, self.page)
            together = len(core) > 1 and self._step(section, core, few=True)
            for cell in run:
                if not (together and cell in core):
                    self._alone(section, cell.cell.id)

    def _alone(self, section: Section, cell_id: str) -> None:
        cell = self.notebook.cell(cell_id)
        if cell is None or not _is_worth_it(selected := read_cell(cell), self.notebook):
            return
        if not self._step(section, (selected,)):
            part = next((r.action for r in self.against if r.action and r.action.lines), None)
            lines = {cell_id: (part.lines,)} if part is not None and part.lines else NO_LINES
            first = self.against[0]
            if not (lines and self._step(section, (selected,), lines)):
                self.refused.append(first)
                self.notes.append(f"{named(cell)} stays: {_lower(first.message)}")

    def _step(
        self,
        section: Section,
        cells: Sequence[SelectedCell],
        lines: Ranges = NO_LINES,
        few: bool = False,
    ) -> bool:
        """One extraction more, if it is not refused, and takes and gives ``few`` names."""
        ids = tuple(cell.cell.id for cell in cells if self.notebook.cell(cell.cell.id))
        found = self._planned(section, ids, lines)
        self.against = found.refusals
        many = len(found.inputs) > MANY_INPUTS or len(found.outputs) > MANY_OUTPUTS
        taken = found.status == "preview" and not (few and many)
        if taken:
            made = with_calls(found, ends_of(self.notebook, ids, lines))
            made = replace(made, change=ChangeSet(), diff="", setup="", setup_binds=())
            self.steps.append(Step(section.heading, ids, made))
            self._keep(found)
        return taken

    def _planned(self, section: Section, ids: tuple[str, ...], lines: Ranges) -> Extraction:
        """With those of the names that were asked for that this function reads."""
        plain = replace(self.options, constants=(), defaults=())
        planned = partial(
            plan,
            self.notebook,
            ids,
            module=section.module,
            name=None,
            project=self._project(section.module),
            lines=lines,
            stars=self.stars,
            types=next(iter(self.types[len(self.steps) :]), None),
        )
        found = planned(options=plain)
        own = only_offered(self.options, found.settings)
        return found if own == plain else planned(options=own)

    def _project(self, module: str) -> Project:
        """The project as the steps so far leave it."""
        project, edit = self.projects[module], self.files.get(module)
        missing = tuple(path for path in project.missing_inits if path not in self.files)
        text = project.module_text if edit is None else edit.after
        return replace(project, module_text=text, missing_inits=missing)

    def _keep(self, found: Extraction) -> None:
        self.notebook = pages.edited(self.notebook, found.change.cells)
        for edit in found.change.files:
            known = self.files.get(edit.path)
            self.files[edit.path] = replace(known, after=edit.after) if known else edit
        self.settings |= {one.name: one for one in found.settings} | self.settings
        self.setups.append(found.setup)
        self.binds.update(dict.fromkeys(found.setup_binds))
        self.lost.update(dict.fromkeys(found.lost))

    def whole(self, folder: str, chosen: Sequence[str]) -> Extraction:
        notes = tuple(self.notes)
        made = [step.made for step in self.steps]
        if not made:
            nothing = _LITTLE if folder.endswith(".py") else _NOTHING
            refusals = tuple(self.refused) or (nothing,)
            return Extraction("refused", "", folder, refusals=refusals, notes=notes)
        against = tuple(refuse_others(self.options, self.settings))
        if against:
            return Extraction("refused", "", folder, refusals=against, notes=notes)
        after = self._tidy()
        edits = pages.edits_between(self.original, after)
        files = tuple(self.files.values())
        shown = diff.of_files(files) + diff.of_pages(self.original, after)
        return Extraction(
            status="preview",
            function=made[0].function,
            module=folder,
            notes=notes,
            change=ChangeSet(files, edits),
            diff=shown,
            base=self._base(chosen),
            setup=one_import_each("\n".join(self.setups), self.imported),
            setup_binds=tuple(self.binds),
            lost=tuple(self.lost),
            importable=made[0].importable,
            reach=made[0].reach,
            steps=tuple(self.steps),
            settings=tuple(self.settings.values()),
        )

    def _base(self, chosen: Sequence[str]) -> str:
        """That of the page and the projects as they are, whatever the steps leave."""
        asked = Asked(self.original, tuple(chosen), stars=self.stars)
        every = sorted(self.projects.items())
        bases = [base_of(asked, (module, None), one, self.options) for module, one in every]
        return hashlib.sha256("".join(bases).encode()).hexdigest()

    def _tidy(self) -> Notebook:
        """The page with one import line for each module, where several stand in a cell."""
        before = {cell.id: cell.source for cell in self.original.cells}
        cells = (
            cell
            if before.get(cell.id) == cell.source
            else replace(cell, source=one_import_each(cell.source, self.imported))
            for cell in self.notebook.cells
        )
        return replace(self.notebook, cells=tuple(cells))

    @property
    def imported(self) -> frozenset[str]:
        modules = {step.made.module for step in self.steps}
        return frozenset(self.projects[module].import_name for module in modules)


def one_import_each(source: str, modules: Collection[str]) -> str:
    """``source`` with the names of a module's further import lines in its first one."""
    lines: list[str | None] = [*source.split("\n")]
    first: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        found = _IMPORT.match(line or "")
        if found is not None and found[1] in modules:
            names.setdefault(found[1], []).extend(found[2].split(", "))
            lines[number] = "" if first.setdefault(found[1], number) == number else None
    for module, number in first.items():
        lines[number] = import_line(module, names[module])
    return "\n".join(line for line in lines if line is not None)


def _is_worth_it(cell: SelectedCell, notebook: Notebook) -> bool:
    parts = split((cell,), Page.of(notebook)) if cell.statements else None
    trees = [s.tree for s in (*parts.body, *parts.definitions)] if parts else []
    return not only_settings(trees) and statements_in(trees) >= LEAST


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
