"""Aliases: a second name for an object, given in an assignment, a pattern, a call, a loop."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each

CASES = [
    # --- names
    Case(
        "name given on the way",
        ["a = []", "if (b := a) is not None:\n    pass", "b.append(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "name given on the way, and changed",
        ["a = []", "if (b := a) is not None:\n    b.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "object changed where it gets a name",
        ["a = []", "(b := a).append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "name given in a call",
        ["a = []", "print(b := a)", "b.append(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 b, 2>3 a",
    ),
    Case(
        "element captured by a pattern",
        ["a = [[1], 2]", "match a:\n    case [x, y]:\n        x.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "element captured by a pattern, changed below",
        ["a = [[1], 2]", "match a:\n    case [x, y]:\n        pass", "x.append(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 x, 2>3 a",
    ),
    Case(
        "object captured by a pattern",
        ["a = [1]", "match a:\n    case [1] as b:\n        b.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "value captured by a pattern",
        ["a = {'k': []}", "match a:\n    case {'k': v}:\n        v.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "object captured by a bare name",
        ["a = [1]", "match a:\n    case b:\n        b.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "rest captured by a pattern",
        ["a = [1, 2]", "match a:\n    case [x, *rest]:\n        rest.append(1)", "print(a)"],
        delete(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "default that is an object of the page",
        ["a = []", "def f(x, into=a):\n    into.append(x)", "f(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 f, 2>3 a",
    ),
    Case(
        "default that is not used",
        ["a = []\nb = []", "def f(x, into=a):\n    into.append(x)", "f(1, b)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 0>2 b, 0>3 a, 1>2 f",
    ),
    Case(
        "default of a keyword",
        ["a = []", "def f(x, *, into=a):\n    into.append(x)", "f(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 f, 2>3 a",
    ),
    Case(
        "default of a lambda",
        ["a = []", "f = lambda x, into=a: into.append(x)", "f(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 f, 2>3 a",
    ),
    Case(
        "default that is only read",
        ["a = [1]", "def f(x, of=a):\n    return len(of)", "f(1)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 0>3 a, 1>2 f",
    ),
    Case(
        "default changed from outside",
        ["a = [1]", "def f(x, of=a):\n    return len(of)", "a.append(2)", "print(f(1))"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>2 a, 1>3 f, 2>3 f",
    ),
    # --- arguments
    Case(
        "arguments by name from a dict",
        ["def f(xs):\n    xs.append(1)\na = []", "k = {'xs': a}", "f(**k)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>2 f, 0>3 a, 1>2 k, 2>3 a",
    ),
    Case(
        "arguments from a list",
        ["def f(xs):\n    xs.append(1)\na = []", "k = [a]", "f(*k)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>2 f, 0>3 a, 1>2 k, 2>3 a",
    ),
    Case(
        "arguments from a list, only read",
        ["def f(xs):\n    return len(xs)\na = []", "k = [a]", "f(*k)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 0>2 f, 0>3 a, 1>2 k",
    ),
    Case(
        "one of any number of arguments",
        ["def f(*xs):\n    xs[0].append(1)\na = []", "f(a)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a f, 0>2 a, 1>2 a",
    ),
    Case(
        "second of any number of arguments",
        ["def f(*xs):\n    xs[1].append(1)\na = []", "f(0, a)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a f, 0>2 a, 1>2 a",
    ),
    Case(
        "one of any number of keywords",
        ["def f(**kw):\n    kw['x'].append(1)\na = []", "f(x=a)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a f, 0>2 a, 1>2 a",
    ),
    # --- loops and branches
    Case(
        "alias in a loop",
        ["a = []", "for i in range(2):\n    b = a\n    b.append(i)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "alias in a branch",
        ["a = []", "if True:\n    b = a\n    b.append(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "element by its place in a loop",
        ["g = [[], []]", "for i in range(2):\n    row = g[i]\n    row.append(i)", "print(g)"],
        delete(1),
        "lingering-effect c2",
        "0>1 g, 0>2 g, 1>2 g",
    ),
    Case(
        "copy in a loop",
        ["g = [[], []]", "for i in range(2):\n    row = list(g[0])\n    row.append(i)", "print(g)"],
        delete(1),
        "",
        "0>1 g, 0>2 g",
    ),
    Case(
        "alias given to a function in a loop",
        [
            "a = []\ndef put(x):\n    x.append(1)",
            "for i in range(2):\n    b = a\n    put(b)",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a put, 0>2 a, 1>2 a",
    ),
    Case(
        "alias of an instance in a loop",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "b = B()",
            "for i in range(2):\n    x = b\n    x.go()",
            "print(b.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 B, 1>2 b, 1>3 b, 2>3 b",
    ),
    Case(
        "elements of a chain",
        [
            "from itertools import chain\nd = [[1]]",
            "for x in chain(d, d):\n    x.append(1)",
            "print(d)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 chain d, 0>2 d, 1>2 d",
    ),
    Case(
        "elements of a slice",
        [
            "from itertools import islice\nd = [[1]]",
            "for x in islice(d, 1):\n    x.append(1)",
            "print(d)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 d islice, 0>2 d, 1>2 d",
    ),
    Case(
        "elements of a filter",
        ["d = [[1]]", "for x in filter(None, d):\n    x.append(1)", "print(d)"],
        delete(1),
        "lingering-effect c2",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "elements of a comprehension",
        ["d = [[1]]", "[y.append(2) for y in [x for x in d]];", "print(d)"],
        delete(1),
        "lingering-effect c2",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "async for",
        [
            "import asyncio\na = []\nclass It:\n    async def __aenter__(self):\n        return a\n    async def __aexit__(self, *x):\n        pass\nasync def gen():\n    yield 1\n    yield 2",
            "async for x in gen():\n    a.append(x)",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a gen, 0>2 a, 1>2 a",
    ),
    Case(
        "async with",
        [
            "import asyncio\na = []\nclass It:\n    async def __aenter__(self):\n        return a\n    async def __aexit__(self, *x):\n        pass\nasync def gen():\n    yield 1\n    yield 2",
            "async with It() as b:\n    a.append(1)",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 It a, 0>2 a, 1>2 a",
    ),
    Case(
        "awaited function",
        [
            "import asyncio\na = []\nclass It:\n    async def __aenter__(self):\n        return a\n    async def __aexit__(self, *x):\n        pass\nasync def gen():\n    yield 1\n    yield 2\nasync def grow(xs):\n    xs.append(1)",
            "await grow(a)",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a grow, 0>2 a, 1>2 a",
    ),
    # --- written otherwise
    Case(
        "method of the type",
        ["a = []", "list.append(a, 1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "attribute by vars",
        [
            "from types import SimpleNamespace\na = SimpleNamespace(x=1)",
            "vars(a)['x'] = 2",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "attribute by __dict__",
        [
            "from types import SimpleNamespace\na = SimpleNamespace(x=1)",
            "a.__dict__['x'] = 2",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
