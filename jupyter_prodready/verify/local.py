"""Verify a notebook from the command line: without a server, in this process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import formats
from ..analysis import evidence
from ..model import Notebook, VerifyReport
from ..surroundings import look_around
from .imported import Kept
from .kernels import Connection, LocalKernels
from .live_state import live_state
from .parameters import with_parameters
from .plan import plan_of, replanned
from .report import explain
from .session import EvidenceOf, FileJudge
from .verification import REPRODUCES, OnProgress, Options, Outcome, Progress, verify

DEFAULTS = Options()


@dataclass(frozen=True)
class Verified:
    """The report for people, and the outcome with what it found."""

    path: Path
    notebook: Notebook
    report: VerifyReport
    outcome: Outcome


def _silent(progress: Progress) -> None:
    del progress


def verify_notebook(path: Path, **how: Any) -> Verified:
    """`verify_file`, on a loop of its own.

    No kernel is left behind, also on Ctrl+C and SIGTERM, which raise `KeyboardInterrupt`.
    """
    with terminated_as_interrupted():
        return asyncio.run(verify_file(path, **how))


async def verify_file(
    path: Path,
    document: Mapping[str, Any] | None = None,
    *,
    options: Options = DEFAULTS,
    until: str | None = None,
    only: str | None = None,
    skip: Collection[str] = (),
    parameters: Mapping[str, object] | None = None,
    evidence_of: EvidenceOf = evidence.from_saved,
    live: Connection | None = None,
    on_progress: OnProgress = _silent,
) -> Verified:
    """Run the notebook in a fresh kernel in its own folder and compare what it shows.

    ``document`` is its nbformat JSON, read from ``path`` where absent; ``until``, ``only``
    and ``skip`` are cell ids; ``evidence_of`` is what is known of the session behind a state
    of its page, ``live`` is its kernel, whose state is compared.
    With ``parameters`` no output is compared. No kernel is left behind, also
    where this is cancelled. Raises `ProdreadyError` where the file or an id cannot be used;
    a kernel that is not there makes the notebook *unverified*.
    """
    document = formats.read_document(path) if document is None else document
    notebook = formats.notebook_of(document, path.as_posix())
    around = None if only is None else look_around(notebook, path)
    plan = plan_of(notebook, document, skip, until, only, around)
    if parameters:
        plan = replanned(plan, with_parameters(notebook, parameters)).uncompared(
            "run with other parameters"
        )
    judge = FileJudge(path, notebook, evidence_of)
    kernels = LocalKernels(plan.kernel_name, path.resolve().parent)
    looking = judge if options.repair and not parameters else None
    held, not_asked = await live_state(live)
    options = replace(options, state=held is not None)
    outcome = await verify(plan, kernels, options, on_progress, looking)
    if outcome.verdict in REPRODUCES and not outcome.uncompared:
        Kept().keep(path, outcome.imported)
    report = explain(outcome, notebook, judge, held, not_asked)
    return Verified(path, notebook, report, outcome)


@contextlib.contextmanager
def terminated_as_interrupted() -> Iterator[None]:
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
