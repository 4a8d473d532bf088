"""Processes are ended with all that they started, whoever collects them."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from jupyter_prodready.verify.processes import Family

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
