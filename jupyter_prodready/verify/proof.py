"""Does a page do the same after cells moved into a module? Two fresh kernels decide.

The page as it is and the page as it would be run in kernels of their own, in the notebook's
folder. The new modules are staged: the second kernel imports them from the plan's text, so
that nothing is written before the proof holds. Only cells that the change can reach are run,
with those that they need.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..errors import ProdreadyError
from ..model import Cell, CellEdit, Notebook
from .compare.comparison import compare
from .compare.rounding import Tolerance
from .kernels import Kernels
from .plan import Output, Plan, Step, name_of
from .run import Ask, CellRun, Limits, PlanRun, Watcher, run_plan
from .seen import Look, Observer
from .staging import Proved, Staged, staging_of
from .state import Fingerprints
from .suppliers import suppliers_of

TOLERANCE = Tolerance(rtol=0.0, atol=0.0)
"""The same code on the same machine gives the same digits."""


async def prove(
    before: Notebook,
    after: Notebook,
    edits: Sequence[CellEdit],
    staged: Sequence[Staged],
    kernels: Kernels,
    limits: Limits,
    observer: Observer | None = None,
) -> Proved:
    """Compare what the cells show and what the kernels hold at the end.

    ``edits`` lead from ``before`` to ``after``. An ``observer`` sees the page before as it
    runs, and its modules are taken instead of ``staged``. No kernel is left. Raises nothing
    for what the page does; a kernel that does not start is *not run*.
    """
    changed = {edit.cell_id for edit in edits if not _only_adds(edit)}
    pages = (before, after)
    needed = await asyncio.to_thread(lambda: {one for p in pages for one in _slice(p, changed)})
    try:
        return await _Pair(
            before, after, changed, needed, staged, kernels, limits, observer
        ).proved()
    except ProdreadyError as error:
        return Proved("not-run", str(error))


@dataclass(frozen=True)
class _Pair:
    before: Notebook
    after: Notebook
    changed: Collection[str]
    needed: Collection[str]
    staged: Sequence[Staged]
    kernels: Kernels
    limits: Limits
    observer: Observer | None = None

    async def proved(self) -> Proved:
        observer = self.observer
        old = await self._run(self.before, "", observer.looks if observer else ())
        failing = next((run for run in old.cells if run.failed), None)
        if failing is not None and self._is_reached(failing.step.cell):
            name = name_of(failing.step.cell)
            return Proved("not-run", f"{name} fails in a clean run: {failing.detail}")
        staged = self.staged
        if observer is not None:
            staged = await asyncio.to_thread(observer.staged, old.seen)
        new = await self._run(self.after, staging_of(staged))
        wrong = self._first_difference(old, new)
        if wrong is None:
            return Proved("equal")
        again = await self._run(self.before, "")
        varying = self._varying(old, again)
        wrong = self._first_difference(old, new, varying)
        return Proved("equal-where-deterministic") if wrong is None else Proved("differs", wrong)

    def _is_reached(self, cell: Cell) -> bool:
        return cell.id in self.changed

    async def _run(self, page: Notebook, first: str, looks: tuple[Look, ...] = ()) -> PlanRun:
        suppliers = await asyncio.to_thread(suppliers_of, page)
        steps = tuple(
            Step(cell, (), None if cell.id in self.needed else "not reached by the change")
            for cell in page.code_cells
        )
        plan = Plan(page, steps, page.kernel_name)
        ask = Ask(state=True, before=first, looks=looks)
        return await run_plan(plan, self.kernels, suppliers, self.limits, Watcher(), ask=ask)

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
        for key in mine:
            if key in varying:
                continue
            if (how := _unlike(mine[key], its.get(key, ("", ())))) is not None:
                return f"Output of {self._name(key)} differs: it {how}."
        return _state_difference(old.state, new.state, varying)

    def _shown(self, run: PlanRun) -> dict[str, tuple[str, tuple[Output, ...]]]:
        """(error, outputs) by cell; all cells that the change edits are one, under ``""``."""
        shown: dict[str, tuple[str, tuple[Output, ...]]] = {"": ("", ())}
        for one in run.cells:
            if one.how == "skipped":
                continue
            key = "" if one.step.cell.id in self.changed else one.step.cell.id
            error, outputs = shown.get(key, ("", ()))
            shown[key] = (error or _error(one), (*outputs, *one.outputs))
        return shown

    def _name(self, key: str) -> str:
        if key:
            return name_of(self.before.cell(key))
        names = [name_of(c) for c in self.before.code_cells if c.id in self.changed]
        return " and ".join(names) or "the new cells"


def _only_adds(edit: CellEdit) -> bool:
    """Does the cell keep all of its lines? So does one that gets the import."""
    if edit.action != "replace":
        return False
    after = iter((edit.after or "").split("\n"))
    return all(line in after for line in (edit.before or "").split("\n"))


def _slice(page: Notebook, changed: Collection[str]) -> set[str]:
    """Ids of the changed cells, of those that hang on them, and of all that these need."""
    suppliers = suppliers_of(page)
    reached = {cell.index for cell in page.code_cells if cell.id in changed}
    for cell in page.code_cells:
        if reached & suppliers.get(cell.index, frozenset()):
            reached.add(cell.index)
    needed, todo = set(reached), list(reached)
    while todo:
        new = suppliers.get(todo.pop(), frozenset()) - needed
        needed |= new
        todo += new
    return {cell.id for cell in page.code_cells if cell.index in needed}


def _error(run: CellRun) -> str:
    return "" if run.how == "ok" else f"{run.how}: {run.detail}"


def _unlike(
    one: tuple[str, tuple[Output, ...]], other: tuple[str, tuple[Output, ...]]
) -> str | None:
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
