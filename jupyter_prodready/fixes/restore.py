"""Bring lost code back: a deleted cell, a line that was edited away, a console's code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference, MissingName, Taint
from ..analysis.names import label
from ..analysis.timeline import History, PastRun, Plan, PlannedCell
from ..model import Fix, FixKind
from . import pages
from .bench import Bench
from .imports import import_fix
from .lost_code import LostCode, code_of_steps, lines_of, lost_code
from .rename import rename_fix

Group = Sequence[MissingName]
"""Missing names of one finding."""

Planner = Callable[[Group], tuple[Fix, ...]]


def deleted(history: History, plan: Plan) -> Planner:
    """Restore what a deleted cell defined, above its first use."""
    return _lost("restore-source", "Restore the deleted {what} above {cell}", history, plan)


def outside(history: History, plan: Plan) -> Planner:
    """Insert what a console defined, above its first use."""
    return _lost("insert-code", "Insert the outside {what} above {cell}", history, plan)


def outdated(history: History, plan: Plan) -> Planner:
    """Use the name that the cell gives now, or put the lost line back."""
    bench = Bench(plan, history)

    def fixes(group: Group) -> tuple[Fix, ...]:
        renamed = rename_fix(group, bench)
        back = _put_back(group, bench, history)
        return tuple(fix for fix in (renamed, back) if fix is not None)

    return fixes


def inserted_effect(difference: Difference, root: Root, taints: Sequence[Taint]) -> tuple[Fix, ...]:
    """Insert what a console did to a value, above the first cell that shows it."""
    history, taint = difference.history, taints[0]
    past = difference.causes.run(root.run) if difference.causes is not None else None
    last = history.last.get(taint.cell_id) if history is not None else None
    if history is None or past is None or last is None or past.cell_id is not None:
        return ()
    bench = Bench(difference.plan, history)
    steps = [
        link.step
        for step in last.steps
        if (binding := step.reads.get(root.name)) is not None
        for link in binding.links()
        if link.step.owner.run == past.number
    ]
    code = code_of_steps(steps, history)
    at = bench.plan.by_id[taint.cell_id]
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
        first = min(group, key=lambda one: plan.by_id[one.through or one.cell_id].cell.index)
        at = plan.by_id[first.through or first.cell_id]
        code = lost_code(group, at, history, plan)
        if code is None:
            return ()
        gaps = gaps_of(group)
        if code.is_imports and (fix := import_fix(code.text.split("\n"), at, gaps, bench)):
            return (fix,)
        what = f"`{code.text.strip()[:50]}`" if code.is_short and not code.is_whole else "code"
        what = "cell" if code.is_whole and kind == "restore-source" else what
        fix_title = title.format(what=what, cell=label(at))
        return _above(kind, fix_title, code, at, gaps, bench)

    return fixes


def _above(
    kind: FixKind,
    title: str,
    code: LostCode,
    at: PlannedCell,
    gaps: frozenset[tuple[str, str]],
    bench: Bench,
) -> tuple[Fix, ...]:
    edits = (pages.insertion(bench.plan.notebook, at.cell.index, code.text),)
    return (pages.fix_of(kind, title, edits),) if bench.mends(edits, gaps) else ()


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
    fixes = _above("restore-line", f"Put {what} back above {label(at)}", code, at, gaps, bench)
    return fixes[0] if fixes else None


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
