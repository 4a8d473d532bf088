"""`POST extract` of a cell that reads what only the kernel has: one click brings it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from page import Page

pytestmark = pytest.mark.kernel


@pytest.fixture(autouse=True)
def project(jp_root_dir: Path) -> None:
    (jp_root_dir / "pyproject.toml").write_text('[project]\nname = "sales"\n')


async def ask(page: Page, *selection: str, **other: Any) -> dict[str, Any]:
    body = {"selection": selection, "module": None, "name": "scale", **other}
    given = json.dumps(page.body(**body))
    response = await page.fetch("jupyter-prodready", "extract", method="POST", body=given)
    page.unsent = []
    return dict(json.loads(response.body))


def mended(page: Page, extraction: dict[str, Any]) -> Page:
    """The page after the one remedy of the refusals."""
    (action,) = {json.dumps(one["action"]) for one in extraction["refusals"]}
    action = json.loads(action)
    assert action["kind"] == "replace"
    for edit in action["edits"]:
        before = list(page.cells.items())
        if edit["action"] == "move":
            moving = before.pop(edit["index"])
            before.insert(edit["to"], moving)
        elif edit["action"] == "insert":
            before.insert(edit["index"], (edit["cell_id"], edit["after"]))
        else:
            before[edit["index"]] = (edit["cell_id"], edit["after"])
        page.cells = dict(before)
    return page


async def test_a_deleted_cell_is_restored(jp_fetch, kernel: Kernel):
    cells = {"a": "rate = 0.2\nbase = 5", "b": "total = 100 * rate + base\ntotal", "c": "total"}
    page = Page(jp_fetch, cells, kernel)
    await page.run()
    del page.cells["a"]
    refused = await ask(page, "b")
    assert refused["status"] == "refused"
    told = {(one["message"], one["remedy"]) for one in refused["refusals"]}
    assert told == {
        (
            "`rate`, `base` come from a cell that was deleted (In [1]).",
            "Restore the deleted cell above [2].",
        )
    }
    done = await ask(mended(page, refused), "b")
    assert done["status"] == "preview"
    assert [one["name"] for one in done["inputs"]] == ["rate", "base"]


async def test_a_line_that_was_edited_away_is_put_back(jp_fetch, kernel: Kernel):
    page = Page(jp_fetch, {"a": "rate = 0.2\nbase = 5", "b": "total = 100 * rate\ntotal"}, kernel)
    await page.run()
    page.cells["a"] = "base = 5"
    refused = await ask(page, "b")
    (one,) = refused["refusals"]
    assert one["remedy"] == "Put `rate = 0.2` back into [1]."
    assert (await ask(mended(page, refused), "b"))["status"] == "preview"


async def test_code_of_a_console_is_inserted(jp_fetch, kernel: Kernel):
    page = Page(jp_fetch, {"b": "total = 100 * rate\ntotal"}, kernel)
    await kernel.run("rate = 0.2")
    await page.run()
    refused = await ask(page, "b")
    (one,) = refused["refusals"]
    assert one["remedy"] == "Insert the outside code above [2]."
    assert (await ask(mended(page, refused), "b"))["status"] == "preview"


async def test_a_definition_further_down_moves_up(jp_fetch):
    page = Page(jp_fetch, {"b": "total = 100 * rate\ntotal", "a": "rate = 0.2"})
    refused = await ask(page, "b")
    (one,) = refused["refusals"]
    assert one["action"]["edits"][0]["action"] == "move"
    assert (await ask(mended(page, refused), "b"))["status"] == "preview"


async def test_what_else_stands_against_it_stays(jp_fetch, kernel: Kernel):
    page = Page(jp_fetch, {"a": "rate = 0.2", "b": "total = 100 * rate\nglobals()"}, kernel)
    await page.run()
    del page.cells["a"]
    actions = [one["action"] for one in (await ask(page, "b"))["refusals"]]
    assert sorted(one["kind"] for one in actions if one) == ["replace"]
    assert None in actions


async def test_nothing_is_offered_where_nobody_knows_the_source(jp_fetch):
    page = Page(jp_fetch, {"b": "total = 100 * rate\ntotal"})
    (one,) = (await ask(page, "b"))["refusals"]
    assert one["action"]["kind"] == "lines"
    assert one["message"] == "`rate` exists at most in the kernel: no cell above defines it."


async def test_selected_lines_stay_those_lines(jp_fetch, kernel: Kernel):
    """The lost line stood in the cell of which lines are selected: they would be others."""
    page = Page(jp_fetch, {"a": "base = 5\nrate = 0.2\ntotal = base * rate\ntotal"}, kernel)
    await page.run()
    page.cells["a"] = "base = 5\ntotal = base * rate\ntotal"
    (one,) = (await ask(page, "a", lines={"a": [2, 3]}))["refusals"]
    assert one["action"]["kind"] == "lines"


async def test_who_may_not_use_kernels_is_not_told_what_one_ran(
    jp_fetch, kernel: Kernel, jp_serverapp, monkeypatch
):
    page = Page(jp_fetch, {"a": "rate = 0.2", "b": "total = 100 * rate\ntotal"}, kernel)
    await page.run()
    del page.cells["a"]
    monkeypatch.setattr(
        jp_serverapp.authorizer,
        "is_authorized",
        lambda handler, user, action, resource: (action, resource) != ("execute", "kernels"),
    )
    (one,) = (await ask(page, "b"))["refusals"]
    assert one["message"] == "`rate` exists at most in the kernel: no cell above defines it."
    assert "0.2" not in json.dumps(one)
