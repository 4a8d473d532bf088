"""Run a plan in a fresh kernel, twice where needed, and say what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..analysis.facts import facts_of
from ..analysis.graph import graph_of
from ..errors import ProdreadyError
from ..model import Notebook, NotebookVerdict, VerifiedCell
from .compare import DEFAULT_RTOL, compare
from .kernels import Kernels
from .plan import Plan, Step
from .run import CellRun, Suppliers, Watcher, run_plan

NOISE = {
    "random": "randomness without a seed",
    "clock": "the clock",
    "network": "the network",
    "environment": "the environment",
}

PYTHON = ("python", "python3", "ipython")


@dataclass(frozen=True)
class Options:
    """``timeout`` is in seconds for each cell; ``twice`` tells noise from change."""

    timeout: float | None = None
    rtol: float = DEFAULT_RTOL
    twice: bool = True


@dataclass(frozen=True)
class Progress:
    """How far a verification is; ``running`` is a cell id."""

    done: int
    total: int
    running: str | None
    cells: tuple[VerifiedCell, ...]


@dataclass(frozen=True)
class Trouble:
    """The first cell that fails or differs, and its error if it has one."""

    cell_id: str
    error: str | None = None
    detail: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a verification found, before a cause is looked for.

    ``reason`` says why a notebook could not be verified, empty where it could.
    """

    verdict: NotebookVerdict
    seconds: float
    cells: tuple[VerifiedCell, ...] = ()
    trouble: Trouble | None = None
    reason: str = ""
    shows_nothing: bool = False


OnProgress = Callable[[Progress], None]


async def verify(
    plan: Plan, kernels: Kernels, options: Options, on_progress: OnProgress
) -> Outcome:
    """The outcome; no kernel is left when this comes back, is cancelled or raises.

    Raises nothing for what a notebook does. A kernel that is not installed or does not
    start makes it *unverified*.
    """
    started = time.monotonic()
    suppliers = await asyncio.to_thread(suppliers_of, plan.notebook)
    ticks = _Ticks(plan, options, on_progress)
    try:
        runs = await run_plan(
            plan, kernels, suppliers, options.timeout, Watcher(ticks.start, ticks.end)
        )
    except ProdreadyError as error:
        return Outcome("unverified", _since(started), reason=str(error))
    cells = [_verified(run, options) for run in runs]
    if options.twice:
        cells = await _without_noise(plan, kernels, suppliers, options, runs, cells)
    return Outcome(
        verdict=_verdict(cells),
        seconds=_since(started),
        cells=tuple(cells),
        trouble=_first_trouble(runs, cells),
        reason="" if _was_run(cells) else "no cell was run",
        shows_nothing=plan.shows_nothing,
    )


def suppliers_of(notebook: Notebook) -> Suppliers:
    """For each cell the cells whose values it uses in a clean run, by index.

    In a language that we do not read: all cells above it.
    """
    if notebook.language.lower() not in PYTHON:
        above: list[int] = []
        everything = {}
        for cell in notebook.code_cells:
            everything[cell.index] = frozenset(above)
            above.append(cell.index)
        return everything
    suppliers: dict[int, set[int]] = {}
    for edge in graph_of(notebook).edges:
        suppliers.setdefault(edge.target, set()).add(edge.source)
    return {target: frozenset(sources) for target, sources in suppliers.items()}


@dataclass
class _Ticks:
    """Tells progress: the cells that have ended, and the one that runs."""

    plan: Plan
    options: Options
    tell: OnProgress
    cells: list[VerifiedCell] = field(default_factory=list)

    def start(self, step: Step) -> None:
        self._tell(step.cell.id)

    def end(self, run: CellRun) -> None:
        self.cells.append(_verified(run, self.options))
        self._tell(None)

    def _tell(self, running: str | None) -> None:
        cells = tuple(self.cells)
        self.tell(Progress(len(cells), len(self.plan.steps), running, cells))


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)


def _verified(run: CellRun, options: Options) -> VerifiedCell:
    """The verdict on one cell by one run."""
    cell = run.step.cell
    made = VerifiedCell(cell.id, cell.index, "identical", run.detail, run.seconds)
    if run.how != "ok":
        return replace(made, verdict=run.how)
    if run.step.noise_tag:
        return replace(
            made, verdict="equivalent", detail=f"not compared: tagged {run.step.noise_tag}"
        )
    if cell.execution_count is None and not run.step.shown:
        if not run.outputs:
            return made
        return replace(made, verdict="equivalent", detail="never run: nothing to compare with")
    found = compare(run.step.shown, run.outputs, options.rtol)
    return replace(made, verdict=found.sameness, detail=found.detail)


async def _without_noise(
    plan: Plan,
    kernels: Kernels,
    suppliers: Suppliers,
    options: Options,
    runs: tuple[CellRun, ...],
    cells: list[VerifiedCell],
) -> list[VerifiedCell]:
    """Changed cells that change again in a second fresh kernel are nondeterministic.

    No second run after a cell that hung or took the kernel with it.
    """
    changed = [cell.index for cell in cells if cell.verdict == "changed"]
    if not changed or any(run.how in ("timeout", "kernel-died") for run in runs):
        return cells
    try:
        again = await run_plan(plan, kernels, suppliers, options.timeout, last=changed[-1])
    except ProdreadyError:
        return cells
    first = {run.step.cell.index: run for run in runs}
    second = {run.step.cell.index: run for run in again}
    return [
        _noisy(plan, cell)
        if cell.index in changed and _differs(first[cell.index], second[cell.index], options)
        else cell
        for cell in cells
    ]


def _differs(one: CellRun, other: CellRun, options: Options) -> bool:
    if one.how != other.how:
        return True
    return compare(one.outputs, other.outputs, options.rtol).sameness == "changed"


def _noisy(plan: Plan, cell: VerifiedCell) -> VerifiedCell:
    sources = _noise_sources(plan, cell.index)
    detail = "two clean runs differ"
    if sources:
        detail += f": {' and '.join(sources)}"
    return replace(cell, verdict="nondeterministic", detail=detail)


def _noise_sources(plan: Plan, index: int) -> list[str]:
    """What the cell, or else a cell above it, does that varies from run to run."""
    own = _varying([cell.source for cell in plan.notebook.code_cells if cell.index == index])
    above = [cell.source for cell in plan.notebook.code_cells if cell.index < index]
    return own or _varying(above)


def _varying(sources: list[str]) -> list[str]:
    kinds = {effect.kind for source in sources for effect in facts_of(source).effects}
    return [words for kind, words in NOISE.items() if kind in kinds]


def _verdict(cells: list[VerifiedCell]) -> NotebookVerdict:
    verdicts = {cell.verdict for cell in cells}
    if verdicts & {"error", "timeout", "kernel-died", "needs-input"}:
        return "fails"
    if not _was_run(cells):
        return "unverified"
    if "changed" in verdicts:
        return "differs"
    return "reproduces-but-noise" if "nondeterministic" in verdicts else "reproduces"


def _was_run(cells: list[VerifiedCell]) -> bool:
    return any(cell.verdict not in ("skipped", "blocked") for cell in cells)


def _first_trouble(runs: tuple[CellRun, ...], cells: list[VerifiedCell]) -> Trouble | None:
    """The first failure; without one, the first change that is not noise."""
    failed = next((run for run in runs if run.failed), None)
    if failed is not None:
        return Trouble(failed.step.cell.id, failed.error or failed.how, failed.detail, failed.line)
    changed = next((cell for cell in cells if cell.verdict == "changed"), None)
    return None if changed is None else Trouble(changed.id, None, changed.detail)
