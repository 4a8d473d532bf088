"""`verify` explains, proves a repair, makes it with ``--fix``, and `undo` takes it back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .test_verify import cell, verdicts, write

Cli = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def told(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = json.loads(done.stdout)["notebooks"]
    return reports


def test_repairs_are_proven_made_and_taken_back(cli: Cli, process: Cli, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("a\n1\n")
    write(tmp_path / "below.ipynb", cell("use", 2, "x + 1", "21"), cell("def", 1, "x = 20"))
    write(
        tmp_path / "seed.ipynb",
        cell("a", 1, "import random"),
        cell("b", 2, "random.random()", "0.4"),
    )
    write(tmp_path / "case.ipynb", cell("a", 1, "open('Data/x.csv').read()", "'a\\n1\\n'"))
    write(tmp_path / "old.ipynb", cell("a", 2, "x = 3"), cell("b", 1, "x + 1", "42"))
    before = {file: file.read_bytes() for file in tmp_path.glob("*.ipynb")}
    names = sorted(file.name for file in before)
    done = cli("verify", *names, "--jobs", "2", "--fix", "--format", "json")
    assert done.returncode == 1
    repairs = {one["path"]: one["repairs"] for one in told(done)}
    assert {path: [one["title"] for one in made] for path, made in repairs.items()} == {
        "below.ipynb": ["Move [1] above [2]"],
        "case.ipynb": ["Use `data/x.csv` for `Data/x.csv`"],
        "old.ipynb": ["Show what a clean run gives in [1]"],
        "seed.ipynb": ["Seed with `random.seed(0)`; show what a clean run gives in [2]"],
    }
    for (repair,) in repairs.values():
        assert (repair["proven"], repair["verdict"]) == (True, "reproduces")
    assert "+print" not in repairs["below.ipynb"][0]["diff"]
    assert repairs["seed.ipynb"][0]["diff"].count("\n+random.seed(0)\n") == 1
    again = cli("verify", *names, "--jobs", "2", "--format", "json")
    assert again.returncode == 0
    assert {one["verdict"] for one in told(again)} == {"reproduces"}
    for undo in (process, cli, cli, cli):
        assert undo("undo").returncode == 0
    assert {file: file.read_bytes() for file in before} == before


def test_what_the_session_ran_tells_why_and_mends(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "n.ipynb", cell("a", 1, "x = 20"), cell("c", 3, "y + 1", "42"))
    runs = [("a", "x = 20"), ("b", "y = 2 * x + 1"), ("c", "y + 1")]
    lines = [
        json.dumps({"execution_count": n, "source": source, "cell_id": cell_id})
        for n, (cell_id, source) in enumerate(runs, start=1)
    ]
    (tmp_path / "runs.jsonl").write_text("\n".join(lines))
    done = cli("verify", "n.ipynb", "--history", "runs.jsonl")
    assert done.returncode == 1
    assert "`y` comes from a cell that was deleted (In [2])" in done.stdout
    assert "Restore the deleted cell above [3] (proven)" in done.stdout
    assert "+y = 2 * x + 1" in done.stdout
    without = cli("verify", "n.ipynb", "--once", "--fix")
    assert "No repair was looked for: one run does not tell noise" in without.stdout
    assert "no repair was proven, nothing was changed" in without.stderr
    assert "To do: Define or import `y` above." in without.stdout


def test_other_parameters_and_only_what_a_cell_needs(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "n.ipynb"
    write(
        file,
        cell("p", 1, "n = 2"),
        cell("a", 2, "1 / 0", "1"),
        cell("b", 3, "10 / (n - 3)", "-10.0"),
    )
    page = json.loads(file.read_text())
    page["cells"][0]["metadata"]["tags"] = ["parameters"]
    file.write_text(json.dumps(page))
    done = cli("verify", "n.ipynb", "--only", "b", "--format", "json")
    assert done.returncode == 0
    assert verdicts(done)[0][2] == ["identical", "skipped", "identical"]
    assert told(done)[0]["cells"][1]["detail"] == "not needed by the cell that was asked for"
    done = cli("verify", "n.ipynb", "--only", "b", "--param", "n=5", "--format", "json")
    assert verdicts(done)[0][2] == ["equivalent", "skipped", "equivalent"]
    left = "no output was compared: run with other parameters (1 cell was not run)"
    assert told(done)[0]["message"] == f"Runs from a clean start; {left}"
    done = cli("verify", "n.ipynb", "--skip", "[2],[3]", "--format", "json")
    left = "no output was compared: skipped as asked (2 cells were not run)"
    assert told(done)[0]["message"] == f"Runs from a clean start; {left}"
    done = cli("verify", "n.ipynb", "--only", "b", "--param", "n=3", "--format", "json")
    assert verdicts(done)[0][2] == ["equivalent", "skipped", "error"]
    for given, message in [("m=5", "does not set `m`"), ("n", "is not a name and a value")]:
        done = cli("verify", "n.ipynb", "--param", given)
        assert (done.returncode, message in done.stderr) == (2, True)


def test_what_a_cell_needs_is_known_through_functions_of_the_project(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "helpers.py").write_text("def feed(rows):\n    rows.append(2)\n")
    write(
        tmp_path / "n.ipynb",
        cell("p", 1, "from helpers import feed\nx = [1]"),
        cell("a", 2, "feed(x)"),
        cell("b", 3, "x", "[1, 2]"),
    )
    done = cli("verify", "n.ipynb", "--only", "b", "--format", "json")
    assert verdicts(done)[0][2] == ["identical", "identical", "identical"]


def test_limits_of_all_cells_and_of_silence(cli: Cli, tmp_path: Path) -> None:
    wait = "import time\ntime.sleep(30)"
    loud = "import time\nfor _ in range(14):\n    print('.', flush=True)\n    time.sleep(0.1)"
    write(tmp_path / "silent.ipynb", cell("a", 1, loud), cell("b", 2, wait), cell("c", 3, "1", "1"))
    write(tmp_path / "long.ipynb", cell("b", 1, wait), cell("c", 2, "1", "1"))
    done = cli(
        "verify", "silent.ipynb", "--silence-timeout", "1", "--no-repair", "--format", "json"
    )
    assert verdicts(done)[0][2] == ["changed", "timeout", "identical"]
    assert told(done)[0]["cells"][1]["detail"] == "showed nothing for 1 s"
    done = cli("verify", "long.ipynb", "--notebook-timeout", "1", "--no-repair", "--format", "json")
    assert verdicts(done)[0][2] == ["timeout", "blocked"]
    assert told(done)[0]["cells"][0]["detail"] == "the notebook took longer than 1 s"
