"""`POST suggest` on a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.kernel

CELLS = [
    "prices = [3, 1, 2]",
    "total = 0\nfor price in prices:\n    total += price\nmean = total / 3",
    "print(mean)",
]


def body(**more: Any) -> dict[str, Any]:
    cells = [
        {"id": f"c{i}", "type": "code", "source": source, "execution_count": i + 1}
        for i, source in enumerate(CELLS)
    ]
    return {"path": "work/n.ipynb", "cells": cells, "language": "python", "kernel_id": None, **more}


@pytest.fixture
def post(jp_fetch, jp_root_dir: Path):
    (jp_root_dir / "work").mkdir()
    (jp_root_dir / "work/pyproject.toml").write_text('[project]\nname = "sales"\n')

    async def call(route: str, given: dict[str, Any]) -> dict[str, Any]:
        response = await jp_fetch("jupyter-prodready", route, method="POST", body=json.dumps(given))
        return json.loads(response.body)

    return call


async def test_what_is_suggested_can_be_extracted(post, jp_root_dir: Path):
    before = sorted(jp_root_dir.rglob("*"))
    answer = await post("suggest", body())
    assert answer == {
        "version": 1,
        "suggestions": [
            {
                "kind": "cell", "cells": ["c1"], "function": "make_total", "module": "work/src/sales/n.py",
                "text": "Takes `prices`, gives `total` and `mean`.", "labels": ["pure"],
                "inputs": ["prices"], "outputs": ["total", "mean"], "needs": [],
            }
        ],
    }  # fmt: skip
    assert sorted(jp_root_dir.rglob("*")) == before
    (one,) = answer["suggestions"]
    asked = body(selection=one["cells"], module=one["module"], name=one["function"])
    preview = await post("extract", asked)
    assert (preview["status"], preview["function"]) == ("preview", "make_total")
    assert preview["module"] == one["module"]


async def test_a_page_without_anything_has_none(post):
    assert (await post("suggest", body(cells=[])))["suggestions"] == []


async def test_a_page_outside_of_the_contents_root_is_refused(post):
    with pytest.raises(HTTPClientError) as caught:
        await post("suggest", body(path="../n.ipynb"))
    assert caught.value.code == 403
    assert set(json.loads(caught.value.response.body)) == {"message", "hint"}
