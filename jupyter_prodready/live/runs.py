"""The runs that panels reported, kept per life of a kernel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..analysis.ownership import same_source
from ..model import Carried, Observation, Run

MAX_RUNS = 5_000
MAX_KERNELS = 100


@dataclass(frozen=True)
class LoggedRun:
    """A run and the path that its notebook had when it was reported."""

    path: str
    run: Run


Place = tuple[int, int]
"""The execution count, and 0; a run without a count stands behind the one before it."""


@dataclass
class _Life:
    """One session of one kernel: from a start to the next restart."""

    session: str
    entries: dict[Place, LoggedRun] = field(default_factory=dict)
    observed: dict[int, Observation] = field(default_factory=dict)
    dated: set[Place] = field(default_factory=set)
    """Entries that carry the project's modules as they were when they came."""

    carried: list[tuple[str, Carried]] = field(default_factory=list)
    """Extractions, with the path of their notebook."""


class RunLog:
    """Keeps runs by kernel id and kernel session, not by path: a rename loses nothing.

    A kernel has one life at a time; a new session empties its log. At most ``max_runs``
    newest runs of the ``max_kernels`` kernels last heard of are kept. Not for use by
    several threads.
    """

    def __init__(self, max_runs: int = MAX_RUNS, max_kernels: int = MAX_KERNELS) -> None:
        self._max_runs = max_runs
        self._max_kernels = max_kernels
        self._lives: dict[str, _Life] = {}

    def add(self, kernel_id: str, session: str, path: str, runs: Iterable[Run]) -> None:
        """Merge reported runs, oldest first; what is known already changes nothing."""
        entries = self._life(kernel_id, session).entries
        last = max(entries, default=(0, 0))[0]
        for run in runs:
            if run.execution_count is None:
                _add_uncounted(entries, last if run.after is None else run.after, path, run)
            else:
                last = run.execution_count
                _add_counted(entries, last, LoggedRun(path, run))
        for place in sorted(entries)[: -self._max_runs]:
            del entries[place]

    def runs(self, kernel_id: str, session: str) -> tuple[LoggedRun, ...]:
        """The runs of this life of the kernel in order; empty for any other session."""
        life = self._lives.get(kernel_id)
        if life is None or life.session != session:
            return ()
        return tuple(life.entries[place] for place in sorted(life.entries))

    def observe(
        self, kernel_id: str, session: str, observations: Iterable[Observation]
    ) -> tuple[Observation, ...]:
        """Add what a recorder saw; all that it saw in this life of the kernel, in order."""
        observed = self._life(kernel_id, session).observed
        observed.update((one.execution_count, one) for one in observations)
        for count in sorted(observed)[: -self._max_runs]:
            del observed[count]
        return tuple(observed[count] for count in sorted(observed))

    def date(self, kernel_id: str, session: str, modules: tuple[tuple[str, str], ...]) -> None:
        """Give the runs that came since the last call the project's modules of now."""
        life = self._lives.get(kernel_id)
        if life is not None and life.session == session:
            for place in life.entries.keys() - life.dated:
                entry = life.entries[place]
                life.entries[place] = replace(entry, run=replace(entry.run, modules=modules))
            life.dated = set(life.entries)
            life.carried = [
                (path, one if one.modules else replace(one, modules=modules))
                for path, one in life.carried
            ]

    def carry(self, kernel_id: str, session: str, path: str, carried: Carried) -> None:
        """Remember an extraction from the notebook ``path`` while this life lasts."""
        self._life(kernel_id, session).carried.append((path, carried))

    def carried(self, kernel_id: str, session: str, path: str) -> tuple[Carried, ...]:
        """The extractions from this notebook in this life of the kernel, oldest first."""
        life = self._lives.get(kernel_id)
        if life is None or life.session != session:
            return ()
        return tuple(one for its, one in life.carried if its == path)

    def rename(self, kernel_id: str, old: str, new: str) -> None:
        """The notebook ``old`` is called ``new`` from now on."""
        life = self._lives.get(kernel_id)
        if life is not None:
            for place, entry in life.entries.items():
                if entry.path == old:
                    life.entries[place] = LoggedRun(new, entry.run)
            life.carried = [(new if path == old else path, one) for path, one in life.carried]

    def forget(self, kernel_id: str) -> None:
        self._lives.pop(kernel_id, None)

    def _life(self, kernel_id: str, session: str) -> _Life:
        life = self._lives.pop(kernel_id, None)
        if life is None or life.session != session:
            life = _Life(session)
        self._lives[kernel_id] = life  # last heard of: at the end
        while len(self._lives) > self._max_kernels:
            del self._lives[next(iter(self._lives))]
        return life


def _add_counted(entries: dict[Place, LoggedRun], count: int, new: LoggedRun) -> None:
    """Several reports of one run are put together.

    Two runs have the same count where the kernel did not store the first, as another
    client may ask: the cell's run is the one that it stored, else the later one.
    """
    old = entries.get((count, 0))
    if old is None:
        entries[count, 0] = new
    elif not same_source(old.run.source or "", new.run.source):
        stays, goes = (old, new) if old.run.cell_id and not new.run.cell_id else (new, old)
        entries[count, 0] = stays
        _add_uncounted(entries, count - 1, goes.path, goes.run)
    else:
        entries[count, 0] = _together(old, new)


def _together(old: LoggedRun, new: LoggedRun) -> LoggedRun:
    """The last of those that say most: the page that ran it knows the cell and has the last
    word, but another page on the kernel may know first how it ended."""
    fuller, other = (new, old) if _says(new.run) >= _says(old.run) else (old, new)
    path, cell_id = fuller.path, fuller.run.cell_id
    if cell_id is None:
        path, cell_id = other.path, other.run.cell_id
    return LoggedRun(path, replace(fuller.run, cell_id=cell_id, modules=old.run.modules))


def _says(run: Run) -> tuple[bool, bool]:
    return run.status != "running", run.cell_id is not None


def _add_uncounted(entries: dict[Place, LoggedRun], last: int, path: str, run: Run) -> None:
    """An aborted or unstored run stands behind the run before it, once."""
    run = replace(run, execution_count=None, after=last)
    behind = [place for place in entries if place[0] == last and place[1] > 0]
    if not any(_is_same(entries[place], path, run) for place in behind):
        entries[last, len(behind) + 1] = LoggedRun(path, run)


def _is_same(entry: LoggedRun, path: str, run: Run) -> bool:
    """Another client's run is reported by every page on the kernel."""
    same_page = run.cell_id is None or entry.path == path
    return same_page and replace(entry.run, modules=run.modules) == run
