"""What `with` gets from a generator of the page, and the elements of a sum of lists."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, nothing, rerun

OPENED = "from contextlib import contextmanager\n@contextmanager\ndef opened(x):\n    yield x"
GLOBAL = (
    "from contextlib import contextmanager\n@contextmanager\ndef opened():\n"
    "    try:\n        yield a\n    finally:\n        pass"
)
COPIED = OPENED.replace("    yield x", "    y = list(x)\n    yield y")
TWO = "a = [[1]]\nb = [[2]]"
CASES = [
    Case(
        "with what a generator was given",
        ["a = []", OPENED, "with opened(a) as b:\n    b.append(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 1>2 opened, 0>3 a, 2>3 a",
    ),
    Case(
        "with an object of the page that a generator gives",
        ["a = []", GLOBAL, "with opened() as b:\n    b.append(1)", "print(a)"],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 a, 1>2 opened, 0>3 a, 2>3 a",
    ),
    Case(
        "with what a generator was given, looked at",
        ["a = []", OPENED, "with opened(a) as b:\n    print(len(b))", "print(a)"],
        rerun(2),
        "",
        "0>2 a, 1>2 opened, 0>3 a",
    ),
    Case(
        "with a copy of what a generator was given",
        ["a = []", COPIED, "with opened(a) as b:\n    b.append(1)", "print(a)"],
        rerun(2),
        "",
        "0>2 a, 1>2 opened, 0>3 a",
    ),
    Case(
        "an element of a sum",
        [TWO, "c = a + b", "c[0].append(5)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a b, 1>2 c, 0>3 a, 2>3 a",
    ),
    Case(
        "an element of a sum of sums",
        [TWO, "c = a + b", "d = c + a", "d[1].append(0)", "print(b)"],
        delete(3),
        "lingering-effect c4",
        "0>1 a b, 0>2 a, 1>2 c, 2>3 d, 0>4 b, 3>4 b",
    ),
    Case(
        "the elements of a sum, in a loop",
        [TWO, "for r in a + b:\n    r.append(0)", "print(b)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a b, 0>2 b, 1>2 b",
    ),
    Case(
        "a sum that gets more",
        [TWO, "c = a + b", "c.append(5)", "print(a)"],
        delete(2),
        "",
        "0>1 a b, 1>2 c, 0>3 a",
    ),
    Case(
        "a sum of numbers",
        ["a = 1\nb = 2", "c = a + b", "print(c)", "print(a)"],
        rerun(1, 2),
        "",
        "0>1 a b, 1>2 c, 0>3 a",
    ),
    Case(
        "a sum of arrays",
        [
            "import numpy as np\na = np.ones(2)\nb = np.ones(2)",
            "c = a + b",
            "c[0] = 5",
            "print(a)",
        ],
        delete(2),
        "",
        "0>1 a b, 1>2 c, 0>3 a",
    ),
    Case(
        "nothing happened to what was given out",
        [TWO, f"{OPENED}\nc = a + b", "with opened(a) as d:\n    d.append(c[1])", "print(a, c)"],
        nothing,
        "",
        "0>1 a b, 0>2 a, 1>2 c opened, 0>3 a, 1>3 c, 2>3 a c",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
