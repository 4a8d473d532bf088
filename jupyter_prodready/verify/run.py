"""One run of a plan in one fresh kernel, cell by cell."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from json import JSONDecodeError
from typing import Any, Literal

from ..errors import KernelGoneError
from .channels import disconnect
from .client import FreshClient
from .compare.frames import lines_in_cells
from .imported import Versions, versions_in
from .kernels import PREPARED, Kernels
from .plan import Output, Plan, Step, name_of
from .seen import Look, Seen, When
from .starting import FreshKernel, start
from .state import Fingerprints, evaluated, fingerprints_of
from .suppliers import PYTHON, Suppliers

GRACE_SECONDS = 3.0
"""How long a cell may take to end once it was interrupted."""

END_SECONDS = 20.0
"""How long a kernel may take to tell what it read: it looks through folders."""

UNREADABLE = "the kernel's messages cannot be read: does the notebook change `json` itself?"

How = Literal["ok", "error", "timeout", "kernel-died", "needs-input", "skipped", "blocked"]

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class CellRun:
    """How one cell went in a fresh kernel. ``line`` is that of its error, 1-based."""

    step: Step
    how: How
    detail: str = ""
    seconds: float = 0.0
    outputs: tuple[Output, ...] = ()
    error: str | None = None
    line: int | None = None

    @property
    def failed(self) -> bool:
        return self.how in ("error", "timeout", "kernel-died", "needs-input")


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell may take, that all may take, and that a cell may show nothing."""

    cell: float | None = None
    notebook: float | None = None
    silence: float | None = None


@dataclass(frozen=True)
class Watcher:
    """Called before and after each cell, from the loop of the run.

    Nothing more is run once ``is_enough``.
    """

    on_start: Callable[[Step], None] = lambda step: None
    on_end: Callable[[CellRun], None] = lambda run: None
    is_enough: Callable[[CellRun], bool] = lambda run: False


@dataclass(frozen=True)
class Ask:
    """What a Python kernel is asked at the end: what it holds, and versions of ``modules``.

    ``before`` is an expression that it evaluates silently before the first cell, ``looks``
    are such of other cells, ``end`` is one to be told at the end.
    """

    state: bool = False
    modules: frozenset[str] = frozenset()
    before: str = ""
    looks: tuple[Look, ...] = ()
    end: str = ""


NOTHING = Ask()


@dataclass(frozen=True)
class PlanRun:
    """One run of a plan. ``version`` is that of the kernel's language, None if not told.

    ``state`` is what the kernel held at its end, None where it was not asked or did not
    tell; ``imported`` are the versions of modules that were asked for, ``seen`` what its
    looks saw, ``told`` what it told at its end.
    """

    cells: tuple[CellRun, ...]
    version: str | None = None
    state: Fingerprints | None = None
    imported: Versions = field(default_factory=dict)
    seen: Seen = field(default_factory=dict)
    told: str | None = None


async def run_plan(
    plan: Plan,
    kernels: Kernels,
    suppliers: Suppliers,
    limits: Limits,
    watcher: Watcher | None = None,
    last: int | None = None,
    ask: Ask = NOTHING,
) -> PlanRun:
    """Run the plan's cells, up to the one at index ``last``, in a kernel of its own.

    Comes back with one `CellRun` for each step, and only when the kernel is gone. A cell
    that depends on a failed one is blocked, the others go on. ``ask`` is asked of
    the kernel at the end. Raises what `Kernels.start` raises, and
    `KernelGoneError` where the kernel does not answer.
    """
    kernel: FreshKernel | None = None
    try:
        kernel = await start(kernels)
        await _prepare(kernel, ask.before, plan.notebook.language.lower() in PYTHON)
        cells = FreshClient(plan.notebook, kernel.client)
        run = _Run(cells, kernels, kernel.died, limits, suppliers, watcher or Watcher())
        seen = await _run_steps(run, plan.steps, last, ask)
        return replace(await _asked(run, ask, kernel.version), seen=seen)
    finally:
        if kernel is not None:
            disconnect(kernel.client)
        await kernels.end()


async def _prepare(kernel: FreshKernel, before: str, is_python: bool) -> None:
    if is_python and not kernel.died.done():
        await evaluated(kernel.client, PREPARED)
    if before and not kernel.died.done() and await evaluated(kernel.client, before) is None:
        raise KernelGoneError("The fresh kernel could not be prepared.", "Try again.")


async def _run_steps(run: _Run, steps: Iterable[Step], last: int | None, ask: Ask) -> Seen:
    """Run them in turn, up to the cell at ``last``; what the looks saw on the way."""
    seen: dict[str, str] = {}
    for step in steps:
        if last is None or step.cell.index <= last:
            seen |= await _looked(run, ask, step, "before")
            await run.step(step)
            seen |= await _looked(run, ask, step, "after")
        if run.ended:
            break
    return seen


async def _looked(run: _Run, ask: Ask, step: Step, when: When) -> dict[str, str]:
    seen: dict[str, str] = {}
    for look in ask.looks:
        is_due = (look.cell_id, look.when) == (step.cell.id, when)
        if is_due and run.stuck is None and not run.died.done():
            answer = await evaluated(run.cells.client, look.expression)
            seen |= {} if answer is None else {look.key: answer}
    return seen


async def _asked(run: _Run, ask: Ask, version: str | None) -> PlanRun:
    """What the run came to, and what its kernel tells where it still takes questions."""
    runs = run.all()
    if run.stuck is not None or run.died.done():
        return PlanRun(runs, version)
    client = run.cells.client
    imported = await versions_in(client, ask.modules)
    held = await fingerprints_of(client) if ask.state else None
    told = await evaluated(client, ask.end, END_SECONDS) if ask.end else None
    return PlanRun(runs, version, held, imported, told=told)


@dataclass
class _Run:
    """The state of a run: what has ended, and what can no longer go on."""

    cells: FreshClient
    kernels: Kernels
    died: asyncio.Future[str]
    limits: Limits
    suppliers: Suppliers
    watcher: Watcher
    runs: dict[int, CellRun] = field(default_factory=dict)
    stuck: Step | None = None
    """The cell after which the kernel takes no more cells."""

    ended: bool = False
    started: float = field(default_factory=time.monotonic)

    async def step(self, step: Step) -> None:
        self.watcher.on_start(step)
        run = self._not_run(step)
        if run is None:
            run = await self._execute(step)
        self.runs[step.cell.index] = run
        self.watcher.on_end(run)
        self.ended = self.watcher.is_enough(run)

    def all(self) -> tuple[CellRun, ...]:
        """Every run with the outputs it has at the end, late ones included."""
        return tuple(
            run if run.how in ("skipped", "blocked") else self._with_outputs(run)
            for run in self.runs.values()
        )

    def _with_outputs(self, run: CellRun) -> CellRun:
        outputs = self.cells.outputs(run.step.cell.index)
        return CellRun(run.step, run.how, run.detail, run.seconds, outputs, run.error, run.line)

    def _not_run(self, step: Step) -> CellRun | None:
        if step.skip is not None:
            return CellRun(step, "skipped", step.skip)
        if self.stuck is not None:
            return CellRun(step, "blocked", f"blocked by {name_of(self.stuck.cell)}")
        failed = self._supplier(step, lambda run: run.failed or run.how == "blocked")
        if failed is not None:
            return CellRun(step, "blocked", f"blocked by {name_of(self._root(failed).cell)}")
        return None

    def _supplier(self, step: Step, wanted: Callable[[CellRun], bool]) -> CellRun | None:
        sources = sorted(self.suppliers.get(step.cell.index, frozenset()))
        found = (self.runs[index] for index in sources if index in self.runs)
        return next((run for run in found if wanted(run)), None)

    def _root(self, run: CellRun) -> Step:
        """The failed cell behind a blocked one."""
        while run.how == "blocked":
            behind = self._supplier(run.step, lambda one: one.failed or one.how == "blocked")
            if behind is None:
                break
            run = behind
        return run.step

    async def _execute(self, step: Step) -> CellRun:
        started = time.monotonic()
        how, detail = await self._supervise(step)
        seconds = round(time.monotonic() - started, 3)
        outputs = self.cells.outputs(step.cell.index)
        if how != "ok":
            return CellRun(step, how, detail, seconds, outputs)
        return self._judged(step, seconds, outputs)

    async def _supervise(self, step: Step) -> tuple[How, str]:
        """Run the cell; end it where it takes too long, asks for input, or the kernel dies."""
        cell = asyncio.ensure_future(self.cells.run(step.cell.index))
        asked = asyncio.ensure_future(self.cells.client.stdin_channel.get_msg(timeout=None))
        try:
            late = await self._late({cell, asked, self.died})
            if asked.done():
                await self._stop(cell, step)
                return "needs-input", _question(asked.result())
            if cell.done():
                return await self._ended(cell, step)
            if self.died.done():
                self.stuck = step
                return "kernel-died", f"the kernel died: {self.died.result()}"
            await self._stop(cell, step)
            if self.limits.notebook is not None and self._age() >= self.limits.notebook:
                self.stuck = step
            return "timeout", late
        finally:
            await _cancelled(cell, asked)

    async def _ended(self, cell: asyncio.Future[None], step: Step) -> tuple[How, str]:
        try:
            await cell
        except (JSONDecodeError, UnicodeDecodeError):  # a message that is no JSON
            self.stuck = step
            return "kernel-died", UNREADABLE
        return "ok", ""

    async def _late(self, futures: Iterable[asyncio.Future[Any]]) -> str:
        """Wait for one of them; which limit was reached instead, empty where none was."""
        started = self.cells.heard = time.monotonic()
        while True:
            now = time.monotonic()
            ends = dict(self._ends(started))
            words = min(ends, key=lambda one: ends[one], default="")
            left = max(0.0, ends[words] - now) if words else None
            done, _ = await asyncio.wait(
                set(futures), timeout=left, return_when=asyncio.FIRST_COMPLETED
            )
            if done:
                return ""
            if dict(self._ends(started)).get(words, now) <= time.monotonic():
                return words

    def _age(self) -> float:
        return time.monotonic() - self.started

    def _ends(self, started: float) -> Iterator[tuple[str, float]]:
        """When the cell that began at ``started`` has to end, and what is said then."""
        limits = self.limits
        if limits.cell is not None:
            yield f"took longer than {limits.cell:g} s", started + limits.cell
        if limits.silence is not None:
            yield f"showed nothing for {limits.silence:g} s", self.cells.heard + limits.silence
        if limits.notebook is not None:
            words = f"the notebook took longer than {limits.notebook:g} s"
            yield words, self.started + limits.notebook

    async def _stop(self, cell: asyncio.Future[None], step: Step) -> None:
        await self.kernels.interrupt()
        either: set[asyncio.Future[Any]] = {cell, self.died}
        done, _ = await asyncio.wait(
            either, timeout=GRACE_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if cell not in done:
            self.stuck = step

    def _judged(self, step: Step, seconds: float, outputs: tuple[Output, ...]) -> CellRun:
        reply = self.cells.replies.get(step.cell.index, {})
        if any(payload.get("source") == "ask_exit" for payload in reply.get("payload") or []):
            self.stuck = step
            return CellRun(step, "error", "it ends the kernel (exit)", seconds, outputs, "exit")
        if reply.get("status") != "error" or step.may_raise:
            return CellRun(step, "ok", "", seconds, outputs)
        error = str(reply.get("ename", "Error"))
        detail = f"{error}: {_plain(str(reply.get('evalue', '')))}".rstrip(": ")
        if error == "SystemExit":
            detail += " (sys.exit ends a run here)"
        line = _error_line(reply, step.cell.source)
        skipped = self._supplier(step, lambda run: run.how == "skipped")
        if error == "NameError" and skipped is not None:
            reason = f"blocked by {name_of(skipped.step.cell)}, which was not run"
            return CellRun(step, "blocked", reason, seconds, outputs, error, line)
        return CellRun(step, "error", detail, seconds, outputs, error, line)


async def _cancelled(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _question(message: Mapping[str, Any]) -> str:
    prompt = str(message["content"].get("prompt", "")).strip()
    return f"asks for input: {prompt}" if prompt else "asks for input"


def _plain(text: str) -> str:
    return _ANSI.sub("", text)


def _error_line(reply: Mapping[str, Any], source: str) -> int | None:
    """The line of the cell in which it failed: that of the first frame in a cell.

    IPython counts from the first line that is not blank.
    """
    line = next(iter(lines_in_cells(reply.get("traceback"))), None)
    blank = len(source) - len(source.lstrip())
    return None if line is None else line + source.count("\n", 0, blank)
