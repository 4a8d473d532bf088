"""Functions: what they do to their arguments and to globals, and when they read."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, rerun

GROW = "def grow(items):\n    items.append(1)"
READS = "def f():\n    return rate"
CASES = [
    # --- arguments
    Case(
        "function mutates its argument",
        [GROW, "a = []", "grow(a)", "print(a)"],
        rerun(2),
        "repeated-run c2",
        "0>2 grow, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "function copies its argument first",
        ["def f(xs):\n    xs = list(xs)\n    xs.append(1)", "a = []", "f(a)", "print(a)"],
        rerun(2),
        "",
        "0>2 f, 1>2 a, 1>3 a",
    ),
    Case(
        "function mutates the other argument",
        ["def f(xs, n):\n    xs.append(n[0])", "a, b = [], [1]", "f(a, b)", "print(b)"],
        delete(2),
        "",
        "0>2 f, 1>2 a b, 1>3 b",
    ),
    Case(
        "argument by keyword",
        [GROW, "a = []", "grow(items=a)", "print(a)"],
        rerun(2),
        "repeated-run c2",
        "0>2 grow, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "argument by star",
        ["def f(*xs):\n    xs[0].append(1)", "a = []", "f(a)", "print(a)"],
        rerun(2),
        "repeated-run c2",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "something in the argument",
        ["def f(d):\n    d['k'].append(1)", "a = {'k': []}", "f(a)", "print(a)"],
        rerun(2),
        "repeated-run c2",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "function under another name",
        [GROW, "g = grow", "a = []", "g(a)", "print(a)"],
        delete(3),
        "lingering-effect c4",
        "0>1 grow, 1>3 g, 2>3 a, 2>4 a, 3>4 a",
    ),
    Case(
        "function calls another with its parameter",
        [GROW, "def f(x):\n    grow(x)", "a = []", "f(a)", "print(a)"],
        delete(3),
        "lingering-effect c4",
        "0>3 grow, 1>3 f, 2>3 a, 2>4 a, 3>4 a",
    ),
    Case(
        "mapped over",
        [GROW, "a = [[]]", "list(map(grow, a));", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 grow, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "+= on a parameter",
        ["def f(xs):\n    xs += [1]", "a = []", "f(a)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "+= on a number given",
        ["def f(n):\n    n += 1\n    return n", "a = 1", "print(f(a))", "print(a)"],
        rerun(2, 3),
        "",
        "0>2 f, 1>2 a, 1>3 a",
    ),
    Case(
        "alias inside the function",
        ["def f(xs):\n    ys = xs\n    ys.append(1)", "a = []", "f(a)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "loop over a parameter",
        [
            "def f(d):\n    for v in d.values():\n        v.append(1)",
            "a = {'k': []}",
            "f(a)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "inner function changes a parameter",
        [
            "def f(xs):\n    def inner():\n        xs.append(1)\n    inner()",
            "a = []",
            "f(a)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "inner function is given a parameter",
        [
            "def f(xs):\n    def inner(ys):\n        ys.append(1)\n    inner(xs)",
            "a = []",
            "f(a)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 f, 1>2 a, 1>3 a, 2>3 a",
    ),
    Case(
        "mutable default",
        ["def f(xs=[]):\n    xs.append(1)\n    return xs", "print(f())"],
        rerun(1),
        "repeated-run c1",
        "0>1 f",
    ),
    Case(
        "returns a global",
        ["data = [1]", "def get():\n    return data", "x = get()", "x.append(2)", "print(data)"],
        delete(3),
        "lingering-effect c4",
        "0>2 data, 1>2 get, 2>3 x, 0>4 data, 3>4 data",
    ),
    Case(
        "returns its argument",
        ["def same(x):\n    return x", "a = []", "b = same(a)", "b.append(1)", "print(a)"],
        delete(3),
        "lingering-effect c4",
        "0>2 same, 1>2 a, 2>3 b, 1>4 a, 3>4 a",
    ),
    Case(
        "returns a copy",
        ["def new(x):\n    return list(x)", "a = []", "b = new(a)", "b.append(1)", "print(a)"],
        delete(3),
        "",
        "0>2 new, 1>2 a, 2>3 b, 1>4 a",
    ),
    # --- globals
    Case(
        "function reads a global defined before",
        ["rate = 2", READS, "print(f())"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 rate, 1>2 f",
    ),
    Case(
        "function reads a global defined later",
        [READS, "rate = 2", "print(f())"],
        change(1, "rate = 3"),
        "stale-input c2",
        "0>2 f, 1>2 rate",
    ),
    Case(
        "function is not called",
        ["rate = 2", READS, "print(1)"],
        change(0, "rate = 3", 2),
        "",
        "",
    ),
    Case(
        "parameter hides a global",
        ["rate = 2", "def f(rate):\n    return rate", "print(f(1))"],
        change(0, "rate = 3", 2),
        "",
        "1>2 f",
    ),
    Case(
        "local hides a global",
        ["rate = 2", "def f():\n    rate = 1\n    return rate", "print(f())"],
        delete(0),
        "",
        "1>2 f",
    ),
    Case(
        "global statement",
        ["n = 0", "def bump():\n    global n\n    n += 1", "bump()", "print(n)"],
        rerun(2),
        "repeated-run c2",
        "0>2 n, 1>2 bump, 0>3 n, 2>3 n",
    ),
    Case(
        "global statement that defines",
        ["def make():\n    global n\n    n = 1", "make()", "print(n)"],
        delete(1),
        "deleted-definition c2 certain",
        "0>1 make, 1>2 n",
    ),
    Case(
        "function changes a global",
        ["data = []", "def f():\n    data.append(1)", "f()", "print(data)"],
        rerun(2),
        "repeated-run c2",
        "0>2 data, 1>2 f, 0>3 data, 2>3 data",
    ),
    Case(
        "function defined again",
        ["def f():\n    return 1", "print(f())"],
        rerun(0, 1),
        "",
        "0>1 f",
    ),
    Case(
        "function changed",
        ["def f():\n    return 1", "print(f())"],
        change(0, "def f():\n    return 2"),
        "stale-input c1",
        "0>1 f",
    ),
    Case(
        "called through a parameter",
        ["rate = 2", READS, "def call(fn):\n    return fn()", "print(call(f))"],
        change(0, "rate = 3"),
        "stale-input c3",
        "0>3 rate, 1>3 f, 2>3 call",
    ),
    Case(
        "called through a container",
        ["rate = 2", READS, "todo = {'f': f}", "print(todo['f']())"],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 f, 0>3 rate, 2>3 todo",
    ),
    Case(
        "partial",
        [
            "from functools import partial\nrate = 2",
            "def f(n):\n    return n * rate",
            "g = partial(f, 2)",
            "print(g())",
        ],
        change(0, "from functools import partial\nrate = 3"),
        "stale-input c3",
        "0>2 partial, 1>2 f, 0>3 rate, 2>3 g",
    ),
    # --- defaults, decorators, annotations
    Case(
        "default is read at the definition",
        ["n = 1", "def f(k=n):\n    return k", "print(f())"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 n, 1>2 f",
    ),
    Case(
        "default is not read at the call",
        ["n = 1", "def f(k=n):\n    return k", "n = 2", "print(f())"],
        change(2, "n = 3", 3),
        "",
        "0>1 n, 1>3 f",
    ),
    Case(
        "decorator",
        [
            "def twice(f):\n    return lambda: 2 * f()",
            "@twice\ndef g():\n    return 1",
            "print(g())",
        ],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 twice, 1>2 g",
    ),
    Case(
        "decorator that reads a global at the call",
        [
            "rate = 2",
            "def scaled(f):\n    return lambda: rate * f()",
            "@scaled\ndef g():\n    return 1",
            "print(g())",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 scaled, 0>3 rate, 2>3 g",
    ),
    Case(
        "decorator that registers",
        [
            "known = {}",
            "def register(f):\n    known[f.__name__] = f\n    return f",
            "@register\ndef a():\n    return 1",
            "print(sorted(known))",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 known, 1>2 register, 0>3 known, 2>3 known",
    ),
    Case(
        "display of the page's own calls what it is given",
        [
            "rate = 2",
            "def f():\n    return rate",
            "def display(g):\n    print(g())",
            "display(f)",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "0>3 rate, 1>3 f, 2>3 display",
    ),
    Case(
        "callable of Python's, imported, only looks",
        [
            "rate = 2",
            "def f():\n    return rate",
            "from builtins import callable",
            "print(callable(f))",
        ],
        change(0, "rate = 3"),
        "",
        "1>3 f, 2>3 callable",
    ),
    Case(
        "print of the page's own uses up an iterator",
        ["rows = iter([1, 2])", "def print(given):\n    return list(given)", "print(rows)"],
        rerun(2),
        "repeated-run c2",
        "0>2 rows, 1>2 print",
    ),
    Case(
        "annotation as a string is not",
        ["T = int", "def f(x: 'T') -> 'Missing':\n    return x", "print(f(1))"],
        delete(0),
        "",
        "1>2 f",
    ),
    Case(
        "annotations put off",
        [
            "T = int",
            "from __future__ import annotations\ndef f(x: T) -> Missing:\n    return x",
            "print(f(1))",
        ],
        delete(0),
        "",
        "1>2 f",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
