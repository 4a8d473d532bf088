"""The sample's story (sample/README.md), told with what the kernel would have run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jupyter_prodready import formats

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
NOTEBOOKS = Path(__file__).parents[2] / "sample" / "notebooks"
SPLIT = (
    "X = train_data[{}]\ntrain_X, val_X, train_y, val_y = train_test_split(X, y, random_state=1)"
)


class Session:
    """A page and its kernel: cells are run, edited, and what was run is written down."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "sample.ipynb"
        self.document = formats.read_document(NOTEBOOKS / "sample.ipynb")
        self.cells = {cell["id"]: cell for cell in self.document["cells"]}
        self.log: list[dict[str, Any]] = []

    def run(self, *ids: str) -> None:
        for cell_id in ids:
            cell, count = self.cells[cell_id], len(self.log) + 1
            source = "".join(cell["source"])
            cell["execution_count"] = count
            self.log.append({"execution_count": count, "source": source, "cell_id": cell_id})

    def run_all(self) -> None:
        self.run(*(id for id, cell in self.cells.items() if cell["cell_type"] == "code"))

    def check(self, cli: Cli) -> dict[str, Any]:
        self.file.write_text(json.dumps(self.document))
        log = self.file.with_name("log.jsonl")
        log.write_text("".join(json.dumps(run) + "\n" for run in self.log))
        done = cli("check", "sample.ipynb", "--history", "log.jsonl", "--format", "json")
        (notebook,) = json.loads(done.stdout)["notebooks"]
        certain = [one for one in notebook["findings"] if one["certain"]]
        assert done.returncode == bool(certain)
        return {"verdict": notebook["verdict"], "findings": notebook["findings"]}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path)
    session.run_all()
    return session


@pytest.mark.slow
def test_the_saved_sample_is_a_run_in_order(cli: Cli, tmp_path: Path) -> None:
    sample = shutil.copytree(NOTEBOOKS.parent, tmp_path / "sample")
    subprocess.run([sys.executable, "make_data.py"], cwd=sample, check=True)
    page = sample / "notebooks" / "sample.ipynb"
    counts = [cell.execution_count for cell in formats.read(page).code_cells]
    assert counts == list(range(1, 15))
    done = cli("check", str(page), "--format", "json", "--strict")
    assert (done.returncode, json.loads(done.stdout)["notebooks"][0]["findings"]) == (0, [])


def test_run_in_order_there_is_no_finding(cli: Cli, session: Session) -> None:
    told = session.check(cli)
    assert (told["verdict"]["state"], told["findings"]) == ("in-order", [])


def test_filling_the_gaps_again_is_never_certain(cli: Cli, session: Session) -> None:
    session.run("fill-gaps")
    assert [one for one in session.check(cli)["findings"] if one["certain"]] == []


def test_the_feature_list_that_is_gone(cli: Cli, session: Session) -> None:
    first_line = "".join(session.cells["features"]["source"]).splitlines()[0]
    before = session.cells["features"]["source"]
    listed = first_line.partition(" = ")[2]
    session.cells["features"]["source"] = SPLIT.format(listed)
    session.run("features")
    told = session.check(cli)
    (finding,) = [one for one in told["findings"] if one["certain"]]
    assert finding["check"] == "outdated-definition"
    assert finding["cell_id"] == "test-features"
    assert finding["message"].startswith("`features` comes from an older version of [9]")
    assert finding["cause"]["source"].splitlines()[0] == first_line
    assert told["verdict"]["message"].startswith("Will not run from a clean start: [12] needs")
    session.cells["features"]["source"] = before
    session.run("features")
    assert [one for one in session.check(cli)["findings"] if one["certain"]] == []


TROUBLES = [
    ("deleted-use", "deleted-definition"),
    ("outdated-use", "outdated-definition"),
    ("outside-use", "outside-definition"),
    ("below-use", "definition-below"),
    ("edited", "edited-since-run"),
    ("stale-use", "stale-input"),
    ("repeated", "repeated-run"),
    ("changed-below", "later-mutation"),
    ("order-use", "out-of-order-run"),
    ("shadow", "shadowed-definition"),
    ("partial", "partial-run"),
    ("unused", "unused-definition"),
    ("lingering-use", "lingering-effect"),
    ("never", "never-run"),
    ("old-session", "old-session-output"),
    ("undefined", "undefined-name"),
    ("unparsable", "unparsable-cell"),
]


def test_one_of_each_trouble(cli: Cli) -> None:
    history = str(NOTEBOOKS / "troubles.jsonl")
    file = str(NOTEBOOKS / "troubles.ipynb")
    done = cli("check", file, "--history", history, "--format", "json")
    found = {
        (one["cell_id"], one["check"])
        for one in json.loads(done.stdout)["notebooks"][0]["findings"]
    }
    assert found == set(TROUBLES)
