"""Closures, lambdas, generators, recursion."""

from __future__ import annotations

import time

import pytest

from jupyter_prodready.analysis.graph import graph_of

from .cases import Case, assert_case, change, delete, each, rerun
from .sessions import Session

CASES = [
    # --- closures and lambdas
    Case(
        "closure",
        [
            "rate = 2",
            "def outer():\n    x = rate\n    return lambda: x",
            "g = outer()",
            "print(g())",
        ],
        change(0, "rate = 3"),
        "stale-input c2",
        "0>2 rate, 1>2 outer, 2>3 g",
    ),
    Case(
        "closure reads a global at the call",
        [
            "rate = 2",
            "def outer():\n    def inner():\n        return rate\n    return inner",
            "g = outer()",
            "print(g())",
        ],
        change(0, "rate = 3"),
        "stale-input c3",
        "1>2 outer, 0>3 rate, 2>3 g",
    ),
    Case(
        "closure that counts",
        [
            "def make():\n    n = 0\n    def bump():\n        nonlocal n\n        n += 1\n"
            "        return n\n    return bump",
            "c = make()",
            "print(c())",
        ],
        rerun(2),
        "repeated-run c2",
        "0>1 make, 1>2 c",
    ),
    Case(
        "closure over an object given",
        [
            "def make(xs):\n    def put():\n        xs.append(1)\n    return put",
            "a = []",
            "put = make(a)",
            "put()",
            "print(a)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>2 make, 1>2 a, 2>3 put, 1>4 a, 3>4 a",
    ),
    Case(
        "lambda",
        ["rate = 2", "f = lambda: rate", "print(f())"],
        change(0, "rate = 3"),
        "stale-input c2",
        "0>2 rate, 1>2 f",
    ),
    Case(
        "lambda as a key",
        ["order = {'a': 2, 'b': 1}", "print(sorted('ab', key=lambda x: order[x]))"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 order",
    ),
    Case(
        "lambda's parameter",
        ["x = 1", "f = lambda x: x", "print(f(2))"],
        delete(0),
        "",
        "1>2 f",
    ),
    # --- generators
    Case(
        "generator consumed",
        ["xs = [1, 2]", "g = (x for x in xs)", "print(sum(g))"],
        rerun(2),
        "repeated-run c2",
        "0>1 xs, 1>2 g",
    ),
    Case(
        "generator of a list that grows before it is consumed",
        ["xs = [1, 2]", "g = (x for x in xs)", "xs.append(3)", "print(sum(g))"],
        delete(2),
        "lingering-effect c3",
        "0>1 xs, 0>2 xs, 1>3 g, 2>3 g",
    ),
    Case(
        "list of a generator, whose list grows afterwards",
        ["xs = [1, 2]", "ys = list(x + 1 for x in xs)", "xs.append(3)", "print(sum(ys))"],
        delete(2),
        "",
        "0>1 xs, 0>2 xs, 1>3 ys",
    ),
    Case(
        "filter of a list that grows before it is consumed",
        ["xs = [1, 2]", "g = filter(None, xs)", "xs.append(3)", "print(sum(g))"],
        delete(2),
        "lingering-effect c3",
        "0>1 xs, 0>2 xs, 1>3 g, 2>3 g",
    ),
    Case(
        "generator whose list is another one when it is consumed",
        ["xs = [1, 2]", "g = (x for x in xs)", "xs = [7]", "print(sum(g))"],
        change(2, "xs = [8]"),
        "",
        "0>1 xs, 1>3 g",
    ),
    Case(
        "generator function, made and used at once",
        ["xs = [1, 2]", "def gen():\n    yield from xs", "print(list(gen()))"],
        rerun(2),
        "",
        "0>2 xs, 1>2 gen",
    ),
    Case(
        "generator of a function consumed",
        ["def gen():\n    yield 1", "g = gen()", "print(list(g))"],
        rerun(2),
        "repeated-run c2",
        "0>1 gen, 1>2 g",
    ),
    Case(
        "generator reads when it is consumed",
        [
            "rate = 2",
            "def gen():\n    yield rate",
            "g = gen()",
            "rate = 3",
            "print(list(g))",
        ],
        change(3, "rate = 4"),
        "stale-input c4",
        "1>2 gen, 3>4 rate, 2>4 g",
    ),
    # --- recursion
    Case(
        "mutual recursion",
        [
            "limit = 3",
            "def even(n):\n    return n >= limit or odd(n + 1)",
            "def odd(n):\n    return n < limit and even(n + 1)",
            "print(even(0))",
        ],
        change(0, "limit = 4"),
        "stale-input c3",
        "0>3 limit, 1>3 even, 2>3 odd",
    ),
    Case(
        "recursion",
        ["def f(n):\n    return n and f(n - 1)", "print(f(3))"],
        rerun(0, 1),
        "",
        "0>1 f",
    ),
    Case(
        "name missing in a function that is not called",
        ["def f():\n    return missing", "print(1)"],
        rerun(0, 1),
        "",
        "",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


def test_functions_that_all_call_each_other_cost_no_power_of_their_number() -> None:
    calls = "\n".join(f"    f{n}(x)" for n in range(30))
    page = [f"def f{n}(x):\n{calls}\n    x.append({n})" for n in range(30)]
    notebook = Session.of("a = []", *page, *["f0(a)"] * 5).notebook()
    start = time.perf_counter()
    graph_of(notebook)
    assert time.perf_counter() - start < 2
