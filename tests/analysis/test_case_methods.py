"""Methods of classes and instances, what is registered, and factories of fields."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each

CASES = [
    # --- classes
    Case(
        "class changed by type(self)",
        [
            "class C:\n    n = 0\n    def go(self):\n        type(self).n += 1",
            "c = C()",
            "c.go()",
            "print(C.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>3 C, 1>2 c, 2>3 C",
    ),
    Case(
        "class changed by __class__",
        [
            "class C:\n    n = 0\n    def go(self):\n        self.__class__.n += 1",
            "c = C()",
            "c.go()",
            "print(C.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>3 C, 1>2 c, 2>3 C",
    ),
    Case(
        "class changed for each instance",
        [
            "class C:\n    n = 0\n    def __init__(self):\n        type(self).n += 1",
            "c = C()",
            "d = C()",
            "print(C.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>2 C, 0>3 C, 1>2 C, 1>3 C, 2>3 C",
    ),
    Case(
        "class read by type(self)",
        [
            "class C:\n    n = 0\n    def go(self):\n        return type(self).n",
            "c = C()",
            "c.go()",
            "print(C.n)",
        ],
        delete(2),
        "",
        "0>1 C, 0>3 C, 1>2 c",
    ),
    Case(
        "class method that changes the class",
        [
            "class C:\n    n = 0\n    @classmethod\n    def go(cls):\n        cls.n += 1",
            "C.go()",
            "print(C.n)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 C, 0>2 C, 1>2 C",
    ),
    Case(
        "class method called on an instance",
        [
            "class C:\n    n = 0\n    @classmethod\n    def go(cls):\n        cls.n += 1",
            "c = C()",
            "c.go()",
            "print(C.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>3 C, 1>2 c, 2>3 C",
    ),
    Case(
        "class method that only reads",
        [
            "class C:\n    n = 0\n    @classmethod\n    def go(cls):\n        return cls.n",
            "C.go()",
            "print(C.n)",
        ],
        delete(1),
        "",
        "0>1 C, 0>2 C",
    ),
    Case(
        "class attribute changed through an instance",
        ["class C:\n    xs = []", "c = C()", "c.xs.append(1)", "print(C.xs)"],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 0>3 C, 1>2 c, 2>3 C",
    ),
    Case(
        "class attribute hidden by an instance",
        ["class C:\n    n = 0", "c = C()", "c.n = 1", "print(C.n)"],
        delete(2),
        "",
        "0>1 C, 0>3 C, 1>2 c",
    ),
    # --- methods of what is given
    Case(
        "method that changes its object by another one",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1\n    def twice(self):\n        self.go()\n        self.go()",
            "b = B()",
            "b.twice()",
            "print(b.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 B, 1>2 b, 1>3 b, 2>3 b",
    ),
    Case(
        "method that changes its object by one of its base",
        [
            "class A:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "class B(A):\n    def twice(self):\n        self.go()\n        self.go()",
            "b = B()",
            "b.twice()",
            "print(b.n)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>1 A, 1>2 B, 2>3 b, 2>4 b, 3>4 b",
    ),
    Case(
        "function that calls a method that changes",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "b = B()",
            "def f(x):\n    x.go()",
            "f(b)",
            "print(b.n)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>1 B, 1>3 b, 1>4 b, 2>3 f, 3>4 b",
    ),
    Case(
        "function that calls a method that looks",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        return self.n",
            "b = B()",
            "def f(x):\n    x.go()",
            "f(b)",
            "print(b.n)",
        ],
        delete(3),
        "",
        "0>1 B, 1>3 b, 1>4 b, 2>3 f",
    ),
    Case(
        "method called in a loop over instances",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "bs = [B(), B()]",
            "for b in bs:\n    b.go()",
            "print(bs[0].n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 B, 1>2 bs, 1>3 bs, 2>3 bs",
    ),
    Case(
        "method called in a comprehension over instances",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "bs = [B(), B()]",
            "[b.go() for b in bs];",
            "print(bs[0].n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 B, 1>2 bs, 1>3 bs, 2>3 bs",
    ),
    # --- registered
    Case(
        "function registered by its annotation",
        [
            "from functools import singledispatch",
            "@singledispatch\ndef f(x):\n    return 'any'",
            "@f.register\ndef _(x: int):\n    return 'int'",
            "print(f(1))",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 singledispatch, 1>2 f, 1>3 f, 2>3 f",
    ),
    Case(
        "function registered for a type",
        [
            "from functools import singledispatch",
            "@singledispatch\ndef f(x):\n    return 'any'",
            "@f.register(int)\ndef g(x):\n    return 'int'",
            "print(f(1))",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 singledispatch, 1>2 f, 1>3 f, 2>3 f",
    ),
    Case(
        "function registered, of two",
        [
            "from functools import singledispatch",
            "@singledispatch\ndef f(x):\n    return 'any'",
            "@f.register\ndef _(x: int):\n    return 'int'",
            "@f.register\ndef _(x: str):\n    return 'str'",
            "print(f(1), f('a'))",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 singledispatch, 1>2 f, 1>3 f, 1>4 f, 2>3 f, 2>4 f, 3>4 f",
    ),
    Case(
        "function registered with another",
        [
            "from functools import singledispatch",
            "@singledispatch\ndef f(x):\n    return 'any'\ndef h(x):\n    return 1",
            "@f.register\ndef _(x: int):\n    return 'int'",
            "print(h(1))",
        ],
        delete(2),
        "",
        "0>1 singledispatch, 1>2 f, 1>3 h",
    ),
    Case(
        "function registered with an object of the page",
        [
            "class App:\n    def __init__(self):\n        self.r = []\n    def route(self, f):\n        self.r.append(f.__name__)\n        return f",
            "app = App()",
            "@app.route\ndef g():\n    return 1",
            "print(app.r)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 App, 1>2 app, 1>3 app, 2>3 app",
    ),
    Case(
        "function registered by a decorator that is given something",
        [
            "class App:\n    def __init__(self):\n        self.r = []\n    def route(self, path):\n        def deco(f):\n            self.r.append(path)\n            return f\n        return deco",
            "app = App()",
            "@app.route('/x')\ndef g():\n    return 1",
            "print(app.r)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 App, 1>2 app, 1>3 app, 2>3 app",
    ),
    # --- fields
    Case(
        "factory of a field that changes a global",
        [
            "from dataclasses import dataclass, field\nlog = []",
            "def make():\n    log.append(1)\n    return 0",
            "@dataclass\nclass D:\n    x: int = field(default_factory=make)",
            "d = D()",
            "print(log)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>2 dataclass field, 0>3 log, 0>4 log, 1>2 make, 1>3 make, 2>3 D, 3>4 log",
    ),
    Case(
        "factory of a field that reads a global",
        [
            "from dataclasses import dataclass, field\nrate = 1",
            "def make():\n    return rate",
            "@dataclass\nclass D:\n    x: int = field(default_factory=make)",
            "rate = 5",
            "print(D().x)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>2 dataclass field, 1>2 make, 1>4 make, 2>4 D, 3>4 rate",
    ),
    Case(
        "factory of a field that is not called",
        [
            "from dataclasses import dataclass, field\nlog = []",
            "def make():\n    log.append(1)\n    return 0",
            "@dataclass\nclass D:\n    x: int = field(default_factory=make)",
            "print(log)",
        ],
        delete(2),
        "",
        "0>2 dataclass field, 0>3 log, 1>2 make",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
