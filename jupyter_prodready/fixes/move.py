"""Move a definition above its first use, or the use below the definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..analysis.difference import MissingName
from ..analysis.graph import dependents
from ..analysis.names import label
from ..analysis.timeline import Plan, PlannedCell
from ..model import CellEdit, Fix
from . import pages
from .bench import Bench

Move = tuple[str, tuple[CellEdit, ...]]


def moved(plan: Plan) -> Callable[[Sequence[MissingName]], tuple[Fix, ...]]:
    """The fewest moves after which the finding is gone and nothing else changed."""
    bench = Bench(plan)

    def fixes(group: Sequence[MissingName]) -> tuple[Fix, ...]:
        gaps = frozenset((one.cell_id, one.name) for one in group)
        for title, edits in _candidates(group, plan):
            after = bench.walk(edits)
            if after is None or not bench.is_mended(after, gaps):
                continue
            if _others_are_the_same(bench.before, after, gaps):
                return (pages.fix_of("move-cells", title, edits),)
        return ()

    return fixes


def _candidates(group: Sequence[MissingName], plan: Plan) -> list[Move]:
    """Moves upwards and downwards, the fewest first."""
    user, definer = plan.by_id[group[0].cell_id], plan.by_id.get(group[0].other or "")
    if definer is None or definer.cell.index <= user.cell.index:
        return []
    up = _needed_above(definer, user, plan)
    down = _using(group, definer, plan)
    moves: list[Move] = []
    if up:
        edits = tuple(pages.move(one.cell, user.cell.index) for one in up)
        moves.append((f"Move {_labels(up)} above {label(user)}", edits))
    edits = tuple(pages.move(one.cell, definer.cell.index + 1) for one in down)
    moves.append((f"Move {_labels(down)} below {label(definer)}", edits))
    return sorted(moves, key=lambda move: len(move[1]))


def _needed_above(definer: PlannedCell, user: PlannedCell, plan: Plan) -> list[PlannedCell]:
    """The definer, and the cells from the use on that it needs; none where it needs the use."""
    wanted = {definer.cell.id}
    for planned in reversed(plan.cells):
        if planned.cell.id in wanted:
            wanted |= {
                link.step.owner.cell_id or ""
                for step in planned.steps
                for binding in step.reads.values()
                if binding is not None
                for link in binding.chain.newest_first()
            }
    start, end = user.cell.index, definer.cell.index
    found = [c for c in plan.cells if c.cell.id in wanted and start <= c.cell.index <= end]
    return [] if user in found else found


def _using(group: Sequence[MissingName], definer: PlannedCell, plan: Plan) -> list[PlannedCell]:
    """The cells above the definer that lack the name, and those that need them."""
    lacking = {one.cell_id for one in group}
    wanted = lacking | {cell for one in lacking for cell in dependents(plan, one)}
    return [c for c in plan.cells if c.cell.id in wanted and c.cell.index < definer.cell.index]


def _others_are_the_same(before: Plan, after: Plan, gaps: frozenset[tuple[str, str]]) -> bool:
    """Do all cells that had what they need compute what they did?"""
    lacking = {cell_id for cell_id, _ in gaps}
    changing = lacking | {cell for one in lacking for cell in dependents(before, one)}
    return all(
        [step.value for step in planned.steps]
        == [step.value for step in after.by_id[planned.cell.id].steps]
        for planned in before.cells
        if planned.cell.id not in changing
    )


def _labels(cells: Sequence[PlannedCell]) -> str:
    names = [label(one) for one in cells]
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join(names)
