"""Who is named: the run that really made the difference, not one that the page has, too."""

from __future__ import annotations

import pytest

from .cases import Case, Play, assert_case, both, delete, each, rerun
from .sessions import Session

FRAME = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})"
UPDATE = "df.update(pd.DataFrame({'a': [100, 200, 300]}))"
COLUMN = "print(df['a'].tolist())"
THROUGH = ["log = []", "def a(): log.append(1)", "a()", "print(log)"]
EDGES = "0>1 df, 0>2 df pd, 1>2 df, 0>3 df, 1>3 df, 2>3 df"


def changed(between: str, perturb: Play, expect: str, edges: str = EDGES) -> Case:
    return Case(
        f"{between} above {expect}", [FRAME, between, UPDATE, COLUMN], perturb, expect, edges
    )


CASES = [
    changed("df.loc[0, 'b'] = 3", delete(2), "lingering-effect c3"),
    changed("df['c'] = 1", delete(2), "lingering-effect c3"),
    changed("df.fillna(0, inplace=True)", delete(2), "lingering-effect c3"),
    Case(
        "a change ran twice, and another column above",
        [FRAME, "df.loc[0, 'b'] = 3", "df.loc[:, 'a'] += 1", COLUMN],
        rerun(2, 3),
        "repeated-run c2",
        "0>1 df, 0>2 df, 1>2 df, 0>3 df, 2>3 df",
    ),
    Case("a deleted function that a cell called", THROUGH, delete(1), "deleted-definition c2 certain", "0>2 log, 0>3 log, 1>2 a, 2>3 log"),
    Case("a call again", THROUGH, rerun(2, 3), "repeated-run c2", "0>2 log, 0>3 log, 1>2 a, 2>3 log"),
    Case(
        "a list again, not the call",
        THROUGH,
        both(rerun(0), rerun(3)),
        "out-of-order-run c3",
        "0>2 log, 0>3 log, 1>2 a, 2>3 log",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


def test_what_a_deleted_function_changed_is_told_with_it() -> None:
    session = Session.of(*THROUGH)
    assert session.run_all()
    session.delete(1)
    (finding,) = session.report().findings
    assert (finding.cell_id, finding.affected) == ("c2", ("c3",))


@pytest.mark.parametrize(
    ("page", "again"),
    [
        ([FRAME, "df.loc[0, 'b'] = 3", UPDATE, COLUMN], ()),
        ([FRAME, "df.fillna(0, inplace=True)", UPDATE, COLUMN], ()),
        ([FRAME, "df['c'] = 1", UPDATE, COLUMN], (0, 1, 2, 3)),
        (THROUGH, (0, 2, 3)),
    ],
)
def test_nobody_is_named_where_all_is_as_in_a_clean_run(
    page: list[str], again: tuple[int, ...]
) -> None:
    session = Session.of(*page)
    assert session.run_all()
    assert all(session.run(place) for place in again)
    assert session.report().findings == ()


RANDOM = "import random\nrandom.seed(1)"


@pytest.mark.parametrize(
    ("page", "perturb", "said"),
    [
        (
            [RANDOM, "k = random.random()", "print(random.random())"], delete(1),
            "the random numbers still have the effect of a cell that was deleted (In [2])",
        ),
        (
            [RANDOM, "print(random.random())", "random.seed(2)"], rerun(1),
            "used the random numbers as [3] left them, further down the page",
        ),
        (["xs = [1]", "xs.append(2)", "print(xs)"], delete(1), "`xs` still has the effect of a cell that was deleted (In [2])"),
    ],
)  # fmt: skip
def test_of_several_things_it_is_said_so(page: list[str], perturb: Play, said: str) -> None:
    session = Session.of(*page)
    assert session.run_all()
    perturb(session)
    assert said in {one.message for one in session.report().findings}
