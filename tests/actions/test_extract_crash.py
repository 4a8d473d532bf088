"""A crash, or another writer, between what is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actions.disk import AFTER, CELLS, folders, make_project, notebook, sources, tree
from jupyter_prodready.actions import extract_file, finish, journal, undo_last
from jupyter_prodready.errors import StaleError

CRASH = """
import os, sys
from pathlib import Path
from jupyter_prodready.actions import extract_file
cells, module, name, *pages = sys.argv[1:]
for writes, page in enumerate(pages):
    if os.fork():
        if os.waitstatus_to_exitcode(os.wait()[1]) != 9:
            sys.exit(f"{page} was written")
        continue
    left = [writes]
    def dying(event, args):
        if event == "os.rename" and ".jupyter-prodready" not in str(args[1]):
            if not left[0]:
                os._exit(9)  # as if the power failed, just before a file is put in place
            left[0] -= 1
    sys.addaudithook(dying)
    extract_file(Path(page), cells, module or None, name, False)
    os._exit(0)
"""


def die(pages: list[Path], cells: str, module: str, name: str) -> None:
    """Extractions whose processes end after no write, after one, and so on."""
    arguments = (cells, module, name, *map(str, pages))
    done = subprocess.run([sys.executable, "-B", "-c", CRASH, *arguments], check=False)
    assert done.returncode == 0


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Projects left behind by a crash after ``0``, ``1``, ``2`` writes, and ``before`` it."""
    root = tmp_path_factory.mktemp("crashes")
    before = make_project(root / "before")
    made = [shutil.copytree(before, root / f"{writes}") for writes in range(3)]
    die([notebook(project) for project in made], "1", "", "compute")
    return root


@pytest.fixture(params=["0", "1", "2"])
def left(request: pytest.FixtureRequest, crashes: Path, tmp_path: Path) -> Path:
    return shutil.copytree(crashes / request.param, tmp_path / "project")


def test_undo_takes_back_what_a_crash_left(left: Path, crashes: Path):
    assert sources(left) == CELLS
    with pytest.raises(StaleError, match="interrupted"):
        extract_file(notebook(left), "1", None, None, False)
    assert undo_last(left).interrupted
    assert tree(left) == tree(crashes / "before")
    assert folders(left) == {"notebooks"}


def test_finish_writes_the_rest(left: Path, crashes: Path):
    assert finish(left).interrupted
    assert sources(left) == AFTER
    assert undo_last(left).interrupted is False
    assert tree(left) == tree(crashes / "before")


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
