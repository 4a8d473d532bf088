"""Cells of a table that are set by their place: `iloc`, `iat`, `loc` of whole rows."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

TABLE = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})"

CASES = [
    *[
        Case(
            f"column read behind {code}",
            [TABLE, code, "print(df['a'].sum())"],
            delete(1),
            "lingering-effect c2",
            "0>1 df, 0>2 df, 1>2 df",
        )
        for code in [
            "df.iloc[0, 0] = 77",
            "df.iat[0, 0] = 77",
            "df.iloc[0] = 0",
            "df.iloc[:, 0] = 8",
            "df.iloc[0, 0] += 8",
            "df.loc[0] = 8",
            "df.loc[df.b > 3] = 8",
            "col = 'a'\ndf.loc[0, col] = 8",
            "df.iloc[0, df.columns.get_loc('a')] = 7",
            "for i in range(2):\n    df.iloc[i, 0] = 7",
        ]
    ],
    Case(
        "cell augmented by its place, again",
        [TABLE, "df.iloc[0, 0] += 8", "print(df['a'])"],
        rerun(1),
        "repeated-run c1",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    Case(
        "cell by its place in a list of tables",
        [f"{TABLE}\ntables = [df]", "tables[0].iloc[0, 0] = 7", "print(df['a'])"],
        delete(1),
        "lingering-effect c2",
        "0>1 tables, 0>2 df, 1>2 df",
    ),
    Case(
        "cell by its place in a function",
        [
            f"{TABLE}\ndef mend(table):\n    table.iloc[0, 0] = 7",
            "mend(df)",
            "print(df['a'])",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 df mend, 0>2 df, 1>2 df",
    ),
    # --- near misses
    Case(
        "column read behind a place in another, looked up",
        [TABLE, "df.iloc[0, df.columns.get_loc('a')] = 7", "print(df['b'])"],
        delete(1),
        "",
        "0>1 df, 0>2 df",
    ),
    *[
        Case(
            f"copy of a table, {code}",
            [f"{TABLE}\nmore = df.copy()", code, "print(df)"],
            delete(1),
            "",
            "0>1 more, 0>2 df",
        )
        for code in ["more.iloc[0, 0] = 77", "more.loc[0] = 0"]
    ],
    Case(
        "place looked at",
        [TABLE, "x = df.iloc[0, 0]", "print(df['a'])"],
        delete(1),
        "",
        "0>1 df, 0>2 df",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
