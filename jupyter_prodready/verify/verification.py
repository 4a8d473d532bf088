"""Run a plan in a fresh kernel, twice where needed, and say what came of it."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..config import Settings
from ..errors import ProdreadyError
from ..model import Notebook, NotebookVerdict, Repair, VerifiedCell
from .again import not_again
from .compare.comparison import compare
from .compare.moments import Window
from .compare.rounding import DEFAULT_ATOL, DEFAULT_RTOL, Tolerance
from .compare.widgets import without_models
from .fresh import FreshOutputs, fresh_outputs
from .imported import Versions, imported_by
from .judge import Judge
from .kernels import Kernels
from .plan import Output, Plan, Step, replanned
from .repair import Tried, find_repair, worse
from .run import NOTHING, Ask, CellRun, Limits, Watcher, run_plan
from .sources import may_print_what_is_gone, sources_of
from .state import Fingerprints
from .suppliers import PYTHON, Suppliers, suppliers_of
from .trial import MOST_RUNS, Trial
from .trouble import Trouble

ONCE = "one run does not tell noise from change"
TOO_LONG = "the outputs of a clean run are too long to be kept whole"
REPRODUCES = ("reproduces", "reproduces-but-noise")


@dataclass(frozen=True)
class Options:
    """``twice`` tells noise from change by a second run, ``repair`` looks for a way out;
    ``rtol`` and ``atol`` are of `compare`; ``state`` asks what the kernel holds at the end."""

    limits: Limits = field(default_factory=Limits)
    rtol: float = DEFAULT_RTOL
    atol: float = DEFAULT_ATOL
    twice: bool = True
    repair: bool = True
    state: bool = False

    @property
    def tolerance(self) -> Tolerance:
        return Tolerance(self.rtol, self.atol)


def options_of(settings: Settings, *, repair: bool = True) -> Options:
    """As the project wants it."""
    limits = Limits(
        settings.verify_timeout, settings.verify_notebook_timeout, settings.verify_silence_timeout
    )
    return Options(limits, settings.verify_rtol, settings.verify_atol, repair=repair)


@dataclass(frozen=True)
class Progress:
    """How far a verification is; ``running`` is a cell id.

    ``outcome`` is what is known when the search for a repair begins. ``said`` are the last
    lines of an install.
    """

    done: int
    total: int
    running: str | None
    cells: tuple[VerifiedCell, ...]
    phase: Literal["run", "repair"] = "run"
    outcome: Outcome | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a verification found, before a cause is looked for.

    ``reason`` says why a notebook could not be verified, empty where it could. ``version``
    is that of the kernel's language. ``fresh`` is what cells showed that do not show the
    same, ``repaired`` has the outputs that the repair gives to cells, by id. ``state`` is
    what the kernel held at the end of a run without failure, ``imported`` the versions of
    what the page imports. ``uncompared`` says why none of the outputs that the page shows was
    compared, empty where one was.
    """

    verdict: NotebookVerdict
    seconds: float
    cells: tuple[VerifiedCell, ...] = ()
    trouble: Trouble | None = None
    reason: str = ""
    shows_nothing: bool = False
    uncompared: str = ""
    version: str | None = None
    repairs: tuple[Repair, ...] = ()
    repairs_skipped: str = ""
    repaired: Mapping[str, tuple[Output, ...]] = field(default_factory=dict)
    state: Fingerprints | None = None
    imported: Versions = field(default_factory=dict)
    fresh: tuple[FreshOutputs, ...] = ()


OnProgress = Callable[[Progress], None]


async def verify(
    plan: Plan,
    kernels: Kernels,
    options: Options,
    on_progress: OnProgress,
    judge: Judge | None = None,
) -> Outcome:
    """The outcome; no kernel is left when this comes back, is cancelled or raises.

    With a ``judge`` a repair is looked for where the page does not reproduce. Raises
    nothing for what a notebook does. A kernel that is not installed or does not start
    makes it *unverified*.
    """
    started = time.monotonic()
    ticks = _Ticks(plan, options, on_progress)
    try:
        watcher = Watcher(ticks.start, ticks.end)
        ask = NOTHING
        if plan.notebook.language.lower() in PYTHON:
            ask = Ask(options.state, imported_by(plan.notebook))
        first = await _run(plan, kernels, options, watcher, ask)
        tried = await _compared(first, kernels, options)
    except ProdreadyError as error:
        return Outcome("unverified", _since(started), reason=str(error))
    outcome = _outcome(first, tried, _since(started))
    if judge is None or tried.verdict in ("reproduces", "unverified"):
        return outcome
    if reason := not_again(plan) if options.twice else ONCE:
        return replace(outcome, repairs_skipped=reason)
    ticks.looking_for_a_repair(outcome)
    return await _with_repair(outcome, tried, first, kernels, options, judge)


@dataclass(frozen=True)
class _Ran:
    """A plan that was run once, and when."""

    plan: Plan
    suppliers: Suppliers
    cells: tuple[CellRun, ...]
    window: Window
    version: str | None = None
    state: Fingerprints | None = None
    imported: Versions = field(default_factory=dict)


def _outcome(first: _Ran, tried: Tried, seconds: float) -> Outcome:
    return Outcome(
        verdict=tried.verdict,
        seconds=seconds,
        cells=tried.cells,
        trouble=tried.trouble,
        reason="" if _was_run(tried.cells) else "no cell was run",
        shows_nothing=first.plan.shows_nothing,
        uncompared=_uncompared(first.cells),
        version=first.version,
        state=first.state,
        imported=first.imported,
        fresh=fresh_outputs(first.cells, tried.cells),
    )


def _uncompared(runs: Sequence[CellRun]) -> str:
    showing = [run for run in runs if run.step.shown]
    ran = [run.step.excused for run in showing if run.how not in ("skipped", "blocked")]
    if not all(ran):
        return ""
    return ", ".join(dict.fromkeys(map(str, ran or [run.detail for run in showing])))


async def _run(
    plan: Plan, kernels: Kernels, options: Options, watcher: Watcher, ask: Ask = NOTHING
) -> _Ran:
    suppliers = await asyncio.to_thread(suppliers_of, plan.notebook)
    began = time.time()
    done = await run_plan(plan, kernels, suppliers, options.limits, watcher, ask=ask)
    window = Window(began, time.time())
    is_whole = all(run.how == "ok" for run in done.cells)
    held = done.state if is_whole else None
    return _Ran(plan, suppliers, done.cells, window, done.version, held, done.imported)


async def _compared(ran: _Ran, kernels: Kernels, options: Options) -> Tried:
    """The verdicts on a run, after a second one where the first may only be noise."""
    cells = [_verified(run, options) for run in ran.cells]
    if options.twice and any(cell.verdict == "changed" for cell in cells):
        again = functools.partial(run_plan, ran.plan, kernels, ran.suppliers, options.limits)
        sources = await asyncio.to_thread(sources_of, ran.plan.notebook, ran.suppliers)
        most = 2 if not_again(ran.plan) else MOST_RUNS
        trial = Trial(sources, options.tolerance, ran.window, again, most)
        cells = await trial.tried(ran.cells, cells)
    return Tried(tuple(cells), _verdict(cells), _first_trouble(ran.cells, cells))


async def _with_repair(
    outcome: Outcome, tried: Tried, first: _Ran, kernels: Kernels, options: Options, judge: Judge
) -> Outcome:
    outputs = {tried: first.cells}

    async def attempt(page: Notebook, before: Mapping[str, VerifiedCell]) -> Tried | None:
        def is_worse(run: CellRun) -> bool:
            return run.failed and worse(before, [_verified(run, options)])

        plan = replanned(first.plan, page)
        ran = await _run(plan, kernels, options, Watcher(is_enough=is_worse))
        if len(ran.cells) < len(plan.steps) or worse(before, _failing(ran, options)):
            return None
        found = await _compared(ran, kernels, options)
        outputs[found] = ran.cells
        return None if worse(before, found.cells) else found

    try:
        repair = await find_repair(first.plan.notebook, tried, judge, attempt)
    except ProdreadyError:
        return outcome  # the verdict holds, only no repair was found
    if repair is None:
        return outcome
    made, last = repair
    shown = {run.step.cell.id: run.outputs for run in outputs[last]}
    given = {cell_id: without_models(shown[cell_id]) for cell_id in made.outputs}
    if any("cut" in output for outputs in given.values() for output in outputs):
        return replace(outcome, repairs_skipped=TOO_LONG)
    return replace(outcome, repairs=(made,), repaired=given)


def _failing(ran: _Ran, options: Options) -> list[VerifiedCell]:
    return [_verified(run, options) for run in ran.cells if run.how != "ok"]


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

    def looking_for_a_repair(self, outcome: Outcome) -> None:
        cells = tuple(self.cells)
        self.tell(Progress(len(cells), len(self.plan.steps), None, cells, "repair", outcome))

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
    if run.step.excused:
        return replace(made, verdict="equivalent", detail=f"not compared: {run.step.excused}")
    if cell.execution_count is None and not run.step.shown:
        if not run.outputs:
            return made
        return replace(made, verdict="equivalent", detail="never run: nothing to compare with")
    tolerance = replace(options.tolerance, by_line=may_print_what_is_gone(cell.source))
    found = compare(run.step.shown, run.outputs, tolerance)
    return replace(made, verdict=found.sameness, detail=found.detail)


def _verdict(cells: Sequence[VerifiedCell]) -> NotebookVerdict:
    verdicts = {cell.verdict for cell in cells}
    if verdicts & {"error", "timeout", "kernel-died", "needs-input"}:
        return "fails"
    if not _was_run(cells):
        return "unverified"
    if "changed" in verdicts:
        return "differs"
    return "reproduces-but-noise" if "nondeterministic" in verdicts else "reproduces"


def _was_run(cells: Sequence[VerifiedCell]) -> bool:
    return any(cell.verdict not in ("skipped", "blocked") for cell in cells)


def _first_trouble(runs: tuple[CellRun, ...], cells: Sequence[VerifiedCell]) -> Trouble | None:
    """The first failure; without one, the first change that is not noise."""
    failed = next((run for run in runs if run.failed), None)
    if failed is not None:
        return Trouble(failed.step.cell.id, failed.error or failed.how, failed.detail, failed.line)
    changed = next((cell for cell in cells if cell.verdict == "changed"), None)
    return None if changed is None else Trouble(changed.id, None, changed.detail)
