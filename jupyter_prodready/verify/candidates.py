"""What might mend a page that does not reproduce: edits to be proven, likely ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..fixes import pages
from ..fixes.lost_seeds import lost_seeds
from ..model import Cell, CellEdit, Fix, Notebook, Run
from .judge import Judge
from .lost import former_cells, lost_code
from .paths import path_fixes
from .plan import name_of
from .trouble import Trouble, missing_path

MOST_MOVES = 3
FEW = 2
"""Edits of a fix that is tried before what the session tells."""


def candidates(page: Notebook, judge: Judge, trouble: Trouble) -> Iterator[Fix]:
    """Fixes to try for the ``trouble``, each with edits and each once.

    First those of its own findings, then a path, then what the session's runs tell: code
    that ran and is gone, another order; then other findings' fixes.
    What makes a second run harmless is none: a clean run runs no cell twice.
    """
    seen: set[tuple[CellEdit, ...]] = set()
    for fix in _in_order(page, judge, trouble):
        if fix.cells and fix.kind != "make-idempotent" and fix.cells not in seen:
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
    if trouble.varies:
        yield from lost_seeds(page, runs)
    own = [fix for one in sorted(about, key=lambda one: not one.certain) for fix in one.fixes]
    yield from (fix for fix in own if len(fix.cells) <= FEW)
    if (path := missing_path(trouble)) is not None:
        yield from path_fixes(page, path, judge.folders)
    yield from lost_code(page, runs, trouble)
    yield from _as_it_ran(page, runs)
    yield from own
    yield from former_cells(page, runs)
    for finding in others:
        yield from finding.fixes


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
