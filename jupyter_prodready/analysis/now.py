"""What running a cell now would give, against what a clean run gives."""

from __future__ import annotations

from functools import partial

from ..model import Now
from ..records import replace
from .bindings import UNKNOWN, Binding, Owner, Step
from .facts import StatementFacts
from .memory import Memory
from .namespace import Names
from .timeline import History, PlannedCell, walk_all


def now_of(history: History, planned: PlannedCell, memory: Memory) -> Now:
    """``ok`` if the cell would compute in the kernel just what a clean run computes."""
    if _differs_at_once(history.end, planned):
        return "differs"
    steps = _run(history, planned, memory)
    if any(read.certain for step in steps for read in step.missing):
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
    own: set[str] = set()
    differs = False
    for step in planned.steps:
        if step.missing or step.facts.opaque or step.facts.resets or step.facts.deletes:
            return False
        settled = step.facts.replays or step.facts.unless or step.constant is not UNKNOWN
        settled = settled or _begins_anew(step.facts)
        for name, binding in step.reads.items():
            if binding is None or name in own or name[0] == "@" or "[" in name:
                continue
            if binding.step.owner.cell_id == planned.cell.id:
                return False  # the cell itself made it what it reads
            now = end.names.get(name)
            if now is None or not _alike(now, binding):
                return False
            if not settled and now.provenance != binding.provenance:
                differs = differs or binding.provenance >= 0
        own |= step.facts.writes
    return differs


def _alike(one: Binding, two: Binding) -> bool:
    """Do both lead the same code on, and lack no part?"""
    if one is two:
        return True
    return one.deferred == two.deferred and one.columns is None and one.consumable == two.consumable


def _begins_anew(facts: StatementFacts) -> bool:
    """Is something forgotten of what it needs: an earlier fit, a part that it sets first?"""
    fits = any(mutation.how == "fit" for mutation in facts.mutations)
    return fits or any(read.without for read in facts.reads)
