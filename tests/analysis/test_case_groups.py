"""Columns that polars and the groups of a table are asked for."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, nothing, rerun

PANDAS = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 1, 2], 'c': [1, 2, 3]})"
MADE = "df['n'] = df.c * 2"
POLARS = "import polars as pl\ndf = pl.DataFrame({'a': [1, 1, 2], 'c': [1, 2, 3]})"
ADDED = "df = df.with_columns(n=pl.col('c') * 2)"


def gone(name: str, use: str, start: str = POLARS, made: str = ADDED) -> Case:
    edges = f"0>1 df{' pl' * (start is POLARS)}, 1>2 df{', 0>2 pl' * ('pl.' in use)}"
    return Case(name, [start, made, use], delete(1), "deleted-definition c2 certain", edges)


GROUPS = [
    Case(
        "a column of groups, by attribute",
        [PANDAS, MADE, "print(df.groupby('a').n.sum())"],
        delete(1),
        "deleted-definition c2 certain",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    Case(
        "another column of groups",
        [PANDAS, MADE, "print(df.groupby('a').c.sum())"],
        delete(1),
        "",
        "0>1 df, 0>2 df",
    ),
    Case(
        "what groups have beside columns",
        [PANDAS, "print(df.groupby('a').plot.__class__)", "print(df.groupby('a').mean().c)"],
        rerun(1, 2),
        "",
        "0>1 df, 0>2 df",
    ),
]
TABLES = [
    gone("polars: select by name", "print(df.select('a', 'n'))"),
    gone("polars: select by expression", "print(df.select(pl.col('n').sum() + 1))"),
    gone("polars: a condition", "print(df.select(pl.when(pl.col('n') > 2).then(1).otherwise(0)))"),
    gone("polars: filter", "print(df.filter(pl.col('n') > 1))"),
    gone("polars: with_columns", "print(df.with_columns(m=pl.col('n'), k=1))"),
    gone("polars: group_by", "print(df.group_by('n', maintain_order=True).agg(pl.len()))"),
    gone("polars: agg", "print(df.group_by('a', maintain_order=True).agg(pl.col('n').sum()))"),
    gone("polars: sort", "print(df.sort('n'))"),
    gone("polars: get_column", "print(df.get_column('n'))"),
    gone("polars: unique", "print(df.unique(subset=['n'], maintain_order=True))"),
    Case(
        "polars: with_columns, run twice over a column of its own",
        [POLARS, "df = df.with_columns(c=pl.col('c') * 2)", "print(df)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 df pl, 1>2 df",
    ),
    Case(
        "polars: drop, by position",
        [POLARS, ADDED, "print(df.drop('n'))"],
        delete(1),
        "lingering-effect c2",
        "0>1 df pl, 1>2 df",
    ),
    Case(
        "polars: a column of another table",
        [
            f"{POLARS}\nother = pl.DataFrame({{'z': [1]}})",
            "print(df.filter(pl.col('a').is_in(other.select(pl.col('z')).to_series())))",
        ],
        rerun(1),
        "",
        "0>1 df other pl",
    ),
    Case(
        "polars: patterns",
        [POLARS, "print(df.select(pl.col('^b.*$')), df.select(pl.col('*')))"],
        rerun(1),
        "",
        "0>1 df pl",
    ),
    Case(
        "polars: what is not asked for yet",
        [f"{POLARS}\nlf = df.lazy()", "lf = lf.with_columns(n=1)", "q = lf.select('n')"],
        delete(1),
        "lingering-effect c2",
        "0>1 lf, 1>2 lf",
    ),
    Case(
        "nothing happened to a table of polars",
        [POLARS, ADDED, "print(df.select(pl.col('n')))", "print(df.sort('n').drop('a'))"],
        nothing,
        "",
        "0>1 df pl, 1>2 df, 0>2 pl, 1>3 df",
    ),
]
CASES = [*GROUPS, *TABLES]


@pytest.mark.parametrize("case", each(GROUPS))
def test_groups(case: Case) -> None:
    assert_case(case)


# What a clean run raises is an error of polars' own, which the truth of cases does not know.
@pytest.mark.parametrize("case", each(TABLES))
def test_tables_of_polars(case: Case) -> None:
    pytest.importorskip("polars")
    assert_case(case, answers=False)
