"""A remedy that one click can take was tried: taking it leads to an extraction that is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Remedy
from jupyter_prodready.refactor import Project, plan
from refactor.running import assert_kept, extract, notebook_of

LINES: dict[str, tuple[tuple[str, ...], tuple[int, int], str]] = {
    "a shell line": (
        ("a = 1", "b = a\n!ls\nc = b + 1\nd = c * 2\nprint(d)"),
        (3, 5), "Move this line to a cell of its own. Or extract lines 3 to 5 only.",
    ),
    "code that reads names unseen": (
        ("a = 1", "b = a + 1\nc = [b]\nexec('d = 5')"),
        (1, 2), "Leave this line in the notebook. Or extract lines 1 to 2 only.",
    ),
    "two lines that must stay": (
        ("a = 1", "b = a\nprint(display)\nc = 2\nd = c\nn = globals()['a']"),
        (3, 4), "Leave this line in the notebook. Or extract lines 3 to 4 only.",
    ),
    "the longest run cannot be extracted": (
        ("a = 1", "import math\nimport json\nimport os\nn = globals()['a']\nb = a"),
        (5, 5), "Leave this line in the notebook. Or extract line 5 only.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_lines_without_those_that_must_stay(case: str, tmp_path: Path):
    cells, lines, remedy = LINES[case]
    refused = extract(tmp_path, cells, (1,))
    action = Remedy("lines", cell="c1", lines=lines)
    assert {(one.action, one.remedy) for one in refused.refusals} == {(action, remedy)}
    taken = extract(tmp_path, cells, (1,), lines={"c1": lines})
    assert taken.status == "preview"


def test_whole_statements(tmp_path: Path):
    cells = ("a = [\n  1,\n]\nb = a\nprint(b)",)
    (refusal,) = extract(tmp_path, cells, (0,), lines={"c0": (2, 4)}).refusals
    assert refusal.action == Remedy("lines", cell="c0", lines=(1, 4))
    assert refusal.code == "cut-statement"
    assert_kept(tmp_path, cells, (0,), lines={"c0": (1, 4)})


@pytest.mark.parametrize(
    ("cells", "selection", "wanted"),
    [
        (("a = 1", "b = a", "c = b", "d = c\nprint(d)"), (1, 3), (1, 2, 3)),
        (("gen = iter([1, 2])", "k = 2", "xs = list(gen)", "print(xs)"), (2,), (0, 1, 2)),
    ],
)
def test_cells_that_belong_to_it(
    cells: tuple[str, ...], selection: tuple[int, ...], wanted: tuple[int, ...], tmp_path: Path
):
    refused = extract(tmp_path, cells, selection)
    action = Remedy("cells", cells=tuple(f"c{index}" for index in wanted))
    assert action in [one.action for one in refused.refusals]
    assert_kept(tmp_path, cells, wanted)


def test_no_remedy_that_would_be_refused_too(tmp_path: Path):
    cells = ("gen = (i for i in range(3))", "exec('k = 2')", "xs = list(gen)")
    assert [one.action for one in extract(tmp_path, cells, (2,)).refusals] == [None]


STARRED = notebook_of(
    ("from shop import *\nfrom shop.rates import *", "x = price * rate", "print(x, own)")
)
STARS = {"shop": ("price", "own", "spare"), "shop.rates": ("rate",)}


def starred(stars: dict[str, tuple[str, ...]], selection: str = "c1") -> list[Remedy | None]:
    project = Project("notebooks/n.ipynb", "src/steps/n.py")
    options = {"module": None, "name": None, "project": project}
    refused = plan(STARRED, (selection,), stars=stars, **options)  # type: ignore[arg-type]
    (action, *others) = {one.action: None for one in refused.refusals}
    if action is None or action.edits is None:
        return [action, *others]
    taken = plan(pages.edited(STARRED, action.edits), (selection,), **options)  # type: ignore[arg-type]
    assert taken.status == "preview"
    return [action, *others]


def test_names_for_a_star():
    (action,) = starred(STARS)
    assert action is not None
    assert [edit.after for edit in action.edits or ()] == [
        "from shop import own, price\nfrom shop.rates import rate"
    ]


BLIND = {
    "the cell itself": (("a = 1", "from math import *\nx = floor(a)"), "star-import"),
    "a name of the star": (("from math import *", "x = floor(2.5)"), "star-import"),
    "a name that it hides": (("from math import sqrt", "from numpy import *", "s = sqrt(4)"), "star-import"),
    "a moved function": (
        ("from math import sqrt", "from numpy import *", "def f(): return sqrt(4)", "s = f()"), "star-import",
    ),
    "a captured name": (
        ("a = [1]", "def f(): return a", "from numpy import *", "s = f()"), "star-import",
    ),
    "a name unseen": (("exec('c = 1')", "s = c"), "unbound"),
    "a word in a text": (("", "import sys\n!echo 'import *`, already has a different'"), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BLIND)
def test_a_refusal_says_its_kind_whatever_its_words(case: str, tmp_path: Path):
    cells, code = BLIND[case]
    refused = extract(tmp_path, cells, (len(cells) - 1,))
    assert {one.code for one in refused.refusals} == {code}, refused.refusals


def test_no_names_where_a_module_is_not_known():
    assert starred({"shop": STARS["shop"]}) == [None]


def test_other_lines_are_kept_apart(tmp_path: Path):
    """Its own cell is what a line remedy is about; other refusals have none."""
    cells = ("a = 1", "!ls\nb = a\nc = b")
    refused = extract(tmp_path, cells, (1,), module="src/shop/random.py")
    assert [one.action for one in refused.refusals] == [None, None]
    assert replace(refused.refusals[0], remedy="").message.startswith("Line 1")


@pytest.mark.parametrize(
    ("top", "stars", "said"),
    [
        ("from shop import *", {"shop": ("rate", "price")}, "Replace `*` with: price, rate."),
        (
            "from shop import *\nfrom tax import *",
            {"shop": ("price",), "tax": ("rate",)},
            "Write `from shop import price` and `from tax import rate`.",
        ),
        ("from shop import *", {}, "Define or import it by name."),
    ],
)
def test_a_star_is_told_once_with_its_names(top: str, stars: dict[str, tuple[str, ...]], said: str):
    page = notebook_of((top, "x = price * rate\ny = x", "print(x, y)"))
    project = Project("notebooks/n.ipynb", "src/steps/n.py")
    refused = plan(page, ("c1",), stars=stars, module=None, name=None, project=project)
    (one,) = refused.refusals
    assert "where `price` and `rate` come from" in one.message
    assert one.remedy == said
