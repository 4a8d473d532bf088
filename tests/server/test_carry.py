"""`POST carry`: after a proven extraction whose import ran, nothing on the page is edited."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from page import Page
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

CELLS = {
    "a": "prices = [3, 1, 2]",
    "b": "total = sum(prices)\nbiggest = max(prices)",
    "c": "print(total, biggest)",
}


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    (jp_root_dir / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    return jp_root_dir


class Sheet:
    """The extract sheet's part."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def ask(self, route: str, method: str = "POST", **more: Any) -> dict[str, Any]:
        body = json.dumps(self.page.body(**more)) if method == "POST" else None
        response = await self.page.fetch(
            "jupyter-prodready", *route.split("/"), method=method, body=body
        )
        return dict(json.loads(response.body)) if response.body else {}

    async def proven(self, **asked: Any) -> str:
        """The id of the job that proved it, once it ended."""
        preview = await self.ask("extract", **asked)
        job = await self.ask("proof", base=preview["base"], **asked)
        while (await self.ask(f"verify/{job['id']}", "GET"))["state"] in ("queued", "running"):
            await asyncio.sleep(0.1)
        return str(job["id"])

    async def apply(self, job: str, **asked: Any) -> dict[str, Any]:
        preview = await self.ask("extract", **asked)
        applied = await self.ask("apply", base=preview["base"], proof=job, **asked)
        assert applied["status"] == "applied", applied
        return applied

    def edit(self, edits: list[dict[str, Any]]) -> str:
        """Make the edits on the page; the source of the cell that is new."""
        cells = list(self.page.cells.items())
        new = ""
        for edit in sorted(edits, key=lambda one: (-one["index"], one["action"] == "insert")):
            if edit["action"] == "insert":
                cells.insert(edit["index"], (edit["cell_id"], edit["after"]))
                new = edit["after"]
            elif edit["action"] == "delete":
                del cells[edit["index"]]
            else:
                assert edit["action"] == "replace"
                cells[edit["index"]] = (edit["cell_id"], edit["after"])
        self.page.cells = dict(cells)
        return new


def states(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["state"], one["inputs"]) for one in report["cells"]]


async def test_the_runs_are_carried_over(jp_fetch, kernel: Kernel, project: Path):
    silent = {"silent": True, "store_history": False}
    here = f"import os, sys; os.chdir({str(project)!r}); sys.dont_write_bytecode = True"
    await kernel.run(here, **silent)
    page = Page(jp_fetch, dict(CELLS), kernel)
    await page.run()
    assert (await page.check())["verdict"]["state"] == "in-order"
    sheet, asked = Sheet(page), {"selection": ["b"], "name": "summary"}
    job = await sheet.proven(**asked)
    applied = await sheet.apply(job, **asked)
    lines = sheet.edit(applied["cells"])
    assert ("edited", "fresh") in states(await page.check())
    reply = await kernel.run(lines, **silent)
    assert reply["status"] == "ok", reply

    with pytest.raises(HTTPClientError) as failure:  # the proof of another page
        await sheet.ask("carry", proof=job, selection=["b"], path="other.ipynb")
    assert failure.value.code == 400
    await sheet.ask("carry", proof=job, selection=["b"])
    for _ in range(2):  # before and after the module's hash is remembered
        report = await page.check()
        assert states(report) == [("reproducible", "fresh")] * 4
        assert report["verdict"]["state"] == "in-order"
    await page.run("b", "c")
    assert {state for state, _ in states(await page.check())} == {"reproducible"}

    module = project / "src/sales/n.py"
    module.write_text(module.read_text().replace("max(", "min("))
    assert ("stale", "stale") in states(await page.check())


async def test_the_runs_of_a_page_that_is_split(jp_fetch, kernel: Kernel, project: Path):
    silent = {"silent": True, "store_history": False}
    here = f"import os, sys; os.chdir({str(project)!r}); sys.dont_write_bytecode = True"
    await kernel.run(here, **silent)
    sections = {
        "h1": "md ## Sum up", "a": "prices = [3, 1, 2]", "b": CELLS["b"], "c": "half = total / 2\nthird = total / 3",
        "h2": "md ## Find roots", "d": "roots = [p ** 0.5 for p in prices]\nlast = roots[-1]\nprint(last, half)",
    }  # fmt: skip
    page = Page(jp_fetch, sections, kernel)
    await page.run()
    sheet, asked = Sheet(page), {"selection": [], "split": True}
    job = await sheet.proven(**asked)
    applied = await sheet.apply(job, **asked)
    assert [step["cells"] for step in applied["steps"]] == [["b", "c"], ["d"]]
    lines = sheet.edit(applied["cells"])
    reply = await kernel.run(lines, **silent)
    assert reply["status"] == "ok", reply
    await sheet.ask("carry", proof=job, selection=[])
    report = await page.check()
    assert {state for state, _ in states(report)} == {"reproducible"}
    assert report["verdict"]["state"] == "in-order"


async def test_only_a_proof_of_the_page_is_taken(jp_fetch, kernel: Kernel, project: Path):
    page = Page(jp_fetch, dict(CELLS), kernel)
    await page.run()
    sheet = Sheet(page)
    for more, code in (
        ({"proof": "v99", "selection": ["b"]}, 404),
        ({"proof": None, "selection": ["b"]}, 400),
        ({"proof": "v1"}, 400),
    ):
        with pytest.raises(HTTPClientError) as failure:
            await sheet.ask("carry", **more)
        assert failure.value.code == code
