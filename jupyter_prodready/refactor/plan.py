"""Plan an extraction: selected cells to a function of a module, or every reason why not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from ..model import Call, Extraction, Notebook, Refusal
from .annotations import Types
from .options import DEFAULT, Options
from .parts import split
from .places import Group, groups_of, nearly, runs_of, unlike
from .planner import Planner, selected_of
from .project import Project, refuse_module
from .remedies import Asked, with_remedies
from .returning import returning
from .same_code import plan_alike
from .source import Ranges, SelectedCell, read_cell
from .twins import twins_of

NO_LINES: Ranges = {}
Names = tuple[str | None, str | None]
"""The module and the function that were asked for."""
NO_STARS: Mapping[str, Sequence[str]] = {}


def plan(
    notebook: Notebook,
    selection: tuple[str, ...],
    *,
    module: str | None,
    name: str | None,
    project: Project,
    lines: Ranges = NO_LINES,
    stars: Mapping[str, Sequence[str]] = NO_STARS,
    types: Types | None = None,
    options: Options = DEFAULT,
) -> Extraction:
    """What extracting the cells ``selection`` (ids) would do; nothing is written.

    ``lines`` are what is selected of cells in part;
    ``stars`` all names that ``from m import *`` binds, by module, as far as known. With
    ``types`` the function is annotated as far as they go, if the ``options`` want it.
    ``module`` and ``name`` are what was asked for and only count for ``base``, the hash
    of everything this plan rests on; where the module stands is in ``project``. Raises
    `BadInputError` for ids that the notebook does not have.
    """

    def attempt(asked: Asked) -> Extraction:
        wanted = replace(
            options,
            update=options.update or asked.update,
            parameters=tuple(dict.fromkeys((*options.parameters, *asked.parameters))),
            returns=tuple(dict.fromkeys((*options.returns, *asked.returns))),
        )
        return _planned(asked, (module, name), project, types, wanted)

    asked = Asked(notebook, selection, lines, stars)
    found = attempt(asked)
    return with_remedies(asked, found, attempt) if found.status == "refused" else found


def ends_of(
    notebook: Notebook, selection: tuple[str, ...], lines: Ranges = NO_LINES
) -> tuple[str, str] | None:
    """Ids of the first and last selected cell that run code of the function, None without."""
    selected, page, _ = selected_of(notebook, selection, lines)
    body = split(selected, page).body if selected else ()
    return (body[0].cell.id, body[-1].cell.id) if body else None


def with_calls(extraction: Extraction, ends: tuple[str, str] | None) -> Extraction:
    """The extraction with its one call, where ``ends`` are the cells that it replaces."""
    if extraction.calls or ends is None:
        return extraction
    ins = tuple(parameter.name for parameter in extraction.inputs)
    outs = tuple(parameter.name for parameter in extraction.outputs)
    return replace(extraction, calls=(Call(*ends, ins, outs),))


def _planned(
    asked: Asked,
    names: Names,
    project: Project,
    types: Types | None,
    options: Options,
) -> Extraction:
    notebook, selection, lines = asked.notebook, asked.selection, asked.lines
    name = names[1]
    base = base_of(asked, names, project, options)
    empty = Extraction("refused", name or "", project.module, base=base)
    if notebook.language != "python":
        message = f"The notebook's language is {notebook.language}; only Python can be extracted."
        return replace(empty, refusals=(Refusal(None, None, message, "Choose a Python notebook."),))
    written, notes = returning(notebook, options.returns)
    selected, page, early = selected_of(written, selection, lines)
    if not selected or any(cell.cut or not _is_code(cell) for cell in selected):
        nothing = Refusal(None, None, "There is no code in this selection.", "Select a code cell.")
        return replace(empty, refusals=(*early, *refuse_module(project)) or (nothing,))
    parts = split(selected, page)
    planner = Planner(notebook, written, page, parts, project, name, base, types, options, notes)
    return answer(planner, selected, early, lines)


def answer(
    planner: Planner,
    selected: Sequence[SelectedCell],
    early: Sequence[Refusal],
    lines: Ranges = NO_LINES,
) -> Extraction:
    """The plan of the selected cells, as one function or as the same code in several places."""
    page = planner.page
    groups = groups_of(selected, page)
    in_parts = len({one.cell.id for one in selected}) < len(selected)
    if groups:
        found = plan_alike(_planners(planner, groups, lines), early)
        if found.status == "preview" or in_parts or len(runs_of(selected, page)) > 1:
            return found
    elif in_parts:
        against = (*early, *unlike(selected, page))
        name, module = planner.asked_name or "", planner.project.module
        return Extraction("refused", name, module, refusals=against, base=planner.base)
    ids = [cell.cell.id for cell in selected]
    return planner.with_keywords(ids, lines).run((*early, *nearly(selected, page)))


def _planners(whole: Planner, groups: Sequence[Group], lines: Ranges) -> tuple[Planner, ...]:
    """One for each place, all of the page on which what moves is given what it reads."""
    types = None if lines else whole.types
    whole = replace(whole, twins=twins_of(groups, whole.page))
    whole = replace(whole, page=whole.page.without(whole.twins))
    while True:
        parts = [split(_read(whole.notebook, group), whole.page) for group in groups]
        planners = [replace(whole, parts=one, types=types) for one in parts]
        wider = (_wider(planner, group) for planner, group in zip(planners, groups, strict=True))
        changed = next((p for p in wider if p.notebook is not whole.notebook), None)
        if changed is None:
            return tuple(planners)
        whole = changed


def _wider(planner: Planner, group: Group) -> Planner:
    own = {one.cell.id: (one.lines,) for one in group if one.lines is not None}
    return planner.with_keywords([one.cell.id for one in group], own)


def _read(notebook: Notebook, group: Group) -> list[SelectedCell]:
    """The place as it stands in ``notebook``, line for line."""
    cells = ((notebook.cell(one.cell.id), one.lines) for one in group)
    return [read_cell(cell, lines) for cell, lines in cells if cell is not None]


def _is_code(cell: SelectedCell) -> bool:
    return cell.facts.python and not cell.facts.error


def base_of(asked: Asked, names: Names, project: Project, options: Options) -> str:
    """A hash of everything that a plan was based on."""
    facts = asdict(project)
    facts = {key: sorted(v) if isinstance(v, frozenset) else v for key, v in facts.items()}
    cells = [(cell.id, cell.kind, cell.source, cell.tags) for cell in asked.notebook.cells]
    wanted = [asked.selection, *names, facts, dict(asked.lines), asdict(options)]
    text = json.dumps([cells, *wanted], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
