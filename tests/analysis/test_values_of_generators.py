"""Generators of the page, followed by value where they are gone through at once."""

from __future__ import annotations

import pytest

from .cases import Play, change
from .followed import UNTOLD as NOT_TOLD
from .followed import assert_as_in_python, assert_stale_where_changed, followed

COUNTED = "def counted(n, by=1):\n    for one in range(n):\n        yield one * by"
FOLLOWED: dict[str, list[str]] = {
    "gone through at once": [
        COUNTED,
        "list(counted(3)), sum(counted(4, by=2)), sorted(counted(3), key=None) if 0 else 1",
        "tuple(counted(2)), max(counted(3)), any(counted(2)), [*counted(2), 9], set(counted(1))",
        "[x + 1 for x in counted(3) if x], {x: x for x in counted(2)}",
        "for one in counted(2):\n    print(one)",
        "one",
    ],
    "more than one yield": [
        "def f(xs):\n    if not xs:\n        return 5\n    first, *rest = xs\n    yield first\n"
        "    yield from f(rest)\n    yield",
        "list(f([1, 2])), ''.join(str(x) for x in [1])",
        "def names():\n    yield 'a'\n    yield 'b'",
        "'-'.join(names())",
        "dict(zip([1], [2])), list(names())[0]",
    ],
    "of what the page has": [
        "size = 2\nshapes = {'s': lambda x: x * x, 'd': lambda x: 2 * x}",
        "def sizes():\n    for one in range(1, size + 1):\n"
        "        yield {name: shape(one) for name, shape in shapes.items()}",
        "[one['s'] for one in sizes()]",
        "size = 3",
        "[one['d'] for one in sizes()]",
    ],
    "methods that yield": [
        "class Rows:\n    def __init__(self, n):\n        self.n = n\n    def each(self):\n"
        "        for i in range(self.n):\n            yield i",
        "r = Rows(3)",
        "list(r.each()), [x * 2 for x in r.each()]",
    ],
    "a generator inside of a function": [
        "def f(n):\n    def inner():\n        for i in range(n):\n            yield i\n"
        "    return list(inner())",
        "f(3)",
    ],
}
LAZY = {
    "kept": [COUNTED, "g = counted(2)", "list(g)"],
    "kept in a function": [
        "def gen(xs):\n    for x in xs:\n        yield x",
        "def f(xs):\n    g = gen(xs)\n    xs.append(1)\n    return list(g)",
        "f([0])",
    ],
    "handed on": [
        "def gen(xs):\n    for x in xs:\n        yield x",
        "def last(g, xs):\n    xs.append(5)\n    return list(g)",
        "ys = [1]",
        "last(gen(ys), ys)",
    ],
    "put into a list": [
        "def gen(xs):\n    for x in xs:\n        yield x",
        "def f(xs):\n    gs = list(map(gen, [xs]))\n    xs.append(1)\n    return list(gs[0])",
        "f([0])",
    ],
    "what goes through it changes what it looks at": [
        "xs = [1, 2, 3]",
        "def gen():\n    for x in xs:\n        yield x",
        "[xs.pop() for x in gen()]",
    ],
    "what goes through it sets what it looks at": [
        "n = 0",
        "def gen():\n    for i in range(3):\n        yield i + n",
        "for one in gen():\n    n = one",
        "one",
    ],
    "what goes through it calls what changes": [
        "n = [0]",
        "def gen():\n    for i in range(3):\n        yield i + n[0]",
        "def up(x):\n    n[0] += 1\n    return x",
        "[up(one) for one in gen()]",
    ],
    "it shows something": [
        "def gen():\n    for i in range(2):\n        print(i)\n        yield i",
        "for one in gen():\n    print('-')",
    ],
    "it calls what shows": [
        "def f(i):\n    print(i)\n    return i",
        "def gen():\n    for i in range(2):\n        yield f(i)",
        "for one in gen():\n    print('-')",
    ],
    "it changes what it gives": [
        "def gen():\n    xs = []\n    for i in range(2):\n        xs += [i]\n        yield xs",
        "[len(one) for one in gen()]",
    ],
    "it fails in the end": [
        "def gen():\n    yield 1\n    raise ValueError(2)",
        "for one in gen():\n    if one:\n        break",
        "one",
    ],
    "it has no end": ["def gen():\n    while True:\n        yield 1", "any(gen())"],
    "it is given values": ["def gen():\n    x = yield 1\n    yield x", "list(gen())"],
    "a look that is put off": [
        "def gen(xs):\n    for x in xs:\n        yield x",
        "def f(xs):\n    g = (x for x in gen(xs))\n    xs.append(1)\n    return list(g)",
        "f([0])",
    ],
}
SESSIONS: dict[str, tuple[list[str], Play]] = {
    "the same of another number": (
        [COUNTED, "n = 3", "[x for x in counted(n) if x < 2]", "sum(counted(n))"],
        change(1, "n = 4"),
    ),
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_it_is_as_in_python(name: str) -> None:
    assert_as_in_python(FOLLOWED[name])


@pytest.mark.parametrize("name", LAZY)
def test_it_is_not_guessed(name: str) -> None:
    assert followed(LAZY[name])[-1] == NOT_TOLD


@pytest.mark.parametrize("name", SESSIONS)
def test_what_shows_the_same_is_let_be(name: str) -> None:
    assert_stale_where_changed(*SESSIONS[name])
