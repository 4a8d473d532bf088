"""One run of a plan in one fresh kernel, cell by cell."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jupyter_client.asynchronous.client import AsyncKernelClient

from .client import FreshClient, connect, disconnect, wait_until_ready
from .kernels import Kernels
from .plan import Output, Plan, Step

GRACE_SECONDS = 3.0
"""How long a cell may take to end once it was interrupted."""

How = Literal["ok", "error", "timeout", "kernel-died", "needs-input", "skipped", "blocked"]

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PLACES = (
    re.compile(r"^-+> (\d+)", re.MULTILINE),
    re.compile(r"^\s*Cell In\s?\[\d+\], line (\d+)", re.MULTILINE),
)


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


Suppliers = Mapping[int, frozenset[int]]
"""The cells that supply a cell's values, by index."""


@dataclass(frozen=True)
class Watcher:
    """Called before and after each cell, from the loop of the run."""

    on_start: Callable[[Step], None] = lambda step: None
    on_end: Callable[[CellRun], None] = lambda run: None


async def run_plan(
    plan: Plan,
    kernels: Kernels,
    suppliers: Suppliers,
    timeout: float | None = None,
    watcher: Watcher | None = None,
    last: int | None = None,
) -> tuple[CellRun, ...]:
    """Run the plan's cells, up to the one at index ``last``, in a kernel of its own.

    Comes back with one `CellRun` for each step, and only when the kernel is gone. A cell
    that depends on a failed one is blocked, the others go on. ``timeout`` is in seconds,
    for each cell. Raises what `Kernels.start` raises, and `KernelGoneError` where the
    kernel does not answer.
    """
    died: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_death(how: str) -> None:
        if not died.done():
            died.set_result(how)

    client: AsyncKernelClient | None = None
    try:
        client = connect(await kernels.start(on_death))
        await _ready(client, died)
        cells = FreshClient(plan.notebook, client)
        run = _Run(cells, kernels, died, timeout, suppliers, watcher or Watcher())
        for step in plan.steps:
            if last is None or step.cell.index <= last:
                await run.step(step)
        return run.all()
    finally:
        if client is not None:
            disconnect(client)
        await kernels.end()


async def _ready(client: AsyncKernelClient, died: asyncio.Future[str]) -> None:
    ready = asyncio.ensure_future(wait_until_ready(client))
    both: set[asyncio.Future[Any]] = {ready, died}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        ready.cancel()
    else:
        await ready


@dataclass
class _Run:
    """The state of a run: what has ended, and what can no longer go on."""

    cells: FreshClient
    kernels: Kernels
    died: asyncio.Future[str]
    timeout: float | None
    suppliers: Suppliers
    watcher: Watcher
    runs: dict[int, CellRun] = field(default_factory=dict)
    stuck: Step | None = None
    """The cell after which the kernel takes no more cells."""

    async def step(self, step: Step) -> None:
        self.watcher.on_start(step)
        run = self._not_run(step)
        if run is None:
            run = await self._execute(step)
        self.runs[step.cell.index] = run
        self.watcher.on_end(run)

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
            return CellRun(step, "blocked", f"blocked by {name_of(self.stuck)}")
        failed = self._supplier(step, lambda run: run.failed or run.how == "blocked")
        if failed is not None:
            return CellRun(step, "blocked", f"blocked by {name_of(self._root(failed))}")
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
            await asyncio.wait(
                {cell, asked, self.died}, timeout=self.timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if asked.done():
                await self._stop(cell, step)
                return "needs-input", _question(asked.result())
            if cell.done():
                await cell
                return "ok", ""
            if self.died.done():
                self.stuck = step
                return "kernel-died", f"the kernel died: {self.died.result()}"
            await self._stop(cell, step)
            return "timeout", f"took longer than {self.timeout:g} s"
        finally:
            await _cancelled(cell, asked)

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
            reason = f"blocked by {name_of(skipped.step)}, which was not run"
            return CellRun(step, "blocked", reason, seconds, outputs, error, line)
        return CellRun(step, "error", detail, seconds, outputs, error, line)


def name_of(step: Step) -> str:
    """How people find this cell: by its prompt, else by its place on the page."""
    cell = step.cell
    return cell.label if cell.execution_count is not None else f"cell {cell.index + 1}"


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
    """The line of the cell in which it failed: the first frame that IPython points at.

    IPython counts from the first line that is not blank.
    """
    traceback = _plain("\n".join(map(str, reply.get("traceback") or [])))
    found = (place.search(traceback) for place in _PLACES)
    line = next((int(match[1]) for match in found if match), None)
    blank = len(source) - len(source.lstrip())
    return None if line is None else line + source.count("\n", 0, blank)
