"""The four answers for every code cell: state, inputs, now, restart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import CellReport, Inputs, Now, Restart, State
from .difference import Difference, Taint
from .now import now_of
from .ownership import same_source
from .paired import is_edited
from .timeline import History, PastRun, PlannedCell

_UNKNOWN = (None, None, None, None)


def cell_reports(difference: Difference) -> tuple[CellReport, ...]:
    """One `CellReport` per code cell, in page order."""
    return tuple(_reports(difference))


def _reports(difference: Difference) -> Iterator[CellReport]:
    """A report is kept while all that it rests on stays: the session, the cell (which is
    another one after each run of it), nothing that taints it, and whether one above must fail.
    What must fail for a name that its run had is tainted by the lack of it."""
    history, memory = difference.history, difference.memory
    kept = memory.kept_while(_session(history))
    last = history.last if history else {}
    tainted, failed = difference.tainted, False
    get, new = kept.get, difference.plan.cells
    if kept:
        new = tuple([one for one in new if get(one.cell.id, _UNKNOWN)[0] is not one])
    told = _told_by_order(difference, new)
    for planned in difference.plan.cells:
        cell_id = planned.cell.id
        taints = tainted.get(cell_id, ())
        cell, known_taints, known_failed, report = get(cell_id, _UNKNOWN)
        if cell is not planned or known_taints is not taints or known_failed is not failed:
            if planned in told and not failed:
                report = _clean(difference, planned)
            else:
                report = _report(difference, planned, last.get(cell_id), taints, failed=failed)
            kept[cell_id] = planned, taints, failed, report
        failed = failed or report.restart == "fails"
        yield report


def _told_by_order(difference: Difference, cells: Sequence[PlannedCell]) -> frozenset[PlannedCell]:
    """Those that ran well, and just as a clean run would run them: where all that is left to ask
    is what they would give now."""
    history = difference.history
    if history is None or history.evidence.saved or not history.complete:
        return frozenset()
    apart, last = difference.apart, history.last
    others = difference.unexplained.union(
        difference.failing, difference.unwatched.cells, difference.read_elsewhere
    ).union(difference.tainted)
    return frozenset(
        [
            planned
            for planned in cells
            if planned.cell.id in last
            and planned not in apart
            and planned.facts.error is None
            and planned.cell.id not in others
            and not (planned.lacking or (difference.has_opaque and planned.unsure))
        ]
    )


def _clean(difference: Difference, planned: PlannedCell) -> CellReport:
    """The report of a cell that is `_told_by_order`."""
    cell, history = planned.cell, difference.history
    assert history is not None
    now = now_of(history, planned, difference.memory, difference.likeness)
    return CellReport(
        cell.id, cell.index, cell.execution_count, "reproducible", True, "fresh", now, "ok",
        cell.first_line[:120], planned.facts.effects,
    )  # fmt: skip


def _session(history: History | None) -> tuple[object, ...]:
    """What answers rest on beside their cell: all runs, told by the newest, and the witness."""
    if history is None:
        return ()
    newest = history.runs[-1] if history.runs else None
    return newest, history.evidence.saved, history.complete


def _report(
    difference: Difference,
    planned: PlannedCell,
    past: PastRun | None,
    taints: tuple[Taint, ...],
    *,
    failed: bool,
) -> CellReport:
    cell = planned.cell
    restart = _restart(difference, planned, past, failed=failed)
    state, certain = _state(difference, planned, past, taints, restart)
    return CellReport(
        id=cell.id,
        index=cell.index,
        execution_count=cell.execution_count,
        state=state,
        certain=certain,
        inputs=_inputs(difference, planned, past, taints),
        now=_now(difference, planned),
        restart=restart,
        first_line=cell.first_line[:120],
        effects=planned.facts.effects,
    )


def _restart(
    difference: Difference, planned: PlannedCell, past: PastRun | None, *, failed: bool
) -> Restart:
    if planned.facts.error is not None:
        newer = difference.plan.notebook.is_of_newer_python
        return "unknown" if newer or planned.cell.id in difference.read_elsewhere else "fails"
    if planned.cell.id in difference.failing and "raises-exception" not in planned.cell.tags:
        return "fails"
    if failed:
        return "blocked"
    if not (planned.lacking or (difference.has_opaque and planned.unsure)):
        return "ok"
    unsure = planned.cell.id in difference.doubtful or not _ran_ok(planned, past)
    return "unknown" if unsure else "ok"


def _ran_ok(planned: PlannedCell, past: PastRun | None) -> bool:
    return past is not None and past.run.status == "ok" and not is_edited(planned, past)


def _state(
    difference: Difference,
    planned: PlannedCell,
    past: PastRun | None,
    taints: tuple[Taint, ...],
    restart: Restart,
) -> tuple[State, bool]:
    """The state and whether it is certain."""
    history = difference.history
    if history is None:
        unrun = planned.cell.execution_count is None and not planned.cell.has_output
        return ("never-run", True) if unrun else ("unknown", False)
    if past is None:
        return _not_run(history, planned)
    edited = not history.evidence.saved and is_edited(planned, past)
    if edited and planned.cell.id not in difference.renamed:
        return "edited", False
    if past.run.status == "running":
        return "unknown", False
    if restart == "fails" and not _failed_alike(planned, past):
        return "stale", True
    if taints and (shown := [taint.root.kind for taint in taints if taint.shows]):
        known = any(kind != "unknown" for kind in shown)
        return "stale" if known else "unknown", False
    if _after_gap(history, past) or planned.cell.id in difference.unexplained:
        return "unknown", False
    stopped = past.run.status == "error" and past.was_interrupted
    if stopped or planned.cell.id in difference.unwatched.cells:
        return "unknown", False
    return "reproducible", not history.evidence.saved


def _failed_alike(planned: PlannedCell, past: PastRun) -> bool:
    """Does it show the very failure that a clean run would give, for want of the same name or
    before any is wanted?"""
    failing = past.failing
    lacking = next((step for step in planned.steps if step.missing), None)
    if failing is None or lacking is None:
        return False
    if any(read.name == lacking.missing[0].name for read in failing.missing):
        return True
    keys = [step.facts.key for step in planned.steps[: lacking.number]]
    return failing.facts.key in keys


def _not_run(history: History, planned: PlannedCell) -> tuple[State, bool]:
    if planned.cell.execution_count is None and not planned.cell.has_output:
        return "never-run", True
    if not planned.cell.source.strip():
        return "never-run", True
    if not history.complete or is_copy(history, planned):
        return "unknown", False
    counts = [past.run.execution_count for past in history.runs]
    return "old-session", planned.cell.execution_count not in counts


def is_copy(history: History, planned: PlannedCell) -> bool:
    """Does it show the count of another cell's run of just its code?"""
    count, source = planned.cell.execution_count, planned.cell.source
    runs = (past.run for past in history.runs if past.run.execution_count == count)
    return any(same_source(source, run.source) for run in runs)


def _after_gap(history: History, past: PastRun) -> bool:
    """Did a run that is not known come before this one?"""
    return history.first_gap < past.number


def _inputs(
    difference: Difference, planned: PlannedCell, past: PastRun | None, taints: tuple[Taint, ...]
) -> Inputs:
    history = difference.history
    if history is None or past is None or past.run.status == "running":
        return "unknown"
    if taints and any(taint.root.kind != "unknown" for taint in taints):
        return "stale"
    unsure = taints or planned.cell.id in difference.unwatched.cells
    return "unknown" if unsure or _after_gap(history, past) else "fresh"


def _now(difference: Difference, planned: PlannedCell) -> Now:
    history = difference.history
    if history is None or history.evidence.saved or not history.complete:
        return "unknown"
    cell_id = planned.cell.id
    if cell_id in difference.unwatched.cells:
        return "unknown"
    if cell_id in difference.unexplained or cell_id in difference.read_elsewhere:
        return "unknown"
    if planned.facts.error is not None:
        return "fails"
    return now_of(history, planned, difference.memory, difference.likeness)
