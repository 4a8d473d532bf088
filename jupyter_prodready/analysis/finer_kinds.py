"""Causes told more closely than by order alone: a run that failed half-way, an object
changed in place against page order, a name that a cell in between binds anew.

One cause has one finding: where a finer kind fits, the check of the coarser kind is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from .bindings import Binding, Chain, Step, number_of, root_name
from .causes import Kind, Root
from .difference import Difference, Taint
from .facts import StatementFacts
from .paired import pairs
from .timeline import PastRun, PlannedCell

FinerKind = Kind | Literal["later-mutation", "partial-run", "shadowed-definition"]


def finer_kind(difference: Difference, root: Root, taints: Sequence[Taint]) -> FinerKind:
    """The kind of the finding for ``root`` and all that it taints."""
    history = difference.history
    if history is None or history.evidence.saved or root.name.startswith("@"):
        return root.kind
    if half_run(difference, root) is not None:
        return "partial-run"
    if root.kind not in ("out-of-order-run", "never-run") or not any(t.shows for t in taints):
        return root.kind
    reading = _reading(difference, root, taints)
    planned = difference.plan.by_id.get(root.cell_id or "")
    if reading is None or planned is None:
        return root.kind
    if _binds(planned, root.name):
        shadowed = _is_shadowed(difference, planned, reading, root.name)
        return "shadowed-definition" if shadowed else root.kind
    if root.kind == "never-run" or not _in_time(difference, planned, reading[0]):
        return root.kind
    changed = any(_is_changed(*read, root) for read in _read_of(reading, root.name))
    return "later-mutation" if changed else root.kind


def half_run(difference: Difference, root: Root) -> PastRun | None:
    """The run that failed half-way and so made the difference, if that is what did."""
    history, causes = difference.history, difference.causes
    newest = history.last.get(root.cell_id or "") if history is not None else None
    if newest is None or causes is None or root.cell_id not in difference.plan.by_id:
        return None
    past: PastRun | None = None
    if root.kind == "repeated-run":
        past = _over(difference, root)
    elif root.kind == "lingering-effect" and _has_failed(causes.run(root.run)):
        past = causes.run(root.run)
    elif root.kind in ("lingering-effect", "stale-input", "out-of-order-run"):
        past = newest if _is_left_out(newest, root.name) else None
    return past if _has_failed(past) else None


def supplier(difference: Difference, root: Root, taints: Sequence[Taint]) -> PlannedCell | None:
    """The cell from which the first of ``taints`` really has the name of ``root``."""
    reading = _reading(difference, root, taints)
    really = reading[0].reads.get(root.name) if reading is not None else None
    cell_id = really.chain.oldest.step.owner.cell_id if really is not None else None
    return difference.plan.by_id.get(cell_id or "")


# --- half-way -----------------------------------------------------------------------------


def _over(difference: Difference, root: Root) -> PastRun | None:
    """The run whose effect on the name was there already when the cell ran again."""
    assert difference.history is not None
    assert difference.causes is not None
    runs = difference.history.runs_of(root.cell_id or "")
    earlier = [p for p in runs if p.number < (root.run or 0) and _touches(p, root.name)]
    return earlier[-1] if earlier else difference.causes.run(root.run)


def _has_failed(past: PastRun | None) -> bool:
    return past is not None and past.run.status == "error"


def _touches(past: PastRun, name: str) -> bool:
    """Did the run get as far as to bind the name, or to change its object?"""
    return any(_gives(step.facts, name) for step in past.steps)


def _is_left_out(past: PastRun, name: str) -> bool:
    """Is there a statement that gives the name which the run did not get to?"""
    return any(_gives(facts, name) for facts in past.facts.statements[len(past.steps) :])


def _gives(facts: StatementFacts, name: str) -> bool:
    return root_name(name) in facts.writes | facts.maybe_writes | facts.mutates


# --- order --------------------------------------------------------------------------------


def _reading(
    difference: Difference, root: Root, taints: Sequence[Taint]
) -> tuple[Step, Step] | None:
    """The first statement that read the name of ``root``: as it ran, and as planned."""
    assert difference.history is not None
    for taint in taints:
        past = difference.history.last.get(taint.cell_id)
        for actual, expected in pairs(past, difference.plan.by_id[taint.cell_id]) if past else ():
            really, planned = actual.reads.get(root.name), expected.reads.get(root.name)
            if really is not planned and number_of(root.name, really) != number_of(
                root.name, planned
            ):
                return actual, expected
    return None


def _binds(planned: PlannedCell, name: str) -> bool:
    whole = root_name(name)
    return any(whole in step.facts.writes | step.facts.maybe_writes for step in planned.steps)


def _is_shadowed(
    difference: Difference, planned: PlannedCell, reading: tuple[Step, Step], name: str
) -> bool:
    """Does ``planned`` bind the name afresh, in between the reader and the cell above that
    really supplied it, without ever having supplied it?"""
    actual, expected = reading
    really, wanted = actual.reads.get(name), expected.reads.get(name)
    if really is None or wanted is None:
        return False
    binder, giver = wanted.chain.oldest.step, really.chain.oldest.step
    place = difference.plan.position(giver.owner.cell_id)
    if binder.owner.cell_id != planned.cell.id or name in binder.reads or place is None:
        return False
    return place < planned.cell.index and not _ran_between(difference, planned, giver, actual)


def _ran_between(difference: Difference, planned: PlannedCell, giver: Step, reader: Step) -> bool:
    """Did the cell run once the giver had, and before the reader? Then the giver ran again."""
    assert difference.history is not None
    first = difference.history.runs_of(giver.owner.cell_id or "")[0].number
    runs = difference.history.runs_of(planned.cell.id)
    return any(first < past.number < (reader.owner.run or 0) for past in runs)


def _in_time(difference: Difference, planned: PlannedCell, reader: Step) -> bool:
    """Is it the order of the two runs that matters? Not where the object was made anew
    after the cell above had changed it."""
    assert difference.history is not None
    here = difference.plan.position(reader.owner.cell_id)
    newest = difference.history.last.get(planned.cell.id)
    if here is None or newest is None or planned.cell.index > here:
        return True
    return newest.number > (reader.owner.run or 0)


def _read_of(reading: tuple[Step, Step], name: str) -> Iterator[tuple[str, Binding]]:
    """What was read of the name: all of it, or parts where they were set (`c.n`)."""
    for step in reading:
        for read, binding in step.reads.items():
            if binding is not None and name in (read, root_name(read)):
                yield read, binding


def _is_changed(read: str, binding: Binding, root: Root) -> bool:
    """Is a change in place by the cell of ``root`` part of what made the object?"""
    return any(
        link.step.owner.cell_id == root.cell_id and _is_part(link, read, binding)
        for link in binding.links()
    )


def _is_part(link: Chain, read: str, binding: Binding) -> bool:
    return link.before is not None or link is not binding.chain or "[" in read
