"""`verify` with real kernels, through the door of CI."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def cell(cell_id: str, count: int, source: str, shown: str | None = None) -> dict[str, Any]:
    result = {
        "output_type": "execute_result",
        "execution_count": count,
        "metadata": {},
        "data": {"text/plain": shown},
    }
    return {
        "cell_type": "code",
        "id": cell_id,
        "source": source,
        "metadata": {},
        "outputs": [] if shown is None else [result],
        "execution_count": count,
    }


def write(file: Path, *cells: dict[str, Any]) -> None:
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    document = {
        "cells": cells,
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    file.write_text(json.dumps(document))


@pytest.fixture
def three(tmp_path: Path) -> None:
    """A notebook that reproduces, one that differs, one that fails."""
    write(tmp_path / "a.ipynb", cell("x", 1, "x = 20 + 1"), cell("y", 2, "2 * x", "42"))
    write(tmp_path / "b.ipynb", cell("x", 3, "x = 20"), cell("y", 2, "2 * x", "42"))
    write(tmp_path / "c.ipynb", cell("y", 2, "2 * x", "42"))


def verdicts(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str, list[str]]]:
    return [
        (one["path"], one["verdict"], [cell["verdict"] for cell in one["cells"]])
        for one in json.loads(done.stdout)["notebooks"]
    ]


@pytest.mark.usefixtures("three")
def test_three_notebooks_as_json(process: Cli, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    done = process("verify", "a.ipynb", "b.ipynb", "c.ipynb", "--format", "json")
    assert done.returncode == 1
    assert verdicts(done) == [
        ("a.ipynb", "reproduces", ["identical", "identical"]),
        ("b.ipynb", "differs", ["identical", "changed"]),
        ("c.ipynb", "fails", ["error"]),
    ]
    golden = json.loads((ROOT / "tests/wire/verify-job.json").read_text())["report"]
    for one in json.loads(done.stdout)["notebooks"]:
        assert one.keys() == golden.keys()
        for made in one["cells"]:
            assert made.keys() == golden["cells"][0].keys()
    cause = json.loads(done.stdout)["notebooks"][2]["cause"]
    assert cause.keys() == golden["cause"].keys()
    assert (cause["check"], cause["cell_id"]) == ("undefined-name", "y")
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.usefixtures("three")
def test_exit_codes(cli: Cli, tmp_path: Path) -> None:
    assert cli("verify", "a.ipynb").returncode == 0
    (tmp_path / "d.ipynb").write_text("{")
    assert cli("verify", "a.ipynb", "d.ipynb").returncode == 2
    assert cli("verify", "c.ipynb", "none.ipynb").returncode == 3


@pytest.mark.usefixtures("three")
def test_text_names_the_cell_and_the_cause(cli: Cli) -> None:
    done = cli("verify", "c.ipynb")
    assert done.returncode == 1
    verdict, failed, why = done.stdout.splitlines()[1:4]
    assert verdict.startswith("✗ fails: [2] fails in a clean kernel: `x` ")
    assert failed.startswith("  ✗ [2] `2 * x`  error  NameError: name 'x' is not defined")
    assert why == "  Why: `x` is not defined by any cell above  undefined-name"


@pytest.mark.usefixtures("three")
def test_junit_and_annotations(cli: Cli, tmp_path: Path) -> None:
    done = cli("verify", "b.ipynb", "--format", "junit", "--output", "out.xml")
    assert (done.returncode, done.stdout) == (1, "")
    suite = ElementTree.parse(tmp_path / "out.xml").getroot()[0]
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("b.ipynb", "2", "1")
    assert [case.get("name") for case in suite] == ["cell 0 (x)", "cell 1 (y)"]
    (failure,) = suite[1]
    assert failure.tag == "failure"
    assert failure.get("message", "").startswith("changed: ")
    done = cli("verify", "b.ipynb", "--format", "github")
    assert done.stdout.startswith("::error file=b.ipynb,title=differs::[2] ")


def test_what_happens_again_is_told_and_can_be_left_out(cli: Cli, tmp_path: Path) -> None:
    source = "open('out.txt', 'w').write('x')"
    write(tmp_path / "n.ipynb", cell("save", 1, source, "1"), cell("y", 2, "2", "2"))
    done = cli("verify", "n.ipynb", "--skip", "[1]", "--format", "json")
    assert done.returncode == 0
    assert verdicts(done)[0][2] == ["skipped", "identical"]
    assert not (tmp_path / "out.txt").exists()
    assert "writes a file" not in done.stderr
    done = cli("verify", "n.ipynb")
    assert done.returncode == 0
    assert (tmp_path / "out.txt").read_text() == "x"
    assert "jupyter prodready: n.ipynb: [1] writes a file, again now" in done.stderr


def test_cells_are_named_by_prompt_or_id(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "n.ipynb", cell("a", 1, "1", "1"), cell("b", 2, "1 / 0", "1"))
    assert cli("verify", "n.ipynb", "--until", "[1]").returncode == 0
    assert cli("verify", "n.ipynb", "--until", "a").returncode == 0
    for name, message in [
        ("[7]", "No cell shows [7]."),
        ("zz", "There is no cell `zz`."),
    ]:
        done = cli("verify", "n.ipynb", "--until", name)
        assert done.returncode == 2
        assert message in done.stderr


def test_noise_counts_only_when_strict(cli: Cli, tmp_path: Path) -> None:
    noisy = "import random\nrandom.random()"
    write(tmp_path / "n.ipynb", cell("a", 1, noisy, "0.5"))
    assert cli("verify", "n.ipynb", "--no-repair").returncode == 0
    assert cli("verify", "n.ipynb", "--no-repair", "--strict").returncode == 1


def test_a_file_that_grows_with_each_run_is_named(cli: Cli, tmp_path: Path) -> None:
    count = "print(len(list(open('log.txt'))))"
    write(tmp_path / "n.ipynb", cell("a", 1, "_ = open('log.txt', 'a').write('x\\n')"))
    page = json.loads((tmp_path / "n.ipynb").read_text())
    shown = {"output_type": "stream", "name": "stdout", "text": "7\n"}
    page["cells"].append({**cell("b", 2, count), "outputs": [shown]})
    (tmp_path / "n.ipynb").write_text(json.dumps(page))
    done = cli("verify", "n.ipynb", "--no-repair")
    assert "two clean runs differ: a file that the page reads and changes" in done.stdout


def test_a_kernel_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "n.ipynb", cell("a", 1, "1", "1"))
    text = (tmp_path / "n.ipynb").read_text().replace("python3", "no-such-kernel")
    (tmp_path / "n.ipynb").write_text(text)
    done = cli("verify", "n.ipynb", "--format", "json")
    assert done.returncode == 2
    assert verdicts(done) == [("n.ipynb", "unverified", [])]


def test_text_notebooks_run_and_have_nothing_to_compare(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "n.py").write_text("# %%\nx = 1\n# %%\nx / 0\n")
    done = cli("verify", "n.py", "--format", "json")
    assert done.returncode == 1
    assert verdicts(done) == [("n.py", "fails", ["identical", "error"])]


def test_the_sample(tmp_path: Path) -> None:
    """The sample's own test, in a copy: what a person gets from `pytest` there."""
    import shutil
    import sys

    copy = tmp_path / "sample"
    shutil.copytree(ROOT / "sample", copy, ignore=shutil.ignore_patterns("data", ".*"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=copy,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
