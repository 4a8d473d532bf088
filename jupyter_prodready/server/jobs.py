"""Jobs of this server: one runs at a time, results outlive the tab that asked."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from ..actions.kept_test import Kept
from ..errors import KernelGoneError, MissingError, ProdreadyError, TooLargeError
from ..model import Extraction, InstallState, JobProblem, JobState, Notebook, PageCell, VerifyReport
from ..verify.fresh import FreshOutputs
from ..verify.staging import Proved
from ..verify.verification import OnProgress, Progress
from .durations import Durations, seconds_left

MAX_WAITING = 10
MAX_ENDED = 50
MAX_WITH_OUTPUTS = 8
EXPIRY_SECONDS = 3600.0

JobKind = Literal["verify", "proof", "install"]
State = Literal["queued", "running", "done", "cancelled", "failed"]
NOTHING_YET = Progress(0, 0, None, ())
Held = tuple[FreshOutputs, ...]
Publish = Callable[["Result"], None]
Work = Callable[[OnProgress, Publish], Awaitable["Result"]]
"""What a job does; it may publish a result before its last one."""
_log = logging.getLogger("jupyter_prodready.server")


@dataclass(frozen=True)
class Result:
    """Of a verification its ``report``, of a proof the ``extraction`` as it is shown and what
    was ``proved``.

    ``kept`` are the tests of what was proved. ``fresh`` is what cells showed instead,
    ``repaired`` what the repair gives to cells. ``note`` is to be known after an install.
    """

    report: VerifyReport | None = None
    fresh: Held = ()
    repaired: Held = ()
    extraction: Extraction | None = None
    proved: Proved | None = None
    kept: tuple[Kept, ...] = ()
    note: str = ""


NO_RESULT = Result()


@dataclass(eq=False)
class Job:
    """One verification, proof or install of one user. ``ended`` is when, by `time.monotonic`."""

    id: str
    user: str
    path: str
    kind: JobKind = "verify"
    page: tuple[PageCell, ...] = ()
    expected: Mapping[str, float | None] = field(default_factory=dict)
    state: State = "queued"
    progress: Progress = NOTHING_YET
    result: Result = NO_RESULT
    error: ProdreadyError | None = None
    started_at: float = field(default_factory=time.time)
    ended_at: float | None = None
    ended: float | None = None
    task: asyncio.Task[None] | None = None
    running_since: float = 0.0

    def note(self, progress: Progress) -> None:
        if progress.running != self.progress.running:
            self.running_since = time.monotonic()
        self.progress = progress

    def now(self) -> JobState:
        """The job as it is told to its user."""
        shown, error, report = self.progress, self.error, self.result.report
        left, unknown = self._left()
        return JobState(
            id=self.id,
            path=self.path,
            kind=self.kind,
            state=self.state,
            phase=shown.phase,
            done=shown.done,
            total=shown.total,
            running=shown.running if self.ended is None else None,
            started=self.started_at,
            ended=self.ended_at,
            page=self.page,
            cells=shown.cells if report is None else report.cells,
            report=report,
            error=None if error is None else JobProblem(error.message, error.hint),
            seconds_left=left,
            unknown_left=unknown,
            install=InstallState(shown.said, self.result.note) if self.kind == "install" else None,
        )

    def _left(self) -> tuple[float | None, int]:
        """Nobody knows how long others take while it waits for them."""
        if self.state != "running":
            return None, 0
        ended = [cell.id for cell in self.progress.cells]
        running_for = time.monotonic() - self.running_since
        return seconds_left(self.expected, ended, self.progress.running, running_for)

    def end(self, state: State) -> None:
        self.state, self.ended, self.ended_at = state, time.monotonic(), time.time()


def outputs_of(cell_id: str, outputs: Held) -> FreshOutputs:
    """Those of the cell; `MissingError` or `TooLargeError`."""
    found = next((one for one in outputs if one.cell_id == cell_id), None)
    if found is None:
        raise MissingError(
            "The outputs of this cell in the fresh kernel are not kept.",
            "They are where a cell shows something else, for the latest verifications.",
        )
    if found.outputs is None:
        raise TooLargeError(
            "The outputs of this cell in the fresh kernel were too large to keep.",
            "Run the cell yourself to see them.",
        )
    return found


def page_of(notebook: Notebook) -> tuple[PageCell, ...]:
    """What tells, even after the page was reloaded, which cells changed since."""
    return tuple(
        PageCell(cell.id, hash_of(cell.source), cell.execution_count, cell.first_line[:120])
        for cell in notebook.code_cells
    )


def hash_of(source: str) -> str:
    """Length and CRC-32 of the text: a browser without TLS has no better hash.

    ``hashOf`` of `src/hash.ts` gives the same.
    """
    raw = source.encode("utf-8", "replace")
    return f"{len(raw)}-{zlib.crc32(raw):08x}"


@dataclass
class JobStore:
    """All jobs; lives on the server's loop.

    At most `MAX_WAITING` wait. The `MAX_ENDED` newest results are kept for
    `EXPIRY_SECONDS`, the `MAX_WITH_OUTPUTS` newest with their outputs. Another user's
    job does not exist. ``tell`` is called whenever a job may have changed.
    """

    tell: Callable[[Job], None] = lambda job: None
    jobs: dict[str, Job] = field(default_factory=dict)
    _durations: Durations = field(default_factory=Durations)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    # from the time on: a page that outlived a restart of the server finds no other job by its id
    _numbers: itertools.count[int] = field(
        default_factory=lambda: itertools.count(int(time.time()))
    )

    def start(
        self,
        user: str,
        path: str,
        page: tuple[PageCell, ...],
        skipped: Set[str],
        work: Work,
        kind: JobKind = "verify",
    ) -> Job:
        """Queue ``work``; `KernelGoneError` (busy) where too many wait already.

        ``skipped`` are ids of cells of the page that will not run.
        """
        self._forget_old()
        waiting = sum(job.state == "queued" for job in self.jobs.values())
        if waiting >= MAX_WAITING:
            raise KernelGoneError(
                f"{waiting} jobs are waiting already.", "Cancel one, or try again later."
            )
        runs = [cell for cell in page if cell.cell_id not in skipped]
        expected = self._durations.of(user, path, runs)
        job = Job(f"v{next(self._numbers)}", user, path, kind, page, expected)
        self.jobs[job.id] = job
        job.task = asyncio.ensure_future(self._run(job, work))
        return job

    def of(self, user: str) -> tuple[Job, ...]:
        """The jobs of a user, those that ended included, oldest first."""
        self._forget_old()
        return tuple(job for job in self.jobs.values() if job.user == user)

    def get(self, user: str, job_id: str) -> Job:
        """`MissingError` for a job that is not there, has expired, or is another user's."""
        self._forget_old()
        job = self.jobs.get(job_id)
        if job is None or job.user != user:
            raise MissingError(
                f"There is no job {job_id!r}.",
                "Results are kept for an hour; start it again.",
            )
        return job

    async def cancel(self, user: str, job_id: str) -> None:
        """End the job; comes back when its kernel is gone. One that had ended is forgotten.

        A verdict that is there already stays: only the search for a repair ends.
        """
        job = self.get(user, job_id)
        if job.ended is not None:
            del self.jobs[job.id]
            return
        if job.task is not None:
            job.task.cancel()
            await asyncio.wait({job.task})
        if job.ended is None:  # cancelled before it began
            job.end("cancelled")
            self.tell(job)

    async def _run(self, job: Job, work: Work) -> None:
        def on_progress(progress: Progress) -> None:
            job.note(progress)
            self.tell(job)

        def publish(result: Result) -> None:
            job.result = result
            self.tell(job)

        try:
            async with self._turn:
                job.state = "running"
                publish(await work(on_progress, publish))
            job.end("done")
        except asyncio.CancelledError:
            job.end("cancelled" if job.result is NO_RESULT else "done")
        except ProdreadyError as error:
            job.error = error
            job.end("failed")
        except Exception:
            # the loop would swallow it: a bug of ours must reach the log and the panel
            _log.exception("jupyter-prodready: job %s failed", job.id)
            job.error = ProdreadyError(
                "The run failed; this is a bug in Jupyter Prodready.",
                "The server's log has the traceback.",
            )
            job.end("failed")
        self._durations.learn(job.user, job.path, job.page, job.progress.cells)
        self.tell(job)

    def _forget_old(self) -> None:
        ended = [job for job in self.jobs.values() if job.ended is not None]
        ended.sort(key=lambda job: job.ended or 0.0, reverse=True)
        now = time.monotonic()
        for place, job in enumerate(ended):
            if place >= MAX_WITH_OUTPUTS:
                job.result = replace(job.result, fresh=(), repaired=())
            if place >= MAX_ENDED or now - (job.ended or now) > EXPIRY_SECONDS:
                del self.jobs[job.id]
