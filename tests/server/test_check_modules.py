"""`POST check` where a module of the project was edited after cells had used it: real kernels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from page import Page, told

pytestmark = pytest.mark.kernel

GOOD = "reproducible fresh ok ok"
RATE = "RATE = 0.2\n\n\ndef taxed(price):\n    return price * (1 + RATE)\n"
OTHER_RATE = RATE.replace("0.2", "0.25")


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    """A project with `src/helpers.py` and a notebook beside it."""
    (jp_root_dir / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (jp_root_dir / "src").mkdir()
    (jp_root_dir / "src" / "helpers.py").write_text(RATE)
    return jp_root_dir


async def imported(jp_fetch: Any, kernel: Kernel, project: Path, **cells: str) -> Page:
    """A page whose cells ran once, in order, and were checked; its kernel finds `src`."""
    # a module that was edited within one second keeps its byte code: do not keep it
    silent = {"silent": True, "store_history": False}
    path = f"import sys; sys.path.insert(0, {str(project / 'src')!r})"
    await kernel.run(f"{path}; sys.dont_write_bytecode = True", **silent)
    page = Page(jp_fetch, cells, kernel)
    await page.run()
    assert stale(await page.check()) == []
    return page


def answers(report: dict[str, Any]) -> dict[str, str]:
    return {
        cell["id"]: " ".join(cell[key] for key in ("state", "inputs", "now", "restart"))
        for cell in report["cells"]
    }


def stale(report: dict[str, Any]) -> list[str]:
    """Cells that do not show, or did not compute from, what a clean run would give."""
    return [one["id"] for one in report["cells"] if "stale" in (one["state"], one["inputs"])]


def shows(kernel_reply: dict[str, Any]) -> str:
    return str(kernel_reply["user_expressions"]["shown"]["data"]["text/plain"])


async def now(page: Page, expression: str) -> str:
    """What the kernel has for it, by a silent request that leaves no trace."""
    assert page.kernel is not None
    asked = {"silent": True, "store_history": False, "user_expressions": {"shown": expression}}
    return shows(await page.kernel.run("", **asked))


async def test_readers_of_an_edited_module_are_stale(jp_fetch, kernel: Kernel, project: Path):
    page = await imported(
        jp_fetch,
        kernel,
        project,
        a="import helpers",
        b="price = 10",
        c="helpers.taxed(price)",
        d="print(price)",
    )
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    report = await page.check()
    assert await now(page, "helpers.taxed(price)") == "12.0"  # a clean run gives 12.5
    assert stale(report) == ["c"]
    assert {cell: answers(report)[cell] for cell in "bd"} == {"b": GOOD, "d": GOOD}
    assert {one["certain"] for one in report["findings"]} == {False}


async def test_readers_of_an_edited_module_are_never_called_clean(
    jp_fetch, kernel: Kernel, project: Path
):
    page = await imported(
        jp_fetch, kernel, project, a="import helpers", b="price = 10", c="helpers.taxed(price)"
    )
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    report = await page.check()
    assert answers(report)["b"] == GOOD
    assert answers(report)["c"].split()[0] in ("stale", "unknown")
    assert report["verdict"]["state"] != "in-order"


async def test_an_edited_module_that_no_cell_imports_changes_nothing(
    jp_fetch, kernel: Kernel, project: Path
):
    (project / "src" / "unrelated.py").write_text("x = 1\n")
    page = await imported(jp_fetch, kernel, project, a="import helpers", b="helpers.taxed(1)")
    (project / "src" / "unrelated.py").write_text("x = 2\n")
    report = await page.check()
    assert (told(report), answers(report)) == ([], {"a": GOOD, "b": GOOD})


async def test_a_module_that_is_saved_as_it_was_changes_nothing(
    jp_fetch, kernel: Kernel, project: Path
):
    page = await imported(jp_fetch, kernel, project, a="import helpers", b="helpers.taxed(1)")
    (project / "src" / "helpers.py").write_text(RATE)
    report = await page.check()
    assert (told(report), answers(report)) == ([], {"a": GOOD, "b": GOOD})


async def test_an_edit_that_is_taken_back_is_forgiven(jp_fetch, kernel: Kernel, project: Path):
    page = await imported(jp_fetch, kernel, project, a="import helpers", b="helpers.taxed(1)")
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    assert stale(await page.check()) == ["b"]
    (project / "src" / "helpers.py").write_text(RATE)
    report = await page.check()
    assert (told(report), answers(report)) == ([], {"a": GOOD, "b": GOOD})


async def test_names_from_a_module_and_what_it_imports_itself(
    jp_fetch, kernel: Kernel, project: Path
):
    (project / "src" / "rates.py").write_text("RATE = 0.2\n")
    (project / "src" / "helpers.py").write_text("from rates import RATE\n")
    page = await imported(
        jp_fetch, kernel, project, a="from helpers import RATE", b="RATE", c="import json", d="json"
    )
    (project / "src" / "rates.py").write_text("RATE = 0.3\n")
    report = await page.check()
    assert stale(report) == ["b"]
    assert answers(report)["d"] == GOOD


async def test_a_module_of_the_same_page_that_was_not_edited(
    jp_fetch, kernel: Kernel, project: Path
):
    (project / "src" / "paths.py").write_text("HOME = 'here'\n")
    page = await imported(
        jp_fetch,
        kernel,
        project,
        a="import helpers\nimport paths",
        b="helpers.RATE",
        c="paths.HOME",
    )
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    report = await page.check()
    assert stale(report) == ["b"]
    assert answers(report)["c"] == GOOD


async def test_a_second_import_does_not_read_the_edited_module(
    jp_fetch, kernel: Kernel, project: Path
):
    page = await imported(jp_fetch, kernel, project, a="import helpers", b="helpers.taxed(10)")
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    await page.run("a", "b")
    assert await now(page, "helpers.taxed(10)") == "12.0"  # the kernel keeps the module it has
    assert stale(await page.check()) == ["b"]


async def test_after_a_reload_the_edited_module_is_the_one_in_use(
    jp_fetch, kernel: Kernel, project: Path
):
    page = await imported(
        jp_fetch,
        kernel,
        project,
        a="import helpers\nimport importlib\nimportlib.reload(helpers)",
        b="helpers.taxed(10)",
    )
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    await page.run("a", "b")
    assert await now(page, "helpers.taxed(10)") == "12.5"
    assert stale(await page.check()) == []


async def test_a_restart_reads_the_module_again(jp_fetch, kernel: Kernel, project: Path):
    page = await imported(jp_fetch, kernel, project, a="import helpers", b="helpers.taxed(10)")
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    assert stale(await page.check()) == ["b"]
    await jp_fetch("api", "kernels", kernel.id, "restart", method="POST", body="")
    again = await imported(jp_fetch, kernel, project, **page.cells)
    assert await now(again, "helpers.taxed(10)") == "12.5"
    report = await again.check()
    assert (told(report), answers(report)) == ([], {"a": GOOD, "b": GOOD})


async def test_a_module_that_the_page_loads_anew_by_itself(jp_fetch, kernel: Kernel, project: Path):
    page = await imported(
        jp_fetch,
        kernel,
        project,
        a="%load_ext autoreload\n%autoreload 2",
        b="import helpers",
        c="helpers.taxed(10)",
    )
    (project / "src" / "helpers.py").write_text(OTHER_RATE)
    await page.run("c")
    assert (await page.kernel.run("helpers.taxed(10)", user_expressions={"shown": "_"}))["status"]
    report = await page.check()
    assert "c" not in [one["cell_id"] for one in report["findings"] if one["certain"]]


async def test_runs_that_nobody_dated_are_not_called_stale(jp_fetch, kernel: Kernel, project: Path):
    """The page was opened after its cells ran: which module they read is not known."""
    page = await imported(jp_fetch, kernel, project, b="x = 1")
    await kernel.run("import helpers")
    await kernel.run("helpers.taxed(10)")
    page.cells = {"b": "x = 1", "c": "import helpers", "d": "helpers.taxed(10)"}
    page.counts |= {"c": 2, "d": 3}
    report = await page.check()
    assert (stale(report), told(report)) == ([], [])
