"""How far a walk of the page does what the runs did.

It is followed as long as each cell did what the next run did, from the first run on: until
then it meets all that the runs met. ``done`` is the number of those runs, None once it parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .timeline import PastRun, PlannedCell


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
