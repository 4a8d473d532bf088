"""`POST fix` on a real server with a real kernel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from page import Page
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.kernel

GOLDEN = Path(__file__).parents[1] / "wire" / "fix.json"


async def ask(page: Page, **other: object) -> dict[str, Any]:
    body = json.dumps(page.body(**other))
    response = await page.fetch("jupyter-prodready", "fix", method="POST", body=body)
    return dict(json.loads(response.body))


async def refused(page: Page, status: int, **other: object) -> dict[str, Any]:
    with pytest.raises(HTTPClientError) as caught:
        await ask(page, **other)
    assert caught.value.code == status
    return dict(json.loads(caught.value.response.body))


async def deleted(fetch: Any, kernel: Kernel) -> tuple[Page, dict[str, Any]]:
    """A page whose first cell ran and was deleted, and the one fix that it is offered."""
    page = Page(fetch, {"a": "rate = 0.2", "b": "total = 100 * rate", "c": "total"}, kernel)
    await page.run()
    del page.cells["a"]
    (finding,) = (await page.check())["findings"]
    (fix,) = finding["fixes"]
    return page, fix


async def test_preview_then_apply_mends_the_page(jp_fetch, kernel: Kernel):
    page, fix = await deleted(jp_fetch, kernel)
    assert (fix["kind"], fix["checked"], fix["proven"]) == ("restore-source", True, False)
    shown = await ask(page, id=fix["id"])
    assert shown["status"] == "preview"
    assert [one["id"] for one in shown["fixes"]] == [fix["id"]]
    assert "+rate = 0.2" in shown["diff"].splitlines()
    applied = await ask(page, id=fix["id"], base=shown["base"])
    (edit,) = applied["cells"]
    assert (edit["action"], edit["index"], edit["after"]) == ("insert", 0, "rate = 0.2")
    page.cells = {edit["cell_id"]: edit["after"], **page.cells}
    report = await page.check()
    assert (report["findings"], report["verdict"]["state"]) == ([], "in-order")


async def test_a_page_that_changed_since_the_preview_is_refused(jp_fetch, kernel: Kernel):
    page, fix = await deleted(jp_fetch, kernel)
    shown = await ask(page, id=fix["id"])
    page.cells["c"] = "total + 1"
    assert (await refused(page, 409, id=fix["id"], base=shown["base"]))["hint"]
    page.cells = {"a": "rate = 1", **page.cells}
    await refused(page, 409, id=fix["id"], base=shown["base"])
    await refused(page, 404, id=fix["id"])


async def test_a_move_is_the_golden_file_that_the_panel_reads(jp_fetch):
    page = Page(jp_fetch, {"a": "print(rate)", "b": "rate = 0.2"})
    (finding,) = (await page.check())["findings"]
    (fix,) = finding["fixes"]
    assert await ask(page, id=fix["id"]) == json.loads(GOLDEN.read_text(encoding="utf-8"))


async def test_runs_since_the_preview_count(jp_fetch, kernel: Kernel):
    """The page is the same, but a console has put another value in the name's place."""
    page, fix = await deleted(jp_fetch, kernel)
    shown = await ask(page, id=fix["id"])
    await kernel.run("rate = 0.3")
    await kernel.run(page.cells["b"], "b")
    page.unsent.append(page.report("b", 5, "ok"))
    await refused(page, 409, id=fix["id"], base=shown["base"])


async def test_a_restart_since_the_preview_counts(jp_fetch, kernel: Kernel):
    page, fix = await deleted(jp_fetch, kernel)
    shown = await ask(page, id=fix["id"])
    await jp_fetch("api", "kernels", kernel.id, "restart", method="POST", body="{}")
    await refused(page, 409, id=fix["id"], base=shown["base"])


async def test_a_dead_kernel_has_no_fix_for_it(jp_fetch, kernel: Kernel):
    page, fix = await deleted(jp_fetch, kernel)
    await jp_fetch("api", "kernels", kernel.id, method="DELETE")
    answer = await refused(page, 404, id=fix["id"])
    assert answer["hint"]


async def test_runs_change_no_cell(jp_fetch, kernel: Kernel):
    page = Page(jp_fetch, {"a": "rate = 1", "b": "rate"}, kernel)
    await page.run()
    page.cells["a"] = "rate = 2"
    (finding,) = (await page.check())["findings"]
    (fix,) = finding["fixes"]
    assert (fix["kind"], fix["run"], fix["title"]) == ("run-cells", ["a", "b"], "Run [1] and [2]")
    await refused(page, 400, id=fix["id"])


@pytest.mark.parametrize("other", [{}, {"id": 3}, {"id": "f", "base": 3}])
async def test_a_body_that_is_wrong(jp_fetch, other: dict[str, object]):
    page = Page(jp_fetch, {"a": "x = 1"})
    assert "must be a text" in (await refused(page, 400, **other))["message"]


async def test_a_path_outside_of_the_contents_root(jp_fetch):
    page = Page(jp_fetch, {"a": "np.array([1])"}, path="../n.ipynb")
    await refused(page, 403, id="f")
