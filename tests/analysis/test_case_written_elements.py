"""Elements of a list, tuple or dict that is written down where it is gone through."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

LISTS = "a = [1]\nb = [2]"
TABLES = (
    "import pandas as pd\ntrain = pd.DataFrame({'x': [1, 2], 'y': [3, 4]})\ntest = train.copy()"
)
LOOPS = [
    "for o in (a, b):\n    o.append(1)",
    "for o in [b, a]:\n    o.append(1)",
    "for o in {1: a, 2: b}.values():\n    o.append(1)",
    "for k, o in {1: a, 2: b}.items():\n    o.append(k)",
    "for k, o in enumerate([a, b]):\n    o.append(k)",
    "for k, o in zip([1, 2], [a, b]):\n    o.append(k)",
    "for k, o in [(1, a), (2, b)]:\n    o.append(k)",
    "for o in [a, b] + [[3]]:\n    o.append(1)",
    "for o in [*[a], b]:\n    o.append(1)",
    "for o in reversed([a, b]):\n    o.append(1)",
    "[o.append(6) for o in (a, b)];",
    "o = [a, b][0]\no.append(1)",
    "o = {'k': a, 'l': b}['k']\no.append(1)",
    "c = [o for o in (a, b)]\nc[0].append(1)",
]
TOUCHES = "def touch(o):\n    o.append(1)"
COUNTER = (
    "class Counter:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n"
    "        self.n += 1\na = Counter()\nb = Counter()"
)

CASES = [
    *[
        Case(
            f"changed in {code}",
            [LISTS, code, "print(a)"],
            delete(1),
            "lingering-effect c2",
            "0>1 a b, 0>2 a, 1>2 a",
        )
        for code in LOOPS
    ],
    Case(
        "written tuple changed again",
        [LISTS, LOOPS[0], "print(b)"],
        rerun(1),
        "repeated-run c1",
        "0>1 a b, 0>2 b, 1>2 b",
    ),
    *[
        Case(
            f"{name} handed to a function in {code}",
            [f"{TOUCHES}\n{LISTS}", code, f"print({name})"],
            delete(1),
            "lingering-effect c2",
            f"0>1 a b touch, 0>2 {name}, 1>2 {name}",
        )
        for code in ("for o in (a, b):\n    touch(o)", "[touch(o) for o in (a, b)];")
        for name in ("a", "b")
    ],
    *[
        Case(
            f"method called in {code}",
            [COUNTER, code, "print(b.n)"],
            delete(1),
            "lingering-effect c2",
            "0>1 a b, 0>2 b, 1>2 b",
        )
        for code in ("for o in (a, b):\n    o.go()", "[o.go() for o in (a, b)];")
    ],
    Case(
        "in a function, of names of the page",
        [f"{LISTS}\ndef grow():\n    for o in (a, b):\n        o.append(1)", "grow()", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a b grow, 0>2 a, 1>2 a",
    ),
    Case(
        "in a function, of its parameters",
        [
            f"def grow(p, q):\n    for o in (p, q):\n        o.append(1)\n{LISTS}",
            "grow(a, b)",
            "print(b)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a b grow, 0>2 b, 1>2 b",
    ),
    # --- tables
    Case(
        "column of each table, all of one read",
        [TABLES, "for df in [train, test]:\n    df['z'] = 0", "print(train)"],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    Case(
        "column of each table, read",
        [TABLES, "for df in [train, test]:\n    df['z'] = 0", "print(test['z'])"],
        delete(1),
        "deleted-definition c2 certain",
        "0>1 test train, 0>2 test, 1>2 test",
    ),
    Case(
        "column of each table, computed from another one",
        [TABLES, "for df in [train, test]:\n    df['x'] = df['x'] * 2", "print(train['x'])"],
        rerun(1),
        "repeated-run c1",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    Case(
        "column of each table dropped",
        [
            TABLES,
            "for df in [train, test]:\n    df.drop(columns='y', inplace=True)",
            "print(train)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    Case(
        "names of the columns of each table",
        [
            TABLES,
            "for _, df in {'a': train, 'b': test}.items():\n    df.columns = ['v', 'w']",
            "print(train)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    Case(
        "column of a table behind a view of it",
        [f"{TABLES}\nview = [train]", "for df in [train, test]:\n    df['z'] = 0", "print(view)"],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 view, 1>2 view",
    ),
    Case(
        "table changed, and then copied",
        [TABLES, "for df in [train, test]:\n    df['z'] = 0\n    df = df.copy()", "print(train)"],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    Case(
        "table copied if it is long",
        [
            TABLES,
            "for df in [train, test]:\n    if len(df) > 5:\n        df = df.copy()\n    df['z'] = 0",
            "print(train)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 test train, 0>2 train, 1>2 train",
    ),
    # --- near misses
    Case(
        "another column of each table",
        [TABLES, "for df in [train, test]:\n    df['z'] = 0", "print(train['x'])"],
        delete(1),
        "",
        "0>1 test train, 0>2 train",
    ),
    Case(
        "another key of each dict",
        [
            "d = {'a': 1}\ne = {'a': 2}",
            "for one in (d, e):\n    one['b'] = 3",
            "print(d['a'])",
        ],
        delete(1),
        "",
        "0>1 d e, 0>2 d",
    ),
    *[
        Case(
            f"table of its own in {code!r}",
            [TABLES, f"tables = [train, test]\nfor df in {code}", "print(train)"],
            delete(1),
            "",
            "0>1 test train, 0>2 train",
        )
        for code in (
            "[train, test]:\n    df = df.copy()\n    df['z'] = 0",
            "tables:\n    df = df.rename(columns={'x': 'z'})\n    df['x'] = 0",
            "(train, test):\n    df = df[df['x'] > 1]\n    df.columns = ['v', 'w']",
            "[train.copy(), test]:\n    print(len(df))",
        )
    ],
    Case(
        "table of its own in a function",
        [
            TABLES,
            "def f(p, q):\n    for df in (p, q):\n        df = df.copy()\n        df['z'] = 0\nf(train, test)",
            "print(train)",
        ],
        delete(1),
        "",
        "0>1 test train, 0>2 train",
    ),
    Case(
        "copies in a written tuple",
        [LISTS, "for o in (a[:], list(b)):\n    o.append(1)", "print(a)"],
        delete(1),
        "",
        "0>1 a b, 0>2 a",
    ),
    Case(
        "written tuple only looked at",
        [LISTS, "for o in (a, b):\n    print(len(o))", "print(a)"],
        delete(1),
        "",
        "0>1 a b, 0>2 a",
    ),
    Case(
        "list that is not gone through",
        [f"{LISTS}\nc = [3]", "for o in (a, b):\n    o.append(1)", "print(c)"],
        delete(1),
        "",
        "0>1 a b, 0>2 c",
    ),
    Case(
        "numbers in a written tuple",
        ["n = 1\nm = 2\nt = 0", "for o in (n, m):\n    t += o", "print(n)"],
        delete(1),
        "",
        "0>1 m n t, 0>2 n",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
