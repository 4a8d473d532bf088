"""`POST check` through what happens to sessions: restarts, crashes, other kernels, reloads."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import Any

import pytest
from kernels import Kernel
from page import Page, told

from jupyter_prodready.model import Observation, Run
from jupyter_prodready.server.sessions import Sessions
from jupyter_prodready.wire import live_from_json

pytestmark = pytest.mark.kernel

GOOD = "reproducible fresh ok ok"

# Executes Python, counts, and answers `history_request` with an empty list, as wrappers do.
EMPTY_HISTORY = """
from ipykernel.kernelbase import Kernel
from ipykernel.kernelapp import IPKernelApp

class Wrapper(Kernel):
    implementation = banner = "wrapper"
    implementation_version = "1"
    language_info = {"name": "python", "mimetype": "text/x-python", "file_extension": ".py"}
    names = {}

    def do_execute(self, code, silent, *args, **kwargs):
        exec(code, self.names)
        return {"status": "ok", "execution_count": self.execution_count,
                "payload": [], "user_expressions": {}}

IPKernelApp.launch_instance(kernel_class=Wrapper)
"""


@pytest.fixture
def page(jp_fetch, kernel: Kernel) -> Page:
    return Page(jp_fetch, {"a": "x = 1", "b": "print(x)"}, kernel)


def answers(report: dict[str, Any]) -> dict[str, str]:
    return {
        cell["id"]: " ".join(cell[key] for key in ("state", "inputs", "now", "restart"))
        for cell in report["cells"]
    }


def skipped(report: dict[str, Any]) -> str | None:
    return next((one["reason"] for one in report["skipped"] if one["check"] == "stale-input"), None)


def reloaded(page: Page) -> Page:
    """The page in a new browser tab: it saw nothing, not even the kernel's session."""
    again = Page(page.fetch, dict(page.cells), Kernel(page.kernel.id, page.kernel.socket))
    again.counts = dict(page.counts)
    return again


def server_restarted(settings: dict[str, Any], manager: Any) -> None:
    """The kernels live on, what the server remembered is gone."""
    settings["prodready_sessions"] = Sessions(manager, lambda: settings["contents_manager"])


async def test_a_reload_of_the_page_loses_nothing(page: Page):
    await page.run("a", "b", "b")
    await page.check()
    again = reloaded(page)
    report = await again.check()
    assert (answers(report), skipped(report)) == ({"a": GOOD, "b": GOOD}, None)
    del again.cells["a"]
    assert told(await again.check()) == [("deleted-definition", "b", True)]


async def test_a_run_reported_twice_is_one_run(page: Page):
    await page.run()
    report = list(page.unsent)
    first = await page.check()
    page.unsent = report
    assert (await page.check()) == first
    assert first["verdict"]["state"] == "in-order"


async def test_a_cell_that_ran_on_while_the_page_was_reloaded(page: Page):
    await page.run("a")
    page.unsent.append({**page.report("b", 2, "running")})
    busy = await page.kernel.send("import time; time.sleep(1.5); print(x)", "b")
    page.cells["b"] = page.unsent[-1]["source"] = "import time; time.sleep(1.5); print(x)"
    await asyncio.sleep(0.5)
    assert answers(await page.check())["b"].split()[0] == "unknown"
    await page.kernel.reply(busy)
    again = reloaded(page)  # its new tab never hears how the cell ended
    report = await again.check()
    assert skipped(report) == "whether In [2] succeeded is not known"
    again.counts["b"] = 2  # where the page was saved by another tab, it shows the end
    report = await again.check()
    assert (answers(report)["b"], skipped(report)) == (GOOD, None)


async def test_two_pages_of_one_notebook_know_together_what_each_saw(page: Page):
    page.cells = {"a": "x = []", "b": "x.append(1)"}
    await page.run()
    await page.check()
    other = reloaded(page)  # and its outputs stay those of before
    await page.run("b")
    (end,) = page.unsent
    page.unsent = [{**end, "status": "running"}]
    await page.check()
    # it heard the end first, and knows of no cell
    other.unsent = [{**end, "cell_id": None}]
    report = await other.check()
    assert (told(report), skipped(report)) == ([("repeated-run", "b", False)], None)


async def test_a_restart_of_the_server_leaves_the_kernels_history(page: Page, jp_serverapp):
    await page.run()
    await page.check()
    server_restarted(jp_serverapp.web_app.settings, jp_serverapp.kernel_manager)
    report = await page.check()
    assert (answers(report), skipped(report)) == ({"a": GOOD, "b": GOOD}, None)
    del page.cells["a"]
    report = await page.check()
    assert told(report) == [("deleted-definition", "b", True)]
    assert skipped(report) == "whether In [1] succeeded is not known"


async def test_a_restarted_kernel_shows_outputs_of_before(page: Page, jp_fetch):
    await page.run()
    await page.check()
    await jp_fetch("api", "kernels", page.kernel.id, "restart", method="POST", body="{}")
    page.kernel.session = None
    report = await page.check()
    assert {cell["state"] for cell in report["cells"]} == {"old-session"}
    await page.run("a")
    assert answers(await page.check())["a"] == GOOD


async def test_a_crashed_kernel_begins_anew(page: Page, jp_serverapp):
    await page.run()
    await page.check()
    manager = jp_serverapp.kernel_manager.get_kernel(page.kernel.id)
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    report = await page.check()
    if manager.provisioner.pid is None or skipped(report):  # it is not up again yet
        assert "does not answer" in (skipped(report) or "")
        assert answers(report)["b"].split()[2] == "unknown"
    for _ in range(200):
        await asyncio.sleep(0.1)
        if {cell["state"] for cell in (await page.check())["cells"]} == {"old-session"}:
            return
    raise AssertionError("the runs of the dead kernel are still believed")


async def test_another_kernel_and_back(page: Page, start_kernel):
    await page.run()
    await page.check()
    first, page.kernel = page.kernel, await start_kernel()
    report = await page.check()
    assert {cell["state"] for cell in report["cells"]} == {"old-session"}
    page.kernel = first
    assert answers(await page.check()) == {"a": GOOD, "b": GOOD}


async def test_a_console_that_the_panel_saw(page: Page):
    await page.run("a")
    reply = await page.kernel.run("x = 7")
    page.unsent.append(
        {"execution_count": reply["execution_count"], "source": "x = 7", "status": "ok"}
    )
    await page.run("b")
    report = await page.check()
    assert told(report) == [("lingering-effect", "b", False)]
    assert skipped(report) is None


async def test_a_console_that_stores_nothing(page: Page):
    await page.run("a")
    await page.check()
    await page.kernel.run("x = 7", store_history=False)
    page.unsent.append({"execution_count": 2, "source": "x = 7", "status": "ok"})
    await page.check()  # the kernel has no line 2 yet
    await page.run("b")
    report = await page.check()
    assert told(report) == [("lingering-effect", "b", False)]
    assert skipped(report) is None
    assert answers(report)["a"] == GOOD


async def test_cells_of_another_notebook_are_not_deleted_cells(page: Page, jp_fetch, jp_root_dir):
    (jp_root_dir / "n.ipynb").write_text("{}")
    (jp_root_dir / "other.ipynb").write_text("{}")
    other = Page(jp_fetch, {"o": "shared = 1"}, page.kernel, "other.ipynb")
    await other.run()
    await other.check()
    page.cells["c"] = "shared + x"
    await page.run()
    report = await page.check()
    assert told(report) == [("outside-definition", "c", True)]
    assert "In [1]" in report["findings"][0]["message"]


async def start_wrapper(start_kernel, jp_data_dir) -> Kernel:
    spec = jp_data_dir / "kernels" / "wrapper"
    spec.mkdir(parents=True)
    (spec / "wrapper.py").write_text(EMPTY_HISTORY)
    argv = [sys.executable, str(spec / "wrapper.py"), "-f", "{connection_file}"]
    kernel_json = {"argv": argv, "display_name": "Wrapper", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel_json))
    return await start_kernel("wrapper")


async def test_an_empty_history_of_a_kernel_that_ran(jp_fetch, start_kernel, jp_data_dir):
    kernel = await start_wrapper(start_kernel, jp_data_dir)
    page = Page(jp_fetch, {"a": "x = 1", "b": "y = x"}, kernel)
    await page.run()
    page.unsent = []  # the page was reloaded
    report = await page.check()
    assert skipped(report) == "the kernel keeps no history"
    assert [cell["state"] for cell in report["cells"]] == ["unknown", "unknown"]
    await page.run("b")
    report = await page.check()
    assert skipped(report) == "In [1] to In [2] are not known"
    assert answers(report)["a"] == "unknown unknown unknown ok"


async def test_a_kernel_without_history_whose_every_run_was_seen(
    jp_fetch, start_kernel, jp_data_dir
):
    kernel = await start_wrapper(start_kernel, jp_data_dir)
    page = Page(jp_fetch, {"a": "x = 1", "b": "y = x"}, kernel)
    await page.run()
    report = await page.check()
    assert (answers(report), skipped(report)) == ({"a": GOOD, "b": GOOD}, None)


async def test_a_kernel_that_does_not_answer_is_known_up_to_then(page: Page):
    await page.run()
    await page.check()
    await page.kernel.run("import ctypes")
    # PyDLL keeps the interpreter lock during the call: no thread of the kernel can answer
    busy = await page.kernel.send("ctypes.PyDLL(None).sleep(4)")
    await asyncio.sleep(0.5)
    report = await page.check()
    assert skipped(report) == (
        "the kernel does not answer; only the runs that the panel saw are known"
    )
    assert answers(report)["b"] == "reproducible fresh unknown ok"
    await page.kernel.reply(busy)


async def test_observations_of_a_recorder_reach_the_evidence(page: Page, jp_serverapp):
    await page.run("a")
    seen = {"execution_count": 1, "bound": ["x"], "read": ["int"], "reliable": True}
    sessions = jp_serverapp.web_app.settings["prodready_sessions"]
    await sessions.observe(live_from_json(page.body(observations=[seen])))
    witness = await sessions.observe(live_from_json(page.body()))
    assert witness.observations == (Observation(1, ("x",), read=("int",), reliable=True),)


async def test_runs_keep_the_modules_of_when_they_were_first_seen(
    page: Page, jp_serverapp, jp_root_dir
):
    (jp_root_dir / "pyproject.toml").write_text("")
    module = jp_root_dir / "own.py"
    module.write_text("RATE = 1\n")
    page.cells = {"a": "import own", "b": "own.RATE"}
    await page.kernel.run(f"import sys; sys.path.insert(0, {str(jp_root_dir)!r})")
    await page.run("a")
    await page.check()
    module.write_text("RATE = 2 + 1\n")
    await page.run("b")
    await page.check()
    sessions = jp_serverapp.web_app.settings["prodready_sessions"]
    witness = await sessions.observe(live_from_json(page.body()))
    modules = {run.cell_id: run.modules for run in witness.runs if isinstance(run, Run)}
    assert [[name for name, _ in of_run] for of_run in modules.values()] == [["own"], ["own"]]
    assert modules["a"] != modules["b"]
