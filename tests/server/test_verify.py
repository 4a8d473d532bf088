"""`POST verify`, `GET` and `DELETE verify/<id>` through the door the panel uses."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable
from datetime import datetime
from typing import Any

import psutil
import pytest
from documents import cell, document, live, result, stdout, verdicts
from jupyter_server.auth.identity import IdentityProvider, User
from kernels import Kernel
from page import Page
from tornado.httpclient import HTTPClientError

from jupyter_prodready.server.job_events import SCHEMA_ID
from jupyter_prodready.server.jobs import hash_of
from jupyter_prodready.verify.kernels import connection_of
from jupyter_prodready.verify.live_state import live_state
from jupyter_prodready.verify.report import NOT_WHOLE

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

FOREVER = cell("while True:\n    print('x' * 1000)")


class Verifier:
    """The panel's part: post, poll, cancel."""

    def __init__(self, fetch: Any) -> None:
        self.fetch = fetch

    async def start(self, body: dict[str, Any]) -> str:
        response = await self.fetch(
            "jupyter-prodready", "verify", method="POST", body=json.dumps(body)
        )
        assert response.code == 202
        return str(json.loads(response.body)["id"])

    async def job(self, job_id: str) -> dict[str, Any]:
        response = await self.fetch("jupyter-prodready", "verify", job_id)
        return dict(json.loads(response.body))

    async def until(self, job_id: str, wanted: Any, seconds: float = 60) -> dict[str, Any]:
        ends = time.monotonic() + seconds
        while not wanted(job := await self.job(job_id)):
            assert time.monotonic() < ends, job
            await asyncio.sleep(0.1)
        return job

    async def end(self, job_id: str) -> dict[str, Any]:
        return await self.until(job_id, lambda job: job["state"] not in ("queued", "running"))

    async def report(self, body: dict[str, Any]) -> dict[str, Any]:
        job = await self.end(await self.start(body))
        assert job["state"] == "done", job
        return dict(job["report"])

    async def outputs(self, job_id: str, cell_id: str, **options: Any) -> dict[str, Any]:
        parts = ("verify", job_id, "outputs", cell_id)
        response = await self.fetch("jupyter-prodready", *parts, **options)
        return dict(json.loads(response.body))

    async def jobs(self, **options: Any) -> list[dict[str, Any]]:
        response = await self.fetch("jupyter-prodready", "verify", **options)
        return list(json.loads(response.body)["jobs"])

    async def cancel(self, job_id: str) -> None:
        response = await self.fetch("jupyter-prodready", "verify", job_id, method="DELETE")
        assert response.code == 204


@pytest.fixture
def verifier(jp_fetch) -> Verifier:
    return Verifier(jp_fetch)


def descendants() -> list[str]:
    """Command lines of all processes that this server has started and that still run."""
    return [
        " ".join(child.cmdline())
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE
    ]


async def refused(verifier: Verifier, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    with pytest.raises(HTTPClientError) as failure:
        await verifier.start(body)
    return failure.value.code, json.loads(failure.value.response.body)


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


async def test_a_job_is_found_again_until_its_result_is_put_away(verifier: Verifier, jp_serverapp):
    """What a page that was reloaded needs; and everybody hears how far it is, and no more."""
    told: list[dict[str, Any]] = []

    async def listen(logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        told.append(data)

    jp_serverapp.event_logger.add_listener(schema_id=SCHEMA_ID, listener=listen)
    assert await verifier.jobs() == []
    page = document("# Title", cell("'secret'", result("'secret'")))
    job_id = await verifier.start(live("n.ipynb", page))
    (listed,) = await verifier.jobs()
    assert (listed["id"], listed["path"], listed["ended_at"]) == (job_id, "n.ipynb", None)
    job = await verifier.end(job_id)
    (listed,) = await verifier.jobs()
    assert set(listed) == {"id", "kind", "path", "state", "done", "total", "started_at", "ended_at"}
    assert {key: job[key] for key in listed} == listed
    age = (
        time.time()
        - datetime.fromisoformat(listed["started_at"].rstrip("Z") + "+00:00").timestamp()
    )
    assert -1 < age < 60
    assert job["page"] == [
        {
            "cell_id": "c1",
            "hash": hash_of("'secret'"),
            "execution_count": 2,
            "first_line": "'secret'",
        }
    ]
    assert (job["seconds_left"], job["unknown_left"]) == (None, 0)
    assert told[-1] == {"job_id": job_id, "state": "done", "done": 1, "total": 1}
    assert "queued" not in {one["state"] for one in told}
    await verifier.cancel(job_id)
    assert await verifier.jobs() == []


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


async def answer_of(call: Awaitable[Any]) -> tuple[int, str]:
    with pytest.raises(HTTPClientError) as failure:
        await call
    return failure.value.code, json.loads(failure.value.response.body)["message"]


async def test_it_runs_in_the_notebooks_folder_and_makes_no_session(
    verifier: Verifier, jp_fetch, jp_root_dir
):
    (jp_root_dir / "sub folder").mkdir()
    shown = str(jp_root_dir / "sub folder")
    page = document(
        cell("import os; print(os.getcwd())", stdout(f"{shown}\n")),
        cell("os.environ['JPY_SESSION_NAME']", result(repr(f"{shown}/n.ipynb"))),
        cell("get_ipython().history_manager.hist_file", result("':memory:'")),
    )
    job_id = await verifier.start(live("sub folder/n.ipynb", page))
    await verifier.until(job_id, lambda job: job["done"] > 0)
    assert json.loads((await jp_fetch("api", "sessions")).body) == []
    job = await verifier.end(job_id)
    assert verdicts(job["report"]) == ["identical"] * 3


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


async def test_cancel_leaves_no_process(verifier: Verifier, jp_serverapp):
    page = document(
        cell("import subprocess, sys\np = subprocess.Popen(['sleep', '300'])"),
        cell("q = subprocess.Popen(['sleep', '301'], start_new_session=True)"),
        FOREVER,
    )
    job_id = await verifier.start(live("n.ipynb", page, confirmed=["c0", "c1"]))
    await verifier.until(job_id, lambda job: job["running"] == "c2")
    await asyncio.sleep(4)  # the watch has seen the children
    family = psutil.Process().children(recursive=True)
    sleeping = [one for one in family if one.cmdline()[0] == "sleep"]
    assert len(sleeping) == 2
    await verifier.cancel(job_id)
    assert [one.pid for one in psutil.wait_procs(sleeping, timeout=1)[1]] == []
    assert jp_serverapp.kernel_manager.list_kernel_ids() == []
    assert descendants() == []
    job = await verifier.job(job_id)
    assert (job["state"], job["report"], job["running"]) == ("cancelled", None, None)
    assert [one["verdict"] for one in job["cells"]] == ["identical", "identical"]


async def test_cancel_while_it_starts_and_while_it_waits(verifier: Verifier, jp_serverapp):
    first = await verifier.start(live("n.ipynb", document(FOREVER)))
    second = await verifier.start(live("m.ipynb", document(FOREVER)))
    assert (await verifier.job(second))["state"] == "queued"
    await verifier.cancel(second)
    await verifier.cancel(first)
    assert (await verifier.job(first))["state"] == "cancelled"
    assert (await verifier.job(second))["state"] == "cancelled"
    assert jp_serverapp.kernel_manager.list_kernel_ids() == []
    assert descendants() == []


@pytest.mark.timing
async def test_the_servers_loop_is_free_while_a_cell_prints_for_ever(
    verifier: Verifier, kernel: Kernel
):
    await kernel.run("x = 1")
    before = psutil.Process().memory_info().rss
    job_id = await verifier.start(live("n.ipynb", document(FOREVER)))
    await verifier.until(job_id, lambda job: job["running"] == "c0")
    trips, holds = [], []
    ends = time.monotonic() + 6
    while time.monotonic() < ends:
        started = time.monotonic()
        await asyncio.sleep(0.01)
        holds.append(time.monotonic() - started - 0.01)
        started = time.monotonic()
        await kernel.run("x")
        trips.append(time.monotonic() - started)
    grown = psutil.Process().memory_info().rss - before
    await verifier.cancel(job_id)
    assert len(trips) > 20
    assert max(holds) < 0.05, sorted(holds)[-5:]
    assert sorted(trips)[len(trips) // 2] < 0.15, trips
    assert grown < 64 * 2**20


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
    assert time.monotonic() - started < 1.5 + 3
    job = await verifier.end(job_id)
    assert verdicts(job["report"]) == ["kernel-died", "blocked"]
    assert job["report"]["verdict"] == "fails"
    assert job["report"]["cells"][0]["detail"].startswith("the kernel died: exit code 7")
    assert job["report"]["cells"][1]["detail"] == "blocked by [1]"
    assert jp_serverapp.kernel_manager.list_kernel_ids() == []
    assert descendants() == []


async def test_the_second_time_it_knows_what_is_left(verifier: Verifier):
    slow = cell("import time\ntime.sleep(1)")
    edited = cell("time.sleep(0.3)")
    job_id = await verifier.start(live("n.ipynb", document(slow, cell("1", result("1")))))
    job = await verifier.until(job_id, lambda job: job["running"] == "c0")
    assert (job["seconds_left"], job["unknown_left"]) == (None, 2)
    await verifier.end(job_id)
    page = document(slow, edited, cell("2"))
    job_id = await verifier.start(live("n.ipynb", page, skip=["c2"]))
    job = await verifier.until(job_id, lambda job: job["running"] == "c0")
    assert 0 < job["seconds_left"] < 1.5
    assert job["unknown_left"] == 1
    await verifier.end(job_id)


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


@pytest.mark.parametrize(
    ("change", "code", "part"),
    [
        ({"notebook": None}, 400, "`notebook`"),
        ({"notebook": {"nbformat": 3, "worksheets": []}}, 400, "format 4"),
        ({"notebook": document()}, 400, "does not have the cells"),
        ({"until": "nope"}, 404, "no code cell 'nope'"),
        ({"skip": "c0"}, 400, "`skip`"),
        ({"path": "../n.ipynb"}, 403, "outside"),
    ],
)
async def test_bad_input(verifier: Verifier, change, code, part):
    answer, body = await refused(verifier, {**live("n.ipynb", document(cell("1"))), **change})
    assert answer == code
    assert part in body["message"]
    assert body["hint"]


async def test_a_job_that_is_not_there(verifier: Verifier):
    with pytest.raises(HTTPClientError) as failure:
        await verifier.job("v99")
    assert failure.value.code == 404
    with pytest.raises(HTTPClientError) as failure:
        await verifier.cancel("v99")
    assert failure.value.code == 404


class NamedUsers(IdentityProvider):
    """Users as a hub knows them: by name."""

    async def get_user(self, handler):
        return User(username=handler.request.headers.get("X-User", "alice"))

    def should_check_origin(self, handler):
        return False

    def is_token_authenticated(self, handler):
        return True


async def test_a_job_belongs_to_its_user(verifier: Verifier, jp_fetch, jp_serverapp):
    jp_serverapp.web_app.settings["identity_provider"] = NamedUsers(parent=jp_serverapp)
    job_id = await verifier.start(live("n.ipynb", document(cell("1", result("1")))))
    for method in ("GET", "DELETE"):
        with pytest.raises(HTTPClientError) as failure:
            await jp_fetch(
                "jupyter-prodready", "verify", job_id, method=method, headers={"X-User": "bob"}
            )
        assert failure.value.code == 404
    assert await verifier.jobs(headers={"X-User": "bob"}) == []
    outputs = verifier.outputs(job_id, "c0", headers={"X-User": "bob"})
    assert await answer_of(outputs) == (404, f"There is no job '{job_id}'.")
    assert (await verifier.end(job_id))["report"]["verdict"] == "reproduces"
    assert [job["id"] for job in await verifier.jobs()] == [job_id]


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
async def test_strangers_are_turned_away(jp_fetch, method: str):
    parts = ("verify",) if method == "POST" else ("verify", "v1")
    body = json.dumps(live("n.ipynb", document(cell("1")))) if method == "POST" else None
    with pytest.raises(HTTPClientError) as failure:
        await jp_fetch(
            "jupyter-prodready", *parts, method=method, body=body, headers={"Authorization": ""}
        )
    assert failure.value.code == 403


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
async def test_a_denying_authorizer_is_obeyed(jp_fetch, jp_serverapp, method: str):
    class Denying:
        async def is_authorized(self, handler, user, action, resource) -> bool:
            return False

    jp_serverapp.web_app.settings["authorizer"] = Denying()
    parts = ("verify",) if method == "POST" else ("verify", "v1")
    body = json.dumps(live("n.ipynb", document(cell("1")))) if method == "POST" else None
    with pytest.raises(HTTPClientError) as failure:
        await jp_fetch("jupyter-prodready", *parts, method=method, body=body)
    assert failure.value.code == 403
