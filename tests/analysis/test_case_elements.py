"""Elements and attributes that are handed back, and lists of the same object."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each

ELEMENTS = [
    "max(d)", "min(d)", "next(iter(d))", "sorted(d)[0]", "max(d, key=len)", "d.pop()", "d[-1]",
    "d[0]", "list(d)[0]", "next(x for x in d)", "random.choice(d)", "next(reversed(d))",
    "d.copy()[0]", "list(reversed(d))[0]", "next(x for x in d if x)", "deque(d)[0]", "tuple(d)[0]",
]  # fmt: skip
"""What hands back an element of d."""
READ = {"random.choice(d)": "d random", "deque(d)[0]": "d deque"}
"""The names that it is made of, where d is not the only one."""

CASES = [
    *[
        Case(
            f"element by {code}",
            [
                "import random\nfrom collections import deque\ni = 0\nd = [[1]]\nall_ = list(d)",
                f"b = {code}",
                "b.append(2)",
                "print(all_)",
            ],
            delete(2),
            "lingering-effect c3",
            f"0>1 {READ.get(code, 'd')}, 0>3 all_, 1>2 b, 2>3 all_",
        )
        for code in ELEMENTS
    ],
    Case(
        "element by a function",
        ["def first(s):\n    return s[0]\na = [[1]]", "b = first(a)", "b.append(2)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a first, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "element by a function, named there",
        [
            "def first(s):\n    x = s[0]\n    return x\na = [[1]]",
            "b = first(a)",
            "b.append(2)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a first, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "copy of an element by a function",
        [
            "def first(s):\n    return list(s[0])\na = [[1]]",
            "b = first(a)",
            "b.append(2)",
            "print(a)",
        ],
        delete(2),
        "",
        "0>1 a first, 0>3 a, 1>2 b",
    ),
    Case(
        "attribute by a function",
        [
            "from types import SimpleNamespace\ndef get(s):\n    return s.x\na = SimpleNamespace(x=[])",
            "b = get(a)",
            "b.append(2)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a get, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "element by an iterator",
        ["d = [[1]]", "it = iter(d)", "b = next(it)", "b.append(2)", "print(d)"],
        delete(3),
        "lingering-effect c4",
        "0>1 d, 0>4 d, 1>2 it, 2>3 b, 3>4 d",
    ),
    Case(
        "attribute by getattr",
        [
            "from types import SimpleNamespace\na = SimpleNamespace(x=[])",
            "b = getattr(a, 'x')",
            "b.append(1)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "attribute by getattr, changed at once",
        [
            "from types import SimpleNamespace\na = SimpleNamespace(x=[])",
            "getattr(a, 'x').append(1)",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "element by itemgetter",
        [
            "from operator import itemgetter\nd = {'k': []}",
            "b = itemgetter('k')(d)",
            "b.append(1)",
            "print(d)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 d itemgetter, 0>3 d, 1>2 b, 2>3 d",
    ),
    Case(
        "element by itemgetter, kept",
        [
            "from operator import itemgetter\nd = {'k': []}",
            "get = itemgetter('k')",
            "b = get(d)",
            "b.append(1)",
            "print(d)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>1 itemgetter, 0>2 d, 0>4 d, 1>2 get, 2>3 b, 3>4 d",
    ),
    Case(
        "attribute by attrgetter",
        [
            "from operator import attrgetter\nfrom types import SimpleNamespace\na = SimpleNamespace(x=[])",
            "b = attrgetter('x')(a)",
            "b.append(1)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a attrgetter, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "element by tee",
        ["from itertools import tee\nd = [[1]]", "i, j = tee(d)", "next(i).append(2)", "print(d)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d tee, 0>3 d, 1>2 i, 2>3 d",
    ),
    Case(
        "list behind tee grows",
        ["from itertools import tee\nd = [1, 2]", "i, j = tee(d)", "d.append(3)", "print(list(j))"],
        delete(2),
        "lingering-effect c3",
        "0>1 d tee, 0>2 d, 1>3 j, 2>3 j",
    ),
    Case(
        "list of one object twice",
        ["r = [1]", "m = [r] * 2", "m[0].append(1)", "print(r)"],
        delete(2),
        "lingering-effect c3",
        "0>1 r, 0>3 r, 1>2 m, 2>3 r",
    ),
    Case(
        "object that a list has twice",
        ["r = [1]", "m = [r] * 2", "r.append(1)", "print(m)"],
        delete(2),
        "lingering-effect c3",
        "0>1 r, 0>2 r, 1>3 m, 2>3 m",
    ),
    Case(
        "list of two lists",
        ["r, s = [1], [2]", "m = [r] + [s]", "m[0].append(1)", "print(r)"],
        delete(2),
        "lingering-effect c3",
        "0>1 r s, 0>3 r, 1>2 m, 2>3 r",
    ),
    Case(
        "sum of lists, itself changed",
        ["a, b = [1], [2]", "m = a + b", "m.append(1)", "print(a)"],
        delete(2),
        "",
        "0>1 a b, 0>3 a, 1>2 m",
    ),
    # --- changed where it is handed back
    Case(
        "element of a function, changed at once",
        ["def first(s):\n    return s[0]\na = [[1]]", "first(a).append(2)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a first, 0>2 a, 1>2 a",
    ),
    Case(
        "global of a function, changed at once",
        ["a = []\ndef get():\n    return a", "get().append(2)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a get, 0>2 a, 1>2 a",
    ),
    Case(
        "copy of a function, changed at once",
        ["def first(s):\n    return list(s[0])\na = [[1]]", "first(a).append(2)", "print(a)"],
        delete(1),
        "",
        "0>1 a first, 0>2 a",
    ),
    Case(
        "element of a function, looked at",
        ["def first(s):\n    return s[0]\na = [[1]]", "first(a).count(2)", "print(a)"],
        delete(1),
        "",
        "0>1 a first, 0>2 a",
    ),
    Case(
        "method of a new object that is no list",
        [
            "class B:\n    def __init__(self, x):\n        self.x = x\n    def append(self, y):\n        pass\na = [1]",
            "B(a).append(2)",
            "print(a)",
        ],
        delete(1),
        "",
        "0>1 B a, 0>2 a",
    ),
    Case(
        "other half of tee",
        ["from itertools import tee\nd = [1, 2]", "i, j = tee(d)", "next(i);", "print(list(j))"],
        delete(2),
        "",
        "0>1 d tee, 1>2 i, 1>3 j",
    ),
    Case(
        "list behind tee, one half of which is consumed",
        ["from itertools import tee\nd = [1, 2]", "i, j = tee(d)", "next(i);", "print(d)"],
        delete(2),
        "",
        "0>1 d tee, 0>3 d, 1>2 i",
    ),
    Case(
        "half of tee used up",
        ["from itertools import tee\nd = [1, 2]", "i, j = tee(d)", "n = list(i)", "print(list(i))"],
        delete(2),
        "lingering-effect c3",
        "0>1 d tee, 1>2 i, 1>3 i, 2>3 i",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
