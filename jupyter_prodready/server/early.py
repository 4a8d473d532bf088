"""The verdict of a verification before the search for a repair has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from ..verify.verification import Outcome
from .jobs import Publish, Result

ResultOf = Callable[[Outcome], Awaitable[Result]]


class Early:
    """Publishes the first outcome that is noted; lives on the server's loop."""

    def __init__(self, result_of: ResultOf, publish: Publish) -> None:
        self._result_of = result_of
        self._publish = publish
        self._task: asyncio.Task[None] | None = None

    def note(self, outcome: Outcome | None) -> None:
        if outcome is not None and self._task is None:
            self._task = asyncio.create_task(self._tell(outcome))

    async def end(self) -> None:
        """Nothing is published after this."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _tell(self, outcome: Outcome) -> None:
        self._publish(await self._result_of(outcome))
