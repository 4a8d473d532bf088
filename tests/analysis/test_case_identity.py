"""Classes that ran again: older instances are none of theirs."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, each, rerun
from .test_case_classes import POINT

CASES = [
    Case(
        "identity of a class that was run again",
        [POINT, "p = P()", "print(isinstance(p, P))"],
        rerun(0, 2),
        "stale-input c1",
        "0>1 P, 0>2 P, 1>2 p",
    ),
    Case(
        "identity of a class that was run again with its instance",
        [POINT, "p = P()", "print(isinstance(p, P))"],
        rerun(0, 1, 2),
        "",
        "0>1 P, 0>2 P, 1>2 p",
    ),
    Case(
        "identity of a class, asked by a function",
        [POINT, "p = P()", "def ask(x):\n    return isinstance(x, P)", "print(ask(p))"],
        rerun(0, 3),
        "stale-input c1",
        "0>1 P, 0>3 P, 1>3 p, 2>3 ask",
    ),
    Case(
        "identity of a base class that was run again",
        [POINT, "class Q(P):\n    pass", "q = Q()", "print(isinstance(q, P))"],
        rerun(0, 3),
        "stale-input c1",
        "0>1 P, 0>3 P, 1>2 Q, 2>3 q",
    ),
    Case(
        "identity of classes of which another was run again",
        [POINT, "class Q:\n    pass", "p = P()", "print(isinstance(p, P), isinstance(p, Q))"],
        rerun(1, 3),
        "",
        "0>2 P, 0>3 P, 1>3 Q, 2>3 p",
    ),
    Case(
        "equality of dataclasses of which one is older",
        [
            "from dataclasses import dataclass",
            "@dataclass\nclass D:\n    n: int",
            "a = D(1)",
            "b = D(1)",
            "print(a == b)",
        ],
        rerun(1, 2, 4),
        "stale-input c3",
        "0>1 dataclass, 1>2 D, 1>3 D, 2>4 a, 3>4 b",
    ),
    Case(
        "equality of instances that are equal to themselves alone",
        [POINT, "a = P()", "b = P()", "print(a == b)"],
        rerun(0, 1, 3),
        "",
        "0>1 P, 0>2 P, 1>3 a, 2>3 b",
    ),
    Case(
        "identity of an enumeration that was run again",
        [
            "import enum",
            "class Color(enum.Enum):\n    RED = 1",
            "c = Color.RED",
            "print(c == Color.RED)",
        ],
        rerun(1, 3),
        "stale-input c2",
        "0>1 enum, 1>2 Color, 1>3 Color, 2>3 c",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
