"""How far a walk of the page does what the runs did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .timeline import PastRun, PlannedCell


class Pace:
    """Follows a walk of the page as long as each of its cells did what the next run did, from
    the first run on: until then it meets all that the runs met."""

    def __init__(self, runs: Sequence[PastRun]) -> None:
        self._runs = runs
        self._done: int | None = 0

    def is_next(self, past: PastRun | None) -> bool:
        done = self._done
        return done is not None and done < len(self._runs) and self._runs[done] is past

    def go_on(self, past: PastRun | None, planned: PlannedCell) -> None:
        if self._done is None:
            return
        if past is not None and past.steps is planned.steps and past.failing is None:
            self._done = self._done + 1 if self.is_next(past) else None
        elif planned.steps:
            self._done = None
