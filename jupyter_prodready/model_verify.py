"""The nouns of a verification: verdicts, cause, repairs. `model` exports them."""

from __future__ import annotations

from typing import Literal

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
class VerifyCause:
    """The finding that explains the first cell that fails or differs."""

    check: str
    cell_id: str | None
    line: int | None
    message: str
    source: str | None = None


@dataclass(frozen=True)
class Repair:
    title: str
    proven: bool
    diff: str


@dataclass(frozen=True)
class VerifyReport:
    path: str
    verdict: NotebookVerdict
    seconds: float
    message: str
    cells: tuple[VerifiedCell, ...] = ()
    cause: VerifyCause | None = None
    repairs: tuple[Repair, ...] = ()
