"""A line that seeded and is gone is put back where it stood; what is on the page is not lost."""

from __future__ import annotations

import pytest

from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Cell, Notebook, Run
from jupyter_prodready.verify.lost import lost_seeds

IMPORTS = "from random import choice, seed\nimport random\n"


def page_of(*sources: str) -> Notebook:
    return Notebook("n.ipynb", tuple(Cell(f"c{i}", i, "code", s) for i, s in enumerate(sources)))


def put_back(page: Notebook, *runs: tuple[str | None, str]) -> dict[str, list[str]]:
    """The sources of the page with each seed that is offered, by title."""
    ran = [Run(n + 1, source, cell_id=cell_id) for n, (cell_id, source) in enumerate(runs)]
    return {
        fix.title: [cell.source for cell in pages.edited(page, fix.cells).cells]
        for fix in lost_seeds(page, ran)
    }


def test_a_line_that_was_edited_away():
    page = page_of(IMPORTS, "choice([1, 2])")
    assert put_back(page, ("c0", IMPORTS + "seed(3)"), ("c1", "choice([1, 2])")) == {
        "Put `seed(3)` back into cell 1": [IMPORTS + "seed(3)\n", "choice([1, 2])"]
    }


def test_another_cell_seeds_with_the_same_function():
    """Below it, with another number: that is no like of the line that is gone."""
    page = page_of(IMPORTS, "choice([1, 2])", "seed(7)\nchoice([3, 4])")
    runs = ("c0", IMPORTS + "seed(3)"), ("c1", "choice([1, 2])"), ("c2", "seed(7)\nchoice([3, 4])")
    assert list(put_back(page, *runs)) == ["Put `seed(3)` back into cell 1"]


@pytest.mark.parametrize("call", ["random.seed(3)", "np.random.seed(3)", "torch.manual_seed(3)"])
def test_a_cell_that_was_deleted(call: str):
    page = page_of("x = 1", "y = 2")
    assert put_back(page, ("c0", "x = 1"), ("gone", call), ("c1", "y = 2")) == {
        f"Put `{call}` back": ["x = 1", call, "y = 2"]
    }


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ((IMPORTS + "seed(3)", "x = 1"), "it is there"),
        ((IMPORTS + "seed(4)", "x = 1"), "the cell seeds with another number now"),
        ((IMPORTS, "seed(3)"), "it moved to another cell"),
    ],
)
def test_nothing_is_lost(now: tuple[str, ...], why: str):
    assert put_back(page_of(*now), ("c0", IMPORTS + "seed(3)"), ("c1", "x = 1")) == {}, why


def test_a_run_that_failed_gives_nothing():
    page = page_of(IMPORTS)
    ran = [Run(1, IMPORTS + "seed(3)\n1 / 0", "error", "c0")]
    assert list(lost_seeds(page, ran)) == []
