"""A crash, or another writer, between what is written of a page that jupytext keeps as text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from actions.disk import folders, tree
from actions.test_extract_crash import die
from jupyter_prodready.__main__ import main
from jupyter_prodready.actions import extract_file, finish, undo_last
from jupyter_prodready.errors import StaleError
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.staging import Proved

TEXT = """# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# ## Totals

# %%
prices = [3, 1, 2]   # as they were

# %%
# the sum
total = sum(prices)
half = total / 2

# %%
print(total, half)
"""
MODULE = "src/sales/totals.py"
CALL = "total, half = add_up(prices)"


def make_project(root: Path) -> Path:
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    page(root).write_text(TEXT)
    return root


def page(project: Path) -> Path:
    return project / "notebooks" / "n.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Projects left behind by a crash after ``0``, ``1``, ``2`` of three writes, ``before`` it
    beside them, and ``after`` an extraction that was not disturbed."""
    root = tmp_path_factory.mktemp("crashes")
    before = make_project(root / "before")
    made = [shutil.copytree(before, root / name) for name in ("0", "1", "2", "after")]
    extract_file(page(made.pop()), "2", MODULE, "add_up")
    die([page(project) for project in made], "2", MODULE, "add_up")
    return root


@pytest.fixture(params=["0", "1", "2"])
def left(request: pytest.FixtureRequest, crashes: Path, tmp_path: Path) -> Path:
    return shutil.copytree(crashes / request.param, tmp_path / "project")


def files(project: Path) -> dict[str, bytes]:
    return {name: text for name, text in tree(project).items() if "journal" not in name}


def test_undo_takes_back_what_a_crash_left(left: Path, crashes: Path):
    assert page(left).read_text() == TEXT
    with pytest.raises(StaleError, match="interrupted"):
        extract_file(page(left), "2", MODULE)
    assert undo_last(left).interrupted
    assert tree(left) == tree(crashes / "before")
    assert folders(left) == {"notebooks"}


def test_finish_writes_the_rest(
    left: Path, crashes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(left)
    assert main(["undo", "--finish"]) == 0
    assert capsys.readouterr().out.startswith(
        "Finished the interrupted extraction from notebooks/n.py.\n"
    )
    assert CALL in page(left).read_text()
    assert files(left) == files(crashes / "after")
    assert undo_last(left).interrupted is False
    assert tree(left) == tree(crashes / "before")


def test_a_page_that_was_edited_after_the_crash_is_left_alone(left: Path):
    page(left).write_text(TEXT + "more = 1\n")
    before = tree(left)
    for again in (finish, undo_last):
        with pytest.raises(StaleError, match=r"`notebooks/n.py` was edited"):
            again(left)
        assert tree(left) == before


def test_a_page_that_is_edited_while_the_proof_runs_is_not_written(project: Path):
    def prover(_: Claim) -> Proved:
        page(project).write_text(TEXT + "more = 1\n")
        return Proved("equal")

    before = tree(project)
    with pytest.raises(StaleError, match=r"`n.py` changed on disk"):
        extract_file(page(project), "2", MODULE, prover=prover)
    assert tree(project) == {**before, "notebooks/n.py": (TEXT + "more = 1\n").encode()}


def test_a_page_with_other_lines_between_its_cells_keeps_them(project: Path):
    """The cells are as they were when it was read."""

    def prover(_: Claim) -> Proved:
        page(project).write_text(TEXT.removesuffix("\n").replace("they were\n", "they were\n\n"))
        return Proved("equal")

    assert extract_file(page(project), "2", MODULE, "add_up", prover=prover).status == "applied"
    now = page(project).read_text()
    assert "they were\n\n\n# %%" in now
    assert now.endswith("print(total, half)")


def test_undo_refuses_where_the_page_was_edited(project: Path):
    extract_file(page(project), "2", MODULE, "add_up")
    page(project).write_text(page(project).read_text().replace(CALL, f"{CALL}  # mine"))
    before = tree(project)
    with pytest.raises(StaleError, match=r"`notebooks/n.py` was edited") as caught:
        undo_last(project)
    assert f"+{CALL}  # mine" in caught.value.hint
    assert tree(project) == before
