"""`POST proof` uses the page's own run of an earlier proof, says so, and can be told not to."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_prodready.server.baselines import EXPIRY_SECONDS, MOST, MOST_BYTES, Baselines
from jupyter_prodready.verify.baseline import Stored
from jupyter_prodready.verify.ground import Ground

PAGE = "work/notebooks/n.ipynb"
CELLS = {
    "c0": "with open('../data.txt') as file:\n    text = file.read()",
    "c1": "size = len(text)\nprint(size)",
    "c2": "half = size / 2\nprint(half)",
}


@pytest.fixture
def project(jp_root_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # on a busy machine a cell of an instant takes seconds
    monkeypatch.setattr("jupyter_prodready.verify.baseline.MOST_EXTRA_SECONDS", 60.0)
    root = jp_root_dir / "work"
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    (root / "data.txt").write_text("abcd")
    return root


@pytest.fixture
def ask(jp_fetch):
    async def call(route: str, given: dict[str, Any] | None = None, method: str = "POST") -> Any:
        text = None if given is None else json.dumps(given)
        path = ("jupyter-prodready", *route.split("/"))
        try:
            response = await jp_fetch(*path, method=method, body=text)
        except HTTPClientError as error:
            return error.code, json.loads(error.response.body)
        return response.code, json.loads(response.body) if response.body else None

    return call


def body(cells: dict[str, str], cell_id: str, **more: Any) -> dict[str, Any]:
    listed = [{"id": key, "type": "code", "source": cells[key]} for key in cells]
    return {"path": PAGE, "cells": listed, "selection": [cell_id], "name": f"of_{cell_id}", **more}


async def proven(ask, given: dict[str, Any]) -> tuple[str, bool, int]:
    """The job's id, whether an earlier run was used, and how many runs of cells it took."""
    status, started = await ask("proof", given)
    assert status == 202, started
    for _ in range(600):
        _, job = await ask(f"verify/{started['id']}", method="GET")
        if job["state"] not in ("queued", "running"):
            break
        await asyncio.sleep(0.1)
    made = job["extraction"]
    assert (job["state"], made["proof"]) == ("done", "equal"), job
    if made["baseline"] is not None:
        assert made["baseline"].endswith("Z")
        assert made["baseline"] <= job["started_at"]
    return started["id"], made["baseline"] is not None, job["total"]


@pytest.mark.kernel
@pytest.mark.slow
async def test_the_run_of_a_proof_is_that_of_the_next(ask, project: Path, monkeypatch):
    assert (await proven(ask, body(CELLS, "c1")))[1:] == (False, 8)
    plain = body(CELLS, "c1", options={"docstring": False, "test": True})
    first, *rest = await proven(ask, plain)
    assert rest == [True, 4]
    assert (await proven(ask, {**plain, "anew": True}))[1:] == (False, 8)

    _, preview = await ask("extract", plain)
    _, applied = await ask("apply", {**plain, "proof": first, "base": preview["base"]})
    assert applied["status"] == "applied"
    assert "work/tests/test_n.py" in applied["files"]
    new = {edit["cell_id"]: edit["after"] for edit in applied["cells"]}
    (setup,) = (edit for edit in applied["cells"] if edit["action"] == "insert")
    order = [*CELLS]
    order.insert(setup["index"], setup["cell_id"])
    after = {key: new.get(key, CELLS.get(key, "")) for key in order}
    assert (await proven(ask, body(after, "c2")))[1:] == (True, 4)

    (project / "data.txt").write_text("abcde")
    assert (await proven(ask, body(after, "c2")))[1:] == (False, 8)
    monkeypatch.setenv("RATES", "7")
    assert (await proven(ask, body(after, "c2")))[1:] == (False, 8)
    assert (await proven(ask, body(after, "c2")))[1:] == (True, 4)


def test_few_are_held_and_the_newest_of_each_page():
    import time

    ground, now = Ground("mine", (), Path("n.ipynb")), time.time()
    held = Baselines()
    for number in range(MOST + 2):
        held.add(ground, (Stored(now + number, False, f"p{number}", b""),), {})
    assert [one.page for one in held.of(ground)] == [f"p{n}" for n in range(MOST + 1, 1, -1)]
    held.add(ground, (Stored(now + 99, True, "p4", b"x"),), {"a.py": "1"})
    newest, *others = held.of(ground)
    assert (newest.at, newest.written) == (now + 99, {"a.py": "1"})
    assert "p4" not in [one.page for one in others]
    held.use(ground, now + 3)
    assert held.of(ground)[0].page == "p3"
    held.drop(ground, (now + 3,))
    assert "p3" not in [one.page for one in held.of(ground)]
    assert held.of(Ground("theirs", (), Path("n.ipynb"))) == ()
    held.add(ground, (Stored(now - EXPIRY_SECONDS - 1, False, "old", b""),), {})
    assert "old" not in [one.page for one in held.of(ground)]
    held.add(ground, (Stored(now, False, "large", b"x" * MOST_BYTES),), {})
    assert [one.page for one in held.of(ground)] == ["large"]
    held.drop(ground)
    assert held.of(ground) == ()
