"""Branches whose test follows from literals: what is not taken is neither needed nor done."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, rerun

OFF = "DEBUG = False\nn = 1"
CASES = [
    Case(
        "a name that only a branch reads which is not taken",
        [OFF, "old = 1", "if DEBUG:\n    print(old)", "y = 1"],
        delete(1),
        "",
        "0>2 DEBUG, 1>2 old",
    ),
    Case(
        "a name that only a branch reads which is not taken, by comparison",
        [OFF, "old = 1", "if n > 3:\n    print(old)\nelse:\n    y = n", "z = 1"],
        delete(1),
        "",
        "0>2 n, 1>2 old",
    ),
    Case(
        "a name that the branch reads which is taken",
        [OFF, "old = 1", "if n < 3:\n    print(old)", "y = 1"],
        delete(1),
        "deleted-definition c2 certain",
        "0>2 n, 1>2 old",
    ),
    Case(
        "a name that a function reads in the branch which is taken",
        [
            f"{OFF}\ndef show():\n    print(old)",
            "old = 1",
            "if DEBUG:\n    print(old)\nelse:\n    show()",
        ],
        delete(1),
        "deleted-definition c2|deleted-definition c2 certain",
        "0>2 DEBUG show, 1>2 old",
    ),
    Case(
        "a branch that is not taken, run twice",
        [OFF, "x = []", "if DEBUG or n > 2:\n    x.append(1)", "print(x)"],
        rerun(2),
        "",
        "0>2 DEBUG n, 1>2 x, 1>3 x, 2>3 x",
    ),
    Case(
        "a branch that is taken, run twice",
        [OFF, "x = []", "if n < 2:\n    x.append(1)", "print(x)"],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 n, 1>2 x, 1>3 x, 2>3 x",
    ),
    Case(
        "a name of a branch that is taken no more",
        [OFF, "if n < 2:\n    y = 1", "print(y)"],
        change(0, "DEBUG = False\nn = 3"),
        "undefined-name c2 certain, stale-input c1",
        "0>1 n, 1>2 y",
    ),
]


# What running a cell now gives hangs on what its branches read, taken or not.
@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case, answers=False)
