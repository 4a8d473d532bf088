"""Bring lost code back: a deleted cell, a line that was edited away, a console's code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference, MissingName, Taint
from ..analysis.names import label
from ..analysis.timeline import History, PastRun, Plan, PlannedCell
from ..model import CellEdit, Fix, FixKind
from . import pages
from .as_it_was import Back, put_back
from .bench import Bench
from .imports import import_fix
from .lost_code import (
    LostCode,
    code_of_steps,
    leaves_out_an_effect,
    lines_of,
    lost_code,
    whole_code,
)
from .rename import rename_fix

RESTORE = "Restore the deleted {what} above {cell}"
Group = Sequence[MissingName]
"""Missing names of one finding."""

Planner = Callable[[Group], tuple[Fix, ...]]


def deleted(history: History, plan: Plan) -> Planner:
    """Restore what a deleted cell defined, where it stood."""
    return _lost("restore-source", RESTORE, history, plan)


def outside(history: History, plan: Plan) -> Planner:
    """Insert what a console defined, where it ran."""
    return _lost("insert-code", "Insert the outside {what} above {cell}", history, plan)


def outdated(history: History, plan: Plan) -> Planner:
    """Use the name that the cell gives now, or put the lost line back."""
    bench = Bench(plan, history)

    def fixes(group: Group) -> tuple[Fix, ...]:
        renamed = rename_fix(group, bench)
        back = _put_back(group, bench, history)
        return tuple(fix for fix in (renamed, back) if fix is not None)

    return fixes


def lingering(difference: Difference) -> Callable[[Root, Sequence[Taint]], tuple[Fix, ...]]:
    """Insert what a console did to a value, above the first cell that shows it; restore a deleted
    cell, where it stood."""
    history = difference.history
    if history is None:
        return lambda root, taints: ()
    bench = Bench(difference.plan, history)

    def fixes(root: Root, taints: Sequence[Taint]) -> tuple[Fix, ...]:
        past = difference.causes.run(root.run) if difference.causes is not None else None
        if past is None:
            return ()
        if past.cell_id is None:
            return _inserted_effect(past, root, taints, bench, history)
        if past.cell_id in difference.plan.by_id:
            return ()
        code, at = whole_code([past], history), difference.plan.by_id[taints[0].cell_id]
        found = put_back(code, at, (), bench) if code is not None else None
        return () if found is None else (_fix_of("restore-source", RESTORE, *found, bench.plan),)

    return fixes


def _inserted_effect(
    past: PastRun, root: Root, taints: Sequence[Taint], bench: Bench, history: History
) -> tuple[Fix, ...]:
    last = history.last.get(taints[0].cell_id)
    if last is None:
        return ()
    steps = [
        link.step
        for step in last.steps
        if (binding := step.reads.get(root.name)) is not None
        for link in binding.links()
        if link.step.owner.run == past.number
    ]
    code = code_of_steps(steps, history)
    at = bench.plan.by_id[taints[0].cell_id]
    if code is None:
        return ()
    edits = (pages.insertion(bench.plan.notebook, at.cell.index, code.text),)
    after = bench.walk(edits)
    if after is None or not bench.is_mended(after, ()) or not _shows_it(after, last, taints):
        return ()
    return (pages.fix_of("insert-code", f"Insert the outside code above {label(at)}", edits),)


def _shows_it(after: Plan, last: PastRun, taints: Sequence[Taint]) -> bool:
    """Would the cell now compute in a clean run what its last run computed?"""
    planned = after.by_id[taints[0].cell_id]
    return [step.value for step in planned.steps] == [step.value for step in last.steps]


# --- lost definitions -----------------------------------------------------------------------


def _lost(kind: FixKind, title: str, history: History, plan: Plan) -> Planner:
    bench = Bench(plan, history)

    def fixes(group: Group) -> tuple[Fix, ...]:
        group = _of_one_run(group, bench)
        first = min(group, key=lambda one: plan.by_id[one.through or one.cell_id].cell.index)
        at = plan.by_id[first.through or first.cell_id]
        code = lost_code(group, at, history, plan)
        if code is None:
            return ()
        gaps, whole = gaps_of(group), leaves_out_an_effect(code, plan)
        lines = code.text.split("\n") if code.is_imports and not whole else ()
        if lines and (fix := import_fix(lines, at, gaps, bench)):
            return (fix,)
        found = put_back(code, at, gaps, bench)
        return () if found is None else (_fix_of(kind, title, *found, plan),)

    return fixes


def _of_one_run(group: Group, bench: Bench) -> Group:
    """The names with all others that the page lacks of the same run: what comes back has these."""
    kind, run = group[0].kind, group[0].run
    others = bench.difference.missing if run is not None else ()
    return (*group, *(o for o in others if (o.kind, o.run) == (kind, run) and o not in group))


def _fix_of(kind: FixKind, title: str, back: Back, edits: tuple[CellEdit, ...], plan: Plan) -> Fix:
    code = LostCode(tuple(run for _, one in back.parts for run in one.runs))
    what = f"`{code.text.strip()[:50]}`" if code.is_short and not code.is_whole else "code"
    what = "cell" if code.is_whole and kind == "restore-source" else what
    cells = [label(plan.cells[place]) for place, _ in back.parts]
    return pages.fix_of(kind, title.format(what=what, cell=" and ".join(cells)), edits)


def gaps_of(group: Group) -> frozenset[tuple[str, str]]:
    return frozenset((one.cell_id, one.name) for one in group)


# --- a line that was edited away ---------------------------------------------------------------


def _put_back(group: Group, bench: Bench, history: History) -> Fix | None:
    plan, gaps = bench.plan, gaps_of(group)
    at = plan.by_id[group[0].cell_id]
    code = lost_code(group, at, history, plan)
    home = plan.by_id.get(group[0].other or "")
    if code is None:
        return None
    if code.is_imports and (fix := import_fix(code.text.split("\n"), at, gaps, bench)):
        return fix
    what = f"`{code.text.strip()[:50]}`" if code.is_short else f"{len(code.statements)} lost lines"
    if home is not None and home.facts.python and home.facts.error is None:
        source = pages.with_lines(home.cell.source, _line_above(home, code), code.text.split("\n"))
        edits = (pages.replacement(home.cell, source),)
        if bench.mends(edits, gaps):
            return pages.fix_of("restore-line", f"Put {what} back into {label(home)}", edits)
    edits = (pages.insertion(bench.plan.notebook, at.cell.index, code.text),)
    title = f"Put {what} back above {label(at)}"
    return pages.fix_of("restore-line", title, edits) if bench.mends(edits, gaps) else None


def _line_above(home: PlannedCell, code: LostCode) -> int:
    """The line of the cell below which the code stood, by the statements that survive."""
    now = {s.key: number for number, s in enumerate(home.facts.statements)}
    for past, numbers in code.runs:
        if past.cell_id != home.cell.id:
            continue
        before = past.facts.keys[: numbers[0]]
        for key in reversed(before):
            if key in now:
                return home.facts.statements[now[key]].end_line
        after = past.facts.keys[numbers[-1] + 1 :]
        for key in after:
            if key in now:
                return lines_of(home.facts, now[key]).start - 1
    return 0
