"""`POST check` on live sessions, through the door the panel uses."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time

import pytest
from kernels import Kernel
from page import Page, told
from tornado.httpclient import HTTPClientError

from jupyter_prodready.server.worker import shared_worker

pytestmark = pytest.mark.kernel

DELETED = [("deleted-definition", "b", True)]


def fixes_of(report) -> list[str]:
    return [fix["title"] for one in report["findings"] for fix in one["fixes"]]


@pytest.fixture
def page(jp_fetch, kernel: Kernel) -> Page:
    return Page(jp_fetch, {"a": "rate = 0.2", "b": "total = 100 * rate\ntotal"}, kernel)


async def test_a_clean_session_has_no_finding(page: Page):
    await page.run()
    report = await page.check()
    assert report["findings"] == []
    assert report["skipped"] == []
    assert report["verdict"]["state"] == "in-order"
    assert [cell["state"] for cell in report["cells"]] == ["reproducible", "reproducible"]


async def test_deleting_a_cell_that_others_need(page: Page):
    await page.run()
    del page.cells["a"]
    report = await page.check()
    assert told(report) == DELETED
    [finding] = report["findings"]
    assert finding["names"] == ["rate"]
    assert finding["cause"]["source"] == "rate = 0.2"
    assert report["verdict"]["state"] == "broken"


async def test_reports_of_earlier_calls_are_remembered(page: Page):
    await page.run()
    await page.check()
    assert page.unsent == []
    del page.cells["a"]
    assert told(await page.check()) == DELETED


async def test_history_alone_tells_what_no_panel_saw(page: Page):
    """A page that was reloaded: another client ran everything, nobody reported it."""
    await page.run()
    page.unsent = []
    page.kernel.session = None
    clean = await page.check()
    assert clean["findings"] == []
    del page.cells["a"]
    report = await page.check()
    assert [(one["names"], one["certain"]) for one in report["findings"]] == [(["rate"], True)]


async def test_a_console_defined_it(page: Page, jp_fetch):
    await page.kernel.run("hidden = 3")
    page.cells["c"] = "hidden + 1"
    await page.run()
    assert told(await page.check()) == [("outside-definition", "c", True)]


async def test_restart_empties_the_log(page: Page, jp_fetch):
    await page.run()
    await page.check()
    del page.cells["a"]
    assert told(await page.check()) == DELETED
    await jp_fetch("api", "kernels", page.kernel.id, "restart", method="POST", body="{}")
    report = await page.check()  # the panel still has the old session: nothing of it counts
    assert "deleted-definition" not in [check for check, _, _ in told(report)]
    assert [cell["state"] for cell in report["cells"]] == ["old-session"]


async def test_runs_of_the_session_before_the_restart_are_dropped(page: Page, jp_fetch):
    await page.run()
    del page.cells["a"]
    await jp_fetch("api", "kernels", page.kernel.id, "restart", method="POST", body="{}")
    report = await page.check()  # these runs were never sent before
    assert "deleted-definition" not in [check for check, _, _ in told(report)]


async def test_rename_keeps_what_is_known(page: Page):
    await page.run()
    await page.check()
    page.path = "renamed.ipynb"
    assert (await page.check())["findings"] == []
    del page.cells["a"]
    report = await page.check()
    assert told(report) == DELETED
    assert report["path"] == "renamed.ipynb"


async def test_two_notebooks_on_one_kernel(page: Page, jp_fetch, jp_root_dir):
    (jp_root_dir / "n.ipynb").write_text("{}")
    (jp_root_dir / "other.ipynb").write_text("{}")
    other = Page(jp_fetch, {"o": "from_other = 1", "p": "from_other + 1"}, page.kernel)
    other.path = "other.ipynb"
    await other.run()
    assert (await other.check())["findings"] == []
    page.cells["c"] = "from_other * 2"
    await page.run()

    report = await page.check()

    assert told(report) == [("outside-definition", "c", True)]
    assert (await other.check())["findings"] == []


async def test_copy_of_a_notebook_with_the_same_cell_ids(page: Page, jp_fetch, jp_root_dir):
    """The copy's edited cell is not an older version of this page's cell."""
    (jp_root_dir / "n.ipynb").write_text("{}")
    (jp_root_dir / "copy.ipynb").write_text("{}")
    copy = Page(jp_fetch, {"a": "other_rate = 0.3"}, page.kernel, "copy.ipynb")
    await copy.run()
    await copy.check()
    page.cells["c"] = "other_rate"
    await page.run()
    assert told(await page.check()) == [("outside-definition", "c", True)]


async def test_while_a_cell_runs(page: Page, jp_fetch):
    page.cells["slow"] = "import time; time.sleep(600)"
    await page.run("a", "b")
    busy = await page.kernel.send(page.cells["slow"], "slow")
    await asyncio.sleep(0.3)
    page.unsent.append(page.report("slow", None, "running"))
    del page.cells["a"]

    assert told(await page.check()) == DELETED
    await jp_fetch("api", "kernels", page.kernel.id, "interrupt", method="POST", body="")
    assert (await page.kernel.reply(busy))["ename"] == "KeyboardInterrupt"


async def test_nothing_to_run_is_offered_while_a_cell_runs(page: Page):
    page.cells["slow"] = "import time; time.sleep(1)"
    await page.run()
    page.cells["a"] = "rate = 0.5"
    await page.run("a")
    before = await page.check()
    assert fixes_of(before) == ["Run [2]"]
    busy = await page.kernel.send(page.cells["slow"], "slow")
    await asyncio.sleep(0.3)
    running = {**page.report("slow", None, "running"), "execution_count": 5}
    page.unsent.append(running)
    during = await page.check()
    assert (told(during), fixes_of(during)) == (told(before), [])
    await page.kernel.reply(busy)
    page.counts["slow"] = 5
    page.unsent.append({**running, "status": "ok"})
    assert fixes_of(await page.check()) == ["Run [2]"]


async def test_a_waiting_cell_has_not_run(page: Page):
    await page.run("a")
    page.unsent.append(page.report("b", None, "running"))
    report = await page.check()
    assert [cell["state"] for cell in report["cells"]] == ["reproducible", "never-run"]


async def test_kernel_that_is_gone(page: Page):
    await page.run()
    page.kernel.id = "00000000-0000-0000-0000-000000000000"
    report = await page.check()
    assert "kernel of this page is gone" in json.dumps(report["skipped"])


async def test_no_kernel(jp_fetch):
    page = Page(jp_fetch, {"a": "x = 1", "b": "y = x + missing"})
    report = await page.check()
    assert [(one["check"], one["names"]) for one in report["findings"]] == [
        ("undefined-name", ["missing"])
    ]
    assert report["skipped"]


async def test_another_language_gets_order_answers_only(page: Page):
    page.language = "R"
    await page.run()
    report = await page.check()
    assert report["findings"] == []
    assert report["verdict"]["state"] == "other-language"


async def test_kernel_of_another_environment(jp_fetch, start_kernel, jp_data_dir, tmp_path):
    """The kernel's Python has our package not at all; nothing is needed there."""
    site = [path for path in sys.path if path.endswith("site-packages")]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    spec = jp_data_dir / "kernels" / "elsewhere"
    spec.mkdir(parents=True)
    hidden = (
        "import sys; sys.modules['jupyter_prodready'] = None; "
        "from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"
    )
    kernel_json = {
        "argv": [str(python), "-c", hidden, "-f", "{connection_file}"],
        "display_name": "Elsewhere",
        "language": "python",
        "env": {"PYTHONPATH": os.pathsep.join(site)},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel_json))
    page = Page(jp_fetch, {"a": "import sys; sys.prefix", "b": "x = 1"})
    page.kernel = await start_kernel("elsewhere")
    page.cells |= {"c": "assert 'env' in sys.prefix, sys.prefix", "d": "x"}
    await page.run()
    assert [one["status"] for one in page.unsent] == ["ok"] * 4
    del page.cells["b"]
    assert told(await page.check()) == [("deleted-definition", "d", True)]


async def test_session_that_changes_during_the_analysis_is_refused(page: Page, jp_fetch):
    await page.run()
    analysis_before_ours = asyncio.to_thread(shared_worker().call, time.sleep, 4)
    busy = asyncio.ensure_future(analysis_before_ours)
    checking = asyncio.ensure_future(page.check())
    await asyncio.sleep(1)  # the kernel was asked
    await jp_fetch("api", "kernels", page.kernel.id, "restart", method="POST", body="{}")
    await busy
    with pytest.raises(HTTPClientError) as error:
        await checking
    assert error.value.code == 409
    assert json.loads(error.value.response.body) == {
        "message": "The kernel was restarted during the analysis.",
        "hint": "Check again.",
    }
