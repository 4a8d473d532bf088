"""Processes are ended with all that they started, whoever collects them."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from documents import cell, document

from jupyter_prodready.verify.local import verify_notebook
from jupyter_prodready.verify.processes import Family, describe_exit

NEVER_COLLECTS = """
import subprocess, sys, time
started = subprocess.Popen(["sleep", "60"], start_new_session=True)
print(started.pid, flush=True)
time.sleep(60)
"""


def test_the_exit_code_stays_for_whoever_started_it():
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as process:
        Family(process.pid).end()
        assert process.wait() == -9


def test_a_zombie_that_nobody_collects_is_not_waited_for():
    command = [sys.executable, "-c", NEVER_COLLECTS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        family = Family(pid)
        started = time.monotonic()
        family.end(seconds=60)
        assert time.monotonic() - started < 30
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        assert family.alive() == ()
        parent.kill()


@pytest.mark.parametrize(
    ("peak", "told", "words"),
    [
        (2**26, False, "killed by SIGKILL (by its own code, by another program, or by the system"),
        (
            2**26,
            True,
            "killed by SIGKILL, as happens when memory runs out, it was seen to use up to 64",
        ),
        (2**60, False, "killed by SIGKILL, as happens when memory runs out, it was seen"),
    ],
)
def test_memory_is_named_where_something_speaks_for_it(peak: int, told: bool, words: str):
    assert describe_exit(-9, peak, told).startswith(words)
    assert describe_exit(-11, peak, told).startswith("killed by SIGSEGV, it was seen")


LEAVES = """
import os, pathlib, subprocess
ids = [subprocess.Popen(["sleep", "61"], start_new_session=True).pid]
read, write = os.pipe()
if not os.fork():
    os.setsid()
    if not (daemon := os.fork()):
        os.execvp("sleep", ["sleep", "61"])
    os.write(write, str(daemon).encode())
    os._exit(0)
os.wait()
ids.append(int(os.read(read, 20)))
_ = pathlib.Path("ids").write_text(repr(ids))
"""
"""A process in a session of its own, and a daemon."""


@pytest.mark.kernel
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["pass", "import time\ntime.sleep(5)\nos._exit(3)"])
def test_who_left_the_kernels_session_is_ended_too(tmp_path: Path, ending: str):
    page = tmp_path / "n.ipynb"
    page.write_text(json.dumps(document(cell(LEAVES), cell(ending))))
    report = verify_notebook(page).report
    assert report.cells[0].verdict == "identical"
    ids = ast.literal_eval((tmp_path / "ids").read_text())
    try:
        assert [_sleeps(pid) for pid in ids] == [False, False]
    finally:
        for pid in ids:
            if _sleeps(pid):
                os.kill(pid, signal.SIGKILL)


def _sleeps(pid: int) -> bool:
    try:
        return "61" in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
