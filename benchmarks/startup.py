"""How long `check` of one notebook takes from start to end, against Python alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample" / "notebooks" / "sample.ipynb"
ROUNDS = 15
BARE = "import ast, json"
CHECK = ("-m", "jupyter_prodready", "check")
KINDS = {
    "check --format json": ((*CHECK, "--format", "json", str(SAMPLE)), 5.0),
    "check": ((*CHECK, str(SAMPLE)), 8.0),
}


def measured(
    rounds: int = ROUNDS, *, of_processor: bool = False
) -> Iterator[tuple[str, float, float, float]]:
    """(command, its bar, its milliseconds, those of Python alone): medians of rounds.

    ``of_processor``: the time of the processor alone, which other work on the machine changes
    less. Byte code is kept in a folder of its own and is there before the first round, as it is
    after an installation.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {"": ("-c", BARE)} | {name: command for name, (command, _) in KINDS.items()}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                taken = _milliseconds(command, environment)[of_processor]
                if number:
                    times[name].append(taken)
    bare = statistics.median(times[""])
    for name, (_, bar) in KINDS.items():
        yield name, bar, statistics.median(times[name]), bare


def _milliseconds(command: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """(by the clock, of the processor)"""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - began
    return 1000 * taken, 1000 * (used.ru_utime + used.ru_stime)
