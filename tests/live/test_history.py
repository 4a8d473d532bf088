"""`read_history` against real kernels."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest
from kernels import Kernel
from tornado.web import HTTPError

from jupyter_prodready.live.history import read_history

pytestmark = pytest.mark.kernel

# A kernel that answers who it is and nothing else.
WITHOUT_HISTORY = """
from ipykernel.kernelbase import Kernel
from ipykernel.kernelapp import IPKernelApp

class Mute(Kernel):
    implementation = banner = "mute"
    implementation_version = "1"
    language_info = {"name": "mute", "mimetype": "text/plain", "file_extension": ".txt"}

    def do_execute(self, code, silent, *args, **kwargs):
        return {"status": "ok", "execution_count": self.execution_count,
                "payload": [], "user_expressions": {}}

    async def history_request(self, socket, ident, parent):
        pass

    async def do_history(self, *args, **kwargs):
        return {"status": "error"}

IPKernelApp.launch_instance(kernel_class=Mute)
"""


@pytest.fixture
def kernels(jp_serverapp):
    return jp_serverapp.kernel_manager


async def test_second_client_sees_what_the_first_executed(kernels, kernel: Kernel):
    await kernel.run("x=1\n\n")
    await kernel.run("hidden = 2", store_history=False)
    await kernel.run("silent = 2", silent=True)
    await kernel.run("1/0")
    await kernel.run("%time x")
    await kernel.run("def f(:")

    answer = await read_history(kernels, kernel.id)

    assert answer is not None
    assert answer.lines == ((1, "x=1"), (2, "1/0"), (3, "%time x"), (4, "def f(:"))
    assert answer.session == kernel.session


async def test_fresh_kernel_has_an_empty_history(kernels, kernel: Kernel):
    answer = await read_history(kernels, kernel.id)

    assert answer is not None
    assert answer.lines == ()


async def test_answers_while_a_cell_runs_and_leaves_the_status_alone(
    kernels, kernel: Kernel, jp_fetch
):
    await kernel.run("import time")
    busy = await kernel.send("time.sleep(600)")
    await asyncio.sleep(0.5)

    answer = await read_history(kernels, kernel.id)

    assert answer is not None
    assert answer.lines == ((1, "import time"), (2, "time.sleep(600)"))
    await asyncio.sleep(0.2)  # the status messages of our own request have arrived
    assert kernels.get_kernel(kernel.id).execution_state == "busy"
    await jp_fetch("api", "kernels", kernel.id, "interrupt", method="POST", body="")
    assert (await kernel.reply(busy))["ename"] == "KeyboardInterrupt"


async def test_asking_is_no_activity_that_would_keep_an_idle_kernel_alive(kernels, kernel: Kernel):
    await kernel.run("x = 1")
    await asyncio.sleep(0.2)
    active = kernels.get_kernel(kernel.id).last_activity
    await read_history(kernels, kernel.id)
    await asyncio.sleep(0.2)
    assert kernels.get_kernel(kernel.id).last_activity == active


async def test_restart_forgets_and_changes_the_session(kernels, kernel: Kernel, jp_fetch):
    await kernel.run("x=1")
    await jp_fetch("api", "kernels", kernel.id, "restart", method="POST", body="{}")

    answer = await read_history(kernels, kernel.id, seconds=20)

    assert answer is not None
    assert answer.lines == ()
    assert answer.session != kernel.session


async def test_kernel_that_holds_everything_gives_none_in_time(kernels, kernel: Kernel):
    await kernel.run("import ctypes")
    # PyDLL keeps the interpreter lock during the call: no thread of the kernel can answer
    busy = await kernel.send("ctypes.PyDLL(None).sleep(4)")
    await asyncio.sleep(0.5)

    began = time.monotonic()
    assert await read_history(kernels, kernel.id, seconds=0.5) is None
    assert time.monotonic() - began < 3

    await kernel.reply(busy)
    answer = await read_history(kernels, kernel.id)  # not the late reply of the first question
    assert answer is not None
    assert answer.lines == ((1, "import ctypes"), (2, "ctypes.PyDLL(None).sleep(4)"))


async def test_leaves_no_socket_open(kernels, kernel: Kernel):
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("needs /proc")
    await read_history(kernels, kernel.id)
    before = len(list(descriptors.iterdir()))
    for _ in range(20):
        await read_history(kernels, kernel.id)
    await asyncio.sleep(0.2)
    assert len(list(descriptors.iterdir())) <= before + 2


async def test_kernel_without_history(kernels, start_kernel, jp_data_dir):
    spec = jp_data_dir / "kernels" / "mute"
    spec.mkdir(parents=True)
    (spec / "mute.py").write_text(WITHOUT_HISTORY)
    argv = [sys.executable, str(spec / "mute.py"), "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "Mute", "language": "mute"})
    )
    kernel = await start_kernel("mute")
    await kernel.run("anything")

    answer = await read_history(kernels, kernel.id)

    assert answer is not None
    assert answer.lines is None
    assert answer.session == kernel.session


async def test_a_kernel_that_cannot_be_read(kernels, kernel):
    await kernel.send("import json\njson.dumps = lambda *a, **k: 'broken'")
    await asyncio.sleep(1)

    assert await read_history(kernels, kernel.id) is None


async def test_unknown_kernel(kernels, jp_serverapp):
    with pytest.raises(HTTPError) as error:
        await read_history(kernels, "nope")
    assert error.value.status_code == 404
