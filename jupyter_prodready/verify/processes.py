"""Processes of a kernel: whom it started, how it ended, and that none is left."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_ROUNDS = 5
OUT_OF_MEMORY = ", as happens when memory runs out"
BY_WHOM = " (by its own code, by another program, or by the system for want of memory)"


@dataclass(eq=False)
class Family:
    """A kernel's process and all that descend from it, as last seen.

    A process is known by its id and start time, so that a reused id is nobody's.
    """

    pid: int
    leads_session: bool = False
    members: set[psutil.Process] = field(default_factory=set)
    peak_memory: int = 0
    """Bytes, of the kernel's process alone."""

    _kernel: psutil.Process | None = None

    def __post_init__(self) -> None:
        with contextlib.suppress(psutil.Error):
            self._kernel = psutil.Process(self.pid)
        with contextlib.suppress(OSError, AttributeError):  # gone already; not POSIX
            self.leads_session = os.getsid(self.pid) == self.pid
        self.look()

    def look(self) -> None:
        """Note who belongs to it now; takes some milliseconds, more on a crowded machine."""
        self.weigh()
        if self._kernel is None or not _lives(self._kernel):
            return
        with contextlib.suppress(psutil.Error):
            self.members |= {self._kernel, *self._kernel.children(recursive=True)}

    def weigh(self) -> None:
        """Note how much memory its process uses now."""
        if self._kernel is not None:
            with contextlib.suppress(psutil.Error):
                self.peak_memory = max(self.peak_memory, self._kernel.memory_info().rss)

    def end(self, seconds: float = 2.0) -> None:
        """Kill who is left, in the kernel's session or seen before, and wait for them.

        Again and again: who is killed may have started another one since it was seen.
        ``seconds`` is for each round. Whoever started a process takes its exit code.
        """
        for _ in range(_ROUNDS):
            left = self._left()
            if not left:
                return
            for process in left:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            _wait(left, seconds)

    def alive(self) -> tuple[int, ...]:
        """Ids of those who still run."""
        return tuple(sorted(process.pid for process in self._left()))

    def _left(self) -> set[psutil.Process]:
        return {process for process in self.members if _lives(process)} | self._in_session()

    def _in_session(self) -> set[psutil.Process]:
        """Orphans of a kernel that died at once are found by the session that it led."""
        found: set[psutil.Process] = set()
        if not self.leads_session:
            return found
        for pid in psutil.pids():
            with contextlib.suppress(OSError, psutil.Error):
                if os.getsid(pid) == self.pid:
                    process = psutil.Process(pid)
                    if _lives(process):
                        found.add(process)
        return found


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _wait(processes: set[psutil.Process], seconds: float) -> None:
    """Until they run no more; a zombie that nobody collects runs no more, either."""
    until = time.monotonic() + seconds
    while any(_lives(process) for process in processes) and time.monotonic() < until:
        time.sleep(0.02)


def describe_exit(code: int | None, peak_memory: int = 0, out_of_memory: bool = False) -> str:
    """How a kernel ended, in words: ``exit code 3``, ``killed by SIGKILL, ...``.

    ``out_of_memory``: the system killed somebody for want of memory meanwhile.
    """
    if code is None:
        how = "it went away"
    elif code >= 0:
        how = f"exit code {code}"
    else:
        how = f"killed by {_signal_name(-code)}"
        if -code == getattr(signal, "SIGKILL", 9):
            is_large = peak_memory > psutil.virtual_memory().total / 2
            how += OUT_OF_MEMORY if out_of_memory or is_large else BY_WHOM
    memory = f", it was seen to use up to {peak_memory / 2**20:.0f} MiB" if peak_memory else ""
    return how + memory


def killed_for_memory() -> int:
    """How often this system has killed a process for want of memory; 0 where it does not tell."""
    try:
        lines = Path("/proc/vmstat").read_text(encoding="ascii").split("\n")
    except (OSError, ValueError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
