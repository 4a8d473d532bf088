"""A process that imported everything once and forks a fresh kernel for each job.

Started as a script with a hash seed of its own. One JSON job a line on stdin, one JSON
answer a line on stdout. A job: `files`, `groups` (runs; a group stops at its first
failure), `keep_going`, and `probes` (each run in a fork of the end). `folder` is where the
cells run; with `want_names` all names at the end are told, functions and classes as moved ones.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import shell as shells  # noqa: E402 -- the libraries read the variables above

Job = dict[str, Any]


def main() -> None:
    shell = shells.make()
    _preload()
    sys.path[0] = ""
    gc.collect()
    gc.freeze()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        work = functools.partial(_play, shell, json.loads(line))
        answers.write(_forked(work, 120) + "\n")
        answers.flush()


def _preload() -> None:
    import matplotlib.pyplot
    import numpy
    import pandas
    import sklearn.ensemble
    import sklearn.linear_model
    import sklearn.model_selection
    import sklearn.pipeline
    import sklearn.preprocessing

    pandas.DataFrame({"a": [1.0]}).describe().to_json()
    figure = matplotlib.pyplot.figure()
    matplotlib.pyplot.close(figure)
    numpy.random.default_rng(0).normal()
    sklearn.linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0])


def _forked(work: Any, seconds: float) -> str:
    """The JSON of `work()` done in a child; ``{"lost": true}`` where it never answered."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        code = 1
        try:
            os.setpgid(0, 0)
            text = json.dumps(work())
            with os.fdopen(writable, "w") as out:
                out.write(text)
            code = 0
        finally:
            os._exit(code)
    os.close(writable)
    text = _read_all(readable, seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return text or '{"lost": true}'


def _read_all(readable: int, seconds: float) -> str:
    parts: list[bytes] = []
    end = time.monotonic() + seconds
    with os.fdopen(readable, "rb", buffering=0) as source:
        while select.select([source], [], [], max(0.0, end - time.monotonic()))[0]:
            part = source.read(1 << 16)
            if not part:
                return b"".join(parts).decode()
            parts.append(part)
    return ""


def _play(shell: shells.Shell, job: Job) -> Job:
    place = tempfile.mkdtemp(prefix="oracle-")
    try:
        os.chdir(place)
        for name, text in job["files"].items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text)
        os.chdir(job.get("folder", "."))
        _reseed()
        runs = [_group(shell, group, job) for group in job["groups"]]
        probes = [_probe(shell, source, job, place) for source in job.get("probes", ())]
        answer = {"runs": runs, "probes": probes}
        if job.get("want_names"):
            answer["names"] = shells.names(shell)
        return {**answer, "files": _files()} if job.get("want_files") else answer
    finally:
        os.chdir("/")
        shutil.rmtree(place, ignore_errors=True)


def _group(shell: shells.Shell, sources: list[str], job: Job) -> list[Job | None]:
    """One answer for each source; None for those behind a failure."""
    answers: list[Job | None] = []
    stopped = False
    for source in sources:
        if stopped:
            answers.append(None)
            continue
        answer = shells.run(shell, source, job.get("seconds", 10))
        answers.append(answer)
        stopped = not answer["ok"] and not job.get("keep_going")
    return answers


def _probe(shell: shells.Shell, source: str, job: Job, place: str) -> Job:
    """One run from the end of the session, files included, that leaves no trace."""
    copy = tempfile.mkdtemp(prefix="oracle-")
    shutil.copytree(place, copy, dirs_exist_ok=True)

    def work() -> Job:
        os.chdir(copy)
        return shells.run(shell, source, job.get("seconds", 10))

    try:
        answer: Job = json.loads(_forked(work, 30))
        return answer
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _files() -> dict[str, str]:
    """The text files of the session's folder."""
    found: dict[str, str] = {}
    for path in Path().rglob("*"):
        with contextlib.suppress(UnicodeDecodeError):
            if path.is_file() and "__pycache__" not in path.parts:
                found[str(path)] = path.read_text()
    return found


def _reseed() -> None:
    import numpy

    numpy.random.seed()


if __name__ == "__main__":
    main()
