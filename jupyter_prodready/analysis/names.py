"""Words for missing names: one finding per cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..model import Fix
from .ambient import label_of
from .difference import MissingName, off_page
from .graph import dependents
from .rule import Draft, cause_of, failing, quoted
from .timeline import History, PastRun, Plan, PlannedCell

Fixes = Callable[[Sequence[MissingName]], tuple[Fix, ...]]
"""Makes the fixes of one finding from the missing names that it reports."""
_NO_CELLS: Mapping[int | None, Sequence[str]] = {}


def label(planned: PlannedCell | None) -> str:
    """``[12]``, or where the cell never ran ``[ ] `first line` ``."""
    if planned is None:
        return "a cell"
    if planned.cell.execution_count is None:
        return f"[ ] `{planned.cell.first_line[:40]}`"
    return planned.cell.label


def supplied_drafts(
    kind: str,
    missing: Sequence[MissingName],
    history: History,
    plan: Plan,
    origin: str,
    fixes: Fixes,
    tainted: Mapping[int | None, Sequence[str]] = _NO_CELLS,
) -> Iterator[Draft]:
    """One draft for each run that supplied names which a clean run lacks.

    ``origin`` has the places ``{run}``, ``{cell}`` and, for a whole sentence, ``{names}``;
    ``tainted`` has the cells that show what else a run did.
    """
    groups: dict[tuple[int | None, bool, bool], list[MissingName]] = {}
    for name in missing:
        if name.kind == kind:
            groups.setdefault((name.run, name.certain, name.unseen), []).append(name)
    runs = {past.number: past for past in history.runs} if groups else {}
    for (number, _, _), group in groups.items():
        past = runs.get(number) if number is not None else None
        yield _draft(group, origin, past, history, plan, fixes, tainted.get(number, ()))


def plain_drafts(
    kind: str,
    missing: Sequence[MissingName],
    plan: Plan,
    message: str,
    fixes: Fixes = lambda group: (),
) -> Iterator[Draft]:
    """One draft for each name, or for all names of one cell below, at the first cell that
    lacks them."""
    groups: dict[tuple[str, bool], list[MissingName]] = {}
    for name in missing:
        if name.kind == kind:
            groups.setdefault((name.other or name.name, name.certain), []).append(name)
    for group in groups.values():
        first = group[0]
        names = tuple(dict.fromkeys(label_of(name.name) for name in group))
        other = label(plan.by_id.get(first.other)) if first.other else ""
        text = message.format(names=quoted(names), cell=other)
        yield Draft(
            first.cell_id,
            first.line,
            text if len(names) == 1 else text.replace("` is ", "` are ", 1),
            first.certain,
            names,
            affected=_affected(group, plan),
            fixes=fixes(group),
            consequence=failing(certain=first.certain),
        )


def _draft(
    group: list[MissingName],
    origin: str,
    past: PastRun | None,
    history: History,
    plan: Plan,
    fixes: Fixes,
    tainted: Sequence[str],
) -> Draft:
    first = group[0]
    names = tuple(dict.fromkeys(label_of(name.name) for name in group))
    run = past.prompt if past is not None else "a run that is not known"
    if past is not None and off_page(past):
        origin = origin.replace("a cell that was deleted", "code that is not on the page any more")
    text = origin.format(names=quoted(names), run=run, cell=_cell_then(first, past, history))
    if "{names}" not in origin:
        come = "may come" if first.unseen else "comes" if len(names) == 1 else "come"
        text = f"{quoted(names)} {come} from {text}"
    elif len(names) > 1:
        text = text.replace(" was defined", " were defined")
    return Draft(
        first.cell_id,
        first.line,
        text,
        first.certain,
        names,
        cause=cause_of(past),
        affected=_affected(group, plan, tainted),
        fixes=fixes(group),
        consequence=failing(certain=first.certain),
    )


def _cell_then(first: MissingName, past: PastRun | None, history: History) -> str:
    """The cell by the prompt it had then, and by its present one where that differs."""
    newest = history.last.get(first.other or "")
    if past is None or past.run.execution_count is None:
        return "a cell"
    then = f"[{past.run.execution_count}]"
    if newest is None or newest.run.execution_count == past.run.execution_count:
        return then
    return f"{then}, now [{newest.run.execution_count}]"


def _affected(group: list[MissingName], plan: Plan, tainted: Sequence[str] = ()) -> tuple[str, ...]:
    """The other cells that lack the names, and those that need what any of these give."""
    lacking = {name.cell_id for name in group}
    below = {cell_id for cell in lacking for cell_id in dependents(plan, cell)}
    others = lacking.union(below, tainted) - {group[0].cell_id}
    return tuple(p.cell.id for p in plan.cells if p.cell.id in others)
