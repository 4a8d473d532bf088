"""Verify a notebook from the command line: without a server, in this process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import checks, formats
from ..analysis import engine, evidence
from ..model import Report, VerifyReport
from .cause import explain
from .compare import DEFAULT_RTOL
from .kernels import LocalKernels
from .plan import plan_of
from .verification import OnProgress, Options, Outcome, Progress, verify


def _silent(progress: Progress) -> None:
    del progress


def verify_notebook(
    path: Path,
    document: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = None,
    until: str | None = None,
    skip: Collection[str] = (),
    rtol: float = DEFAULT_RTOL,
    twice: bool = True,
    report: Report | None = None,
    on_progress: OnProgress = _silent,
) -> VerifyReport:
    """Run the notebook in a fresh kernel in its own folder and compare what it shows.

    ``document`` is its nbformat JSON, read from ``path`` where absent; ``until`` and
    ``skip`` are cell ids; ``report`` is what `check` says of it, made from the saved file
    where absent. No kernel is left behind, also on Ctrl+C and SIGTERM, which raise
    `KeyboardInterrupt`. Raises `ProdreadyError` where the file or an id cannot be used; a
    kernel that is not there makes the notebook *unverified*.
    """
    document = formats.read_document(path) if document is None else document
    notebook = formats.notebook_of(document, path.as_posix())
    plan = plan_of(notebook, document, skip, until)
    kernels = LocalKernels(plan.kernel_name, path.resolve().parent)
    with _terminate_as_interrupt():
        outcome: Outcome = asyncio.run(
            verify(plan, kernels, Options(timeout, rtol, twice), on_progress)
        )
    if outcome.trouble is not None and report is None:
        report = engine.analyse(notebook, evidence.from_saved(notebook), checks.load())
    return explain(outcome, notebook, report)


@contextlib.contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """SIGTERM ends a run as Ctrl+C does; nothing outside of the main thread.

    A shell starts its background jobs with SIGINT ignored, and CI systems do, too: it is
    put back to Python's own for the run, or neither signal would end it.
    """

    def interrupt(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:
        yield
        return
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
