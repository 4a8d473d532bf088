"""What might mend a page that does not reproduce: edits to be proven, likely ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..fixes import pages
from ..model import Cell, CellEdit, Fix, Notebook, Run
from .judge import Judge
from .paths import path_fixes
from .plan import name_of
from .trouble import Trouble, missing_path

MOST_LOST = 3
MOST_MOVES = 3


def candidates(page: Notebook, judge: Judge, trouble: Trouble) -> Iterator[Fix]:
    """Fixes to try for the ``trouble``, each with edits and each once.

    First those of its own findings, then a path, then what the session's runs tell: code
    that ran and is gone, another order; then other findings' fixes.
    """
    seen: set[tuple[CellEdit, ...]] = set()
    for fix in _in_order(page, judge, trouble):
        if fix.cells and fix.cells not in seen:
            seen.add(fix.cells)
            yield fix


def _in_order(page: Notebook, judge: Judge, trouble: Trouble) -> Iterator[Fix]:
    findings, runs = judge.report(page).findings, judge.runs
    about = [
        finding
        for finding in findings
        if trouble.cell_id == finding.cell_id or trouble.cell_id in finding.affected
    ]
    others = [finding for finding in findings if finding not in about]
    for finding in sorted(about, key=lambda one: not one.certain):
        yield from finding.fixes
    if (path := missing_path(trouble)) is not None:
        yield from path_fixes(page, path, judge.folders)
    yield from _lost(page, runs, trouble)
    yield from _as_it_ran(page, runs)
    for finding in others:
        yield from finding.fixes


# --- code that ran and is gone ----------------------------------------------------------


def _lost(page: Notebook, runs: Sequence[Run], trouble: Trouble) -> Iterator[Fix]:
    """Bring back what ran, is on no cell, and was no older version of one."""
    here = {cell.id for cell in page.cells}
    kept = {_plain(cell.source) for cell in page.code_cells}
    gone: dict[str, int] = {}
    for number, run in enumerate(runs):
        source = _plain(run.source or "")
        if run.status == "ok" and source and source not in kept and run.cell_id not in here:
            gone[source] = number
    for source in sorted(gone, key=lambda one: -gone[one])[:MOST_LOST]:
        number = gone[source]
        places = [_place_in_session(page, runs[:number]), _place_of(page, trouble)]
        for place in dict.fromkeys(place for place in places if place is not None):
            yield _inserted(page, runs[number], place)


def _plain(source: str) -> str:
    return source.strip()


def _place_in_session(page: Notebook, before: Sequence[Run]) -> int | None:
    """Below the cell that ran before it."""
    for run in reversed(before):
        cell = page.cell(run.cell_id)
        if cell is not None:
            return cell.index + 1
    return 0 if before else None


def _place_of(page: Notebook, trouble: Trouble) -> int | None:
    cell = page.cell(trouble.cell_id)
    return None if cell is None else cell.index


def _inserted(page: Notebook, run: Run, place: int) -> Fix:
    edit = pages.insertion(page, place, (run.source or "").strip("\n"))
    below = next((cell for cell in page.code_cells if cell.index >= place), None)
    where = f"above {name_of(below)}" if below is not None else "at the end"
    count = "" if run.execution_count is None else f" of In [{run.execution_count}]"
    kind, what = ("insert-code", "Insert the code") if run.cell_id is None else _RESTORED
    return pages.fix_of(kind, f"{what}{count} {where}", (edit,))  # type: ignore[arg-type]  # a pair of literals


_RESTORED = ("restore-source", "Restore the deleted code")


# --- another order -------------------------------------------------------------------------


def _as_it_ran(page: Notebook, runs: Sequence[Run]) -> Iterator[Fix]:
    """Put the cells into the order in which they ran last, by the fewest moves."""
    last = {run.cell_id: number for number, run in enumerate(runs) if run.status == "ok"}
    ran = [cell for cell in page.code_cells if cell.id in last]
    staying = pages.longest_rise([last[cell.id] for cell in ran])
    moving = [cell for place, cell in enumerate(ran) if place not in staying]
    if not 0 < len(moving) <= MOST_MOVES:
        return
    stay = [cell for place, cell in enumerate(ran) if place in staying]
    edits = tuple(pages.move(cell, _below(page, cell, stay, last)) for cell in moving)
    names = " and ".join(name_of(cell) for cell in moving)
    yield pages.fix_of("move-cells", f"Move {names} to where it ran", edits)


def _below(page: Notebook, cell: Cell, stay: Sequence[Cell], last: dict[str | None, int]) -> int:
    """The place of the first staying cell that ran after ``cell``, or the end."""
    after = [one.index for one in stay if last[one.id] > last[cell.id]]
    return min(after, default=len(page.cells))
