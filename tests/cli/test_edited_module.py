"""`check` of a page that imports a module of its project, where nobody noted which one it read.

A history from a file, a running kernel or the saved counts holds no versions of modules: the
answer must not be one that only they could give.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from played import playing

from .conftest import Cli

Save = Callable[..., Path]
CELLS = ["import helpers", "helpers.taxed(10)"]


@pytest.fixture
def page(tmp_path: Path, save: Save) -> Path:
    """A page whose two cells ran in order, and the module that they use."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "helpers.py").write_text("def taxed(price):\n    return price * 1.2\n")
    return save("n.ipynb", *enumerate(CELLS, start=1))


def told(cli: Cli, *arguments: str) -> tuple[str, list[str], list[dict[str, Any]]]:
    """The verdict, each cell's answers and the findings."""
    done = cli("check", "n.ipynb", "--format", "json", *arguments)
    (notebook,) = json.loads(done.stdout)["notebooks"]
    answers = [
        " ".join(cell[key] for key in ("state", "inputs", "now", "restart"))
        for cell in notebook["cells"]
    ]
    return notebook["verdict"]["state"], answers, notebook["findings"]


def without_the_module(cli: Cli, page: Path, *arguments: str) -> object:
    """What is told of the same page where no such module is in the project."""
    source = page.parent / "src" / "helpers.py"
    text = source.read_text()
    source.unlink()
    try:
        return told(cli, *arguments)
    finally:
        source.write_text(text)


def test_a_saved_page(cli: Cli, page: Path) -> None:
    assert told(cli) == without_the_module(cli, page)


def test_a_history_from_a_file(cli: Cli, page: Path) -> None:
    lines = [
        json.dumps({"execution_count": count, "source": source, "cell_id": f"c{count - 1}"})
        for count, source in enumerate(CELLS, start=1)
    ]
    (page.parent / "log").write_text("\n".join(lines))
    assert told(cli, "--history", "log") == ("in-order", ["reproducible fresh ok ok"] * 2, [])


@pytest.mark.kernel
def test_a_running_kernel(cli: Cli, page: Path) -> None:
    with playing() as played:
        played.console(
            f"import sys; sys.path.insert(0, {str(page.parent / 'src')!r})", store_history=False
        )
        for source in CELLS:
            assert played.console(source).status == "ok"
        there = ("--existing", played.manager.connection_file)
        assert told(cli, *there) == ("in-order", ["reproducible fresh ok ok"] * 2, [])


def test_no_cell_is_told_to_be_stale(cli: Cli, page: Path) -> None:
    (page.parent / "src" / "helpers.py").write_text("def taxed(price):\n    return price * 1.5\n")
    _, answers, findings = told(cli)
    assert findings == []
    assert not any("stale" in answer for answer in answers)
