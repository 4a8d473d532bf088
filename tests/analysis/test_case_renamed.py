"""Names that are others now, everywhere or in one cell: what is shown stays, unless it tells names."""

from __future__ import annotations

import re

import pytest

from .cases import Case, Play, assert_case
from .sessions import Session

RATE = "import math\nrate = math.exp(1)"
ADDS = "def add(x):\n    return x + rate"
TABLE = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})"
BEST = (
    "history, best = [], None\nfor c in (1, 2):\n    r = math.exp(c)\n    history.append((c, r))\n"
    "    if best is None or r > best[1]:\n        best = c, r"
)
LOGGED = "import functools\ndef logged(f):\n    @functools.wraps(f)\n    def inside(*given):\n        print(f.__name__)\n        return f(*given)\n    return inside"
PAIR = "import math\na, b = math.exp(1), math.exp(2)"
BOTH = "a.append(1), b.append(2);"


def named(*pairs: tuple[str, str], run: tuple[int, ...] = (), only: int | None = None) -> Play:
    """All cells call these names something else, or only the one does; then some run."""

    def play(session: Session) -> None:
        for place, cell in enumerate(session.cells):
            source = cell.source
            for old, new in pairs:
                source = re.sub(rf"(?<![\w.]){old}\b", new, source)
            if source != cell.source and only in (None, place):
                session.edit(place, source)
        for place in run:
            session.run(place)

    return play


def edited(*sources: tuple[int, str]) -> Play:
    return lambda session: [session.edit(place, source) for place, source in sources]


_NOTE = "edited-since-run c0"
CASES = [
    Case("a value everywhere, nothing run", ["x = len([1])", "y = x + abs(2)\nprint(y)", "print(x, y)"], named(("x", "z")), _NOTE, "0>1 x, 0>2 x, 1>2 y"),
    Case("a value everywhere, its cell run", ["x = len([1])", "y = x + abs(2)\nprint(y)", "print(x, y)"], named(("x", "z"), run=(0,)), "", "0>1 x, 0>2 x, 1>2 y"),
    Case("a literal everywhere", ["x = 3", "print(x)"], named(("x", "z")), _NOTE, "0>1 x"),
    Case("the name of a loop, run", [RATE, "for n, v in {'a': rate}.items():\n    print(n, v)", "print(n)"], named(("v", "w"), run=(1,)), "", "0>1 rate, 1>2 n"),
    Case("the best of a loop, run", ["import math", BEST, "print(list(zip(*history)))"], named(("best", "top"), run=(1,)), "", "0>1 math, 1>2 history"),
    Case("what a function reads", [RATE, ADDS, "print(add(1))"], named(("rate", "r2")), _NOTE, "0>2 rate, 1>2 add"),
    Case("a function that is called", [RATE, ADDS, "print(add(1))"], named(("add", "plus")), "edited-since-run c1", "0>2 rate, 1>2 add"),
    Case("a function and what it reads", [RATE, ADDS, "print(add(1))"], named(("add", "plus"), ("rate", "q")), "edited-since-run c0, edited-since-run c1", "0>2 rate, 1>2 add"),
    Case("a name inside of a function", ["def f(x):\n    t = x + id(f) * 0\n    return t", "print(f(1))"], named(("t", "u")), "", "0>1 f"),
    Case("a frame", [TABLE, "total = df.a.sum()\nprint(total)"], named(("df", "sales")), _NOTE, "0>1 df"),
    Case("what methods read", ["goal = 3", "class A:\n    def left(self):\n        return goal + id(1) * 0\na = A()", "print(a.left())"], named(("goal", "end")), _NOTE, "0>2 goal, 1>2 a"),
    # near misses: names that are shown, or stand for something else
    Case("a function that tells its name", ["def f(x):\n    return x", "print(f.__name__)"], named(("f", "g")), "edited-since-run c0, edited-since-run c1", "0>1 f"),
    Case("a function in a list", ["def f(x):\n    return x", "print([h.__name__ for h in [f]])"], named(("f", "g")), "edited-since-run c0, edited-since-run c1", "0>1 f"),
    Case("a function handed on by another", ["def show(h):\n    print(h.__name__)", "def f(x):\n    return x\ndef call():\n    show(f)", "call()"], named(("f", "g")), "edited-since-run c1", "0>2 show, 1>2 call f"),
    Case("a function that a frame names", [TABLE, "def mean2(s):\n    return s.mean()", "print(df.a.agg([mean2]))"], named(("mean2", "m3")), "edited-since-run c1, edited-since-run c2", "0>2 df, 1>2 mean2"),
    Case("a decorated function", [LOGGED, "@logged\ndef conv(v):\n    return v", "conv(1)"], named(("conv", "turn")), "edited-since-run c1, edited-since-run c2", "0>1 functools logged, 1>2 conv"),
    Case("two names that change places", [PAIR, "print(a)"], edited((0, "import math\nb, a = math.exp(1), math.exp(2)")), _NOTE, "0>1 a"),
    Case("the other of two names", [PAIR, "x = a", "print(x)"], edited((0, "import math\nc, d = math.exp(1), math.exp(2)"), (1, "x = d")), "edited-since-run c0, edited-since-run c1", "0>1 a, 1>2 x"),
    Case("the other of two, one renamed", [PAIR, "x = a", "print(x)"], edited((0, "import math\nc, b = math.exp(1), math.exp(2)"), (1, "x = b")), "edited-since-run c0, edited-since-run c1", "0>1 a, 1>2 x"),
    Case("the same of two names", [PAIR, "x = a", "print(x)"], edited((0, "import math\nc, d = math.exp(1), math.exp(2)"), (1, "x = c")), _NOTE, "0>1 a, 1>2 x"),
    Case("the other of two lists that one line fills", ["a, b = [1], [2]", BOTH, "x = a", "print(x)"], edited((0, "c, d = [1], [2]"), (1, BOTH.replace("a.", "c.").replace("b.", "d.")), (2, "x = d")), "edited-since-run c0, edited-since-run c2", "0>1 a b, 0>2 a, 1>2 a, 2>3 x"),
    Case("a class", ["class A:\n    def __init__(self):\n        self.n = abs(-1)\na = A()", "print(type(a).__name__)"], named(("A", "B")), _NOTE, "0>1 a"),
    Case("a parameter", ["def f(x, y=1):\n    return x + y", "print(f(1, y=2))"], named(("x", "v"), only=0), "edited-since-run c0", "0>1 f"),
    Case("only where it is defined", [RATE, "print(rate)"], named(("rate", "r2"), only=0, run=(0,)), "outdated-definition c1 certain", "0>1 rate"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
