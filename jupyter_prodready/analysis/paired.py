"""What a run and its cell, as it stands now, have in common."""

from __future__ import annotations

from collections.abc import Iterator

from .bindings import Step
from .timeline import PastRun, PlannedCell


def pairs(past: PastRun, planned: PlannedCell) -> Iterator[tuple[Step, Step]]:
    """Statements that the run and the plan have in common, in order."""
    place = 0
    keys = [step.facts.key for step in planned.steps]
    done = past.steps if past.failing is None else (*past.steps, past.failing)
    for actual in done:
        for candidate in range(place, len(keys)):
            if keys[candidate] == actual.facts.key:
                yield actual, planned.steps[candidate]
                place = candidate + 1
                break


def is_edited(planned: PlannedCell, past: PastRun) -> bool:
    if planned.facts is past.facts:
        return False
    if planned.facts.error is not None or past.facts.error is not None:
        return planned.cell.source.strip() != (past.run.source or "").strip()
    return planned.facts.keys != past.facts.keys


def shows_something(step: Step) -> bool:
    """May this statement put anything into the output, itself or through what it calls?"""
    if step.facts.shows:
        return True
    bindings = (step.reads.get(name) for name in step.facts.invoked)
    return any(deferred.shows for binding in bindings if binding for deferred in binding.deferred)


def only_shows(step: Step) -> bool:
    """Does the statement bind and change nothing?"""
    facts = step.facts
    if facts.writes or facts.maybe_writes or facts.mutations or facts.deletes or facts.effects:
        return False
    bindings = [step.reads.get(name) for name in facts.invoked]
    return not any(one.deferred or one.consumable for one in bindings if one is not None)
