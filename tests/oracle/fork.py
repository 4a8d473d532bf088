"""The driver's side of the zygotes: one for each hash seed, jobs in, answers out."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

SEEDS = (0, 1, 2, 3, 4)

Answer = dict[str, Any]


class Zygote:
    """One preloaded process; `ask` starts a job, `answer` waits for it."""

    def __init__(self, hash_seed: int) -> None:
        script = Path(__file__).with_name("zygote.py")
        environment = {
            **os.environ,
            "PYTHONHASHSEED": str(hash_seed),
            "PYTHONWARNINGS": "ignore",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "oracle-bytecode"),
        }
        self._process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def ask(self, job: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Answer:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a zygote ended")
        answer: Answer = json.loads(line)
        return answer

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


class Zygotes:
    """One for each of the seeds, for several threads at once. Use it as a context."""

    def __init__(self, seeds: Sequence[int] = SEEDS) -> None:
        self.all = [Zygote(seed) for seed in seeds]
        self._locks = [threading.Lock() for _ in seeds]
        self._clean: dict[str, list[Answer]] = {}

    def __enter__(self) -> Zygotes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        for zygote in self.all:
            zygote.end()

    def play(self, job: dict[str, Any], place: int) -> Answer:
        """One job under one hash seed."""
        with self._locks[place % len(self.all)]:
            zygote = self.all[place % len(self.all)]
            zygote.ask(job)
            return zygote.answer()

    def clean(self, sources: list[str], files: dict[str, str], go_on: bool = False) -> list[Answer]:
        """The page from top to bottom in a fresh kernel, once for each hash seed."""
        job = {"files": files, "groups": [sources], "keep_going": go_on}
        key = json.dumps(job)
        if key not in self._clean:
            if len(self._clean) > 300:
                self._clean.clear()
            self._clean[key] = self._by_each(job, 1 if go_on else len(self.all))
        return self._clean[key]

    def going_on(self, sources: list[str], files: dict[str, str]) -> list[Answer]:
        """The same under two hash seeds, going on behind a failing cell."""
        return self._by_each({"files": files, "groups": [sources], "keep_going": True}, 2)

    def _by_each(self, job: dict[str, Any], count: int) -> list[Answer]:
        with contextlib.ExitStack() as held:
            for lock, zygote in zip(self._locks[:count], self.all, strict=False):
                held.enter_context(lock)
                zygote.ask(job)
            return [zygote.answer() for zygote in self.all[:count]]
