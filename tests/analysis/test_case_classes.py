"""Classes and their instances: methods, attributes, bases, identity."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, rerun

BASKET = (
    "class Basket:\n    def __init__(self):\n        self.items = []\n"
    "    def put(self, x):\n        self.items.append(x)\n"
    "    def size(self):\n        return len(self.items)"
)
POINT = "class P:\n    def go(self):\n        return 1"
POINT_2 = "class P:\n    def go(self):\n        return 2"
CASES = [
    Case(
        "method reads a global",
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate",
            "m = M()",
            "print(m.go())",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 M, 0>3 rate, 2>3 m",
    ),
    Case(
        "another method reads it",
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate\n    def rest(self):\n        return 1",
            "m = M()",
            "print(m.rest())",
        ],
        change(0, "rate = 3", 3),
        "",
        "1>2 M, 2>3 m",
    ),
    Case(
        "another method reads it, by way of this one",
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate\n"
            "    def rest(self):\n        return self.go()",
            "m = M()",
            "print(m.rest())",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "0>3 rate, 1>2 M, 2>3 m",
    ),
    Case(
        "another method reads it, called by its name",
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate\n"
            "    def rest(self):\n        return getattr(self, 'go')()",
            "m = M()",
            "print(m.rest())",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "0>3 rate, 1>2 M, 2>3 m",
    ),
    Case(
        "another method reads it, called by an operator",
        [
            "rate = 2",
            "class M:\n    def __len__(self):\n        return rate\n"
            "    def rest(self):\n        return self",
            "m = M()",
            "print(len(m.rest()))",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "0>3 rate, 1>2 M, 2>3 m",
    ),
    Case(
        "method reads a name that is gone",
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate\n    def rest(self):\n        return 1",
            "m = M()",
            "print(m.go())",
        ],
        delete(0),
        "deleted-definition c3 certain",
        "0>3 rate, 1>2 M, 2>3 m",
    ),
    Case(
        "list of instances has a method of that name",
        [
            "rate = 2",
            "class M:\n    def pop(self):\n        return rate",
            "m = [M()]",
            "print(type(m.pop()).__name__)",
        ],
        delete(0),
        "deleted-definition c3",
        "0>3 rate, 1>2 M, 2>3 m",
    ),
    Case(
        "method changes its instance",
        [BASKET, "b = Basket()", "b.put(1)", "print(b.size())"],
        rerun(2),
        "repeated-run c2",
        "0>1 Basket, 1>2 b, 1>3 b, 2>3 b",
    ),
    Case(
        "method only looks",
        [BASKET, "b = Basket()", "n = b.size()", "print(b.size())"],
        rerun(2, 3),
        "",
        "0>1 Basket, 1>2 b, 1>3 b",
    ),
    Case(
        "method changes its argument",
        [
            "class M:\n    def go(self, xs):\n        xs.append(1)",
            "a = []",
            "M().go(a)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 M, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "method through another method",
        [
            BASKET + "\n    def fill(self):\n        self.put(1)",
            "b = Basket()",
            "b.fill()",
            "print(b.size())",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 Basket, 1>2 b, 1>3 b, 2>3 b",
    ),
    Case(
        "instance keeps what it was given",
        [
            "class H:\n    def __init__(self, xs):\n        self.xs = xs",
            "a = []",
            "h = H(a)",
            "h.xs.append(1)",
            "print(a)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>2 H, 1>2 a, 2>3 h, 1>4 a, 3>4 a",
    ),
    Case(
        "class attribute",
        ["class C:\n    n = 0", "C.n += 1", "print(C.n)"],
        rerun(1),
        "repeated-run c1",
        "0>1 C, 0>2 C, 1>2 C",
    ),
    Case(
        "class attribute changed by each instance",
        ["class C:\n    n = 0\n    def __init__(self):\n        C.n += 1", "c = C()", "print(C.n)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 C, 0>2 C, 1>2 C",
    ),
    Case(
        "class attribute changed by two cells, the first ran again",
        ["class C:\n    n = 0", "C.n += 1", "C.n *= 10", "print(C.n)"],
        rerun(1, 2, 3),
        "repeated-run c1",
        "0>1 C, 0>2 C, 0>3 C, 1>2 C, 2>3 C",
    ),
    Case(
        "class attribute set anew by the cell that ran again",
        ["class C:\n    n = 0", "C.n = 1", "print(C.n)"],
        rerun(1, 2),
        "",
        "0>1 C, 0>2 C, 1>2 C",
    ),
    Case(
        "class attribute seen by an instance",
        ["class C:\n    n = 0", "c = C()", "C.n = 5", "print(c.n)"],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>2 C, 1>3 c, 2>3 c",
    ),
    Case(
        "class attribute changed by a method",
        [
            "class C:\n    seen = []\n    def go(self):\n        self.seen.append(1)",
            "c = C()",
            "c.go()",
            "print(C.seen)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 0>3 C, 2>3 C",
    ),
    Case(
        "class attribute that each instance sets anew",
        [
            "class C:\n    seen = []\n    def __init__(self):\n        self.seen = []\n"
            "    def go(self):\n        self.seen.append(1)",
            "c = C()",
            "c.go()",
            "print(C.seen, C().seen)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 0>3 C",
    ),
    Case(
        "class attribute seen by another instance",
        [
            "class C:\n    seen = {}\n    def go(self, key):\n        self.seen[key] = 1",
            "a, b = C(), C()",
            "a.go('x')",
            "print(b.seen)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 a, 1>3 b, 2>3 b",
    ),
    Case(
        "class body reads",
        ["n = 1", "class C:\n    size = n", "print(C.size)"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 n, 1>2 C",
    ),
    Case(
        "class scope is not seen by methods",
        ["n = 1", "class C:\n    n = 2\n    def go(self):\n        return n", "print(C().go())"],
        change(0, "n = 3"),
        "stale-input c2",
        "0>2 n, 1>2 C",
    ),
    Case(
        "property",
        [
            "rate = 2",
            "class C:\n    @property\n    def r(self):\n        return rate",
            "c = C()",
            "print(c.r)",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 C, 0>3 rate, 2>3 c",
    ),
    Case(
        "operator",
        [
            "rate = 2",
            "class C:\n    def __add__(self, other):\n        return rate",
            "c = C()",
            "print(c + 1)",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 C, 0>3 rate, 2>3 c",
    ),
    Case(
        "shown by its own repr",
        [
            "rate = 2",
            "class C:\n    def __repr__(self):\n        return str(rate)",
            "c = C()",
            "c",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 C, 0>3 rate, 2>3 c",
    ),
    Case(
        "context manager",
        [
            "log = []",
            "class C:\n    def __enter__(self):\n        log.append(1)\n"
            "    def __exit__(self, *args):\n        pass",
            "with C():\n    pass",
            "print(log)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 log, 1>2 C, 0>3 log, 2>3 log",
    ),
    Case(
        "dataclass",
        [
            "from dataclasses import dataclass, field",
            "@dataclass\nclass D:\n    xs: list = field(default_factory=list)",
            "d = D()",
            "d.xs.append(1)",
            "print(d)",
        ],
        rerun(3),
        "repeated-run c3",
        "0>1 dataclass field, 1>2 D, 2>3 d, 2>4 d, 3>4 d",
    ),
    Case(
        "dataclass default read at the definition",
        [
            "from dataclasses import dataclass\nn = 1",
            "@dataclass\nclass D:\n    k: int = n",
            "print(D())",
        ],
        change(0, "from dataclasses import dataclass\nn = 2"),
        "stale-input c1",
        "0>1 dataclass n, 1>2 D",
    ),
    Case(
        "base class edited",
        [
            "class A:\n    def go(self):\n        return 1",
            "class B(A):\n    pass",
            "b = B()",
            "print(b.go())",
        ],
        change(0, "class A:\n    def go(self):\n        return 2", 3),
        "stale-input c1",
        "0>1 A, 1>2 B, 2>3 b",
    ),
    Case(
        "inherited method reads a global",
        [
            "rate = 2",
            "class A:\n    def go(self):\n        return rate",
            "class B(A):\n    pass",
            "b = B()",
            "print(b.go())",
        ],
        change(0, "rate = 3"),
        "stale-input c4",
        "1>2 A, 2>3 B, 0>4 rate, 3>4 b",
    ),
    Case(
        "inherited method changes its instance",
        [BASKET, "class B(Basket):\n    pass", "b = B()", "b.put(1)", "print(b.size())"],
        delete(3),
        "lingering-effect c4",
        "0>1 Basket, 1>2 B, 2>3 b, 2>4 b, 3>4 b",
    ),
    Case(
        "instance of a class that was edited and run",
        [POINT, "p = P()", "print(p.go())"],
        change(0, POINT_2, 2),
        "stale-input c1",
        "0>1 P, 1>2 p",
    ),
    Case(
        "instance of a class that was run again",
        [POINT, "p = P()", "print(p.go())"],
        rerun(0, 2),
        "",
        "0>1 P, 1>2 p",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
