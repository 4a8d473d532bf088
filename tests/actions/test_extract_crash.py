"""A crash, or another writer, between what is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from actions.disk import AFTER, CELLS, folders, notebook, sources, tree
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
extract_file(Path(sys.argv[1]), "1", None, "compute", False)
"""


def crash(project: Path, after_writes: int) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", CRASH, str(notebook(project)), str(after_writes)], check=False
    )
    assert done.returncode == 9


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_undo_takes_back_what_a_crash_left(writes: int, project: Path):
    before = tree(project)
    crash(project, writes)
    assert sources(project) == CELLS
    with pytest.raises(StaleError, match="interrupted"):
        extract_file(notebook(project), "1", None, None, False)
    assert undo_last(project).interrupted
    assert tree(project) == before
    assert folders(project) == {"notebooks"}


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_finish_writes_the_rest(writes: int, project: Path):
    before = tree(project)
    crash(project, writes)
    assert finish(project).interrupted
    assert sources(project) == AFTER
    assert undo_last(project).interrupted is False
    assert tree(project) == before


def test_file_changed_between_plan_and_write(project: Path):
    from jupyter_prodready.actions.apply import apply
    from jupyter_prodready.actions.journal import FileChange

    (project / "m.py").write_bytes(b"new")
    before = tree(project)
    with pytest.raises(StaleError, match=r"`m.py` changed on disk"):
        apply(project, "n.ipynb", [FileChange("m.py", b"old", b"newer")])
    assert tree(project) == before
    assert not journal.entries_exist(project)
