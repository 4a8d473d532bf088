"""Noise or change: cells that differ from the page run again in further fresh kernels."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from ..errors import ProdreadyError
from ..model import VerifiedCell
from .compare.moments import Window
from .compare.rounding import Tolerance
from .noise import Judgement, judge
from .plan import name_of
from .run import CellRun, PlanRun
from .sources import Sources, may_print_what_is_gone

MOST_RUNS = 5
"""A coin falls on the same side in all of them once in sixteen times."""
LONGEST_AGAIN = 60.0
"""Seconds up to which a run is repeated for what two runs left undecided."""

Again = Callable[..., Awaitable[PlanRun]]


@dataclass
class Trial:
    """``again`` runs the plan up to the cell at index ``last`` in a new kernel;
    ``window`` is when the first run took place."""

    sources: Sources
    tolerance: Tolerance
    window: Window
    again: Again
    most_runs: int = MOST_RUNS
    _runs: dict[int, list[CellRun]] = field(default_factory=dict)

    async def tried(
        self, runs: Sequence[CellRun], cells: Sequence[VerifiedCell]
    ) -> list[VerifiedCell]:
        """The cells, those whose change is noise called *nondeterministic*.

        No further run after a cell that hung or took the kernel with it.
        """
        left = [cell.index for cell in cells if cell.verdict == "changed"]
        if not left or any(run.how in ("timeout", "kernel-died") for run in runs):
            return list(cells)
        self._runs = {run.step.cell.index: [run] for run in runs}
        judged: dict[int, Judgement] = {}
        for _ in range(self.most_runs - 1):
            began = time.monotonic()
            try:
                self._add((await self.again(last=left[-1])).cells)
            except ProdreadyError:
                break
            judged |= {index: self._judged(index) for index in left}
            left = [index for index in left if self._is_open(index, judged[index])]
            if not left or time.monotonic() - began > LONGEST_AGAIN:
                break
        return [self._verdict(cell, judged.get(cell.index)) for cell in cells]

    def _add(self, runs: Sequence[CellRun]) -> None:
        for run in runs:
            self._runs[run.step.cell.index].append(run)

    def _judged(self, index: int) -> Judgement:
        runs = self._runs[index]
        if len({run.how for run in runs}) > 1:
            return Judgement("noise")
        window = self.window if self.sources.asks_the_time(index) else None
        step = runs[0].step
        by_line = may_print_what_is_gone(step.cell.source)
        tolerance = replace(self.tolerance, by_line=by_line)
        return judge(step.shown, [run.outputs for run in runs], tolerance, window)

    def _is_open(self, index: int, judgement: Judgement) -> bool:
        by_chance = self.sources.may_agree_by_chance(index, judgement.kind)
        return judgement.verdict == "undecided" and by_chance

    def _verdict(self, cell: VerifiedCell, judgement: Judgement | None) -> VerifiedCell:
        if judgement is None:
            return cell
        if judgement.verdict != "noise":
            return replace(cell, detail=judgement.detail or cell.detail)
        words, origin = self.sources.named(cell.index, judgement.kind)
        detail = "shows when it ran" if judgement.agreed else "two clean runs differ"
        if words:
            detail += f": {words}"
        if origin is not None:
            detail += f", which begins in {name_of(self._runs[origin][0].step.cell)}"
        return replace(cell, verdict="nondeterministic", detail=detail)
