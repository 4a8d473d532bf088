"""Every noun of the product, frozen.

Nothing here computes; collections are tuples; *unknown* is `None` or the word
``unknown`` and never means clean.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Any, Literal

from .model_edits import Call as Call
from .model_edits import Carried as Carried
from .model_edits import CellEdit as CellEdit
from .model_edits import ChangeSet as ChangeSet
from .model_edits import Extraction as Extraction
from .model_edits import FileEdit as FileEdit
from .model_edits import Install as Install
from .model_edits import OptionalLines as OptionalLines
from .model_edits import Parameter as Parameter
from .model_edits import Proof as Proof
from .model_edits import Refusal as Refusal
from .model_edits import RefusalCode as RefusalCode
from .model_edits import Remedy as Remedy
from .model_edits import Setting as Setting
from .model_edits import SettingWay as SettingWay
from .model_edits import Step as Step
from .model_edits import Suggestion as Suggestion
from .model_edits import SuggestionKind as SuggestionKind
from .model_verify import CellVerdict as CellVerdict
from .model_verify import InstallState as InstallState
from .model_verify import JobProblem as JobProblem
from .model_verify import JobState as JobState
from .model_verify import NotebookVerdict as NotebookVerdict
from .model_verify import PageCell as PageCell
from .model_verify import Repair as Repair
from .model_verify import StateDifference as StateDifference
from .model_verify import VerifiedCell as VerifiedCell
from .model_verify import VerifyCause as VerifyCause
from .model_verify import VerifyReport as VerifyReport
from .records import dataclass, field, replace

CellKind = Literal["code", "markdown", "raw"]
RunStatus = Literal["ok", "error", "aborted", "running", "unknown"]
State = Literal["reproducible", "edited", "stale", "never-run", "old-session", "unknown"]
Inputs = Literal["fresh", "stale", "unknown"]
Now = Literal["ok", "differs", "fails", "unknown"]
Restart = Literal["ok", "fails", "blocked", "unknown"]
VerdictState = Literal["none", "other-language", "unknown", "in-order", "weak", "stale", "broken"]
FixKind = Literal[
    "restore-source",
    "restore-line",
    "insert-code",
    "move-cells",
    "rename",
    "add-import",
    "add-seed",
    "relative-path",
    "make-idempotent",
    "run-cells",
    "restart",
]


class Severity(str, Enum):
    """How loud a finding is. Only a certain finding may be an error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


# --- the notebook and what was run ------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One cell of the page, unsaved edits included.

    ``failed`` says that an error stands among its outputs, ``error_line`` and
    ``error_name`` where it is from, as in `Run`.
    """

    id: str
    index: int
    kind: CellKind
    source: str
    execution_count: int | None = None
    has_output: bool = False
    tags: tuple[str, ...] = ()
    failed: bool = False
    error_line: int | None = None
    error_name: str | None = None

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @property
    def label(self) -> str:
        """How people name this cell: ``[12]``, or ``[ ]`` where it never ran."""
        return "[ ]" if self.execution_count is None else f"[{self.execution_count}]"

    @property
    def name(self) -> str:
        """How people find this cell: by its prompt, else by its place on the page."""
        return self.label if self.execution_count is not None else f"cell {self.index + 1}"

    @property
    def first_line(self) -> str:
        """The first line that is neither blank nor a comment, else the first."""
        first = ""
        for line in map(str.strip, self.source.splitlines()):
            if line and line[0] != "#":
                return line
            first = first or line
        return first


@dataclass(frozen=True)
class Notebook:
    """The page: all cells in order, whatever their kind."""

    path: str
    cells: tuple[Cell, ...]
    language: str = "python"
    language_version: str | None = None
    kernel_name: str | None = None

    @cached_property
    def code_cells(self) -> tuple[Cell, ...]:
        return tuple([cell for cell in self.cells if cell.kind == "code"])

    @cached_property
    def is_of_newer_python(self) -> bool:
        """Was it saved by a newer Python than this one, whose syntax this one may not know?"""
        parts = (self.language_version or "").split(".")[:2]
        numbers = tuple(int(part) for part in parts if part.isdigit())
        return len(numbers) == 2 and numbers > sys.version_info[:2]

    def cell(self, cell_id: str | None) -> Cell | None:
        return next((cell for cell in self.cells if cell.id == cell_id), None)


@dataclass(frozen=True)
class Run:
    """One execution in the kernel session.

    ``source`` is None where only the count is known (a gap in the evidence).
    ``cell_id`` is None for a console, another client, or where it is not known.
    ``error_line`` is the 1-based line of the cell in which the run failed, ``error_name``
    the class of the error. ``status`` is *unknown* where nobody saw how the run ended.
    ``after`` gives a run without a count its place: behind the run with that count.
    ``modules`` are the project's modules as they were when the run was first seen:
    (module, content hash).
    """

    execution_count: int | None
    source: str | None
    status: RunStatus = "ok"
    cell_id: str | None = None
    error_line: int | None = None
    error_name: str | None = None
    after: int | None = None
    modules: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Observation:
    """What a recorder in the kernel saw of the run with this count.

    ``bound``, ``changed``, ``deleted`` and ``read`` are names of the kernel's namespace;
    ``changed`` are those whose object is the same and differs. Where ``reliable`` is
    False the recorder ran out of its budget: a name that it does not list may belong there.
    """

    execution_count: int
    bound: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    reliable: bool = True


@dataclass(frozen=True)
class Evidence:
    """What is known of the kernel session.

    ``runs`` is None where nothing is known, and empty for a fresh kernel.
    ``complete`` says that no run is missing from ``runs`` and that it is known how each
    ended; ``missing`` says in words what is not known. ``saved`` marks runs that were
    rebuilt from the counts of a saved file: their sources are assumed to be those of the page.
    ``observations`` is the seam for a recorder in the kernel.
    """

    runs: tuple[Run, ...] | None = None
    complete: bool = True
    saved: bool = False
    missing: tuple[str, ...] = ()
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What lies around a notebook, as far as its code mentions it.

    - ``files``: whether a path exists, seen from the notebook's folder; a path that is
      absent is not known. ``folders``: the same of the folder that it is in.
      ``from_root``: relative paths that exist only as seen from the project's root.
    - ``declared``: the distributions that the project declares, in PEP 503's spelling; None
      where no file declares any, or one cannot be read. ``declaration`` is such a file's
      name. ``distributions``: which of them hold a module that is imported; absent is not
      known. ``required_by``: the declared distribution that brings another one with it.
    - ``standard`` and ``local``: modules of Python and of the project, by top-level name.
    - ``modules``: a hash of each module of the project that the page imports, directly or
      through another one; it covers the modules that this one imports. ``%run x.py`` has one
      of the script.
    - ``binds``: all names that ``from m import *`` may bind, by the module, and that
      ``%run x.py`` may; absent is not known.
    - ``functions``: by module and name, what calls of the project's functions do that the page
      imports (see `analysis.imported`); an empty name stands for the module as a whole.
    """

    files: Mapping[str, bool] = field(default_factory=dict)
    folders: Mapping[str, bool] = field(default_factory=dict)
    from_root: frozenset[str] = frozenset()
    declared: frozenset[str] | None = None
    declaration: str | None = None
    distributions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required_by: Mapping[str, str] = field(default_factory=dict)
    standard: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    modules: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    functions: Mapping[tuple[str, str], Any] = field(default_factory=dict)


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
    """A way out of one finding: ``cells`` edits the page, or ``run`` names the cells to run.

    ``checked``: the page was planned with it, the finding was gone and none came. ``proven``:
    a fresh kernel ran it. ``id`` is the same for the same page and finding.
    """

    title: str
    proven: bool = False
    id: str = ""
    kind: FixKind = "restore-source"
    checked: bool = False
    cells: tuple[CellEdit, ...] = ()
    run: tuple[str, ...] = ()


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
