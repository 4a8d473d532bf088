"""Where lost code stood among what is left of the page, as far as the order of the runs tells."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.timeline import History, PastRun, Plan


def places(past: PastRun, history: History, plan: Plan) -> range:
    """The code cells, by their place among these, above which the code of ``past`` may have
    stood: below all that ran before it alone, above all that ran after it alone. Empty where
    no place is like that; one past the last cell is the end of the page."""
    low, high = 0, len(plan.cells)
    for place, numbers in enumerate(_runs(history, plan)):
        if numbers and numbers[-1] < past.number:
            low = place + 1
        elif numbers and numbers[0] > past.number:
            high = min(high, place)
    return _next_to(past, history, plan, range(low, high + 1))


def _runs(history: History, plan: Plan) -> list[list[int]]:
    """The numbers of the runs of each cell."""
    return [[one.number for one in history.runs_of(cell.cell.id)] for cell in plan.cells]


def _next_to(past: PastRun, history: History, plan: Plan, among: range) -> range:
    """Those below the cell that ran just before, and above the one that ran just after."""
    if len(among) < 2:
        return among
    place = {planned.cell.id: at for at, planned in enumerate(plan.cells)}
    ran = [(one.number, place[one.cell_id]) for one in history.runs if one.cell_id in place]
    below = _clamped([at for number, at in ran if number < past.number][-1:], among, 1)
    above = _clamped([at for number, at in ran if number > past.number][:1], among, 0)
    low = among.start if below is None else below
    high = among.stop - 1 if above is None or above < low else above
    return range(low, high + 1)


def _clamped(found: Sequence[int], among: range, more: int) -> int | None:
    """The one that was found, if it is one of these."""
    return next((at + more for at in found if at + more in among), None)
