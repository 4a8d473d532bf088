"""The nouns of a verification: verdicts, cause, repairs. `model` exports them."""

from __future__ import annotations

from typing import Literal

from .model_edits import CellEdit
from .records import dataclass

CellVerdict = Literal[
    "identical",
    "equivalent",
    "nondeterministic",
    "changed",
    "error",
    "blocked",
    "timeout",
    "kernel-died",
    "needs-input",
    "skipped",
]
NotebookVerdict = Literal["reproduces", "reproduces-but-noise", "differs", "fails", "unverified"]


@dataclass(frozen=True)
class VerifiedCell:
    id: str
    index: int
    verdict: CellVerdict
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class PageCell:
    """A code cell as it stood when its verification began; ``hash`` is of its source."""

    cell_id: str
    hash: str
    execution_count: int | None
    first_line: str


@dataclass(frozen=True)
class VerifyCause:
    """What explains the first cell that fails or differs; ``remedy`` is what to do about it."""

    check: str
    cell_id: str | None
    line: int | None
    message: str
    source: str | None = None
    remedy: str = ""


@dataclass(frozen=True)
class Repair:
    """A change of the page that mends what a verification found.

    ``proven``: a further fresh kernel ran the page with it; the trouble was gone, no cell that
    was right had changed, and ``verdict`` came of it. ``cells`` are its edits, with indices
    of the page before; the cells ``outputs`` get the outputs of that run. ``id`` is the same
    for the same page and change.
    """

    title: str
    proven: bool
    diff: str
    id: str = ""
    verdict: NotebookVerdict = "unverified"
    cells: tuple[CellEdit, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class StateDifference:
    """A name that the person's kernel and the clean one do not hold alike."""

    name: str
    kind: Literal["only-live", "only-fresh", "differs", "not-comparable"]
    detail: str


@dataclass(frozen=True)
class VerifyReport:
    """``state`` compares what the kernels hold at the end; ``state_skipped`` says why it was
    not compared, empty where it was. ``repairs_skipped`` says why none was looked for."""

    path: str
    verdict: NotebookVerdict
    seconds: float
    message: str
    cells: tuple[VerifiedCell, ...] = ()
    cause: VerifyCause | None = None
    repairs: tuple[Repair, ...] = ()
    repairs_skipped: str = ""
    state: tuple[StateDifference, ...] = ()
    state_skipped: str = ""


@dataclass(frozen=True)
class JobProblem:
    """Why a job failed, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True)
class InstallState:
    """The last lines that an installer ``said``, and a ``note`` once it is done."""

    said: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class JobState:
    """How far one verification, proof of an extraction, or install, is.

    Times are seconds since 1970, None where not yet. ``seconds_left`` are those of the cells
    whose duration is known, None where none is; of ``unknown_left`` more it is not.
    """

    id: str
    path: str
    state: str
    done: int = 0
    total: int = 0
    running: str | None = None
    started: float = 0.0
    ended: float | None = None
    page: tuple[PageCell, ...] = ()
    cells: tuple[VerifiedCell, ...] = ()
    report: VerifyReport | None = None
    error: JobProblem | None = None
    seconds_left: float | None = None
    unknown_left: int = 0
    phase: str = "run"
    kind: str = "verify"
    install: InstallState | None = None
