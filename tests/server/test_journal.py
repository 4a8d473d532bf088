"""`POST journal`, `finish`: an extraction that was interrupted, on a real server."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_prodready.actions import journal

pytestmark = pytest.mark.kernel

CELLS = ["import math", "x = math.floor(2.5)\ny = x + 1\ny", "print(x, y)"]
MODULE = "src/sales/n.py"
Bytes = dict[str, bytes]


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    root = jp_root_dir / "work"
    (root / "src/sales").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    (root / "src/sales/__init__.py").touch()
    (root / MODULE).write_bytes(b"a = 1\r\n")
    return root


@pytest.fixture
def post(jp_fetch):
    async def call(route: str, **more: Any) -> tuple[int, dict[str, Any]]:
        cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(CELLS)]
        body = {"path": "work/n.ipynb", "cells": cells, "language": "python", **more}
        try:
            response = await jp_fetch(
                "jupyter-prodready", route, method="POST", body=json.dumps(body)
            )
        except HTTPClientError as error:
            return error.code, json.loads(error.response.body)
        return response.code, json.loads(response.body)

    return call


def files(root: Path) -> Bytes:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


async def extract(post) -> dict[str, Any]:
    asked = {"selection": ["c1"], "name": "compute"}
    _, preview = await post("extract", **asked)
    return (await post("apply", base=preview["base"], **asked))[1]


async def interrupted(post, project: Path) -> journal.Entry:
    """As a server leaves it that is killed before it writes the module."""
    await extract(post)
    (entry,) = journal.entries(project)
    (project / MODULE).write_bytes(entry.files[-1].before or b"")
    entry = replace(entry, state="prepared")
    journal.save(project, entry)
    return entry


async def test_nothing_was_interrupted(post, project: Path):
    assert await post("journal") == (200, {"unfinished": None})
    done = await extract(post)
    page = [{"id": e["cell_id"], "type": "code", "source": e["after"]} for e in done["cells"]]
    assert await post("journal", cells=page) == (200, {"unfinished": None})


async def test_undo_of_what_was_interrupted(post, project: Path):
    before = files(project)
    entry = await interrupted(post, project)
    told = {"id": entry.id, "what": "extraction", "is_written": False}
    told["files"] = [f"work/{MODULE}"]
    assert await post("journal") == (200, {"unfinished": told})
    assert await post("undo", id=entry.id) == (200, {"cells": [], "files": [], "stays": ""})
    assert files(project) == before
    assert await post("journal") == (200, {"unfinished": None})


@pytest.mark.parametrize("path", ["work/n.py", "work/n.ipynb"])
async def test_a_page_whose_file_keeps_no_ids(path: str, post, project: Path):
    """Opened again, a text has other ids; so has a notebook of format 4.4."""
    post = functools.partial(post, path=path)
    done = await extract(post)
    assert done["status"] == "applied"
    again = [{"id": f"new{i}", "type": "code", "source": s} for i, s in enumerate(CELLS)]
    status, told = await post("journal", cells=again)
    assert (status, told["unfinished"]["is_written"]) == (200, True)
    other = [*again[:1], {**again[1], "source": "x = 1"}, *again[2:]]
    moved = [again[1], again[0], again[2]]
    for page in (other, moved):
        assert await post("journal", cells=page) == (200, {"unfinished": None})
        assert (await post("finish", id=told["unfinished"]["id"], cells=page))[0] == 409
    _, finished = await post("finish", id=told["unfinished"]["id"], cells=again)
    assert [(e["action"], e["cell_id"]) for e in finished["cells"][1:]] == [("replace", "new1")]
    assert finished["cells"][0]["action"] == "insert"
    made = [again[0], *({**again[0], "source": e["after"]} for e in finished["cells"]), again[2]]
    made = [{**one, "id": f"newer{i}"} for i, one in enumerate(made)]
    assert await post("journal", cells=made) == (200, {"unfinished": None})


async def test_finish_what_was_interrupted(post, project: Path):
    before = files(project)
    entry = await interrupted(post, project)
    status, done = await post("finish", id=entry.id)
    assert (status, done["files"]) == (200, [f"work/{MODULE}"])
    assert [(e["action"], e["cell_id"], e["before"]) for e in done["cells"]] == [
        ("insert", done["cells"][0]["cell_id"], None),
        ("replace", "c1", CELLS[1]),
    ]
    assert b"def compute():" in (project / MODULE).read_bytes()
    assert (await post("undo", id=entry.id))[0] == 200
    assert files(project) == before


async def test_a_page_that_did_not_follow(post, project: Path):
    """The browser went between the answer and its own half, or before it was saved."""
    done = await extract(post)
    _, told = await post("journal")
    assert told["unfinished"] == {
        "id": done["undo_id"],
        "what": "extraction",
        "is_written": True,
        "files": [f"work/{MODULE}"],
    }
    _, finished = await post("finish", id=done["undo_id"])
    assert finished["cells"] == done["cells"]


async def test_a_module_that_was_edited_since_is_left_alone(post, project: Path):
    await extract(post)
    (project / MODULE).write_text("mine = 1\n")
    assert await post("journal") == (200, {"unfinished": None})
    entry = await interrupted_again(post, project, lambda path: path.write_text("mine = 1\n"))
    for route in ("finish", "undo"):
        status, answer = await post(route, id=entry.id)
        assert (status, answer["message"]) == (
            409,
            f"`{MODULE}` was edited after the extraction.",
        )
    assert (project / MODULE).read_text() == "mine = 1\n"


async def interrupted_again(post, project: Path, edit: Callable[[Path], object]) -> journal.Entry:
    (entry,) = journal.entries(project)
    entry = replace(entry, state="prepared")
    journal.save(project, entry)
    edit(project / MODULE)
    return entry


@pytest.mark.parametrize("change", ["edited", "moved"])
async def test_a_page_that_was_changed_since_is_not_finished(change: str, post, project: Path):
    entry = await interrupted(post, project)
    sources = {"edited": [CELLS[0], "z = 1", CELLS[2]], "moved": [CELLS[0], CELLS[2], CELLS[1]]}
    ids = {"edited": ["c0", "c1", "c2"], "moved": ["c0", "c2", "c1"]}
    page = [
        {"id": i, "type": "code", "source": s}
        for i, s in zip(ids[change], sources[change], strict=True)
    ]
    status, answer = await post("finish", id=entry.id, cells=page)
    assert (status, answer["hint"]) == (409, "Undo it, and make it anew.")
    assert (project / MODULE).read_bytes() == b"a = 1\r\n"
    assert await post("undo", id=entry.id, cells=page) == (
        200,
        {"cells": [], "files": [], "stays": ""},
    )


async def test_another_notebook_of_the_project_is_told_where(post, project: Path):
    await interrupted(post, project)
    assert (await post("journal", path="work/other.ipynb"))[1] == {"unfinished": None}
    asked = {"selection": ["c1"], "name": "other", "path": "work/other.ipynb"}
    _, preview = await post("extract", **asked)
    status, answer = await post("apply", base=preview["base"], **asked)
    assert (status, answer["message"]) == (
        409,
        "An earlier extraction from `n.ipynb` was interrupted.",
    )
    assert answer["hint"].startswith("Open `n.ipynb` and finish or undo it")


async def test_a_project_outside_of_the_contents_root_has_none(post, jp_root_dir: Path):
    (jp_root_dir.parent / "pyproject.toml").touch()
    try:
        assert await post("journal", path="n.ipynb") == (200, {"unfinished": None})
    finally:
        (jp_root_dir.parent / "pyproject.toml").unlink()
