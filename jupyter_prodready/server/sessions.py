"""What is known of the kernel behind a request: its history and the reported runs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.manager import ContentsManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

from ..errors import StaleError
from ..live.history import KernelHistory, Lines, read_history
from ..live.runs import LoggedRun, RunLog
from ..model import Carried, CellEdit, Notebook, Observation, Run
from ..wire import Live
from .answers import Witness

START_SECONDS = 10.0
"""How long a kernel may take to its first answer."""


@dataclass(frozen=True)
class _Life:
    """A process of a kernel and the session it told; None where it never answered.

    ``lines`` is the history of its latest answer.

    Where the process is known (not on a remote machine) it tells a kernel that was
    restarted and does not answer yet from one that is too busy to answer.
    """

    process: int | None
    session: str | None
    lines: Lines | None = None


class Sessions:
    """The kernels of this server and what their panels reported; lives in the loop.

    ``contents`` gives the contents manager of now: jupytext replaces it after our start.
    """

    def __init__(
        self, kernels: MappingKernelManager, contents: Callable[[], ContentsManager]
    ) -> None:
        self._kernels = kernels
        self._contents = contents
        self._log = RunLog()
        self._lives: dict[str, _Life] = {}

    async def observe(self, live: Live) -> Witness:
        """Merge the reported runs and ask the kernel. Raises no error for a kernel that is gone."""
        if live.kernel_id is None:
            return Witness(live)
        if live.kernel_id not in self._kernels:
            self._log.forget(live.kernel_id)
            self._lives.pop(live.kernel_id, None)
            return Witness(live)
        answer, life = await self._ask(live.kernel_id)
        session = life.session or live.kernel_session
        witness = Witness(live, True, answer is not None, session, life.process, live.runs)
        if session is None:
            return witness
        reported = _of_session(live, session, answer.lines if answer else None)
        self._log.add(live.kernel_id, session, live.notebook.path, reported)
        runs = await self._seen_from(live.notebook, live.kernel_id, session)
        observed = self._log.observe(live.kernel_id, session, _observed(live, session))
        if answer is not None:
            runs = _over(runs, reported, answer.lines, idle=self._is_idle(live.kernel_id))
        carried = self._log.carried(live.kernel_id, session, live.notebook.path)
        return replace(
            witness, runs=runs, history=life.lines, observations=observed, carried=carried
        )

    async def carry(
        self, live: Live, merged: tuple[tuple[str, ...], ...], edits: tuple[CellEdit, ...]
    ) -> None:
        """The runs until now of these cells count as runs of what the cells are now.

        Nothing is remembered for a kernel that is gone or was never heard.
        """
        witness = await self.observe(live)
        if live.kernel_id is None or witness.session is None:
            return
        counts = [run.execution_count or 0 for run in witness.runs]
        counts += [count for count, _ in witness.history or ()]
        carried = Carried(merged, edits, max(counts, default=0))
        self._log.carry(live.kernel_id, witness.session, live.notebook.path, carried)

    async def refuse_if_stale(self, witness: Witness) -> None:
        """Raises `StaleError` where the kernel was restarted since `observe`."""
        kernel_id = witness.live.kernel_id
        if not witness.answered or kernel_id is None or kernel_id not in self._kernels:
            return
        answer = await read_history(self._kernels, kernel_id)
        renewed = answer is not None and answer.session != witness.session
        if renewed or self._process(kernel_id) != witness.process:
            raise StaleError("The kernel was restarted during the analysis.", "Check again.")

    def date(self, witness: Witness, modules: tuple[tuple[str, str], ...]) -> None:
        """Keep the project's modules with the runs that `observe` saw for the first time."""
        if witness.live.kernel_id is not None and witness.session is not None:
            self._log.date(witness.live.kernel_id, witness.session, modules)

    async def _ask(self, kernel_id: str) -> tuple[KernelHistory | None, _Life]:
        """The kernel's answer and its present life; a kernel that just started gets time."""
        process = self._process(kernel_id)
        life = self._lives.get(kernel_id)
        if life is None or life.process != process:
            life = _Life(process, None)
            answer = await read_history(self._kernels, kernel_id, START_SECONDS)
        else:
            answer = await read_history(self._kernels, kernel_id)
        if answer is not None:
            life = _Life(self._process(kernel_id), answer.session, answer.lines)
        self._lives = {known: self._lives[known] for known in self._lives if known in self._kernels}
        self._lives[kernel_id] = life
        return answer, life

    def _process(self, kernel_id: str) -> int | None:
        if kernel_id not in self._kernels:
            return None
        provisioner = self._kernels.get_kernel(kernel_id).provisioner
        return getattr(provisioner, "pid", None)

    def _is_idle(self, kernel_id: str) -> bool:
        if kernel_id not in self._kernels:
            return False
        state = getattr(self._kernels.get_kernel(kernel_id), "execution_state", None)
        return bool(state == "idle")

    async def _seen_from(self, notebook: Notebook, kernel_id: str, session: str) -> tuple[Run, ...]:
        """The log as this page must see it: cells of other notebooks are not its cells."""
        logged = self._log.runs(kernel_id, session)
        foreign = set()
        for path in {entry.path for entry in logged} - {notebook.path}:
            if await _was_renamed(notebook, path, logged, self._contents()):
                self._log.rename(kernel_id, path, notebook.path)
            else:
                foreign.add(path)
        return tuple(_as_seen(entry, foreign) for entry in logged)


async def _was_renamed(
    notebook: Notebook, path: str, logged: tuple[LoggedRun, ...], contents: ContentsManager
) -> bool:
    """Whether the notebook was called ``path`` before: gone, but its cells are here."""
    exists = contents.file_exists(path)  # type: ignore[no-untyped-call]  # jupyter_server
    if await ensure_async(exists):
        return False
    ids = {cell.id for cell in notebook.cells}
    return any(entry.path == path and entry.run.cell_id in ids for entry in logged)


def _as_seen(entry: LoggedRun, foreign: Collection[str]) -> Run:
    return replace(entry.run, cell_id=None) if entry.path in foreign else entry.run


def _of_session(live: Live, session: str, lines: Lines | None) -> tuple[Run, ...]:
    """The reported runs of this life of the kernel; those of an earlier one are dropped.

    Where the panel does not know the kernel's session, the history must confirm a run.
    """
    if live.kernel_session == session:
        return _started(live.runs, lines)
    if live.kernel_session is not None:
        return ()
    confirmed: dict[int | None, str] = dict(lines or ())
    return tuple(
        run
        for run in live.runs
        if run.source is not None and confirmed.get(run.execution_count) == run.source.rstrip("\n")
    )


def _started(runs: tuple[Run, ...], lines: Lines | None) -> tuple[Run, ...]:
    """The runs without the cells that still wait in the queue.

    A panel learns the count of a running cell when it ends; the kernel's last line is it.
    """
    count, source = lines[-1] if lines else (None, None)
    known = {run.execution_count for run in runs}
    started = []
    for run in runs:
        if run.execution_count is None and run.status == "running":
            if run.source is None or run.source.rstrip("\n") != source or count in known:
                continue
            run = replace(run, execution_count=count)
        started.append(run)
    return tuple(started)


def _over(
    runs: tuple[Run, ...], reported: tuple[Run, ...], lines: Lines | None, *, idle: bool
) -> tuple[Run, ...]:
    """A page that was reloaded while a cell ran never hears how it ended."""
    last = lines[-1][0] if lines else 0
    going = {run.execution_count for run in reported if run.status == "running"}
    return tuple(
        replace(run, status="unknown")
        if run.status == "running"
        and ((run.execution_count or 0) < last or (idle and run.execution_count not in going))
        else run
        for run in runs
    )


def _observed(live: Live, session: str) -> tuple[Observation, ...]:
    return live.observations if live.kernel_session == session else ()
