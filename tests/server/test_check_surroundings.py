"""`check` on the server looks around the page, inside of the contents root only."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from page import Page

pytestmark = pytest.mark.kernel


def found(report: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(one["check"], one["certain"], one["message"]) for one in report["findings"]]


def missing(path: str, certain: bool) -> list[tuple[str, bool, str]]:
    return [("missing-file", certain, f"`{path}` does not exist, and no cell above writes it")]


async def test_a_file_beside_the_page(jp_fetch, jp_root_dir: Path):
    (jp_root_dir / "work").mkdir()
    page = Page(jp_fetch, {"a": "open('a.csv').read()"}, path="work/n.ipynb")
    assert found(await page.check()) == missing("a.csv", certain=True)
    (jp_root_dir / "work" / "a.csv").write_text("")
    report = await page.check()
    assert found(report) == []
    assert not [one for one in report["skipped"] if one["check"] == "missing-file"]


async def test_what_is_outside_of_the_root_is_not_told(jp_fetch, jp_root_dir: Path):
    """Whether it is there or not, and by whatever way it is asked, the answer is the same."""
    outside = jp_root_dir.parent
    (outside / "there.txt").write_text("")
    (jp_root_dir / ".hidden").mkdir()
    (jp_root_dir / "link").symlink_to(outside)
    told = []
    for name in ("there", "not_there"):
        cells = {
            "up": f"open('../{name}.txt')",
            "round": f"open('work/../../{name}.txt')",
            "link": f"open('link/{name}.txt')",
            "deep": f"open('link/../{outside.name}/{name}.txt')",
            "hidden": f"open('.{name}')",
        }
        page = Page(jp_fetch, cells)
        report = await page.check()
        told.append([(one["check"], one["cell_id"]) for one in report["findings"]])
        absolute = Page(jp_fetch, {"a": f"open({str(outside / name)!r})"})
        told[-1] += [(one["check"], one["cell_id"]) for one in (await absolute.check())["findings"]]
    assert told == [[], []]


async def test_a_page_that_is_a_link_to_the_outside(jp_fetch, jp_root_dir: Path):
    outside = jp_root_dir.parent / "elsewhere"
    outside.mkdir()
    (outside / "requirements.txt").write_text("pandas")
    (jp_root_dir / "link").symlink_to(outside)
    page = Page(jp_fetch, {"a": "import jupyterlab\nopen('a.csv')"}, path="link/n.ipynb")
    report = await page.check()
    assert found(report) == []
    unseen = {one["check"] for one in report["skipped"] if "not looked at" in one["reason"]}
    assert unseen == {"missing-file", "undeclared-dependency"}


async def test_declarations_outside_of_the_root_do_not_count(jp_fetch, jp_root_dir: Path):
    (jp_root_dir.parent / "requirements.txt").write_text("pandas")
    page = Page(jp_fetch, {"a": "import jupyterlab"})
    assert found(await page.check()) == []
    (jp_root_dir / "requirements.txt").write_text("pandas")
    message = "`jupyterlab` is not declared in requirements.txt"
    assert found(await page.check()) == [("undeclared-dependency", False, message)]
    (jp_root_dir / "requirements.txt").write_text("jupyterlab")
    assert found(await page.check()) == []


async def test_a_package_of_the_kernels_own_environment(
    jp_fetch, jp_root_dir: Path, jp_data_dir: Path, tmp_path: Path, start_kernel
):
    """The kernel runs in a Python of its own, where one more package is installed."""
    (jp_root_dir / "requirements.txt").write_text("pandas")
    source = "import only_there"
    page = Page(jp_fetch, {"a": source})
    unknown = "`only_there` may not be declared in requirements.txt: it is not installed here"
    assert found(await page.check()) == [("undeclared-dependency", False, unknown)]
    page.kernel = await start_kernel(_other_environment(jp_data_dir, tmp_path))
    message = "`only_there` is not declared in requirements.txt"
    assert found(await page.check()) == [("undeclared-dependency", False, message)]


def _other_environment(data: Path, folder: Path) -> str:
    """A kernel named ``other`` whose Python is a link in an environment of its own."""
    import json

    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    package = folder / "env" / "lib" / version / "site-packages" / "Only_There-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: Only-There\nVersion: 1.0\n")
    (package / "RECORD").write_text("only_there/__init__.py,,\n")
    python = folder / "env" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    spec = data / "kernels" / "other"
    spec.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Other", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel))
    return "other"


async def test_a_run_that_succeeded_is_a_witness(jp_fetch, jp_root_dir: Path, kernel):
    """The kernel changed its folder before the page was opened: it reads what is not here."""
    (jp_root_dir / "data").mkdir()
    await kernel.run(f"import os; os.chdir({str(jp_root_dir)!r}); open('data/a.csv', 'w').close()")
    page = Page(jp_fetch, {"a": "open('data/a.csv').read()"}, kernel=kernel)
    await page.run()
    moved = "`os.getcwd` still has the effect of code outside the page (In [1])"
    folder = [("lingering-effect", False, moved)]
    assert found(await page.check()) == folder
    os.remove(jp_root_dir / "data" / "a.csv")
    assert found(await page.check()) == [*folder, *missing("data/a.csv", certain=False)]
    (jp_root_dir / "data").rmdir()
    assert found(await page.check()) == folder
