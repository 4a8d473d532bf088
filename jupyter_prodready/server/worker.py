"""CPU work in a process of its own: the server's loop carries every kernel's messages.

A thread is not enough: whoever holds the interpreter delays each of the ten hops of a
kernel message by up to 5 ms. (A pool of `concurrent.futures` would import the whole of
JupyterLab into its process, whose main module it is.) If the server goes, the pipe closes
and the process ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, ParamSpec, TypeVar, cast

from ..errors import ProdreadyError

PACKAGE_FOLDER = Path(__file__).parent.parent.parent
MAIN = "from jupyter_prodready.server.worker import main; main()"
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Worker:
    """Runs functions one after the other in one process, which starts when first needed.

    The process keeps its caches from call to call. Both ends are the same code, so
    functions, arguments and answers are pickled.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """``work(...)``; blocks, so not for the loop. What it raises is raised here.

        Anything but a `ProdreadyError` arrives as a `RuntimeError` with the traceback. A
        process that died is replaced once.
        """
        message = pickle.dumps((work, args, kwargs))
        with self._lock:
            try:
                answer, error = self._ask(message)
            except (EOFError, OSError, pickle.UnpicklingError):
                self._end()
                answer, error = self._ask(message)
        if error is not None:
            raise error
        return cast(Answer, answer)

    def _ask(self, message: bytes) -> tuple[object, Exception | None]:
        process = self._process = self._process or _start()
        given, back = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        given.write(message)
        given.flush()
        return cast(tuple[object, Exception | None], pickle.load(back))

    def end(self) -> None:
        """End the process; the next call starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@cache
def shared_worker() -> Worker:
    """The worker of this server."""
    return Worker()


@cache
def patient_worker() -> Worker:
    """A second one, for what takes long and is in no hurry: no check waits for it."""
    return Worker()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", MAIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PACKAGE_FOLDER,
        start_new_session=True,  # Ctrl+C in the server's terminal is the server's to handle
    )


def main() -> None:
    """The process: answers calls until its input closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else gets between the answers
    while True:
        try:
            work, args, kwargs = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        answers.write(pickle.dumps(_outcome(work, args, kwargs)))
        answers.flush()


def _outcome(
    work: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[object, Exception | None]:
    try:
        return work(*args, **kwargs), None
    except ProdreadyError as error:
        return None, error
    except Exception:  # every bug must reach the server's log instead of ending the process
        return None, RuntimeError(traceback.format_exc())
