"""`POST install`: a job that makes the package importable where the page's kernel runs."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from installs import add_kernel, environment_at, project_at
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

PAGE = "work/notebooks/n.ipynb"
CELLS = ["prices = [3, 1, 2]", "total = sum(prices)", "print(total)"]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return environment_at(tmp_path_factory.mktemp("environment"))


@pytest.fixture
def project(jp_root_dir: Path, jp_data_dir: Path, python: Path) -> Path:
    add_kernel(jp_data_dir, "own", python)
    root = project_at(jp_root_dir / "work")
    (root / "src/shop/__init__.py").unlink()
    (root / "src/shop").rmdir()
    (root / "notebooks").mkdir()
    return root


def body(**more: Any) -> dict[str, Any]:
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(CELLS)]
    asked = {"selection": ["c1"], "module": "work/src/shop/n.py", "name": "add"}
    return {"path": PAGE, "cells": cells, **asked, **more}


@pytest.fixture
def ask(jp_fetch):
    async def call(route: str, given: dict[str, Any] | None = None, method: str = "POST") -> Any:
        text = None if given is None else json.dumps(given)
        try:
            response = await jp_fetch(
                "jupyter-prodready", *route.split("/"), method=method, body=text
            )
        except HTTPClientError as error:
            return error.code, json.loads(error.response.body)
        return response.code, json.loads(response.body) if response.body else None

    return call


async def reached(ask, job_id: str, *states: str) -> dict[str, Any]:
    for _ in range(600):
        _, job = await ask(f"verify/{job_id}", method="GET")
        if job["state"] in states:
            return job
        await asyncio.sleep(0.1)
    raise AssertionError(f"the job is {job['state']}")


async def began(ask, kernel_id: str) -> str:
    _, preview = await ask("extract", body(kernel_id=kernel_id))
    status, started = await ask("install", body(kernel_id=kernel_id, base=preview["base"]))
    assert status == 202
    return started["id"]


def files(project: Path) -> set[str]:
    found = (path.relative_to(project).as_posix() for path in project.rglob("*.*"))
    return {path for path in found if not path.startswith(".") and "__pycache__" not in path}


async def test_a_kernel_that_runs_can_go_on(ask, project: Path, start_kernel, python: Path):
    kernel = await start_kernel("own")
    _, before = await ask("extract", body(kernel_id=kernel.id))
    offered = before["install"]
    assert (offered["package"], offered["why_not"]) == ("shop", "")
    assert offered["command"] == f"{python} -m pip install --no-deps --editable {project}"
    assert offered["files"] == ["work/src/shop/__init__.py"]
    assert "sys.path" in before["setup"]

    job = await reached(ask, await began(ask, kernel.id), "done", "failed")
    assert (job["kind"], job["state"], job["error"]) == ("install", "done", None)
    remove = f"`{python} -m pip uninstall shop`"
    stays = f"`shop` stays installed: {remove} takes it out again."
    assert job["install"]["note"] == f"{remove} takes it out again."
    assert any("Successfully installed" in line for line in job["install"]["said"])

    _, planned = await ask("extract", body(kernel_id=kernel.id))
    assert (planned["importable"], planned["install"]) == (True, None)
    assert planned["setup"].splitlines()[-1] == "from shop.n import add"
    assert "sys.path" not in planned["diff"]
    _, applied = await ask("apply", body(kernel_id=kernel.id, base=planned["base"]))
    assert applied["status"] == "applied"
    assert (await kernel.run("import shop"))["status"] == "error"  # it began before
    assert (await kernel.run(planned["reread"]))["status"] == "ok"
    assert (await kernel.run(planned["setup"]))["status"] == "ok"
    assert (await kernel.run("assert add([1, 2]) == 3"))["status"] == "ok"
    assert (await kernel.run(planned["reread"]))["status"] == "ok"  # and again

    _, undone = await ask("undo", body(id=applied["undo_id"]))
    assert undone["stays"] == stays
    assert (await ask("install", body(kernel_id=kernel.id, base=planned["base"])))[0] == 400


async def test_a_failure_has_the_last_lines_and_leaves_nothing(ask, project: Path, start_kernel):
    kernel = await start_kernel("own")
    (project / "broken").touch()
    before = files(project)
    job = await reached(ask, await began(ask, kernel.id), "done", "failed")
    said = "`shop` could not be installed: the installer ended with exit code 1."
    assert (job["state"], job["error"]["message"]) == ("failed", said)
    assert any("the backend is broken" in line for line in job["install"]["said"])
    assert files(project) == before


async def test_it_can_be_cancelled(ask, project: Path, start_kernel):
    kernel = await start_kernel("own")
    (project / "slow").touch()
    before = files(project)
    job_id = await began(ask, kernel.id)
    while not (project / "pid").exists():
        await asyncio.sleep(0.1)
    assert "src/shop/__init__.py" in files(project)
    _, jobs = await ask("verify", method="GET")
    assert [(job["kind"], job["state"]) for job in jobs["jobs"]] == [("install", "running")]
    assert (await ask(f"verify/{job_id}", method="DELETE"))[0] == 204
    assert (await reached(ask, job_id, "cancelled"))["error"] is None
    assert files(project) == before


async def test_what_is_refused(ask, project: Path, jp_root_dir: Path, jp_data_dir: Path, python):
    status, answer = await ask("install", body())
    assert (status, answer["hint"]) == (409, "Preview the extraction again.")
    _, preview = await ask("extract", body())
    status, answer = await ask("install", body(base=preview["base"]))
    assert (status, answer["message"]) == (400, "The notebook has no kernel now.")
    assert answer["hint"].startswith("Run `python -m pip install --no-deps --editable ")
    assert (await ask("install", body(path="../n.ipynb", base="")))[0] == 403
    (project / "pyproject.toml").rename(jp_root_dir.parent / "pyproject.toml")
    try:
        status, answer = await ask("install", body(base=""))
    finally:
        (jp_root_dir.parent / "pyproject.toml").unlink()
    assert (status, "lies outside of the folder" in answer["message"]) == (403, True)
