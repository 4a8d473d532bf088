"""A line that seeded and is gone is put back where it stood; what is on the page is not lost."""

from __future__ import annotations

import pytest
from analysis.sessions import Session

from jupyter_prodready.fixes import pages
from jupyter_prodready.fixes.lost_seeds import lost_seeds
from jupyter_prodready.model import Cell, Notebook, Run

from .played import fixed, offered

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


# --- as the check offers it ------------------------------------------------------------------


def test_the_check_puts_back_what_the_session_seeded_with():
    """With another number what the page shows would change."""
    session = Session.of("import random\nrandom.seed(2024)", "x = random.random()\nx")
    assert session.run_all()
    session.edit(0, "import random")
    fixes = offered(session, "unseeded-random")
    assert list(fixes) == ["Put `random.seed(2024)` back into [1]"]
    mended = fixed(session, *fixes.values())
    assert mended.clean() == (session.shown, None)


def test_a_deleted_cell_that_seeded():
    session = Session.of("import random", "random.seed(2024)", "x = random.random()\nx")
    assert session.run_all()
    session.delete(1)
    (title,) = offered(session, "unseeded-random")
    assert title == "Put `random.seed(2024)` back"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("import random\nimport numpy as np\nnp.random.seed(2024)", "that is another generator"),
        ("import random", "nothing ever seeded it"),
    ],
)
def test_a_seed_of_our_own_where_the_session_had_none(before: str, why: str):
    session = Session.of(before, "x = random.random()\nx")
    assert session.run_all()
    session.edit(0, "import random")
    assert list(offered(session, "unseeded-random")) == ["Seed with `random.seed(0)`"], why


def test_a_line_that_is_below_the_draw_does_not_help():
    """It ran, but where it stood it seeds too late."""
    session = Session.of("import random", "x = random.random()\nx", "random.seed(2024)\ny = 1")
    assert session.run_all()
    session.edit(2, "y = 1")
    assert list(offered(session, "unseeded-random")) == ["Seed with `random.seed(0)`"]
