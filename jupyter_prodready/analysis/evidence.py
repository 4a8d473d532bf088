"""What is known of a kernel session, put together from its witnesses.

The panel's run log leads (it knows cells and success); the kernel's own history fills
what the panel did not see; the counts of the saved page say what nobody saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Cell, Evidence, Notebook, Run

NOT_ON_PAGE = "?"
"""Prefix of the ids given to runs of cells that cannot be found on the page."""


def from_saved(notebook: Notebook) -> Evidence:
    """Evidence of a saved file alone: its counts, with the sources it has now.

    Nothing at all ran: ``runs`` is None, for an old file says nothing of any kernel.
    """
    counted = [cell for cell in notebook.code_cells if cell.execution_count is not None]
    runs = [Run(cell.execution_count, cell.source, "ok", cell.id) for cell in counted]
    runs.sort(key=lambda run: run.execution_count or 0)
    if not runs:
        return Evidence(None, False, True, ("no run is recorded in the file",))
    counts = [run.execution_count for run in runs]
    if len(set(counts)) < len(counts):
        return Evidence(None, False, True, ("its counts come from more than one kernel session",))
    filled = _with_gaps(runs)
    missing = [] if len(filled) == len(runs) else ["some runs are not in the file"]
    return Evidence(tuple(filled), not missing, True, ("no kernel history", *missing))


def from_runs(notebook: Notebook, runs: Sequence[Run]) -> Evidence:
    """Evidence of a list of runs, oldest first; cells are found for those without one."""
    matched = _found_again(notebook, _matched(notebook, list(runs)))
    filled = _with_gaps(matched)
    unknown = any(run.source is None for run in filled)
    return Evidence(
        tuple(filled), not unknown, False, ("some runs are not known",) if unknown else ()
    )


def from_session(
    notebook: Notebook, log: Sequence[Run], history: Sequence[tuple[int, str]] | None
) -> Evidence:
    """Evidence of a running kernel: the panel's log, and the kernel's own history.

    ``history`` is None where the kernel keeps none. An empty history and an empty log
    are a fresh kernel.
    """
    if history is None and not log:
        return Evidence(None, False, False, ("the kernel keeps no history",))
    return from_runs(notebook, _merge(list(log), list(history or ())))


def _merge(log: list[Run], history: list[tuple[int, str]]) -> list[Run]:
    known = dict(history)
    merged: dict[int, Run] = {count: Run(count, source or None) for count, source in history}
    uncounted: list[Run] = []
    for run in log:
        count = run.execution_count
        if count is None:
            uncounted.append(run)
        elif count in known and not _same_source(known[count], run.source):
            own = _own_count(run, known, count)
            merged[own] = replace(run, execution_count=own)
        else:
            merged[count] = run
    return [*uncounted, *(merged[count] for count in sorted(merged))]


def _own_count(run: Run, known: dict[int, str], count: int) -> int:
    """A cell that ran another inside it replies one count too many: find its own."""
    same = [other for other, source in known.items() if _same_source(source, run.source)]
    return max((other for other in same if other < count), default=count)


def _same_source(left: str, right: str | None) -> bool:
    return right is not None and left.rstrip("\n") == right.rstrip("\n")


def _with_gaps(runs: Iterable[Run]) -> list[Run]:
    """Put a run without source wherever counts are missing."""
    filled: list[Run] = []
    expected = 1
    for run in runs:
        count = run.execution_count
        if count is not None:
            if count > expected:
                filled.append(Run(expected, None, "ok"))
            expected = max(expected, count) + 1
        filled.append(run)
    return filled


# --- which cell a run belongs to ------------------------------------------------------------


def _matched(notebook: Notebook, runs: list[Run]) -> list[Run]:
    anonymous = all(run.cell_id is None for run in runs)
    by_count = {cell.execution_count: cell for cell in notebook.code_cells if cell.execution_count}
    taken = {run.cell_id for run in runs}
    out: list[Run] = []
    for run in runs:
        cell = None
        if run.cell_id is None and run.source is not None:
            cell = _cell_of(run, notebook, by_count.get(run.execution_count or 0), taken, anonymous)
        if cell is not None:
            run = replace(run, cell_id=cell.id)
        elif run.cell_id is None and anonymous and run.source is not None:
            run = replace(run, cell_id=f"{NOT_ON_PAGE}{run.execution_count}")
        out.append(run)
    return out


def _cell_of(
    run: Run, notebook: Notebook, counted: Cell | None, taken: set[str | None], anonymous: bool
) -> Cell | None:
    """The cell with this count and source, else one with this source that ran later."""
    if counted is not None and _same_source(counted.source, run.source):
        return counted
    if counted is not None and anonymous and counted.id not in taken:
        return counted
    same = [cell for cell in notebook.code_cells if _same_source(cell.source, run.source)]
    later = [cell for cell in same if (cell.execution_count or 0) > (run.execution_count or 0)]
    candidates = later or same
    return candidates[0] if candidates and run.source and run.source.strip() else None


def _found_again(notebook: Notebook, runs: list[Run]) -> list[Run]:
    """Cut and paste gives a cell a new id: match the leftover runs to leftover cells."""
    on_page = {cell.id for cell in notebook.code_cells}
    ran = {run.cell_id for run in runs}
    leftover = [cell for cell in notebook.code_cells if cell.id not in ran and cell.source.strip()]
    renamed: dict[str, str] = {}
    for cell in leftover:
        lost = [
            run.cell_id
            for run in runs
            if run.cell_id is not None
            and run.cell_id not in on_page
            and run.cell_id not in renamed
            and _same_source(cell.source, run.source)
        ]
        if lost:
            renamed[lost[-1]] = cell.id
    return [replace(run, cell_id=renamed.get(run.cell_id or "", run.cell_id)) for run in runs]
