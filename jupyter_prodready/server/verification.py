"""The server's end of a verification: the worker process, and the kernels it asks for."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from pickle import UnpicklingError
from typing import IO, Any, cast

from ..errors import ProdreadyError
from ..verify.kernels import Connection, Kernels
from ..verify.verification import OnProgress, Outcome, Progress
from ..verify.worker import (
    Answer,
    Ask,
    Asked,
    Died,
    Probed,
    ProbeRequest,
    ProofDone,
    ProofRequest,
    Request,
    receive,
    send,
)

PACKAGE_FOLDER = Path(__file__).parent.parent.parent
WORKER = "from jupyter_prodready.verify.worker import main; main()"


async def verify_in_worker(request: Request, kernels: Kernels, on_progress: OnProgress) -> Outcome:
    """The outcome; as `_in_worker`."""
    found = await _in_worker(request, kernels, on_progress)
    assert isinstance(found, Outcome)
    return found


async def prove_in_worker(
    request: ProofRequest, kernels: Kernels, on_progress: OnProgress
) -> ProofDone:
    """What was proved; as `_in_worker`."""
    found = await _in_worker(request, kernels, on_progress)
    assert isinstance(found, ProofDone)
    return found


async def probe_in_worker(request: ProbeRequest, kernels: Kernels) -> str | None:
    """Why the test is not worth writing; as `_in_worker`."""
    found = await _in_worker(request, kernels, lambda _: None)
    assert isinstance(found, Probed)
    return found.why


async def _in_worker(
    request: Asked, kernels: Kernels, on_progress: OnProgress
) -> Outcome | ProofDone | Probed:
    """Run the request in a process of its own, on kernels that live on this loop.

    Comes back, also when cancelled, only when kernel and process are gone. Raises
    `RuntimeError` where the process ended without an outcome: a bug, its traceback is in
    the server's log.
    """
    worker = await _started()
    early = _EarlyKernels(kernels, worker.tell_death)
    try:
        await asyncio.to_thread(worker.send, request)
        while True:
            message = await worker.messages.get()
            if isinstance(message, Ask):
                await asyncio.to_thread(worker.send, await _answer(message, early))
                early.tell_deaths(message.what != "end")
            elif isinstance(message, Progress):
                on_progress(message)
            elif isinstance(message, (Outcome, ProofDone, Probed)):
                return message
            else:
                raise RuntimeError("The process of a verification ended without an outcome.")
    finally:
        await asyncio.shield(asyncio.ensure_future(_end(early, worker)))


async def _started() -> _Worker:
    """A worker; none is left where this is cancelled meanwhile."""
    starting = asyncio.ensure_future(asyncio.to_thread(_Worker, asyncio.get_running_loop()))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.to_thread((await starting).end)
        raise


async def _answer(ask: Ask, kernels: _EarlyKernels) -> Answer:
    try:
        if ask.what == "start":
            return Answer(connection=await kernels.start())
        await (kernels.interrupt() if ask.what == "interrupt" else kernels.end())
    except ProdreadyError as error:
        return Answer(error=error)
    return Answer()


async def _end(kernels: _EarlyKernels, worker: _Worker) -> None:
    try:
        await kernels.end()
    finally:
        await asyncio.to_thread(worker.end)


class _EarlyKernels:
    """Starts the first kernel at once, while the worker is still importing.

    A death is told only once the worker has the kernel's connection.
    """

    def __init__(self, kernels: Kernels, tell: Callable[[str], None]) -> None:
        self._kernels = kernels
        self._tell = tell
        self._tells = False
        self._death: str | None = None
        self._first: asyncio.Task[Connection] | None = asyncio.create_task(self._start())

    async def start(self) -> Connection:
        first, self._first = self._first, None
        return await (self._start() if first is None else first)

    async def interrupt(self) -> None:
        await self._kernels.interrupt()

    async def end(self) -> None:
        first, self._first = self._first, None
        self._death = None
        if first is not None:
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
        await self._kernels.end()

    def tell_deaths(self, tells: bool) -> None:
        self._tells = tells
        self._pass_on()

    async def _start(self) -> Connection:
        return await self._kernels.start(self._on_death)

    def _on_death(self, how: str) -> None:
        self._death = how
        self._pass_on()

    def _pass_on(self) -> None:
        if self._tells and self._death is not None:
            self._tell(self._death)
            self._death = None


class _Worker:
    """A worker process; what it says arrives in ``messages``, None when it has ended."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.messages: asyncio.Queue[Any] = asyncio.Queue()
        self._loop = loop
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PACKAGE_FOLDER,
            start_new_session=True,  # Ctrl+C in the server's terminal is the server's to handle
        )
        self._given = cast(IO[bytes], self._process.stdin)
        self._back = cast(IO[bytes], self._process.stdout)
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True, name="prodready-worker").start()

    def send(self, message: object) -> None:
        """May block until the worker reads; nothing if it has ended."""
        try:
            with self._lock:
                send(self._given, message)
        except (BrokenPipeError, ValueError):
            pass  # the listener tells that it has ended

    def tell_death(self, how: str) -> None:
        self.send(Died(how))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        with self._lock:
            self._given.close()

    def _listen(self) -> None:
        with self._back:
            while True:
                try:
                    message = receive(self._back)
                except (EOFError, OSError, ValueError, UnpicklingError):
                    message = None
                try:
                    self._loop.call_soon_threadsafe(self.messages.put_nowait, message)
                except RuntimeError:
                    return  # the loop is closed: the server has gone
                if message is None:
                    return
