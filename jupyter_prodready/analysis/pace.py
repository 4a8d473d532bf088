"""How far a walk of the page does what the runs did.

It is followed as long as each cell did what the next run did, from the first run on: until
then it meets all that the runs met. ``done`` is the number of those runs, None once it parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bindings import Token
    from .facts import CellFacts
    from .memory import Memory
    from .provenance import Namespace
    from .timeline import PastRun, PlannedCell

APART = 50
"""Runs from one stop to the next, or an eighth of them all."""

Stops = list[tuple[int, "Namespace"]]
"""What was live after so many runs: a walk of the page that did the same begins there."""


def note_stop(stops: Stops, done: int, runs: int, namespace: Namespace) -> int:
    """Note what is live after so many of the runs. Returns after how many to do so next."""
    if done >= APART:
        stops.append((done, namespace.twin()))
    return done + max(APART, runs // 8) if done >= APART else APART


def start(namespace: Namespace, stops: Stops, paces: Sequence[int | None]) -> int:
    """Have the names as they were at the last stop to which the cells of these ``paces`` did what
    the runs did. Returns how many of the cells that takes."""
    for done, there in reversed(stops):
        if done in paces:
            namespace.take_over(there)
            return paces.index(done) + 1
    return 0


def is_next(runs: Sequence[PastRun], done: int | None, past: PastRun | None) -> bool:
    """Is ``past`` the run that comes next?"""
    return done is not None and done < len(runs) and runs[done] is past


def done_with(
    runs: Sequence[PastRun], done: int, past: PastRun | None, planned: PlannedCell
) -> int | None:
    """What is ``done`` after the walk of a cell, whose newest run is ``past``."""
    if past is not None and past.steps is planned.steps and past.failing is None:
        return done + 1 if is_next(runs, done, past) else None
    return None if planned.steps else done


def is_like(past: PastRun, unique: Token, count: int, facts: CellFacts, memory: Memory) -> bool:
    """Would a clean run do all that this run did, and nothing else, if it met the same names?"""
    if not past.steps or past.failing is not None or len(past.steps) < len(facts.statements):
        return False
    ran = past.steps[0].owner
    if ran.modules != (memory.modules or None) or ran.binds != (memory.binds or None):
        return False
    return ran.unique == unique and (not memory.results or ran.count == count)
