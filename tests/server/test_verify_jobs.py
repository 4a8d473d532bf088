"""Jobs of verification: found again, cancelled, counted, and each of its user."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Any

import psutil
import pytest
from documents import cell, document, live, result
from jupyter_server.auth.identity import IdentityProvider, User
from kernels import Kernel
from tornado.httpclient import HTTPClientError
from verifier import Verifier, answer_of, descendants, refused

from jupyter_prodready.server.job_events import SCHEMA_ID
from jupyter_prodready.server.jobs import hash_of

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

FOREVER = cell("while True:\n    print('x' * 1000)")


class NamedUsers(IdentityProvider):
    """Users as a hub knows them: by name."""

    async def get_user(self, handler):
        return User(username=handler.request.headers.get("X-User", "alice"))

    def should_check_origin(self, handler):
        return False

    def is_token_authenticated(self, handler):
        return True


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


def runs(process: psutil.Process) -> bool:
    """What is dead may stand in the table of processes until somebody collects it."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


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
    assert [one.pid for one in sleeping if runs(one)] == []
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
