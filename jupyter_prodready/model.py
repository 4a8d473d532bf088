"""Every noun of the product, frozen.

Nothing here computes; collections are tuples; *unknown* is `None` or the word
``unknown`` and never means clean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

CellKind = Literal["code", "markdown", "raw"]
RunStatus = Literal["ok", "error", "aborted", "running"]
State = Literal["reproducible", "edited", "stale", "never-run", "old-session", "unknown"]
Inputs = Literal["fresh", "stale", "unknown"]
Now = Literal["ok", "differs", "fails", "unknown"]
Restart = Literal["ok", "fails", "blocked", "unknown"]
VerdictState = Literal["none", "other-language", "unknown", "in-order", "weak", "stale", "broken"]
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
Proof = Literal["equal", "equal-where-deterministic", "differs", "not-run"]


class Severity(str, Enum):
    """How loud a finding is. Only a certain finding may be an error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


# --- the notebook and what was run ------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One cell of the page, unsaved edits included."""

    id: str
    index: int
    kind: CellKind
    source: str
    execution_count: int | None = None
    has_output: bool = False
    tags: tuple[str, ...] = ()

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @property
    def label(self) -> str:
        """How people name this cell: ``[12]``, or ``[ ]`` where it never ran."""
        return "[ ]" if self.execution_count is None else f"[{self.execution_count}]"

    @property
    def first_line(self) -> str:
        """The first line that is neither blank nor a comment, else the first."""
        lines = [line.strip() for line in self.source.splitlines() if line.strip()]
        code = [line for line in lines if not line.startswith("#")]
        return (code or lines or [""])[0]


@dataclass(frozen=True)
class Notebook:
    """The page: all cells in order, whatever their kind."""

    path: str
    cells: tuple[Cell, ...]
    language: str = "python"
    language_version: str | None = None
    kernel_name: str | None = None

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_code)

    def cell(self, cell_id: str | None) -> Cell | None:
        return next((cell for cell in self.cells if cell.id == cell_id), None)


@dataclass(frozen=True)
class Run:
    """One execution in the kernel session.

    ``source`` is None where only the count is known (a gap in the evidence).
    ``cell_id`` is None for a console, another client, or where it is not known.
    ``error_line`` is the 1-based line of the cell in which the run failed.
    """

    execution_count: int | None
    source: str | None
    status: RunStatus = "ok"
    cell_id: str | None = None
    error_line: int | None = None
    modules: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What is known of the kernel session.

    ``runs`` is None where nothing is known, and empty for a fresh kernel.
    ``complete`` says that no run is missing from ``runs``; ``missing`` says in
    words what is not known. ``saved`` marks runs that were rebuilt from the counts
    of a saved file: their sources are assumed to be those of the page.
    ``observations`` is the seam for a recorder in the kernel.
    """

    runs: tuple[Run, ...] | None = None
    complete: bool = True
    saved: bool = False
    missing: tuple[str, ...] = ()
    observations: tuple[object, ...] = ()


# --- answers ------------------------------------------------------------------------


@dataclass(frozen=True)
class Effect:
    """Something a cell does beyond its names, e.g. writing a file."""

    kind: str
    line: int
    detail: str


@dataclass(frozen=True)
class CellReport:
    """The four answers for one code cell (see docs/interface.md)."""

    id: str
    index: int
    execution_count: int | None
    state: State
    certain: bool
    inputs: Inputs
    now: Now
    restart: Restart
    first_line: str = ""
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Cause:
    """Where two derivations part: the run, cell or source behind a finding."""

    cell_id: str | None
    execution_count: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class Fix:
    title: str
    proven: bool = False


@dataclass(frozen=True)
class Finding:
    """One trouble, reported once, with the cells it taints in ``affected``."""

    check: str
    severity: Severity
    certain: bool
    cell_id: str
    cell_index: int
    line: int
    message: str
    names: tuple[str, ...] = ()
    cause: Cause | None = None
    affected: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    consequence: str = ""
    """What follows for the cell, e.g. "will fail after a restart"; may be empty."""
    reason: str | None = None
    """Why it was suppressed; None unless it was."""


@dataclass(frozen=True)
class Skipped:
    check: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    state: VerdictState
    message: str


@dataclass(frozen=True)
class Report:
    """The answer of ``check`` for one notebook."""

    path: str
    verdict: Verdict
    cells: tuple[CellReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def with_path(self, path: str) -> Report:
        return replace(self, path=path)


@dataclass(frozen=True)
class Edge:
    """In a clean run cell ``source`` supplies or changes ``names`` for ``target``."""

    source: int
    target: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    path: str
    edges: tuple[Edge, ...]


# --- changes ------------------------------------------------------------------------


@dataclass(frozen=True)
class FileEdit:
    """Text of a file before (None: absent) and after (None: removed)."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CellEdit:
    """One change of the page. ``index`` is the cell's place before all edits."""

    action: Literal["replace", "insert", "delete"]
    cell_id: str
    index: int
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ChangeSet:
    """Edits to files and to the page; writes nothing by itself."""

    files: tuple[FileEdit, ...] = ()
    cells: tuple[CellEdit, ...] = ()


@dataclass(frozen=True)
class Parameter:
    """An input or output of an extracted function, with the reason it is one."""

    name: str
    annotation: str | None
    reason: str


@dataclass(frozen=True)
class Refusal:
    """Why a cell cannot be extracted exactly, and what would help."""

    cell_id: str | None
    line: int | None
    message: str
    remedy: str


@dataclass(frozen=True)
class Extraction:
    """A planned extraction, or every reason why there is none."""

    status: Literal["applied", "preview", "refused"]
    function: str
    module: str
    inputs: tuple[Parameter, ...] = ()
    outputs: tuple[Parameter, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    change: ChangeSet = field(default_factory=ChangeSet)
    diff: str = ""
    base: str = ""
    proof: Proof = "not-run"
    undo_id: str | None = None


# --- verification -------------------------------------------------------------------


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
