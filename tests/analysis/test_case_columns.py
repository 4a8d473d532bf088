"""Columns of tables, told apart."""

from __future__ import annotations

import pandas as pd
import pytest

from jupyter_prodready.analysis.frames import FRAME_ATTRIBUTES

from .cases import Case, Play, assert_case, change, delete, each, nothing, rerun

TABLE = "import pandas as pd\ndf = pd.DataFrame({'a': [2, 1], 'b': [3, 4]})"


def table(name: str, cells: list[str], perturb: Play, expect: str, edges: str) -> Case:
    """A case over ``df`` with the columns a and b."""
    return Case(name, [TABLE, *cells], perturb, expect, edges)


CASES = [
    # --- written
    table(
        "column added by a cell that is gone",
        ["df['c'] = df['a'] + 1", "print(df['c'].sum())"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column added by a cell that is gone, read as an attribute",
        ["df['c'] = df['a'] + 1", "print(df.c.sum())"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column with the name of a method, added by a cell that is gone",
        ["df['count'] = df['a'] + 1", "print(df.count().sum() > 0)"],
        delete(1),
        "lingering-effect c2",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column read as an attribute on a branch, its cell is gone",
        ["df['c'] = df['a'] + 1", "if len(df) > 5:\n    print(df.c)"],
        delete(1),
        "* c2",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "another column",
        ["df['c'] = 1", "df['d'] = 2", "print(df['c'].sum())"],
        change(2, "df['d'] = 5", 3),
        "",
        "0>1 df, 0>2 df, 0>3 df, 1>3 df",
    ),
    table(
        "another column, read as an attribute",
        ["df['c'] = 1", "df['d'] = 2", "print(df.c.sum())"],
        delete(2),
        "",
        "0>1 df, 0>2 df, 0>3 df, 1>3 df",
    ),
    table(
        "whole table reads every column",
        ["df['c'] = 1", "print(df)"],
        delete(1),
        "lingering-effect c2",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column over itself",
        ["df['a'] = df['a'] * 2", "print(df['a'].sum())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column over itself, another is shown",
        ["df['a'] = df['a'] * 2", "print(df['b'].sum())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 0>2 df",
    ),
    table(
        "column augmented",
        ["df['a'] += 1", "print(df['a'].sum())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column from others, again",
        ["df['c'] = df['a'] + df['b']", "print(df['c'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "column cleaned, again",
        ["df['a'] = df['a'].fillna(0)", "print(df['a'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "rows by condition, again",
        ["df.loc[df['b'] > 3, 'a'] = 0", "print(df['a'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "filtered by its own mean, again",
        ["df = df[df['a'] > df['a'].mean()]", "print(len(df))"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 1>2 df",
    ),
    table(
        "inserted column, again",
        ["df.insert(0, 'c', 1)", "print(df['c'].sum())"],
        nothing,
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "assign, again",
        ["df = df.assign(c=df['a'] * 2)", "print(df['c'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 1>2 df",
    ),
    table(
        "assign over itself, again",
        ["df = df.assign(a=df['a'] * 2)", "print(df['a'].sum())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 1>2 df",
    ),
    # --- dropped
    *[
        table(
            f"second {drop} fails",
            [drop, "print(df['a'].sum())"],
            nothing,
            "",
            edges,
        )
        for drop, edges in (
            ("df = df.drop(columns='b')", "0>1 df, 1>2 df"),
            ("df = df.drop(columns=['b'])", "0>1 df, 1>2 df"),
            ("df = df.drop('b', axis=1)", "0>1 df, 1>2 df"),
            ("df.drop(columns='b', inplace=True)", "0>1 df, 0>2 df"),
            ("del df['b']", "0>1 df, 0>2 df"),
            ("df.pop('b');", "0>1 df, 0>2 df"),
            ("df = df.set_index('b')", "0>1 df, 1>2 df"),
        )
    ],
    table(
        "second drop with errors='ignore'",
        ["df = df.drop(columns='b', errors='ignore')", "print(df['a'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 1>2 df",
    ),
    table(
        "drop into another name",
        ["small = df.drop(columns='b')", "print(small['a'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 1>2 small",
    ),
    table(
        "drop, and a reader above",
        ["print(df['b'].sum())", "df = df.drop(columns='b')"],
        nothing,
        "",
        "0>1 df, 0>2 df",
    ),
    # --- renamed
    table(
        "rename, again",
        ["df = df.rename(columns={'a': 'x'})", "print(df['x'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 1>2 df",
    ),
    table(
        "rename, and a reader above",
        ["print(df['a'].sum())", "df = df.rename(columns={'a': 'x'})"],
        nothing,
        "",
        "0>1 df, 0>2 df",
    ),
    table(
        "renamed by a cell that is gone",
        ["df = df.rename(columns={'a': 'x'})", "print(df['x'].sum())"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 df, 1>2 df",
    ),
    table(
        "column of a deleted cell, read of what was made of its table",
        ["df['x'] = df['a'] + 1", "sub = df[df.a > 1]", "print(sub['x'].sum())", "print(df)"],
        delete(1),
        "deleted-definition c3 certain",
        "0>1 df, 0>2 df, 0>4 df, 1>2 df, 1>4 df, 2>3 sub",
    ),
    table(
        "column of a deleted cell, read as an attribute of a copy of a copy",
        ["df['x'] = df['a'] + 1", "sub = df.copy()", "low = sub.head(1)", "print(low.x.sum())"],
        delete(1),
        "deleted-definition c4 certain",
        "0>1 df, 0>2 df, 1>2 df, 2>3 sub, 3>4 low",
    ),
    table(
        "column that an older version of the table had, read of a copy",
        ["df = pd.DataFrame({'z': [1, 2]})", "sub = df.copy()", "print(sub['z'].sum())"],
        change(1, "df = pd.DataFrame({'y': [1, 2]})"),
        "outdated-definition c3 certain, stale-input c2",
        "0>1 pd, 1>2 df, 2>3 sub",
    ),
    table(
        "column of a deleted cell, a copy is read that was made before",
        ["sub = df.copy()", "df['x'] = df['a'] + 1", "print(sub['a'].sum())"],
        delete(2),
        "",
        "0>1 df, 0>2 df, 1>3 sub",
    ),
    table(
        "all columns named",
        ["df.columns = ['x', 'y']", "print(df['x'].sum())"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "index reset, again",
        ["df.reset_index(inplace=True)", "print(list(df.columns))"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    table(
        "sorted in place, again",
        ["df.sort_values('a', inplace=True)", "print(df)"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    # --- read
    table(
        "query reads a name",
        ["limit = 1", "print(len(df.query('a > @limit')))"],
        change(1, "limit = 0"),
        "stale-input c2",
        "0>2 df, 1>2 limit",
    ),
    table(
        "looking leaves the table alone",
        ["df.head()", "df.describe();", "df.groupby('a').sum();", "print(df)"],
        rerun(1, 2, 3, 4),
        "",
        "0>1 df, 0>2 df, 0>3 df, 0>4 df",
    ),
]

READERS = [
    "df.groupby('c').sum()", "df.groupby('c')['b'].sum()", "df[df.a > 0].groupby('c').sum()",
    "df.groupby('a').agg({'c': 'sum'})", "df.groupby('a').agg(n=('c', 'sum'))",
    "df.agg({'c': 'sum'})", "df.sort_values('c')", "df.copy().sort_values(by=['a', 'c'])",
    "df.merge(df, on='c')", "pd.merge(df, df, on='c')", "df.set_index('c')", "df.query('c > 1')",
    "df.query('a > 0 and c > 1')",
    "df.dropna(subset=['c'])", "df.pivot_table(index='a', columns='b', values='c')",
    "df.pivot(index='a', columns='b', values='c')", "df.drop_duplicates('c')",
    "df.nlargest(1, 'c')", "df.astype({'c': float})", "df.explode('c')", "df.melt(id_vars='c')",
    "df.drop(columns='c')",
]  # fmt: skip
"""What cannot do without the column c."""
DO_WITHOUT = [
    "df.groupby(['a', 'c'])['b'].sum()", "df.drop(columns='c', errors='ignore')",
    "df.rename(columns={'c': 'd'})", "df.groupby('a').sum()", "df.query('a > 0')",
    "df.filter(items=['c'])", "df.sort_values('a')",
]  # fmt: skip
CASES += (
    [
        table(
            f"{code}, the column is gone",
            ["df['c'] = df['a'] + 1", f"print({code})"],
            delete(1),
            "deleted-definition c2 certain",
            "0>1 df, 0>2 df, 1>2 df" if "pd." not in code else "0>1 df, 0>2 df pd, 1>2 df",
        )
        for code in READERS
    ]
    + [
        table(
            f"{code} does without the column",
            ["df['c'] = df['a'] + 1", f"print({code})"],
            delete(1),
            "deleted-definition c2|lingering-effect c2",
            "0>1 df, 0>2 df, 1>2 df",
        )
        for code in DO_WITHOUT
    ]
    + [
        table(
            f"{code} by the name of an index",
            ["df['c'] = df['a'] + 1", "g = df.set_index('c')", f"print({code})"],
            rerun(3),
            "",
            "0>1 df, 0>2 df, 1>2 df, 2>3 g",
        )
        for code in ("g.sort_values('c')", "g.groupby('c')['a'].sum()", "g.query('c > 1')")
    ]
    + [
        table(
            "sorted by a column on a branch, the column is gone",
            ["df['c'] = df['a'] + 1", "if len(df) > 5:\n    print(df.sort_values('c'))"],
            delete(1),
            "* c2",
            "0>1 df, 0>2 df, 1>2 df",
        ),
        table(
            "sorted by a column that comes below",
            ["print(df.sort_values('a'))", "df['c'] = df['a'] + 1"],
            lambda session: (session.edit(1, "print(df.sort_values('c'))"), session.run(1)),
            "definition-below c1 certain",
            "0>1 df, 0>2 df",
        ),
    ]
)


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


def test_what_a_table_has_by_itself_is_known() -> None:
    own = {name for name in dir(pd.DataFrame) if not name.startswith("_")}
    assert own - FRAME_ATTRIBUTES == set()
