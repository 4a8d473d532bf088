"""The worker process: answers, errors, its death and its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from jupyter_prodready.errors import ForbiddenError
from jupyter_prodready.server.paths import contents_path
from jupyter_prodready.server.worker import Worker

pytestmark = pytest.mark.slow


@pytest.fixture
def worker():
    worker = Worker()
    yield worker
    worker.end()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_answers_all_calls(worker: Worker):
    first, second = worker.call(os.getpid), worker.call(os.getpid)
    assert first == second != os.getpid()


def test_errors_for_people_come_back_whole(worker: Worker):
    with pytest.raises(ForbiddenError) as here:
        contents_path("../n.ipynb")
    with pytest.raises(ForbiddenError) as there:
        worker.call(contents_path, "../n.ipynb")
    assert (there.value.message, there.value.hint) == (here.value.message, here.value.hint)
    assert there.value.hint


def test_a_bug_comes_back_with_its_traceback_and_the_process_goes_on(worker: Worker):
    process = worker.call(os.getpid)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        worker.call(divmod, 1, 0)
    assert worker.call(os.getpid) == process


def test_what_is_printed_does_not_disturb_the_answers(worker: Worker):
    assert worker.call(print, "between the answers") is None
    assert worker.call(max, 1, 2) == 2


def test_a_process_that_died_is_replaced(worker: Worker):
    process = worker.call(os.getpid)
    os.kill(process, 9)
    assert worker.call(os.getpid) not in (process, os.getpid())


def test_the_process_ends_with_the_server():
    server = (
        "import os; from jupyter_prodready.server.worker import shared_worker; "
        "print(shared_worker().call(os.getpid), flush=True); os.kill(os.getpid(), 9)"
    )
    answer = subprocess.run([sys.executable, "-c", server], capture_output=True, text=True)
    process = int(answer.stdout)
    deadline = time.monotonic() + 5
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(process)
