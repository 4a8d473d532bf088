"""Jobs of this server: one runs at a time, results outlive the tab that asked."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from ..errors import KernelGoneError, MissingError, ProdreadyError
from ..model import VerifyReport
from ..verify.verification import OnProgress, Progress
from ..wire import Json, verify_job_to_json

MAX_WAITING = 10
MAX_ENDED = 50
EXPIRY_SECONDS = 3600.0

State = Literal["queued", "running", "done", "cancelled", "failed"]
NOTHING_YET = Progress(0, 0, None, ())
Work = Callable[[OnProgress], Awaitable[VerifyReport]]
_log = logging.getLogger("jupyter_prodready.server")


@dataclass(eq=False)
class Job:
    """One verification of one user. ``ended`` is when, by `time.monotonic`."""

    id: str
    user: str
    path: str
    state: State = "queued"
    progress: Progress = NOTHING_YET
    report: VerifyReport | None = None
    error: ProdreadyError | None = None
    ended: float | None = None
    task: asyncio.Task[None] | None = None

    def to_json(self) -> Json:
        shown = self.progress
        cells = shown.cells if self.report is None else self.report.cells
        return verify_job_to_json(
            self.id,
            self.path,
            self.state,
            shown.done,
            shown.total,
            shown.running if self.ended is None else None,
            cells,
            self.report,
            self.error,
            shown.phase,
        )


@dataclass
class JobStore:
    """All jobs; lives on the server's loop.

    At most `MAX_WAITING` wait. The `MAX_ENDED` newest results are kept for
    `EXPIRY_SECONDS`. Another user's job does not exist.
    """

    jobs: dict[str, Job] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def start(self, user: str, path: str, work: Work) -> Job:
        """Queue ``work``; `KernelGoneError` (busy) where too many wait already."""
        self._forget_old()
        waiting = sum(job.state == "queued" for job in self.jobs.values())
        if waiting >= MAX_WAITING:
            raise KernelGoneError(
                f"{waiting} verifications are waiting already.", "Cancel one, or try again later."
            )
        job = Job(f"v{next(self._numbers)}", user, path)
        self.jobs[job.id] = job
        job.task = asyncio.ensure_future(self._run(job, work))
        return job

    def get(self, user: str, job_id: str) -> Job:
        """`MissingError` for a job that is not there, has expired, or is another user's."""
        self._forget_old()
        job = self.jobs.get(job_id)
        if job is None or job.user != user:
            raise MissingError(
                f"There is no verification {job_id!r}.",
                "Results are kept for an hour; verify again.",
            )
        return job

    async def cancel(self, user: str, job_id: str) -> None:
        """End the job; comes back when its kernel is gone. Its result, if any, goes too."""
        job = self.get(user, job_id)
        if job.task is not None:
            job.task.cancel()
            await asyncio.wait({job.task})
        if job.ended is None:  # cancelled before it began
            job.state, job.ended = "cancelled", time.monotonic()

    async def _run(self, job: Job, work: Work) -> None:
        def on_progress(progress: Progress) -> None:
            job.progress = progress

        try:
            async with self._turn:
                job.state = "running"
                job.report = await work(on_progress)
            job.state = "done"
        except asyncio.CancelledError:
            job.state = "cancelled"
        except ProdreadyError as error:
            job.state, job.error = "failed", error
        except Exception:
            # the loop would swallow it: a bug of ours must reach the log and the panel
            _log.exception("jupyter-prodready: verification %s failed", job.id)
            job.state = "failed"
            job.error = ProdreadyError(
                "The verification failed; this is a bug in Jupyter Prodready.",
                "The server's log has the traceback.",
            )
        finally:
            job.ended = time.monotonic()

    def _forget_old(self) -> None:
        ended = [job for job in self.jobs.values() if job.ended is not None]
        ended.sort(key=lambda job: job.ended or 0.0, reverse=True)
        now = time.monotonic()
        for place, job in enumerate(ended):
            if place >= MAX_ENDED or now - (job.ended or now) > EXPIRY_SECONDS:
                del self.jobs[job.id]
