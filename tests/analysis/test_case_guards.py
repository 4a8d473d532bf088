"""Reads whose failure the page catches: they are no reason why a clean run would fail."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, edit, rerun

TRY = "try:\n    {}\nexcept {}:\n    {}"
COUNTS = TRY.format("d['x'] += 1", "KeyError", "d['x'] = 1")
SPACE = "from types import SimpleNamespace\nns = SimpleNamespace()"
FRAME = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})"
SUPPRESS = "from contextlib import suppress"
CASES = [
    Case(
        "a key", ["d = {}", COUNTS, "print(d)"], rerun(1), "repeated-run c1", "0>1 d, 0>2 d, 1>2 d"
    ),
    Case(
        "any error",
        ["d = {}", TRY.format("d['x'].append(1)", "Exception", "d['x'] = [1]"), "print(d)"],
        rerun(1),
        "repeated-run c1",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "an attribute",
        [SPACE, TRY.format("ns.x += 1", "AttributeError", "ns.x = 1"), "print(ns)"],
        rerun(1),
        "repeated-run c1",
        "0>1 ns, 0>2 ns, 1>2 ns",
    ),
    Case(
        "a column",
        [FRAME, TRY.format("df['z'] += 1", "KeyError", "df['z'] = 1"), "print(df)"],
        rerun(1),
        "repeated-run c1",
        "0>1 df, 0>2 df, 1>2 df",
    ),
    Case(
        "a column that a method needs",
        [
            FRAME,
            "df['b'] = 2",
            TRY.format("s = df.sort_values('b')", "KeyError", "s = df"),
            "print(s)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 df, 0>2 df, 1>2 df, 2>3 s",
    ),
    Case(
        "a key that is set below",
        [
            f"{SUPPRESS}\nd = {{}}",
            "with suppress(KeyError):\n    d['q'] += 1",
            "d['q'] = 1",
            "print(d)",
        ],
        rerun(1),
        "out-of-order-run c1",
        "0>1 d suppress, 0>2 d, 0>3 d, 2>3 d",
    ),
    Case(
        "a name",
        [f"{SUPPRESS}\ny = 1", "with suppress(NameError):\n    print(y)"],
        edit(0, SUPPRESS),
        "edited-since-run c0, outdated-definition c1",
        "0>1 suppress y",
    ),
    Case(
        "another error is caught",
        ["d = {}", "d['x'] = 1", TRY.format("d['x'] += 1", "ValueError", "pass"), "print(d)"],
        delete(1),
        "deleted-definition c2 certain",
        "0>1 d, 0>2 d, 1>2 d, 0>3 d, 2>3 d",
    ),
    Case(
        "nothing is caught",
        ["d = {}", "d['x'] = 1", "try:\n    d['x'] += 1\nfinally:\n    pass", "print(d, 2)"],
        delete(1),
        "deleted-definition c2 certain",
        "0>1 d, 0>2 d, 1>2 d, 0>3 d, 2>3 d",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
