"""What a job of the verification does, once it has its turn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from ..verify.fresh import within_bounds
from ..verify.imported import Kept
from ..verify.kernels import Connection, Kernels
from ..verify.live_state import live_state
from ..verify.report import explain
from ..verify.session import FileJudge
from ..verify.state import Fingerprints
from ..verify.verification import REPRODUCES, OnProgress, Outcome, Progress
from ..verify.worker import Request
from .handlers import OffLoop
from .jobs import Publish, Result
from .verification import verify_in_worker


@dataclass(frozen=True)
class VerifyWork:
    """All that it needs was taken from the request; ``live`` is the page's own kernel."""

    request: Request
    kernels: Kernels
    judge: FileJudge
    live: Connection | None
    off_loop: OffLoop

    async def __call__(self, on_progress: OnProgress, publish: Publish) -> Result:
        """The result; the verdict is published before the search for a repair has ended."""
        held, not_asked = await live_state(self.live)
        early: list[asyncio.Task[None]] = []

        async def tell(outcome: Outcome) -> None:
            publish(await self._result(outcome, held, not_asked))

        def noted(progress: Progress) -> None:
            if progress.outcome is not None:
                early.append(asyncio.create_task(tell(progress.outcome)))
            on_progress(replace(progress, outcome=None))

        options = replace(self.request.options, state=held is not None)
        request = replace(self.request, options=options)
        try:
            outcome = await verify_in_worker(request, self.kernels, noted)
        finally:
            for task in early:
                task.cancel()
            await asyncio.gather(*early, return_exceptions=True)
        reproduces = outcome.verdict in REPRODUCES and not outcome.uncompared
        if self.judge.file is not None and reproduces:
            await self.off_loop(Kept().keep, self.judge.file, outcome.imported)
        return await self._result(outcome, held, not_asked)

    async def _result(self, outcome: Outcome, held: Fingerprints | None, not_asked: str) -> Result:
        page = self.request.plan.notebook
        report = await self.off_loop(explain, outcome, page, self.judge, held, not_asked)
        repaired = await self.off_loop(within_bounds, outcome.repaired.items())
        return Result(report, outcome.fresh, repaired)
