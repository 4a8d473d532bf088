"""Which cell of the page a run belongs to, where nobody told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ..model import Cell, Notebook, Run
from ..records import dataclass, replace

NOT_ON_PAGE = "?"
"""Prefix of the ids given to runs of cells that cannot be found on the page."""


@dataclass(frozen=True)
class Owned:
    """Runs with their cells. Of the cells in ``doubtful`` it is not known whether they ran
    in this kernel: a run has their count and other code."""

    runs: tuple[Run, ...]
    doubtful: tuple[Cell, ...] = ()


def with_cells(
    notebook: Notebook, runs: Sequence[Run], foreign: Collection[int | None] = ()
) -> Owned:
    """Find the cells of the runs that have none, oldest run first.

    ``foreign`` are the counts of runs that the panel saw another client make: they belong
    to a cell only if the page shows that cell with their count.
    """
    matched, doubtful = list(runs), tuple[Cell, ...]()
    if None in [run.cell_id for run in runs]:
        anonymous = all(run.cell_id is None for run in runs)
        matched = _by_source(notebook, runs, foreign)
        matched, doubtful = _by_count(notebook, matched, foreign, sure=anonymous)
        if anonymous:
            matched = [_off_page(run, foreign) for run in matched]
    found = _found_again(notebook, matched)
    settled = [_settled(notebook, one) if one.status == "unknown" else one for one in found]
    return Owned(tuple(settled), doubtful)


def same_source(left: str, right: str | None) -> bool:
    """A kernel cuts trailing newlines from what it stores."""
    return right is not None and left.rstrip("\n") == right.rstrip("\n")


def _by_source(
    notebook: Notebook, runs: Sequence[Run], foreign: Collection[int | None]
) -> list[Run]:
    """Of several cells with the code of a run: the one with its count, else one that ran
    later, else the one with the fewest runs."""
    cells: dict[str, list[Cell]] = {}
    for cell in notebook.code_cells:
        cells.setdefault(cell.source.rstrip("\n"), []).append(cell)
    given: Counter[str] = Counter()
    out: list[Run] = []
    for run in runs:
        if run.cell_id is None and run.source is not None and run.source.strip():
            same = cells.get(run.source.rstrip("\n"), [])
            likeliest = _likeliest(run, same, given, seen=run.execution_count in foreign)
            if likeliest is not None:
                given[likeliest.id] += 1
                run = replace(run, cell_id=likeliest.id)
        out.append(run)
    return out


def _likeliest(run: Run, same: list[Cell], given: Counter[str], *, seen: bool) -> Cell | None:
    count = run.execution_count
    exact = [cell for cell in same if count is not None and cell.execution_count == count]
    if exact or seen:
        return exact[0] if exact else None
    later = [cell for cell in same if (cell.execution_count or 0) > (count or 0)]
    return min(later or same, key=lambda cell: given[cell.id], default=None)


def _by_count(
    notebook: Notebook, runs: list[Run], foreign: Collection[int | None], *, sure: bool
) -> tuple[list[Run], tuple[Cell, ...]]:
    """A run that has the count of a cell without it is an older version of that cell.

    It may as well be another client's, and the cell's count from an earlier session, where
    the counts of the page do not fit the runs otherwise (or not ``sure``).
    """
    newest = {run.cell_id: run for run in runs if run.execution_count is not None}
    nested = _nested(notebook, newest) if _shell_was_called(runs) else set()
    shown = {cell.execution_count: cell for cell in notebook.code_cells}
    sure = sure and _counts_fit(notebook, runs)
    doubtful: list[Cell] = []
    out: list[Run] = []
    for run in runs:
        cell = shown.get(run.execution_count) if _is_unowned(run, foreign) else None
        if run.execution_count in nested and _is_unowned(run, foreign):
            run = replace(run, source="", status="ok")
        elif cell is not None and run.execution_count is not None:
            if sure or cell.id in newest:
                run = replace(run, cell_id=cell.id)
            else:
                doubtful.append(cell)
        out.append(run)
    return out, tuple(doubtful)


def _nested(notebook: Notebook, newest: Mapping[str | None, Run]) -> set[int]:
    """Counts of code that a cell ran through the shell: the cell shows the last of them.

    They are no runs of their own, for they come again with the cell.
    """
    counts: set[int] = set()
    for cell in notebook.code_cells:
        run = newest.get(cell.id)
        if run is not None and run.execution_count and same_source(cell.source, run.source):
            counts.update(range(run.execution_count + 1, (cell.execution_count or 0) + 1))
    return counts


def _shell_was_called(runs: list[Run]) -> bool:
    return any("run_cell" in (run.source or "") for run in runs)


def _counts_fit(notebook: Notebook, runs: list[Run]) -> bool:
    """Do the page's counts come from this session? One fits a run, none is beyond them."""
    shown = {(cell.id, cell.execution_count) for cell in notebook.code_cells}
    last = max((run.execution_count or 0 for run in runs), default=0)
    beyond = any((count or 0) > last for _, count in shown)
    return not beyond and any((run.cell_id, run.execution_count) in shown for run in runs)


def _is_unowned(run: Run, foreign: Collection[int | None]) -> bool:
    return run.cell_id is None and run.source is not None and run.execution_count not in foreign


def _off_page(run: Run, foreign: Collection[int | None]) -> Run:
    if not _is_unowned(run, foreign):
        return run
    return replace(run, cell_id=f"{NOT_ON_PAGE}{run.execution_count}")


def _found_again(notebook: Notebook, runs: list[Run]) -> list[Run]:
    """Cut and paste gives a cell a new id: match the leftover runs to leftover cells."""
    on_page = {cell.id for cell in notebook.code_cells}
    ran = {run.cell_id for run in runs}
    lost = {
        run.cell_id: run.source.rstrip("\n")
        for run in runs
        if run.cell_id is not None and run.cell_id not in on_page and run.source is not None
    }
    if not lost:
        return runs
    renamed: dict[str, str] = {}
    for cell in notebook.code_cells:
        if cell.id not in ran and cell.source.strip():
            same = [old for old, source in lost.items() if same_source(cell.source, source)]
            if same:
                renamed[same[-1]] = cell.id
                del lost[same[-1]]
    if not renamed:
        return runs
    return [replace(run, cell_id=renamed.get(run.cell_id or "", run.cell_id)) for run in runs]


def _settled(notebook: Notebook, run: Run) -> Run:
    """How a run ended that nobody saw end: the cell that shows its count shows it."""
    if run.source is None or run.execution_count is None:
        return run
    cell = notebook.cell(run.cell_id)
    if cell is None or cell.execution_count != run.execution_count:
        return run
    if not cell.failed:
        return replace(run, status="ok")
    return replace(run, status="error", error_line=cell.error_line, error_name=cell.error_name)
