"""`extract`, `proof`, `apply` and `undo` of a page that is split at its headings."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

CELLS = [
    "md ## Read",
    "rows = [3, 1, 2]\nrows = [row * 2 for row in rows]",
    "md ## Sum up",
    "total = sum(rows)\nprint(total)",
    "md ## Odd",
    "exec('odd = 1')\nodd = odd + total",
]


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    root = jp_root_dir / "work"
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    return root


def body(**more: Any) -> dict[str, Any]:
    cells = [
        {
            "id": f"c{number}",
            "type": "markdown" if source.startswith("md ") else "code",
            "source": source.removeprefix("md "),
            "execution_count": number + 1,
        }
        for number, source in enumerate(CELLS)
    ]
    live = {"path": "work/notebooks/n.ipynb", "cells": cells, "language": "python"}
    return {**live, "selection": [], "split": True, **more}


@pytest.fixture
def ask(jp_fetch):
    async def call(route: str, **more: Any) -> dict[str, Any]:
        text = json.dumps(body(**more)) if not route.startswith("verify/") else None
        method = "POST" if text else "GET"
        parts = ("jupyter-prodready", *route.split("/"))
        try:
            response = await jp_fetch(*parts, method=method, body=text)
        except HTTPClientError as error:
            raise AssertionError(error.response.body) from error
        return dict(json.loads(response.body))

    return call


def files(project: Path) -> list[str]:
    every = (path for path in project.rglob("*") if path.is_file())
    names = (path.relative_to(project).as_posix() for path in every)
    return sorted(name for name in names if not name.startswith("."))


async def test_proven_with_its_tests_applied_and_undone(ask, project: Path):
    wanted = {"options": {"test": True}}
    preview = await ask("extract", **wanted)
    assert [(step["heading"], step["module"]) for step in preview["steps"]] == [
        ("Read", "work/src/sales/read.py"),
        ("Sum up", "work/src/sales/sum_up.py"),
    ]
    assert (preview["module"], preview["notes"]) == (
        "work/src/sales",
        ["[6] stays: `exec` runs code that I cannot see."],
    )
    job = await ask("proof", base=preview["base"], confirmed=["c5"], **wanted)
    while (found := await ask(f"verify/{job['id']}"))["state"] in ("queued", "running"):
        await asyncio.sleep(0.1)
    proven = found["extraction"]
    assert (proven["status"], proven["proof"]) == ("preview", "equal")
    assert files(project) == ["pyproject.toml"]

    applied = await ask("apply", base=preview["base"], proof=job["id"], **wanted)
    assert (applied["status"], applied["notes"]) == ("applied", proven["notes"])
    assert files(project) == [
        "pyproject.toml", "src/sales/__init__.py", "src/sales/read.py", "src/sales/sum_up.py",
        "tests/test_read.py", "tests/test_sum_up.py",
    ]  # fmt: skip
    assert "-> list[int]:" in (project / "src/sales/read.py").read_text()
    assert "rows = [6, 2, 4]" in (project / "tests/test_sum_up.py").read_text()
    undone = await ask("undo", id=applied["undo_id"], cells=edited(applied["cells"]))
    assert len(undone["files"]) == 5
    assert files(project) == ["pyproject.toml"]


def edited(edits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells once the edits are made, whose indices mean the page before."""
    cells = body()["cells"]
    for edit in sorted(edits, key=lambda one: (-one["index"], one["action"] == "insert")):
        if edit["action"] == "insert":
            new = {"id": edit["cell_id"], "type": "code", "source": edit["after"]}
            cells.insert(edit["index"], new)
        else:
            cells[edit["index"]]["source"] = edit["after"]
    return cells


async def test_into_another_folder_and_only_some_cells(ask, project: Path):
    (project / "parts").mkdir()
    found = await ask("extract", module="work/parts", selection=["c3"])
    assert [step["module"] for step in found["steps"]] == ["work/parts/sum_up.py"]
    root = await ask("extract", module="work", selection=["c3"])
    assert [step["module"] for step in root["steps"]] == ["work/sum_up.py"]


async def test_several_functions_of_cells_that_show_values(ask, project: Path):
    page = [
        "rows = [3, 1, 2]\nrows.sort()\nrows",
        "total = sum(rows)\nmean = total / 3\nmean",
        "mean",
    ]
    cells = [{"id": f"c{n}", "type": "code", "source": text} for n, text in enumerate(page)]
    asked = {"cells": cells, "selection": ["c0", "c1"], "split": False}
    refused = await ask("extract", **asked)
    assert [one["action"]["kind"] for one in refused["refusals"]] == ["several"]

    wanted = {**asked, "options": {"several": True, "test": True}}
    preview = await ask("extract", **wanted)
    made = [(step["function"], step["cells"]) for step in preview["steps"]]
    assert made == [("make_rows", ["c0"]), ("make_total", ["c1"])]
    assert {step["module"] for step in preview["steps"]} == {preview["module"]}
    job = await ask("proof", base=preview["base"], confirmed=["c0", "c1"], **wanted)
    while (found := await ask(f"verify/{job['id']}"))["state"] in ("queued", "running"):
        await asyncio.sleep(0.1)
    assert found["extraction"]["proof"] == "equal"
    applied = await ask("apply", base=preview["base"], proof=job["id"], **wanted)
    text = (project / preview["module"].removeprefix("work/")).read_text()
    assert "def make_rows() -> list[int]:" in text
    assert "def make_total(rows: list[int]) -> tuple[int, float]:" in text
    tests = [name for name in files(project) if name.startswith("tests/test_")]
    assert len(tests) == 2
    (one,) = [edit for edit in applied["cells"] if edit["cell_id"] == "c1"]
    assert one["after"] == "total, mean = make_total(rows)\nmean"
