"""What running a cell now would give, against what a clean run gives."""

from __future__ import annotations

from functools import partial

from ..model import Now
from ..records import replace
from .bindings import Binding, Owner, Step
from .memory import Memory
from .namespace import Names
from .timeline import History, PlannedCell, walk_all


def now_of(history: History, planned: PlannedCell, memory: Memory) -> Now:
    """``ok`` if the cell would compute in the kernel just what a clean run computes."""
    if _differs_at_once(history.end, planned):
        return "differs"
    steps = _run(history, planned, memory)
    if any(read.certain for step in steps if step.missing for read in step.missing):
        return "fails"
    same = steps is planned.steps or [s.value for s in steps] == [s.value for s in planned.steps]
    return "ok" if same else "differs"


def _run(history: History, planned: PlannedCell, memory: Memory) -> tuple[Step, ...]:
    """The cell as it stands, walked from where the history ended."""
    end, place, facts = history.end, ("now", planned.cell.id), planned.facts
    first = planned.steps[0].owner if planned.steps else Owner(planned.cell.id, ())
    signature = (first.unique, first.count)
    twin = ("plan", planned.cell.id) if planned.steps else None
    known = memory.known(end, place, facts, signature, twin)
    if known is not None:
        result: tuple[tuple[Step, ...], object] = known.result  # type: ignore[assignment]
        return result[0]
    owner = replace(first, run=None, life=None)
    walk = partial(walk_all, facts.statements, owner)
    return memory.walk(end, place, facts, signature, walk, aside=True)[0]


def _differs_at_once(end: Names, planned: PlannedCell) -> bool:
    """Is it plain, without a walk, that an input has another value and none is missing?

    A statement's value follows from its inputs, unless it folds, repeats or guards itself.
    """
    inputs = planned.plain_inputs
    if inputs is None:
        return False
    differs = False
    names = end.names
    for name, binding, settled in inputs:
        now = names.get(name)
        if now is binding:
            continue
        if now is None or not _alike(now, binding):
            return False
        if not settled and now.provenance != binding.provenance:
            differs = differs or binding.provenance >= 0
    return differs


def _alike(one: Binding, two: Binding) -> bool:
    """Do both lead the same code on, and lack no part?"""
    return one.deferred == two.deferred and one.columns is None and one.consumable == two.consumable
