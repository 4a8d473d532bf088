"""What running a cell now would give, against what a clean run gives."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ..model import Now
from ..records import replace
from .bindings import PRESENCE, UNKNOWN, Binding, Columns, Owner, Step, root_name
from .facts import StatementFacts
from .likeness import Likeness
from .memory import Memory
from .namespace import Names, Record
from .parts import UnseenPart
from .rare import PLAIN
from .submodules import import_of
from .timeline import History, PlannedCell, walk_all


def now_of(history: History, planned: PlannedCell, memory: Memory, likeness: Likeness) -> Now:
    """``ok`` if the cell would compute in the kernel just what a clean run computes."""
    given = planned, history.end, history.runs[-1] if history.runs else None
    return memory.asked(planned.cell.id, given, lambda: _now(history, planned, memory, likeness))


def _now(history: History, planned: PlannedCell, memory: Memory, likeness: Likeness) -> Now:
    steps, end = planned.steps, history.end
    record = _record(planned, memory) if steps else None
    others = None if record is None else end.others_than(record)
    meets = others is not None
    if record is not None and others:
        meets = _meets_the_same(end, planned, record, others)
    if not meets:
        if _differs_at_once(end, planned, record, others, likeness):
            return "differs"
        steps = _run(history, planned, memory)
    past = history.last.get(planned.cell.id)
    for step in steps:
        for read in step.missing:
            if isinstance(read, UnseenPart):
                if past is None or past.run.status != "ok":
                    return "unknown"
                continue
            if read.certain or (past is not None and past.failed_for(step, read.name)):
                return "fails"
            if read.unbound and (past is None or past.run.status != "ok"):
                return "unknown"
    same = steps is planned.steps or all(map(likeness.steps, steps, planned.steps))
    return "ok" if same else "differs"


def _meets_the_same(
    end: Names, planned: PlannedCell, record: Record, others: Iterable[str]
) -> bool:
    """Would a walk of the cell find what the plan found, but for objects of which it asks no
    more than that they are there, and modules that it imports? ``others`` are other ones now."""
    for name in others:
        now, before = end.names.get(name), record.met[record.inputs.index(name)]
        if now is not None and before is None and _is_imported(name, planned, now):
            continue
        if now is None or before is None or not _is_only_set(name, planned):
            return False
        if not _alike_where_set(now, before):
            return False
    return True


def _is_imported(name: str, planned: PlannedCell, now: Binding) -> bool:
    """Is it what the cell imports under the name, as it was then? Another import gives it again."""
    if not now.module or now.columns is not None or now.chain.before is not None:
        return False
    for step in planned.steps:
        facts = step.facts
        if name in step.reads or facts.is_compound or facts.rare.unless:
            return False
        if name in facts.writes:
            return step is now.chain.step and import_of(name, facts) is not None
    return False


def _is_only_set(name: str, planned: PlannedCell) -> bool:
    """Does the cell read nothing of the name, and set parts of it?"""
    found = False
    for step in planned.steps:
        facts, reads = step.facts, step.reads
        if name in reads:
            found = True
            if not _is_presence(reads[name]):
                return False
            parts = [one for place, one in reads.items() if root_name(place) == name]
            if False in map(_is_presence, parts):
                return False
        rare = facts.rare
        if rare is PLAIN:
            continue
        if rare.unless == name or [1 for replay in rare.replays if replay.name == name]:
            return False
    return found


def _is_presence(binding: Binding | None) -> bool:
    return binding is not None and binding.provenance == PRESENCE


def _alike_where_set(now: Binding, before: Binding) -> bool:
    """Do both lead on a cell alike that only sets parts of them?"""
    if now.deferred or now.module or now.opaque:
        return False
    return _alike(now, before) and _sharing(now) == _sharing(before)


def _sharing(binding: Binding) -> tuple[object, ...]:
    """What decides how a change of a part spreads."""
    columns = binding.columns
    attributes = columns is not None and columns.attributes
    kind = binding.immutable, binding.module, binding.opaque, binding.sequence
    return (*kind, attributes, binding.own, binding.holds, binding.same)


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


def _differs_at_once(
    end: Names,
    planned: PlannedCell,
    record: Record | None,
    others: frozenset[str] | None,
    likeness: Likeness,
) -> bool:
    """Is it plain, without a walk, that an input has another value and none is missing?

    A statement's value follows from its inputs, unless it folds, repeats or guards itself.
    """
    met = {} if record is None else dict(zip(record.inputs, record.met, strict=True))
    if others is None:
        others = frozenset([name for step in planned.steps for name in step.reads])
    elif None in met.values():
        others |= {name for name, binding in met.items() if binding is None}
    inputs = _plain_inputs(planned, others)
    if inputs is None:
        return False
    differs = False
    names = end.names
    for name, binding, settled in inputs:
        now, before = names.get(name), met.get(name) or binding
        if now is before:
            continue
        if now is None or not _alike(now, before):
            return False
        if not settled and now.provenance != binding.provenance and binding.provenance >= 0:
            differs = differs or not likeness.bindings(name, now, binding)
    return differs


def _plain_inputs(
    planned: PlannedCell, names: frozenset[str]
) -> list[tuple[str, Binding, bool]] | None:
    """Which of the names the cell reads and did not make: (name, binding, may its value differ
    although the statement's does not?). None where the cell lacks a name."""
    own: set[str] = set()
    found: list[tuple[str, Binding, bool]] = []
    for step in planned.steps:
        facts, reads = step.facts, step.reads
        rare = facts.rare
        if step.missing or (rare is not PLAIN and (rare.opaque or rare.resets or rare.deletes)):
            return None
        for name in names.intersection(reads):
            binding = reads[name]
            if binding is None or name in own or name[0] == "@" or "[" in name:
                continue
            settled = bool(rare.replays or rare.unless or step.constant is not UNKNOWN)
            settled = settled or _begins_anew(facts)
            changed = binding.step.owner.cell_id == planned.cell.id
            found.append((name, binding, settled or changed))
        if facts.writes:
            own |= facts.writes
    return found


def _begins_anew(facts: StatementFacts) -> bool:
    """Is something forgotten of what it needs: an earlier fit, a part that it sets first?"""
    if not facts.mutations:
        return False
    for mutation in facts.mutations:
        if mutation.how == "fit":
            return True
    return bool([1 for read in facts.reads if read.without])


def _record(planned: PlannedCell, memory: Memory) -> Record | None:
    """The plan's walk of the cell."""
    record = memory.records.get(("plan", planned.cell.id))
    if record is None or record.result[0] is not planned.steps:  # type: ignore[index]
        return None
    return record


def _alike(one: Binding, two: Binding) -> bool:
    """Does the one lead the same code on as the other, and lack no part that that has?"""
    if one.deferred != two.deferred or one.consumable != two.consumable:
        return False
    return one.columns is None or one.columns.has_all_of(two.columns or Columns({}, {}))
