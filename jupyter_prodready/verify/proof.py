"""Does a page do the same after cells moved into a module? Two fresh kernels decide.

The page as it is and the page as it would be run in kernels of their own, in the notebook's
folder. The new modules are staged: the second kernel imports them from the plan's text, so
that nothing is written before the proof holds. Only cells that the change can reach are run,
with those that they need. The page's own run may be that of an earlier proof (`baseline`).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..analysis.facts import facts_of
from ..errors import ProdreadyError
from ..model import Cell, Notebook
from .baseline import NOT_REACHED, Shared, Shelf, all_types, own_answers
from .claim import Claim
from .compare.comparison import compare
from .compare.rounding import Tolerance
from .doubts import doubtful
from .kernels import Kernels
from .noise import beside_noise
from .plan import Output, Plan, Step, name_of
from .run import Ask, CellRun, Limits, PlanRun, Watcher, run_plan
from .seen import Look, Seen
from .staging import Proved, Staged, staging_of
from .state import Fingerprints
from .suppliers import PYTHON, suppliers_of
from .verification import OnProgress, Progress
from .watch import TELL, watching

TOLERANCE = Tolerance(rtol=0.0, atol=0.0)
"""The same code on the same machine gives the same digits."""

STATE = Ask(state=True)

UNKNOWN_END = "the cells show the same, but a kernel did not tell what it holds at the end"

Shown = tuple[str, tuple[Output, ...]]
"""An error, ``""`` for none, and outputs."""


async def prove(
    claim: Claim,
    kernels: Kernels,
    limits: Limits,
    on_progress: OnProgress = lambda _: None,
    shelf: Shelf | None = None,
) -> Proved:
    """Compare what the cells show and what the kernels hold at the end.

    No kernel is left. Raises nothing for what the page does; a kernel that does not start is
    *not run*. What ``shelf`` has of earlier proofs is used, and it gets what a later one may
    use; without it nothing is kept.
    """
    needed = await asyncio.to_thread(claim.needed)
    if shelf is not None and not await asyncio.to_thread(_may_be_kept, claim, needed):
        shelf = None
    pair = _Pair(claim, claim.changed, needed, kernels, limits, on_progress, shelf)
    try:
        return await pair.proved()
    except ProdreadyError as error:
        return Proved("not-run", str(error))


def _may_be_kept(claim: Claim, needed: Collection[str]) -> bool:
    """Not known to depend on what cannot be looked up afterwards?"""
    page = claim.before
    is_read = page.language.lower() in PYTHON
    return is_read and doubtful(cell for cell in page.code_cells if cell.id in needed) is None


@dataclass(frozen=True)
class _Made:
    """A run that began then, in seconds since 1970, and the modules that it imported."""

    run: PlanRun
    at: float
    staged: Sequence[Staged] = ()


@dataclass(frozen=True)
class _Pair:
    """Two pages, and what they are compared by. So many ``pages`` were run already, and
    ``least`` will have been in the end."""

    claim: Claim
    changed: Collection[str]
    needed: Collection[str]
    kernels: Kernels
    limits: Limits
    tell: OnProgress
    shelf: Shelf | None
    pages: int = 0
    least: int = 2

    async def proved(self) -> Proved:
        shared = await asyncio.to_thread(self._fitting)
        if shared is None:
            return await self._anew()
        new = await replace(self, needed=shared.needed, least=1)._after(shared.run.seen)
        if self._first_difference(shared.run, new.run) is not None:
            self._forget(shared)
            return await replace(self, pages=1, least=3)._anew()
        if new.run.state is None:
            return Proved("not-run", UNKNOWN_END)
        await self._keep(new)
        return Proved("equal", "", shared.run.seen, shared.at)

    async def _anew(self) -> Proved:
        before = await self._before()
        old = before.run
        failing = next((run for run in old.cells if run.failed), None)
        if failing is not None and self._is_reached(failing.step.cell):
            name = name_of(failing.step.cell)
            return Proved("not-run", f"{name} fails in a clean run: {failing.detail}")
        seen = own_answers(old.seen)
        after = await replace(self, pages=self.pages + 1)._after(seen)
        if self._first_difference(old, after.run) is None:
            if old.state is None or after.run.state is None:
                return Proved("not-run", UNKNOWN_END, seen)
            await self._keep(before, after)
            return Proved("equal", seen=seen)
        runs = [old, await replace(self, pages=self.pages + 2)._run(self.claim.before)]
        varying = self._varying(runs)
        wrong = self._against(runs, after.run, varying)
        if wrong is not None and (varying or await asyncio.to_thread(self._may_vary)):
            runs.append(await replace(self, pages=self.pages + 3)._run(self.claim.before))
            varying = self._varying(runs)
            wrong = self._against(runs, after.run, varying)
        if wrong is None:
            return Proved("equal-where-deterministic", seen=seen)
        if not varying:
            await self._keep(before)
        return Proved("differs", wrong, seen)

    # --- what an earlier proof has, and a later one may use -----------------------------

    def _fitting(self) -> Shared | None:
        if self.shelf is None:
            return None
        return self.shelf.fitting(self.claim.before, self.needed, self._looks)

    def _forget(self, shared: Shared) -> None:
        if self.shelf is not None:
            self.shelf.stale.append(shared.at)

    async def _keep(self, *made: _Made) -> None:
        """Runs that agreed with another one."""
        for one in made:
            if self.shelf is not None:
                await asyncio.to_thread(self.shelf.keep, one.run, self._looks, one.at, one.staged)

    # --- the runs -----------------------------------------------------------------------

    @property
    def _looks(self) -> tuple[Look, ...]:
        looks = self.claim.observer.looks if self.claim.observer else ()
        return looks if self.shelf else tuple(one for one in looks if not one.optional)

    def _is_reached(self, cell: Cell) -> bool:
        return cell.id in self.changed

    async def _before(self) -> _Made:
        at = time.time()
        ask = Ask(state=True, looks=self._looks)
        return _Made(await self._run(self.claim.before, self._watched(ask, self.claim.before)), at)

    async def _after(self, seen: Seen) -> _Made:
        staged, at, observer = self.claim.staged, time.time(), self.claim.observer
        if observer is not None:
            staged = await asyncio.to_thread(observer.staged, seen)
        ask = Ask(state=True, before=staging_of(staged))
        run = await self._run(self.claim.after, self._watched(ask, self.claim.after))
        return _Made(run, at, staged)

    def _watched(self, ask: Ask, page: Notebook) -> Ask:
        """With all that is to be known of a run that may be kept."""
        if self.shelf is None:
            return ask
        looks = (*ask.looks, *all_types(page, self.needed))
        return replace(ask, before=watching(ask.before), looks=looks, end=TELL)

    async def _run(self, page: Notebook, ask: Ask = STATE) -> PlanRun:
        suppliers = await asyncio.to_thread(suppliers_of, page)
        steps = tuple(
            Step(cell, (), None if cell.id in self.needed else NOT_REACHED)
            for cell in page.code_cells
        )
        plan = Plan(page, steps, page.kernel_name)
        return await run_plan(plan, self.kernels, suppliers, self.limits, self._watcher(), ask=ask)

    def _watcher(self) -> Watcher:
        """Tells how far the proof is: two pages, or three where the first two differ."""
        each = len(self.needed)
        total = each * max(self.least, self.pages + 1)
        done = itertools.count(each * self.pages + 1)

        def on_start(step: Step) -> None:
            self.tell(Progress(next(done) - 1, total, step.cell.id, ()))

        return Watcher(on_start)

    # --- what differs -------------------------------------------------------------------

    def _varying(self, runs: Sequence[PlanRun]) -> frozenset[str]:
        """Cells, and names of the state, that runs of the page before do not share; ``=`` where
        one of them made names that another did not."""
        first, *others = runs
        return frozenset().union(*[self._apart(first, other) for other in others])

    def _apart(self, one: PlanRun, other: PlanRun) -> set[str]:
        pairs = zip(self._shown(one).items(), self._shown(other).values(), strict=True)
        cells = {key for (key, mine), its in pairs if _unlike(mine, its)}
        mine, its = one.state or {}, other.state or {}
        names = {f"={name}" for name in {*mine, *its} if mine.get(name) != its.get(name)}
        return cells | names | ({"="} if mine.keys() ^ its.keys() else set())

    def _may_vary(self) -> bool:
        """Is anything known of the page for which it may do another thing each time? Two runs
        agree by chance, then, more often than one would think."""
        cells = [cell for cell in self.claim.before.code_cells if cell.id in self.needed]
        effects = (one.kind for cell in cells for one in facts_of(cell.source).effects)
        return "random" in effects or doubtful(cells) is not None

    def _against(
        self, old: Sequence[PlanRun], new: PlanRun, varying: Collection[str]
    ) -> str | None:
        """What the ``new`` run does that the ``old`` ones all do otherwise."""
        wrong = self._first_difference(old[0], new, varying)
        return wrong or self._beside_noise(old, new, varying)

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
        known = {f"={name}" for name in self.claim.lost | self.claim.new | _not_bound(new)}
        return _other_names(old.state, new.state, {*varying, *known}) or _other_values(
            old.state, new.state, varying
        )

    def _beside_noise(
        self, old: Sequence[PlanRun], new: PlanRun, varying: Collection[str]
    ) -> str | None:
        """What of the outputs that vary is the same in all of the ``old`` runs, and another in
        the ``new`` one."""
        every, its = [self._shown(run) for run in old], self._shown(new)
        for key in (key for key in its if key in varying):
            texts = [_without_frames(one[key][1]) for one in every if key in one]
            if len(texts) < len(every):
                continue
            how = beside_noise(_without_frames(its[key][1]), texts, TOLERANCE)
            if how is not None:
                return f"Output of {self._name(key)} differs beside what varies: it {how}."
        return None

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
    if run.how == "blocked":
        return run.how  # its detail numbers another cell, and cells come and go
    return "" if run.how == "ok" else f"{run.how}: {run.detail}"


def _unlike(one: Shown, other: Shown) -> str | None:
    if one[0] != other[0]:
        return f"ends with {other[0] or 'no error'}, before with {one[0] or 'no error'}"
    found = compare(_without_frames(one[1]), _without_frames(other[1]), TOLERANCE)
    return found.detail if found.sameness == "changed" else None


def _without_frames(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """Lines of code have moved, so an error comes from another one."""
    return tuple({key: one[key] for key in one if key != "traceback"} for one in outputs)


def _not_bound(run: PlanRun) -> frozenset[str]:
    """Names that cells would bind which were not run, or not to their end."""
    cells = (one.step.cell for one in run.cells if one.how != "ok")
    statements = (s for cell in cells for s in facts_of(cell.source).statements)
    return frozenset(name for s in statements for name in s.writes | s.maybe_writes)


def _other_names(
    old: Fingerprints | None, new: Fingerprints | None, known: Collection[str]
) -> str | None:
    """Names that one of the two holds, where both told what they hold."""
    if old is None or new is None:
        return None
    for name in sorted({*old} ^ {*new}):
        if f"={name}" in known:
            continue
        if name in old:
            return f"`{name}` does not exist any more at the end: before, it does."
        if "=" not in known:
            return f"`{name}` exists at the end: before, it does not."
    return None


def _other_values(
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
