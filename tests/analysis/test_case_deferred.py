"""Code that runs where it is used, not where it is written."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

CASES = [
    # --- bound methods
    Case(
        "bound method under a name of its own",
        ["a = []", "add = a.append", "add(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 add, 2>3 a",
    ),
    Case(
        "bound method called again",
        ["a = []", "add = a.append", "add(1)", "print(a)"],
        rerun(2),
        "repeated-run c2",
        "0>1 a, 0>3 a, 1>2 add, 2>3 a",
    ),
    Case(
        "bound method of another object",
        ["a = []\nb = []", "add = b.append\nadd(1)", "print(a)"],
        delete(1),
        "",
        "0>1 b, 0>2 a",
    ),
    Case(
        "bound method that is not called",
        ["a = []", "add = a.append", "print(add.__name__)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 0>3 a, 1>2 add",
    ),
    Case(
        "bound method that only looks",
        ["a = [1]", "n = a.count", "print(n(1))", "print(a)"],
        delete(2),
        "",
        "0>1 a, 0>3 a, 1>2 n",
    ),
    Case(
        "bound method under a name in a function",
        ["a = []", "def fill(xs):\n    add = xs.append\n    add(1)", "fill(a)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 fill, 2>3 a",
    ),
    Case(
        "bound method of an instance",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1",
            "b = B()",
            "go = b.go",
            "go()",
            "print(b.n)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>1 B, 1>2 b, 1>4 b, 2>3 go, 3>4 b",
    ),
    Case(
        "method by getattr",
        ["a = []", "getattr(a, 'append')(1)", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "method by getattr, kept",
        ["a = []", "m = getattr(a, 'append')", "m(1)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 m, 2>3 a",
    ),
    Case(
        "partial of a method",
        [
            "from functools import partial\na = []",
            "add = partial(a.append, 1)",
            "add()",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a partial, 0>3 a, 1>2 add, 2>3 a",
    ),
    Case(
        "partial called at once",
        ["from functools import partial\na = []", "partial(a.append, 1)()", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a partial, 0>2 a, 1>2 a",
    ),
    Case(
        "partial that is not called",
        ["from functools import partial\na = []", "add = partial(a.append, 1)", "print(a)"],
        delete(1),
        "",
        "0>1 a partial, 0>2 a",
    ),
    Case(
        "partial that was given the object",
        [
            "from functools import partial\ndef put(xs, x):\n    xs.append(x)\na = []",
            "add = partial(put, a)",
            "add(1)",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a partial put, 0>3 a, 1>2 add, 2>3 a",
    ),
    # --- map
    Case(
        "map with a method, consumed",
        ["a = []", "list(map(a.append, [1, 2]));", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "map with a method, consumed later",
        ["a = []", "m = map(a.append, [1, 2])", "list(m);", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 m, 2>3 a",
    ),
    Case(
        "map with a method, not consumed",
        ["a = []", "m = map(a.append, [1, 2])", "print(a)"],
        delete(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "map with a method that looks",
        ["a = [1]", "list(map(a.count, [1, 2]));", "print(a)"],
        delete(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "map with a method, in a loop",
        ["a = []", "for _ in map(a.append, [1, 2]):\n    pass", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "map with a function, consumed later",
        ["a = []\ndef f(x):\n    a.append(x)", "m = map(f, [1, 2])", "list(m);", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 f, 0>2 a, 0>3 a, 1>2 m, 2>3 a",
    ),
    Case(
        "map with a lambda, consumed later",
        ["a = []", "m = map(lambda x: a.append(x), [1, 2])", "list(m);", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 m, 2>3 a",
    ),
    Case(
        "map whose function changes what it is given",
        ["a = [[], []]\ndef f(x):\n    x.append(1)", "m = map(f, a)", "list(m);", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a f, 0>3 a, 1>2 m, 2>3 a",
    ),
    # --- generators
    Case(
        "generator expression over a global",
        ["n = 2", "g = (n * x for x in [1, 2])", "n = 3", "print(list(g))"],
        delete(2),
        "lingering-effect c3",
        "1>3 g, 2>3 n",
    ),
    Case(
        "generator expression over a global that changes",
        ["n = [2]", "g = (x * n[0] for x in [1, 2])", "n.append(3)", "n[0] = 9", "print(list(g))"],
        delete(3),
        "lingering-effect c4",
        "0>2 n, 0>3 n, 0>4 n, 1>4 g, 2>3 n, 2>4 n, 3>4 n",
    ),
    Case(
        "generator expression that changes a global",
        ["a = []", "g = (a.append(x) for x in [1, 2])", "list(g);", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 g, 2>3 a",
    ),
    Case(
        "generator expression that is not consumed",
        ["a = []", "g = (a.append(x) for x in [1, 2])", "print(a)"],
        delete(1),
        "",
        "0>2 a",
    ),
    # --- lambdas
    Case(
        "lambda in a dict",
        ["a = []", "ops = {'add': lambda: a.append(1)}", "ops['add']()", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 ops, 2>3 a",
    ),
    Case(
        "lambda in a dict that nobody looks into",
        ["a = []", "ops = {'add': lambda: a.append(1)}", "print(a)"],
        delete(1),
        "",
        "0>2 a",
    ),
    Case(
        "lambdas in a list, called in a loop",
        ["a = []", "ops = [lambda: a.append(1)]", "for op in ops:\n    op()", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 ops, 2>3 a",
    ),
    Case(
        "lambda in a list that reads",
        ["a = 1", "ops = [lambda: a]", "a = 2", "print(ops[0]())"],
        delete(2),
        "lingering-effect c3",
        "1>3 ops, 2>3 a",
    ),
    Case(
        "lambdas unpacked",
        ["a = []", "f, g = lambda: a.append(1), lambda: 2", "f()", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>2 a, 0>3 a, 1>2 f, 2>3 a",
    ),
    Case(
        "lambda put into a dict",
        ["a = []\nops = {}", "ops['x'] = lambda: a.append(1)", "ops['x']()", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 ops, 0>2 a ops, 0>3 a, 1>2 ops, 2>3 a",
    ),
    Case(
        "function put into a list",
        ["a = []\ntodo = []\ndef f():\n    a.append(1)", "todo.append(f)", "todo[0]()", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 f todo, 0>2 a todo, 0>3 a, 1>2 todo, 2>3 a",
    ),
    Case(
        "lambda as an attribute",
        [
            "from types import SimpleNamespace\na = []\nns = SimpleNamespace()",
            "ns.go = lambda: a.append(1)",
            "ns.go()",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 ns, 0>2 a ns, 0>3 a, 1>2 ns, 2>3 a",
    ),
    Case(
        "function that returns a lambda",
        ["a = []", "def make():\n    return lambda: a.append(1)", "f = make()", "f()", "print(a)"],
        delete(3),
        "lingering-effect c4",
        "0>3 a, 0>4 a, 1>2 make, 2>3 f, 3>4 a",
    ),
    # --- what runs at once
    Case(
        "generator expression consumed at once",
        ["xs = [1, 2]", "total = sum(x for x in xs)", "print(xs)"],
        delete(1),
        "",
        "0>1 xs, 0>2 xs",
    ),
    Case(
        "lambda as a key that changes nothing",
        ["xs = [2, 1]", "ys = sorted(xs, key=lambda x: -x)", "print(xs)"],
        delete(1),
        "",
        "0>1 xs, 0>2 xs",
    ),
    Case(
        "attribute named like a method that changes",
        [
            "from types import SimpleNamespace\nargs = SimpleNamespace(step=2, n=9)",
            "step = args.step",
            "print(list(range(0, 9, step)))",
            "print(args)",
        ],
        delete(2),
        "",
        "0>1 args, 0>3 args, 1>2 step",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
