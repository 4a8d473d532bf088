"""`fix` and `undo` on files, through the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Save = Callable[..., Path]

RUNS = [
    (1, "rate = 0.2", "gone"),
    (2, "import os\nfeatures = [1]\nn = 2", "c0"),
    (3, "print(features, rate)", "c1"),
    (4, "import os\nn = 2", "c0"),
]


@pytest.fixture
def page(save: Save, tmp_path: Path) -> Path:
    lines = [
        {"execution_count": count, "source": source, "status": "ok", "cell_id": cell}
        for count, source, cell in RUNS
    ]
    (tmp_path / "runs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return save(
        "n.ipynb", (4, "import os\nn = 2"), (3, "print(features, rate)"), "later", "later = 1"
    )


FIX = ("fix", "n.ipynb", "--history", "runs.jsonl")
FIXED = [
    "rate = 0.2",
    "import os\nfeatures = [1]\nn = 2",
    "print(features, rate)",
    "later = 1",
    "later",
]


def sources(page: Path) -> list[str]:
    cells = json.loads(page.read_text())["cells"]
    return ["".join(cell["source"]) for cell in cells]


def test_a_diff_writes_nothing(cli: Cli, page: Path):
    before = page.read_bytes()
    done = cli(*FIX, "--diff")
    assert (done.returncode, done.stderr) == (0, "")
    assert "→ Restore the deleted cell above [4]" in done.stdout
    assert "+rate = 0.2" in done.stdout.splitlines()
    assert page.read_bytes() == before


def test_fix_all_and_undo(cli: Cli, page: Path):
    before = page.read_bytes()
    done = cli(*FIX)
    assert (done.returncode, done.stderr) == (0, "")
    assert sources(page) == FIXED
    assert (
        json.loads(cli("check", "n.ipynb", "--format", "json").stdout)["notebooks"][0]["verdict"][
            "state"
        ]
        != "broken"
    )
    done = cli("undo")
    assert done.stdout == "Took back the last fix from n.ipynb.\n  n.ipynb\n"
    assert page.read_bytes() == before


def test_a_text_twin_that_is_behind_is_told_of(cli: Cli, page: Path):
    document = json.loads(page.read_text())
    document["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    page.write_text(json.dumps(document))
    note = "`n.py` holds the page as it was: `jupytext --sync n.ipynb` brings it up to date."
    assert note not in cli(*FIX).stderr
    assert cli("undo").returncode == 0
    page.with_suffix(".py").write_text("# %%\nimport os\n")
    assert note in cli(*FIX).stderr


def test_a_cell_that_moves_keeps_its_bytes(cli: Cli, page: Path):
    document = json.loads(page.read_text())
    moving = document["cells"][3]
    moving |= {
        "metadata": {"tags": ["x"]},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "é"}],
    }
    page.write_text(json.dumps(document, indent=1, ensure_ascii=False))
    assert cli(*FIX, "--check", "definition-below").returncode == 0
    after = json.loads(page.read_text())
    assert [cell["id"] for cell in after["cells"]] == ["c0", "c1", "c3", "c2"]
    assert after["cells"][2] == moving


def test_one_fix_by_its_id(cli: Cli, page: Path):
    told = cli("check", "n.ipynb", "--history", "runs.jsonl", "--format", "json")
    findings = json.loads(told.stdout)["notebooks"][0]["findings"]
    (finding,) = [one for one in findings if one["check"] == "deleted-definition"]
    assert finding["fixes"][0].keys() == {"id", "title", "kind", "proven", "checked", "run"}
    done = cli(*FIX, "--id", finding["fixes"][0]["id"], "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["left"]) == ("applied", 0)
    assert [edit["action"] for edit in answer["cells"]] == ["insert"]
    assert sources(page) == [
        "rate = 0.2",
        "import os\nn = 2",
        "print(features, rate)",
        "later",
        "later = 1",
    ]


def test_what_no_edit_fixes_is_counted(cli: Cli, save: Save):
    page = save("n.ipynb", "totl", "np.array([1])")
    before = page.read_bytes()
    done = cli("fix", "n.ipynb")
    assert done.returncode == 1
    assert "1 finding left, which no edit fixes." in done.stdout
    assert sources(page) == ["import numpy as np", "totl", "np.array([1])"]
    cli("undo")
    assert page.read_bytes() == before
    save("m.ipynb", "totl")
    done = cli("fix", "m.ipynb", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["status"]) == (1, "nothing")


def test_possible_findings_are_left_alone_unless_asked_for(cli: Cli, save: Save):
    page = save("n.ipynb", "import random", "random.random()")
    assert cli("fix", "n.ipynb").returncode == 0
    assert sources(page) == ["import random", "random.random()"]
    assert cli("fix", "n.ipynb", "--check", "unseeded-random").returncode == 0
    assert sources(page) == ["import random\nrandom.seed(0)", "random.random()"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("n.ipynb", "--id", "nothing"), "There is no fix 'nothing'"),
        (("n.ipynb", "--check", "nothing"), "`--check` names no check"),
        (("n.ipynb", "--check", "never-run", "--id", "x"), "Give one."),
        (("missing.ipynb",), "missing.ipynb"),
    ],
)
def test_what_cannot_be_fixed(cli: Cli, page: Path, arguments: tuple[str, ...], message: str):
    (page.parent / "t.py").write_text("# %%\nx = 1\n")
    before = page.read_bytes()
    done = cli("fix", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert page.read_bytes() == before


STALE = [
    (1, "rate = 0.2", "c0"),
    (2, "net = 1 - rate", "c1"),
    (3, "print(net)", "c2"),
    (4, "print('nothing of it')", "c3"),
    (5, "rate = 0.3", "c0"),
]


def test_what_a_run_mends_is_named_with_its_cells(cli: Cli, save: Save, tmp_path: Path):
    lines = [
        {"execution_count": count, "source": source, "status": "ok", "cell_id": cell}
        for count, source, cell in STALE
    ]
    (tmp_path / "runs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    page = save("n.ipynb", (5, "rate = 0.3"), *[(n, source) for n, source, _ in STALE[1:4]])
    before = page.read_bytes()
    done = cli(*FIX)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "In the kernel: Run [2] and [3]"
    assert page.read_bytes() == before
    (run,) = json.loads(cli(*FIX, "--format", "json").stdout)["runs"]
    assert (run["title"], run["kind"], run["run"]) == ("Run [2] and [3]", "run-cells", ["c1", "c2"])


def test_nothing_is_named_where_nothing_must_run(cli: Cli, save: Save, tmp_path: Path):
    run = {"execution_count": 1, "source": "rate = 0.2", "status": "ok", "cell_id": "c0"}
    (tmp_path / "runs.jsonl").write_text(json.dumps(run))
    save("n.ipynb", (1, "rate = 0.2"))
    assert "In the kernel" not in cli(*FIX).stdout
    assert json.loads(cli(*FIX, "--format", "json").stdout)["runs"] == []
