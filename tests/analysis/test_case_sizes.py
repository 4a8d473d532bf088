"""Sizes and columns that other numbers do not change, and models that show how they were made."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, played, rerun

SEED = "import numpy as np\nimport pandas as pd\nrng = np.random.default_rng({})"
DRAWN = 'X = pd.DataFrame(rng.normal(size=(6, 2)), columns=["a", "b"])\ny = (X["a"] + 0.5 * X["b"] > 0).astype(int)'
LISTS = 'import pandas as pd\ndf = pd.DataFrame({{"city": ["A", "B"], "n": [1, {}]}})'
HALVES = 'from sklearn.model_selection import train_test_split\nnames = ["a"]\none, two, mine, yours = train_test_split(X[names], y, test_size=0.5, random_state=k)'
MODEL = "from sklearn.linear_model import LinearRegression\nX, y = [[1.0], [2.0]], [1, {}]"

WARNS = "from sklearn.linear_model import LogisticRegression\nX, y = [[1.0], [{}]], [0, 1]"


def _drawn(name: str, shown: str, read: str = "X", *, expect: str = "stale-input c1") -> Case:
    """The seed is another, and nothing was drawn anew."""
    page = [SEED.format(7), DRAWN, shown]
    return Case(name, page, change(0, SEED.format(8)), expect, f"0>1 pd rng, 1>2 {read}")


def _lists(
    name: str, shown: str, expect: str = "", *, then: str = LISTS.format(3), read: str = "df"
) -> Case:
    return Case(name, [LISTS.format(2), shown], change(0, then), expect, f"0>1 {read}")


def _fitted(name: str, makes: str, then: str = MODEL.format(3)) -> Case:
    page = [MODEL.format(2), makes, "m.fit(X, y)"]
    return Case(
        name, page, change(0, then), "stale-input c2", "0>1 LinearRegression, 0>2 X y, 1>2 m"
    )


MORE_ROWS = 'import pandas as pd\ndf = pd.DataFrame({"city": ["A", "B", "C"], "n": [1, 2, 3]})'
OTHER_COLUMN = 'import pandas as pd\ndf = pd.DataFrame({"city": ["A", "B"], "m": [1, 2]})'
ALIKE = [
    _lists("a shape of written columns", "df.shape"),
    _lists("a number of rows", "print('rows:', len(df), df.shape[0])"),
    _lists("columns, sorted", "sorted(df.columns)"),
    _lists("columns of more rows", "df.columns.tolist()", then=MORE_ROWS),
    _drawn("the shape of what was drawn", "X.shape"),
    _drawn("columns of what was drawn", "list(X.columns)"),
    _drawn("how many there are of a column", "len(y)", "y"),
    Case("a column more, of drawn numbers", [SEED.format(7), DRAWN, "X['c'] = X['a'] * 2", "X.shape"], change(0, SEED.format(8)), "stale-input c1", "0>1 pd rng, 1>2 X, 1>3 X, 2>3 X"),
    Case("columns of some rows", [LISTS.format(2), "some = df.query('n > 1')", "some.columns.tolist()"], change(0, LISTS.format(3)), "stale-input c1", "0>1 df, 1>2 some"),
    Case("how many are in each half", [SEED.format(7), DRAWN, f"k = 3\n{HALVES}", "print(len(one), two.shape)"], change(0, SEED.format(8)), "stale-input c1", "0>1 pd rng, 1>2 X y, 2>3 one two"),
    Case("how many there are of an array", [SEED.format(7), "a = rng.normal(size=9)", "a[0] = 3", "a.size"], change(0, SEED.format(8)), "stale-input c1", "0>1 rng, 1>2 a, 1>3 a, 2>3 a"),
    _fitted("a model that was fitted", "m = LinearRegression()"),
    _fitted("a model with settings", "m = LinearRegression(positive=True)"),
]  # fmt: skip
NEAR = [
    _lists("a shape of more rows", "df.shape", "stale-input c1", then=MORE_ROWS),
    _lists("other columns", "df.columns.tolist()", "stale-input c1", then=OTHER_COLUMN),
    _lists("a shape beside a sum", "df.shape, df['n'].sum()", "stale-input c1"),
    Case("how many, as the page counts", [LISTS.format(2), "def len(x):\n    return x.sum(numeric_only=True)", "len(df)"], change(0, LISTS.format(3)), "stale-input c2", "0>2 df, 1>2 len"),
    Case("columns with new names", [LISTS.format(2), "df.columns = ['a', f'n{df.n.max()}']", "list(df.columns)"], change(0, LISTS.format(3)), "stale-input c1", "0>1 df, 0>2 df, 1>2 df"),
    Case("a model whose solver may not converge", [WARNS.format(2), "m = LogisticRegression(max_iter=1)", "m.fit(X, y)"], change(0, WARNS.format(1)), "stale-input c2", "0>1 LogisticRegression, 0>2 X y, 1>2 m"),
    _lists("the table itself", "len(df), df", "stale-input c1"),
    _drawn("a mean of what was drawn", "X.mean().round(2)", expect="stale-input c1"),
    Case("how many some rows are", [LISTS.format(2), "some = df.query('n > 1')", "some.shape"], change(0, LISTS.format(0)), "stale-input c1", "0>1 df, 1>2 some"),
    Case("rows that were put behind", [LISTS.format(2), "df.loc[df['n'].max()] = ['x', 3]", "df.shape"], change(0, LISTS.format(0)), "stale-input c1", "0>1 df, 0>2 df, 1>2 df"),
    Case("another number of draws", [SEED.format(7), "a = rng.normal(size=3)", "a.size"], change(1, "a = rng.normal(size=2)"), "lingering-effect c1, stale-input c2", "0>1 rng, 1>2 a"),
    Case("what a fitted model found", [MODEL.format(2), "m = LinearRegression()\nm.fit(X, y)", "m.coef_.round(2)"], change(0, MODEL.format(3)), "stale-input c1", "0>1 LinearRegression X y, 1>2 m"),
    Case("a model made otherwise", [MODEL.format(2), "m = LinearRegression()", "m.fit(X, y)"], change(1, "m = LinearRegression(positive=True)"), "stale-input c2", "0>1 LinearRegression, 0>2 X y, 1>2 m"),
    Case("a model set otherwise below", [MODEL.format(2), "m = LinearRegression()", "m.fit(X, y)", "m.set_params(positive=True)"], rerun(2), "repeated-run c2", "0>1 LinearRegression, 0>2 X y, 1>2 m, 1>3 m, 2>3 m"),
]  # fmt: skip
CASES = [*ALIKE, *NEAR]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_shows_the_size_alone_is_as_it_was(case: Case):
    states = [cell.state for cell in played(case).report.cells]
    assert ("stale" in states) == (case in NEAR)
