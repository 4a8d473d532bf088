"""`POST verify`, `GET` and `DELETE verify/<id>` through the door the panel uses."""

from __future__ import annotations

import json
import time

import pytest
from documents import cell, document, live, result, stdout, verdicts
from kernels import Kernel
from page import Page
from verifier import Verifier, answer_of, descendants, refused

from jupyter_prodready.verify.kernels import connection_of
from jupyter_prodready.verify.live_state import live_state
from jupyter_prodready.verify.report import NOT_WHOLE

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


async def test_a_page_that_reproduces(verifier: Verifier, jp_serverapp, jp_root_dir):
    (jp_root_dir / "data.txt").write_text("7")
    page = document(
        "# Title",
        cell("x = int(open('data.txt').read())\nprint(x)", stdout("7\n")),
        cell("x + 1", result("8")),
    )
    job = await verifier.end(await verifier.start(live("n.ipynb", page)))
    assert (job["state"], job["done"], job["total"], job["running"]) == ("done", 2, 2, None)
    report = job["report"]
    assert report["verdict"] == "reproduces"
    assert report["message"] == "Runs from a clean start and shows the same"
    assert [(one["id"], one["index"], one["verdict"]) for one in report["cells"]] == [
        ("c1", 1, "identical"),
        ("c2", 2, "identical"),
    ]
    assert report["cause"] is None
    assert jp_serverapp.kernel_manager.list_kernel_ids() == []
    assert descendants() == []


async def test_what_the_fresh_kernel_showed_instead(verifier: Verifier):
    page = document(
        cell("print('same')", stdout("same\n")),
        cell("print('new')\n1 + 1", stdout("old\n"), result("2")),
        cell("1 / 0"),
        cell("print('x' * 1_100_000)", stdout("x")),
        cell("'x' * 9_000_000", result("'x'")),
    )
    job_id = await verifier.start(live("n.ipynb", page))
    job = await verifier.end(job_id)
    assert verdicts(job["report"]) == ["identical", "changed", "error", "changed", "changed"]
    assert "outputs" not in json.dumps(job)
    assert await verifier.outputs(job_id, "c1") == {
        "cell_id": "c1",
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "new\n"},
            {**result("2"), "execution_count": 2},
        ],
        "whole": True,
    }
    failed = await verifier.outputs(job_id, "c2")
    assert [one["ename"] for one in failed["outputs"]] == ["ZeroDivisionError"]
    cut = await verifier.outputs(job_id, "c3")
    assert (cut["whole"], set(cut["outputs"][0])) == (False, {"output_type", "name", "text"})
    assert await answer_of(verifier.outputs(job_id, "c4")) == (
        413,
        "The outputs of this cell in the fresh kernel were too large to keep.",
    )
    assert await answer_of(verifier.outputs(job_id, "c0")) == (
        404,
        "The outputs of this cell in the fresh kernel are not kept.",
    )


async def test_what_a_cell_shows_once_it_is_repaired(verifier: Verifier):
    job_id = await verifier.start(live("n.ipynb", document(cell("print('new')", stdout("old\n")))))
    (repair,) = (await verifier.end(job_id))["report"]["repairs"]
    assert (repair["outputs"], repair["cells"], repair["proven"]) == (["c0"], [], True)
    response = await verifier.fetch("jupyter-prodready", "verify", job_id, "repaired", "c0")
    assert json.loads(response.body) == {
        "cell_id": "c0",
        "outputs": [stdout("new\n")],
        "whole": True,
    }


async def test_it_runs_in_the_notebooks_folder_and_makes_no_session(
    verifier: Verifier, jp_fetch, jp_root_dir
):
    (jp_root_dir / "sub folder").mkdir()
    shown = str(jp_root_dir / "sub folder")
    page = document(
        cell("import os; print(os.getcwd())", stdout(f"{shown}\n")),
        cell("os.environ['JPY_SESSION_NAME']", result(repr(f"{shown}/n.ipynb"))),
        cell("get_ipython().history_manager.hist_file", result("':memory:'")),
        cell("import sys; (len(sys.argv), sys.argv[1])", result("(3, '-f')")),
    )
    job_id = await verifier.start(live("sub folder/n.ipynb", page))
    await verifier.until(job_id, lambda job: job["done"] > 0)
    assert json.loads((await jp_fetch("api", "sessions")).body) == []
    job = await verifier.end(job_id)
    assert verdicts(job["report"]) == ["identical"] * 4


async def test_why_it_worked_before(verifier: Verifier, jp_fetch, kernel: Kernel):
    """An older version of a cell feeds another: the cause is the check's finding."""
    page = Page(jp_fetch, {"c0": "features = ['age']", "c1": "print(features)"}, kernel)
    await page.run()
    page.cells["c0"] = "columns = ['age']"
    shown = document(cell("columns = ['age']"), cell("print(features)", stdout("['age']\n")))
    body = {**live("n.ipynb", shown), **page.body()}
    report = await verifier.report(body)
    assert report["verdict"] == "fails"
    assert verdicts(report) == ["identical", "error"]
    assert report["cells"][1]["detail"] == "NameError: name 'features' is not defined"
    cause = report["cause"]
    assert (cause["check"], cause["cell_id"], cause["line"]) == ("outdated-definition", "c1", 1)
    assert cause["source"] == "features = ['age']"
    assert report["message"] == f"[2] fails in a clean kernel: {cause['message']}"
    (repair,) = report["repairs"]
    assert (repair["title"], repair["proven"], repair["verdict"]) == (
        "Rename `features` to `columns` in [2]",
        True,
        "reproduces",
    )
    assert report["state_skipped"] == NOT_WHOLE


async def test_the_verdict_does_not_wait_for_a_repair(verifier: Verifier):
    page = document(cell("print(x)", stdout("1\n")), cell("x = 1"))
    job_id = await verifier.start(live("n.ipynb", page))
    job = await verifier.until(job_id, lambda job: job["report"] is not None)
    assert (job["state"], job["phase"], job["report"]["repairs"]) == ("running", "repair", [])
    assert job["report"]["verdict"] == "fails"
    await verifier.cancel(job_id)
    job = await verifier.job(job_id)
    assert (job["state"], job["report"]["verdict"]) == ("done", "fails")
    assert descendants() == []


async def test_the_persons_kernel_is_not_touched(verifier: Verifier, jp_serverapp, kernel: Kernel):
    await kernel.run("x = 41; rows = [[1], {2: {3}}]; text = 'a' * 999; f = lambda: x")
    held = connection_of(jp_serverapp.kernel_manager.get_kernel(kernel.id))
    before, _ = await live_state(held)
    assert set(before or ()) == {"x", "rows", "text", "f"}
    report = await verifier.report(
        live("n.ipynb", document(cell("x = 1\nprint(x)", stdout("1\n"))), kernel_id=kernel.id)
    )
    assert report["verdict"] == "reproduces"
    x = {"name": "x", "kind": "differs", "detail": "int 41, in a clean run int 1"}
    assert x in report["state"]
    assert (await live_state(held))[0] == before
    reply = await kernel.run("assert x == 41 and len(In) == 3, In")
    assert (reply["status"], reply["execution_count"]) == ("ok", 2)


async def test_it_asks_before_it_touches_the_world_again(verifier: Verifier, jp_root_dir):
    page = document(
        cell("text = 'a'"),
        cell("open('out.txt', 'w').write(text)", result("1")),
        cell("!touch shell.txt"),
    )
    code, body = await refused(verifier, live("n.ipynb", page))
    assert code == 409
    assert [(one["cell_id"], one["effects"][0]["kind"]) for one in body["effects"]] == [
        ("c1", "writes-file"),
        ("c2", "shell"),
    ]
    assert body["message"] == ("These cells would write files or use the network again: [2], [3].")
    report = await verifier.report(live("n.ipynb", page, skip=["c1"], confirmed=["c2"]))
    assert verdicts(report) == ["identical", "skipped", "identical"]
    assert not (jp_root_dir / "out.txt").exists()
    assert (jp_root_dir / "shell.txt").exists()
    report = await verifier.report(live("n.ipynb", page, confirmed=["c1", "c2"]))
    assert verdicts(report) == ["identical"] * 3
    assert (jp_root_dir / "out.txt").read_text() == "a"


async def test_a_kernel_that_dies_is_named_soon(verifier: Verifier, jp_serverapp):
    page = document(cell("import os, time\ntime.sleep(1.5)\nos._exit(7)"), cell("1", result("1")))
    job_id = await verifier.start(live("n.ipynb", page))
    await verifier.until(job_id, lambda job: job["running"] == "c0")
    started = time.monotonic()
    job = await verifier.until(job_id, lambda job: job["done"] > 0)
    assert time.monotonic() - started < 1.5 + 15  # busy machines; nothing else ends it
    job = await verifier.end(job_id)
    assert verdicts(job["report"]) == ["kernel-died", "blocked"]
    assert job["report"]["verdict"] == "fails"
    assert job["report"]["cells"][0]["detail"].startswith("the kernel died: exit code 7")
    assert job["report"]["cells"][1]["detail"] == "blocked by [1]"
    assert jp_serverapp.kernel_manager.list_kernel_ids() == []
    assert descendants() == []


async def test_the_time_out_of_the_project(verifier: Verifier, jp_root_dir):
    (jp_root_dir / "pyproject.toml").write_text("[tool.jupyter-prodready.verify]\ntimeout = 1\n")
    page = document(cell("import time\ntime.sleep(60)"), cell("2", result("2")))
    report = await verifier.report(live("n.ipynb", page))
    assert verdicts(report) == ["timeout", "identical"]
    assert report["message"] == "[1] fails in a clean kernel: took longer than 1 s"


async def test_a_kernel_that_is_not_installed(verifier: Verifier):
    report = await verifier.report(live("n.ipynb", document(cell("1"), kernel="nope")))
    assert report["verdict"] == "unverified"
    assert report["message"].startswith(
        "Not verified: The notebook asks for the kernel `nope`, which is not installed here."
    )
    assert report["cells"] == []
