"""Entries of literals: an edit of one leaves what uses another as it was."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each
from .test_case_columns import TABLE, table

CASES = [
    Case(
        "another entry of a literal dict",
        ["d = {'a': 1, 'b': 2}", "import numpy as np\nprint(np.zeros(d['a']))"],
        change(0, "d = {'a': 1, 'b': 3}"),
        "",
        "0>1 d",
    ),
    Case(
        "an entry of a literal dict",
        ["d = {'a': 1, 'b': 2}", "import numpy as np\nprint(np.zeros(d['a']))"],
        change(0, "d = {'a': 2, 'b': 2}"),
        "stale-input c1",
        "0>1 d",
    ),
    Case(
        "an entry of a literal dict that hangs on a name",
        ["n = 1", "d = {'a': n, 'b': 2}", "import numpy as np\nprint(np.zeros(d['a']))"],
        change(0, "n = 2", 1),
        "stale-input c2",
        "0>1 n, 1>2 d",
    ),
    Case(
        "another entry of a literal dict, changed in place",
        [
            "d = {'a': [1], 'b': 2}",
            "d['a'].append(2)",
            "import numpy as np\nprint(np.array(d['a']))",
        ],
        change(0, "d = {'a': [1], 'b': 3}"),
        "",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "an entry of a literal dict that shares its list",
        [
            "xs = [1]",
            "d = {'a': xs, 'b': 2}",
            "xs.append(2)",
            "import numpy as np\nprint(np.array(d['a']))",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 xs, 0>2 xs, 1>3 d, 2>3 d",
    ),
    table(
        "another column of a literal table",
        ["print(df['a'].sum())", "df = df.fillna(0)", "print(df['a'].max())"],
        change(0, TABLE.replace("3, 4", "3, 5")),
        "stale-input c2",
        "0>1 df, 0>2 df, 2>3 df",
    ),
    table(
        "column added to a literal table",
        ["print(df['a'].sum())"],
        change(0, TABLE.replace("3, 4]", "3, 4], 'c': 0")),
        "",
        "0>1 df",
    ),
    Case(
        "index of a literal table",
        [TABLE, "print(df['a'])"],
        change(0, TABLE.replace("})", "}, index=['x', 'y'])")),
        "stale-input c1",
        "0>1 df",
    ),
    Case(
        "scalar column of a literal table, which has more rows now",
        [TABLE.replace("[2, 1]", "0"), "print(df['a'].size)"],
        change(0, TABLE.replace("[2, 1]", "0").replace("3, 4", "3, 4, 5")),
        "stale-input c1",
        "0>1 df",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
