"""What is known of a kernel session, put together from its witnesses.

The panel's run log leads (it knows cells and success); the kernel's own history fills
what the panel did not see; the counts of the saved page say what nobody saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import le, lt

from ..model import Cell, Evidence, Notebook, Observation, Run
from ..records import replace
from .ownership import NOT_ON_PAGE as NOT_ON_PAGE
from .ownership import same_source, with_cells

Span = tuple[int, int]
"""First and last of some execution counts in a row."""


def from_saved(notebook: Notebook) -> Evidence:
    """Evidence of a saved file alone: its counts, with the sources it has now.

    Nothing at all ran: ``runs`` is None, for an old file says nothing of any kernel.
    """
    counted = [cell for cell in notebook.code_cells if cell.execution_count is not None]
    runs = sorted((_shown(cell) for cell in counted), key=lambda run: run.execution_count or 0)
    if not runs:
        return Evidence(None, False, True, ("no run is recorded in the file",))
    counts = {run.execution_count for run in runs}
    if len(counts) < len(runs):
        return Evidence(None, False, True, ("its counts come from more than one kernel session",))
    holes = _holes(runs)
    absent = (_words(holes, "not in the file"),) if holes else ()
    return Evidence(tuple(_with_gaps(runs)), not holes, True, ("no kernel history", *absent))


def from_runs(notebook: Notebook, runs: Sequence[Run]) -> Evidence:
    """Evidence of a list of runs, oldest first; cells are found for those without one.

    Where the counts start again at 1 the kernel was restarted: what ran before is dropped.
    """
    return _evidence(notebook, _since_restart(runs))


def from_session(
    notebook: Notebook,
    log: Sequence[Run],
    history: Sequence[tuple[int, str]] | None,
    observations: Sequence[Observation] = (),
) -> Evidence:
    """Evidence of a running kernel: the panel's log, and the kernel's own history.

    ``history`` is None where the kernel keeps none; an empty one that knows nothing of the
    runs in the log is none either. An empty history and an empty log are a fresh kernel.
    """
    if not history and any(run.execution_count is not None for run in log):
        history = None
    if history is None and not log:
        return Evidence(None, False, False, ("the kernel keeps no history",))
    foreign = {run.execution_count for run in log if run.cell_id is None}
    evidence = _evidence(notebook, _merge(log, history or ()), foreign)
    return replace(evidence, observations=tuple(observations))


def _evidence(
    notebook: Notebook, runs: Sequence[Run], foreign: Iterable[int | None] = ()
) -> Evidence:
    owned = with_cells(notebook, runs, frozenset(foreign))
    if not owned.doubtful and _is_whole(owned.runs):
        return Evidence(tuple(owned.runs), True, False, ())
    filled = _with_gaps(owned.runs)
    missing = []
    if holes := _holes(filled):
        missing.append(_words(holes, "not known"))
    if unseen := _unseen_ends(filled):
        missing.append(f"whether {_named(unseen)} succeeded is not known")
    if owned.doubtful:
        cells = ", ".join(cell.label for cell in owned.doubtful)
        missing.append(f"whether {cells} ran in this kernel is not known")
    if _goes_back(filled):
        missing.append("the order of the runs is not known: their counts go back")
    return Evidence(tuple(filled), not missing, False, tuple(missing))


# --- log and history ------------------------------------------------------------------------


def _merge(log: Sequence[Run], history: Sequence[tuple[int, str]]) -> list[Run]:
    """All runs in order. What only the history knows ended nobody knows how."""
    if not history and _is_counted_up(log):
        return list(log)
    known = dict(history)
    counted = {count: Run(count, source or None, "unknown") for count, source in history}
    placed: list[Run] = []
    last = 0
    for run in log:
        count = _own_count(run, known)
        if count is None:
            placed.append(_behind(last, run))
        else:
            last = count
            counted[count] = run
            if run.execution_count != count or run.after is not None:
                counted[count] = replace(run, execution_count=count, after=None)
    placed.sort(key=lambda run: run.after or 0)
    merged = [*counted.values(), *placed]
    return sorted(merged, key=lambda run: run.execution_count or run.after or 0)


def _is_whole(runs: Sequence[Run]) -> bool:
    """Is each run known from its code to its end, in order, and none missing?"""
    if [run.execution_count for run in runs] != list(range(1, len(runs) + 1)):
        return False
    return None not in [run.source for run in runs] and "unknown" not in [r.status for r in runs]


def _is_counted_up(runs: Sequence[Run]) -> bool:
    """Have all a count, each a higher one than those before, and that alone as their place?"""
    counts = [run.execution_count or 0 for run in runs if run.after is None]
    return len(counts) == len(runs) and all(map(lt, [0, *counts], counts))


def _behind(last: int, run: Run) -> Run:
    """A run that the kernel did not store, behind the stored one before it."""
    count = run.execution_count
    after = last if count is None else count - 1
    return replace(run, execution_count=None, after=after if run.after is None else run.after)


def _own_count(run: Run, known: Mapping[int, str]) -> int | None:
    """The count under which the kernel stored a run of the log; None for a run not stored.

    A cell that ran another inside it replies one count too many. Another client's run
    that is not stored has the count of the next one.
    """
    count = run.execution_count
    stored = None if count is None else known.get(count)
    if count is None or not stored or same_source(stored, run.source):
        return count
    if run.cell_id is None:
        return None
    same = [other for other, source in known.items() if same_source(source, run.source)]
    return max((other for other in same if other < count), default=None)


def _since_restart(runs: Sequence[Run]) -> Sequence[Run]:
    starts = [0]
    last = 0
    for place, run in enumerate(runs):
        if run.execution_count == 1 and last:
            starts.append(place)
        last = run.execution_count or last
    return runs[starts[-1] :]


# --- what is missing ------------------------------------------------------------------------


def _shown(cell: Cell) -> Run:
    """The run that a saved cell shows."""
    return Run(
        cell.execution_count,
        cell.source,
        "error" if cell.failed else "ok",
        cell.id,
        cell.error_line,
        cell.error_name,
    )


def _with_gaps(runs: Sequence[Run]) -> list[Run]:
    """Put a run without source wherever counts are missing."""
    if [run.execution_count for run in runs] == list(range(1, len(runs) + 1)):
        return list(runs)
    filled: list[Run] = []
    expected = 1
    for run in runs:
        count = run.execution_count
        if count is not None:
            if count > expected:
                filled.append(Run(expected, None, "unknown"))
            expected = max(expected, count + 1)
        filled.append(run)
    return filled


def _holes(runs: Sequence[Run]) -> list[Span]:
    """The counts whose source is not known, in order."""
    known = {run.execution_count or 0 for run in runs if run.source is not None}
    last = max([run.execution_count or 0 for run in runs], default=0)
    if len(known) == last and 0 not in known:
        return []
    spans: list[Span] = []
    before = 0
    for count in sorted({*known, last + 1}):
        if count > before + 1:
            spans.append((before + 1, count - 1))
        before = max(before, count)
    return spans


def _unseen_ends(runs: Sequence[Run]) -> list[Span]:
    return _spans(
        run.execution_count
        for run in runs
        if run.status == "unknown" and run.source is not None and run.execution_count is not None
    )


def _goes_back(runs: Sequence[Run]) -> bool:
    counts = [run.execution_count for run in runs if run.execution_count is not None]
    return any(map(le, counts[1:], counts))


def _spans(counts: Iterable[int]) -> list[Span]:
    spans: list[Span] = []
    for count in sorted(set(counts)):
        if spans and spans[-1][1] == count - 1:
            spans[-1] = (spans[-1][0], count)
        else:
            spans.append((count, count))
    return spans


def _words(spans: Sequence[Span], what: str) -> str:
    """``In [2] is not known`` or ``In [2] to In [4], In [7] are not known``."""
    one = len(spans) == 1 and spans[0][0] == spans[0][1]
    return f"{_named(spans)} {'is' if one else 'are'} {what}"


def _named(spans: Sequence[Span]) -> str:
    names = [f"In [{a}]" if a == b else f"In [{a}] to In [{b}]" for a, b in spans]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
