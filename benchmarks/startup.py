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


def measured(rounds: int = ROUNDS) -> Iterator[tuple[str, float, float, float]]:
    """(command, its bar, its milliseconds, those of Python alone): medians of rounds.

    Byte code is kept in a folder of its own and is there before the first round, as it is
    after an installation.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {"": ("-c", BARE)} | {name: command for name, (command, _) in KINDS.items()}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                taken = _milliseconds(command, environment)
                if number:
                    times[name].append(taken)
    bare = statistics.median(times[""])
    for name, (_, bar) in KINDS.items():
        yield name, bar, statistics.median(times[name]), bare


def _milliseconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return 1000 * (time.perf_counter() - began)
