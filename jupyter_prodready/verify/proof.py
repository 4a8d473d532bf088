"""Does a page do the same after cells moved into a module? Two fresh kernels decide.

The page as it is and the page as it would be run in kernels of their own, in the notebook's
folder. The new modules are staged: the second kernel imports them from the plan's text, so
that nothing is written before the proof holds. Only cells that the change can reach are run,
with those that they need.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Collection
from dataclasses import dataclass

from ..errors import ProdreadyError
from ..model import Cell, Notebook
from .claim import Claim
from .compare.comparison import compare
from .compare.rounding import Tolerance
from .kernels import Kernels
from .plan import Output, Plan, Step, name_of
from .run import Ask, CellRun, Limits, PlanRun, Watcher, run_plan
from .seen import Look
from .staging import Proved, staging_of
from .state import Fingerprints
from .suppliers import suppliers_of
from .verification import OnProgress, Progress

TOLERANCE = Tolerance(rtol=0.0, atol=0.0)
"""The same code on the same machine gives the same digits."""

Shown = tuple[str, tuple[Output, ...]]
"""An error, ``""`` for none, and outputs."""


async def prove(
    claim: Claim, kernels: Kernels, limits: Limits, on_progress: OnProgress = lambda _: None
) -> Proved:
    """Compare what the cells show and what the kernels hold at the end.

    No kernel is left. Raises nothing for what the page does; a kernel that does not start is
    *not run*.
    """
    needed = await asyncio.to_thread(claim.needed)
    try:
        return await _Pair(claim, claim.changed, needed, kernels, limits, on_progress).proved()
    except ProdreadyError as error:
        return Proved("not-run", str(error))


@dataclass(frozen=True)
class _Pair:
    claim: Claim
    changed: Collection[str]
    needed: Collection[str]
    kernels: Kernels
    limits: Limits
    tell: OnProgress

    async def proved(self) -> Proved:
        observer, before = self.claim.observer, self.claim.before
        old = await self._run(before, looks=observer.looks if observer else ())
        failing = next((run for run in old.cells if run.failed), None)
        if failing is not None and self._is_reached(failing.step.cell):
            name = name_of(failing.step.cell)
            return Proved("not-run", f"{name} fails in a clean run: {failing.detail}")
        staged = self.claim.staged
        if observer is not None:
            staged = await asyncio.to_thread(observer.staged, old.seen)
        new = await self._run(self.claim.after, staging_of(staged), pages_run=1)
        if self._first_difference(old, new) is None:
            return Proved("equal", seen=old.seen)
        again = await self._run(before, pages_run=2)
        wrong = self._first_difference(old, new, self._varying(old, again))
        if wrong is None:
            return Proved("equal-where-deterministic", seen=old.seen)
        return Proved("differs", wrong, old.seen)

    def _is_reached(self, cell: Cell) -> bool:
        return cell.id in self.changed

    async def _run(
        self, page: Notebook, first: str = "", looks: tuple[Look, ...] = (), pages_run: int = 0
    ) -> PlanRun:
        suppliers = await asyncio.to_thread(suppliers_of, page)
        steps = tuple(
            Step(cell, (), None if cell.id in self.needed else "not reached by the change")
            for cell in page.code_cells
        )
        plan = Plan(page, steps, page.kernel_name)
        ask = Ask(state=True, before=first, looks=looks)
        watcher = self._watcher(pages_run)
        return await run_plan(plan, self.kernels, suppliers, self.limits, watcher, ask=ask)

    def _watcher(self, pages_run: int) -> Watcher:
        """Tells how far the proof is: two pages, or three where the first two differ."""
        each = len(self.needed)
        total = each * max(2, pages_run + 1)
        done = itertools.count(each * pages_run + 1)

        def on_start(step: Step) -> None:
            self.tell(Progress(next(done) - 1, total, step.cell.id, ()))

        return Watcher(on_start)

    def _varying(self, one: PlanRun, other: PlanRun) -> frozenset[str]:
        """Cells, and names of the state, that two runs of the page before do not share."""
        pairs = zip(self._shown(one).items(), self._shown(other).values(), strict=True)
        cells = {key for (key, mine), its in pairs if _unlike(mine, its)}
        mine, its = one.state or {}, other.state or {}
        return frozenset(cells | {f"={name}" for name in mine if mine[name] != its.get(name)})

    def _first_difference(
        self, old: PlanRun, new: PlanRun, varying: Collection[str] = ()
    ) -> str | None:
        mine, its = self._shown(old), self._shown(new)
        nothing: Shown = ("", ())
        for key in {**mine, **its}:
            if key in varying:
                continue
            if (how := _unlike(mine.get(key, nothing), its.get(key, nothing))) is not None:
                return f"Output of {self._name(key)} differs: it {how}."
        return _state_difference(old.state, new.state, varying)

    def _shown(self, run: PlanRun) -> dict[str, Shown]:
        """(error, outputs) by cell. Cells in a row that the change edits are one: it is under
        ``>`` and the cell above that it leaves as it was."""
        shown: dict[str, Shown] = {}
        above = ">"
        for one in run.cells:
            cell_id = one.step.cell.id
            key = above if cell_id in self.changed else cell_id
            above = above if cell_id in self.changed else f">{cell_id}"
            if one.how == "skipped":
                continue
            error, outputs = shown.get(key, ("", ()))
            shown[key] = (error or _error(one), (*outputs, *one.outputs))
        return shown

    def _name(self, key: str) -> str:
        if not key.startswith(">"):
            return name_of(self.claim.before.cell(key))
        cells = self.claim.before.code_cells
        below = [c.id for c in cells].index(key[1:]) + 1 if key != ">" else 0
        own = itertools.takewhile(lambda cell: cell.id in self.changed, cells[below:])
        return " and ".join(map(name_of, own)) or "the new cells"


def _error(run: CellRun) -> str:
    return "" if run.how == "ok" else f"{run.how}: {run.detail}"


def _unlike(one: Shown, other: Shown) -> str | None:
    if one[0] != other[0]:
        return f"ends with {other[0] or 'no error'}, before with {one[0] or 'no error'}"
    found = compare(_without_frames(one[1]), _without_frames(other[1]), TOLERANCE)
    return found.detail if found.sameness == "changed" else None


def _without_frames(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """Lines of code have moved, so an error comes from another one."""
    return tuple({key: one[key] for key in one if key != "traceback"} for one in outputs)


def _state_difference(
    old: Fingerprints | None, new: Fingerprints | None, varying: Collection[str]
) -> str | None:
    """Of names that both hold and that are comparable; functions and classes may have moved."""
    for name in sorted({*(old or {})} & {*(new or {})}):
        mine, its = (old or {})[name], (new or {})[name]
        moved = mine[0] in ("function", "type", "module")
        if moved or f"={name}" in varying or mine == its or None in (mine[2], its[2]):
            continue
        words = json.dumps([f"{mine[0]} {mine[1]}".strip(), f"{its[0]} {its[1]}".strip()])
        return f"`{name}` holds another value at the end: before and after are {words}."
    return None
