"""A verification in a process of its own, so that the server's loop and memory stay its own.

One message of a cell that prints for ever has 20 to 180 MB; to parse it in a thread would
hold the server's interpreter for longer than a key press. The kernels stay the server's:
this process asks it, through its own two pipes, to start, interrupt and end them. Both
ends are the same code, so the messages are pickled dataclasses. If the server goes, the
pipe closes and this process ends.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import threading
from dataclasses import dataclass
from typing import IO, Any, Literal

from ..errors import ProdreadyError
from .baseline import Shelf, Stored, stored
from .claim import Claim
from .ground import Ground
from .judge import Judge
from .kernels import Connection, OnDeath
from .plan import Plan
from .probe import Probe, why_not
from .proof import prove
from .run import Limits
from .staging import Proved
from .verification import OnProgress, Options, Outcome, Progress, verify


@dataclass(frozen=True)
class Request:
    """The first message to the worker, where it shall verify."""

    plan: Plan
    options: Options
    judge: Judge | None = None


@dataclass(frozen=True)
class ProofRequest:
    """The first message to the worker, where it shall prove. With a ``ground``, page's own
    runs of earlier proofs may be used, ``stored`` ones, the newest first."""

    claim: Claim
    limits: Limits
    ground: Ground | None = None
    stored: tuple[Stored, ...] = ()


@dataclass(frozen=True)
class ProofDone:
    """What was proved; runs that a later proof may use, and when those began that none may."""

    proved: Proved
    kept: tuple[Stored, ...] = ()
    stale: tuple[float, ...] = ()


@dataclass(frozen=True)
class ProbeRequest:
    """The first message to the worker, where it shall try a test."""

    probe: Probe
    limits: Limits


@dataclass(frozen=True)
class Probed:
    """What `why_not` said."""

    why: str | None


@dataclass(frozen=True)
class Ask:
    """The worker wants something done with its kernel; answered by `Answer`."""

    what: Literal["start", "interrupt", "end"]


@dataclass(frozen=True)
class Answer:
    """``connection`` for a start; ``error`` where it could not be done."""

    connection: Connection | None = None
    error: ProdreadyError | None = None


@dataclass(frozen=True)
class Died:
    """The kernel died by itself."""

    how: str


Asked = Request | ProofRequest | ProbeRequest
FromWorker = Ask | Progress | Outcome | ProofDone | Probed
ToWorker = Asked | Answer | Died


def send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message; `EOFError` when the other side has gone."""
    return pickle.load(pipe)


class AskedKernels:
    """The server's kernels, seen from the worker."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._answer: asyncio.Future[Answer] | None = None
        self._on_death: OnDeath | None = None

    async def start(self, on_death: OnDeath) -> Connection:
        self._on_death = on_death
        answer = await self._ask("start")
        return answer.connection or {}

    async def interrupt(self) -> None:
        await self._ask("interrupt")

    async def end(self) -> None:
        self._on_death = None
        await self._ask("end")

    def heard(self, message: Answer | Died) -> None:
        """Called on the loop for each message from the server."""
        if isinstance(message, Died):
            if self._on_death is not None:
                self._on_death(message.how)
        elif self._answer is not None and not self._answer.done():
            self._answer.set_result(message)

    async def _ask(self, what: Literal["start", "interrupt", "end"]) -> Answer:
        self._answer = asyncio.get_running_loop().create_future()
        send(self._out, Ask(what))
        answer = await self._answer
        if answer.error is not None:
            raise answer.error
        return answer


def main() -> None:
    """Serve one request from stdin; stdout is the pipe back, prints go to stderr."""
    back = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    given = sys.stdin.buffer
    asyncio.run(_serve(receive(given), given, back))


async def _serve(request: Asked, given: IO[bytes], back: IO[bytes]) -> None:
    kernels = AskedKernels(back)
    loop = asyncio.get_running_loop()

    def listen() -> None:
        while True:
            try:
                message = receive(given)
            except (EOFError, OSError):
                os._exit(1)  # the server has gone, and its kernels with it
            loop.call_soon_threadsafe(kernels.heard, message)

    threading.Thread(target=listen, daemon=True).start()

    def tell(progress: Progress) -> None:
        send(back, progress)

    if isinstance(request, ProofRequest):
        send(back, await _proved(request, kernels, tell))
        return
    if isinstance(request, ProbeRequest):
        send(back, Probed(await why_not(request.probe, kernels, request.limits)))
        return
    send(back, await verify(request.plan, kernels, request.options, tell, request.judge))


async def _proved(request: ProofRequest, kernels: AskedKernels, tell: OnProgress) -> ProofDone:
    claim, limits = request.claim, request.limits
    if request.ground is None:
        return ProofDone(await prove(claim, kernels, limits, tell))
    shelf = Shelf(request.ground, [one.baseline() for one in request.stored])
    proved = await prove(claim, kernels, limits, tell, shelf)
    return ProofDone(proved, tuple(map(stored, shelf.kept)), tuple(shelf.stale))


if __name__ == "__main__":
    main()
