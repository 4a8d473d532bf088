"""`POST proof`: a job that runs the page before and after, and an `apply` that rests on it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import psutil
import pytest
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

PAGE = "work/notebooks/n.ipynb"
CELLS = [
    "prices = [3, 1, 2]",
    "total = sum(prices)\nprint(total)",
    "print(total / 2)",
    "import logging, sys\n"
    "logging.basicConfig(stream=sys.stdout, format='%(funcName)s', force=True)\n"
    "logging.warning('told')\ntold = True",
    "with open('out.txt', 'w') as file:\n    written = file.write('x')\nprint(written)",
]


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    root = jp_root_dir / "work"
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    return root


def body(*selection: str, **more: Any) -> dict[str, Any]:
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(CELLS)]
    return {"path": PAGE, "cells": cells, "selection": [*selection], "name": "compute", **more}


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


async def ended(ask, job_id: str) -> dict[str, Any]:
    for _ in range(600):
        _, job = await ask(f"verify/{job_id}", method="GET")
        if job["state"] not in ("queued", "running"):
            return job
        await asyncio.sleep(0.1)
    raise AssertionError("the job did not end")


def files(project: Path) -> list[str]:
    return sorted(path.name for path in project.rglob("*") if path.is_file())


async def test_a_proof_is_run_told_and_applied(ask, project: Path):
    _, preview = await ask("extract", body("c1"))
    status, started = await ask("proof", body("c1", base=preview["base"]))
    assert status == 202
    job = await ended(ask, started["id"])
    assert (job["kind"], job["state"], job["report"]) == ("proof", "done", None)
    proven = job["extraction"]
    assert (proven["status"], proven["proof"]) == ("preview", "equal")
    assert "def compute(prices: list[int]) -> int:" in proven["diff"]
    lines = proven["diff"].splitlines()
    types = [one for one in proven["optional"] if one["option"] == "annotations"]
    assert [lines[one["first"] - 1] for one in types] == ["+def compute(prices: list[int]) -> int:"]
    assert files(project) == ["pyproject.toml"]

    given = body("c1", base=preview["base"], proof=started["id"])
    _, applied = await ask("apply", given)
    assert (applied["status"], applied["proof"]) == ("applied", "equal")
    module = project / "src/sales/n.py"
    assert "def compute(prices: list[int]) -> int:" in module.read_text()


async def test_a_test_is_tried_shown_and_written_and_types_are_left_out(ask, project: Path):
    wanted = {"options": {"test": True, "annotations": False}}
    source = "import numpy as np\ntotal = sum(prices)\ngrid = np.arange(500) * total"
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate([CELLS[0], source])]
    wanted["cells"] = [*cells, {"id": "c2", "type": "code", "source": "print(total, grid.sum())"}]
    _, preview = await ask("extract", body("c1", **wanted))
    _, started = await ask("proof", body("c1", base=preview["base"], **wanted))
    job = await ended(ask, started["id"])
    proven = job["extraction"]
    assert (proven["status"], proven["proof"]) == ("preview", "equal")
    assert "def compute(prices):" in proven["diff"]
    assert "def test_compute():" in proven["diff"]
    lines = proven["diff"].splitlines()
    shown = {o["option"]: lines[o["first"] - 1 : o["last"]] for o in proven["optional"]}
    assert shown["test"][1] == "+++ b/tests/test_n.py"
    assert "annotations" not in shown
    said = "`tests/test_n.py` was seen to fail where the function does something else."
    assert proven["notes"][-1] == f"{said} Run it with `PYTHONPATH=src pytest`."
    assert files(project) == ["pyproject.toml"]

    given = body("c1", base=preview["base"], proof=started["id"], **wanted)
    _, applied = await ask("apply", given)
    assert applied["status"] == "applied"
    assert applied["files"][2:] == [
        "work/tests/test_n.py",
        "work/tests/data/n/compute_grid_out.npy",
    ]
    data = (project / "tests/data/n/compute_grid_out.npy").read_bytes()
    assert data.startswith(b"\x93NUMPY")
    page = [{**cells[0]}, *cells[1:]]
    _, undone = await ask("undo", body("c1", id=applied["undo_id"], **{**wanted, "cells": page}))
    assert len(undone["files"]) == 4
    assert files(project) == ["pyproject.toml"]


async def test_why_no_test_is_written_is_told(ask, project: Path):
    wanted = {"options": {"test": True}}
    _, preview = await ask("extract", body("c2", **wanted))
    _, started = await ask("proof", body("c2", base=preview["base"], **wanted))
    proven = (await ended(ask, started["id"]))["extraction"]
    why = "it gives nothing back that could be compared."
    assert proven["notes"][-1] == f"No test was written: {why}"
    _, applied = await ask("apply", body("c2", base=preview["base"], proof=started["id"], **wanted))
    assert (applied["status"], applied["notes"]) == ("applied", proven["notes"])


async def test_copies_need_a_proof_that_nobody_sees_them(ask, project: Path):
    wanted = {"options": {"pure": True}}
    sources = ["prices = [3, 1, 2]", "prices.append(4)\nprices.sort()", "print(prices)"]
    lines = (
        ("", "", "equal"),
        ("same = prices", "", "differs"),
        ("", "last = prices[9]", "not-run"),
    )
    for above, inside, proof in lines:
        texts = [f"{sources[0]}\n{above}", f"{sources[1]}\n{inside}", sources[2]]
        cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(texts)]
        asked = {**wanted, "cells": cells}
        _, preview = await ask("extract", body("c1", **asked))
        code, answer = await ask("apply", body("c1", base=preview["base"], **asked))
        assert (code, answer["hint"]) == (400, "Prove it, or leave the copies out.")
        _, started = await ask("proof", body("c1", base=preview["base"], **asked))
        found = (await ended(ask, started["id"]))["extraction"]
        assert found["proof"] == proof
        assert found["status"] == ("preview" if proof == "equal" else "refused")
    assert files(project) == ["pyproject.toml"]


async def test_what_differs_is_refused_and_not_written(ask, project: Path):
    _, preview = await ask("extract", body("c3"))
    _, started = await ask("proof", body("c3", base=preview["base"]))
    job = await ended(ask, started["id"])
    proven = job["extraction"]
    assert (proven["status"], proven["proof"]) == ("refused", "differs")
    assert "differs: it shows 'compute', the page '<module>'" in proven["refusals"][0]["message"]
    _, applied = await ask("apply", body("c3", base=preview["base"], proof=started["id"]))
    assert applied["status"] == "refused"
    assert files(project) == ["pyproject.toml"]


async def test_cells_that_touch_the_world_are_asked_about(ask, project: Path):
    status, question = await ask("proof", body("c4"))
    assert status == 409
    assert [cell["cell_id"] for cell in question["effects"]] == ["c4"]
    status, started = await ask("proof", body("c4", confirmed=["c4"]))
    assert status == 202
    job = await ended(ask, started["id"])
    assert job["extraction"]["proof"] == "equal"
    assert (project / "notebooks/out.txt").exists()


async def test_bad_requests_run_nothing(ask, project: Path):
    assert (await ask("proof", body("c1", base="old")))[0] == 409
    assert (await ask("proof", body("nope")))[0] == 400
    status, answer = await ask("proof", body("c1", lines={"c1": "all"}))
    said = "`lines` must give [first, last] for ids of cells, or several that share no line."
    assert (status, answer["message"]) == (400, said)
    status, answer = await ask("proof", body("c1", lines={"c1": [[1, 2], [2, 3]]}))
    assert (status, answer["message"]) == (400, said)
    _, preview = await ask("extract", body("c1"))
    status, answer = await ask("apply", body("c1", base=preview["base"], proof="v1"))
    assert (status, answer["message"]) == (404, "There is no job 'v1'.")
    assert (await ask("verify", None, "GET"))[1]["jobs"] == []
    assert files(project) == ["pyproject.toml"]


async def test_a_proof_can_be_cancelled_and_is_not_applied(ask, project: Path):
    cells = [{"id": "c0", "type": "code", "source": "n = 1"}]
    cells.append({"id": "c1", "type": "code", "source": "import time\ntime.sleep(n * 60)\nm = n"})
    given = {"path": PAGE, "cells": cells, "selection": ["c1"], "name": "wait"}
    _, preview = await ask("extract", given)
    _, started = await ask("proof", given)
    assert (await ask(f"verify/{started['id']}", method="DELETE"))[0] == 204
    job = await ended(ask, started["id"])
    assert (job["state"], job["extraction"]) == ("cancelled", None)
    commands = [" ".join(one.cmdline()) for one in psutil.Process().children()]
    assert not [command for command in commands if "verify.worker" in command]
    status, answer = await ask("apply", {**given, "base": preview["base"], "proof": started["id"]})
    assert (status, answer["message"]) == (409, "The proof did not end.")
    assert files(project) == ["pyproject.toml"]
