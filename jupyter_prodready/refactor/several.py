"""Cells that cannot be one function, because they show values in between, as several.

Each goes up to a value that is shown, which stays below its call; all go to one module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..model import Extraction, Notebook, Refusal, Remedy
from .annotations import Types
from .options import DEFAULT, Options
from .plan import NO_LINES, NO_STARS, plan
from .project import Project
from .source import Ranges
from .split import plan_each

NOT_TOGETHER = "shows-between"
"""The kind of refusals that go away where each cell that shows something ends a function."""

_WHOLE_CELLS = Refusal(
    None,
    None,
    "Several functions are made of whole cells, and lines of a cell are selected.",
    "Select whole cells, or leave `several` out.",
)


def plan_cells(
    notebook: Notebook,
    selection: tuple[str, ...],
    *,
    module: str | None,
    name: str | None,
    project: Project,
    lines: Ranges = NO_LINES,
    stars: Mapping[str, Sequence[str]] = NO_STARS,
    types: Sequence[Types] = (),
    options: Options = DEFAULT,
) -> Extraction:
    """`plan`, or with ``several`` among the options one function after the other, as ``steps``.

    ``types`` are those of each function. Where the cells are refused as one function only for
    what they show in between, the refusals offer several, if that leads to an extraction.
    """
    if options.several and lines:
        return Extraction("refused", "", project.module, refusals=(_WHOLE_CELLS,))
    each = partial(plan_each, notebook, selection, project=project, stars=stars)
    if options.several:
        return each(types=types, options=replace(options, several=False))
    found = plan(
        notebook,
        selection,
        module=module,
        name=name,
        project=project,
        lines=lines,
        stars=stars,
        types=next(iter(types), None),
        options=options,
    )
    if lines or not any(one.code == NOT_TOGETHER for one in found.refusals):
        return found
    other = each(options=options)
    if other.status != "preview":
        return found
    return replace(found, refusals=tuple(_offered(one, other) for one in found.refusals))


def _offered(refusal: Refusal, other: Extraction) -> Refusal:
    if refusal.code != NOT_TOGETHER:
        return refusal
    count = len(other.steps)
    remedy = f"{refusal.remedy.rstrip('.')}. Or make {count} functions of them."
    if count == 1:
        remedy = f"{refusal.remedy.rstrip('.')}. Or extract what is worth it."
    return replace(refusal, remedy=remedy, action=Remedy("several"))
