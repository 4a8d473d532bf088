"""A crash, or another writer, between what is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from actions.disk import AFTER, CELLS, folders, make_project, notebook, sources, tree
from jupyter_prodready.actions import extract_file, finish, journal, undo_last
from jupyter_prodready.errors import StaleError

CRASH = """
import os, sys
from pathlib import Path
left = [int(sys.argv[2])]
def dying(event, args):
    if event == "os.rename" and ".jupyter-prodready" not in str(args[1]):
        if not left[0]:
            os._exit(9)  # as if the power failed, just before a file is put in place
        left[0] -= 1
sys.addaudithook(dying)
from jupyter_prodready.actions import extract_file
extract_file(Path(sys.argv[1]), sys.argv[3], sys.argv[4] or None, sys.argv[5], False)
"""


def dying(page: Path, writes: int, cells: str, module: str, name: str) -> CompletedProcess[bytes]:
    """An extraction whose process ends after so many ``writes``."""
    arguments = (str(page), str(writes), cells, module, name)
    return subprocess.run([sys.executable, "-B", "-c", CRASH, *arguments], check=False)


@pytest.fixture(scope="module", params=[0, 1, 2])
def crashed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project left behind by a crash after so many writes, and ``before`` it beside it."""
    root = tmp_path_factory.mktemp("crashed")
    project = make_project(root / "before")
    shutil.copytree(project, root / "project")
    done = dying(notebook(root / "project"), request.param, "1", "", "compute")
    assert done.returncode == 9
    return root


@pytest.fixture
def left(crashed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(crashed / "project", tmp_path / "project")


def test_undo_takes_back_what_a_crash_left(left: Path, crashed: Path):
    assert sources(left) == CELLS
    with pytest.raises(StaleError, match="interrupted"):
        extract_file(notebook(left), "1", None, None, False)
    assert undo_last(left).interrupted
    assert tree(left) == tree(crashed / "before")
    assert folders(left) == {"notebooks"}


def test_finish_writes_the_rest(left: Path, crashed: Path):
    assert finish(left).interrupted
    assert sources(left) == AFTER
    assert undo_last(left).interrupted is False
    assert tree(left) == tree(crashed / "before")


def test_file_changed_between_plan_and_write(project: Path):
    from jupyter_prodready.actions.apply import apply
    from jupyter_prodready.actions.journal import FileChange

    (project / "m.py").write_bytes(b"new")
    before = tree(project)
    with pytest.raises(StaleError, match=r"`m.py` changed on disk"):
        apply(project, "n.ipynb", [FileChange("m.py", b"old", b"newer")])
    assert tree(project) == before
    assert not journal.entries_exist(project)


def test_a_module_that_was_emptied_later_is_not_half_written(project: Path):
    extract_file(notebook(project), "1", None, "compute", False)
    module = project / "src/sales/n.py"
    module.write_bytes(b"")
    with pytest.raises(StaleError, match="was edited after the extraction"):
        undo_last(project)
    assert module.read_bytes() == b""
