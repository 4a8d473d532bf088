"""`pytest --prodready`, in a pytest of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import cell, document, result

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def run(folder: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", "-v", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout + done.stderr


def counts(text: str) -> dict[str, int]:
    last = re.findall(r"(\d+) (passed|failed|skipped|error)", text.splitlines()[-1])
    return {word: int(number) for number, word in last}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("notebooks")
    good = document("# Title", cell("x = 20"), cell("x + 1", result("21")))
    bad = document(
        cell("import random\nrandom.random()", result("0.1")),
        cell("x", result("1")),
        cell("y = missing"),
        cell("y", result("2")),
    )
    (place / "good.ipynb").write_text(json.dumps(good))
    (place / "bad.ipynb").write_text(json.dumps(bad))
    (place / "broken.ipynb").write_text("{")
    return place


def test_each_cell_is_a_test(folder: Path):
    text = run(folder, "--prodready", "good.ipynb", "bad.ipynb")
    assert counts(text) == {"passed": 3, "failed": 2, "skipped": 1}
    assert "bad.ipynb::cell 0 (c0) PASSED" in text
    assert "error: NameError: name 'x' is not defined" in text
    assert text.count("Why: `x` is not defined by any cell above (undefined-name)") == 1
    assert "To do: Define or import `x` above." in text
    assert "blocked by [3]" in text
    assert "CellError" not in text


def test_all_cells_of_a_notebook_run_on_one_worker(folder: Path):
    text = run(folder, "--prodready", "-n", "2", "good.ipynb", "bad.ipynb")
    workers: dict[str, set[str]] = {}
    for worker, name in re.findall(r"\[(gw\d)\].*?(\w+\.ipynb)", text):
        workers.setdefault(name, set()).add(worker)
    assert {name: len(found) for name, found in workers.items()} == {
        "good.ipynb": 1,
        "bad.ipynb": 1,
    }


def test_a_file_that_is_no_notebook(folder: Path):
    text = run(folder, "--prodready", "broken.ipynb")
    assert counts(text) == {"error": 1}
    assert "broken.ipynb" in text
    assert "Traceback" not in text


def test_settings_that_cannot_be_read(folder: Path, tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text("[tool.jupyter-prodready\n")
    (tmp_path / "good.ipynb").write_text((folder / "good.ipynb").read_text())
    text = run(tmp_path, "--prodready", "--rootdir", "/", "-c", "/dev/null", "good.ipynb")
    assert "is not valid TOML" in text
    assert "Traceback" not in text


def test_without_the_option_no_notebook_is_collected(folder: Path):
    assert "collected 0 items" in run(folder, "good.ipynb")
