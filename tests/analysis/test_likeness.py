"""Pages of literal values: where what is shown follows from the source, the engine knows it.

Each page really runs. A cell that shows what a clean run shows must be called reproducible,
and one that does not must be flagged: there is nothing between the two.
"""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Run

from .cases import Play, change, console, edit, rerun
from .followed import assert_stale_where_changed
from .sessions import Session

PAGES: dict[str, tuple[list[str], Play]] = {
    "length of an edited list": (["xs = [1, 2]", "len(xs)", "xs"], change(0, "xs = [1, 3]")),
    "keys of an edited dict": (
        ["d = {'a': 1, 'b': 2}", "print(sorted(d))", "d['a']", "d['b']"],
        change(0, "d = {'a': 9, 'b': 2}"),
    ),
    "order of an edited dict": (
        ["d = {'a': 1, 'b': 2}", "print(d)", "sum(d.values())"],
        change(0, "d = {'b': 2, 'a': 1}"),
    ),
    "number that was an integer": (["x = 2", "x", "x * 0"], change(0, "x = 2.0")),
    "item that is taken out": (
        ["xs = [9, 2]", "xs.append(3)\ndel xs[0]", "xs", "xs + [1]"],
        change(0, "xs = [8, 2]", 1),
    ),
    "list under two names": (
        ["xs = [3, 1]", "ys = xs", "ys.sort()", "xs", "xs[0]"],
        change(0, "xs = [2, 1]"),
    ),
    "list in a dict": (
        ["d = {'k': [1], 'n': 5}", "e = dict(d)", "e['k'].append(2)", "d", "len(d['k'])"],
        change(0, "d = {'k': [1], 'n': 6}"),
    ),
    "element of a list": (
        ["rows = [[1], [2]]", "first = rows[0]", "first.append(7)", "rows", "rows[0]"],
        change(0, "rows = [[1], [3]]"),
    ),
    "branch": (
        ["n = 5", "if n > 3:\n    size = 'big'\nelse:\n    size = 'small'", "size", "n"],
        change(0, "n = 6"),
    ),
    "other branch": (
        ["n = 5", "if n > 3:\n    size = 'big'\nelse:\n    size = 'small'", "size"],
        change(0, "n = 2"),
    ),
    "loop": (
        ["xs = [1, 5]", "best = 0\nfor x in xs:\n    best = max(best, x)", "best", "x"],
        change(0, "xs = [2, 5]"),
    ),
    "while": (["n = 7", "while n > 3:\n    n -= 2", "n"], change(0, "n = 9")),
    "function": (
        [
            "k = 2",
            "def f(x, by=3):\n    return x * by if x > k else 0",
            "f(1)",
            "f(5)",
            "f(3, by=k)",
        ],
        change(0, "k = 4"),
    ),
    "function that changes its argument": (
        ["xs = [1]", "def add(to):\n    to.append(len(to))", "add(xs)", "xs[1]", "xs"],
        change(0, "xs = [2]"),
    ),
    "default that is kept": (
        ["def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)", "f(1)", "f(1)"],
        rerun(1),
    ),
    "global in a function": (
        ["n = 1", "def more():\n    global n\n    n += 1", "more()", "print(n > 0)", "n"],
        rerun(2),
    ),
    "lambda": (["k = 1", "f = lambda x: x % 2 + k * 0", "f(3)", "f(k)"], change(0, "k = 2")),
    "sorted by a function": (
        ["xs = ['bb', 'a']", "sorted(xs, key=len)", "sorted(xs)"],
        change(0, "xs = ['bb', 'c']"),
    ),
    "comprehension": (
        ["xs = [1, 2, 3]", "[x for x in xs if x > 1]", "sum(x for x in xs)"],
        change(0, "xs = [0, 2, 3]"),
    ),
    "walrus that stops early": (
        ["xs = [1, 5, 9]", "any((seen := x) > 3 for x in xs)", "seen", "xs[-1]"],
        change(0, "xs = [1, 5, 8]"),
    ),
    "iterator": (
        ["xs = [1, 2, 3]", "it = iter(xs)", "next(it)", "list(it)"],
        change(0, "xs = [0, 2, 3]"),
    ),
    "zip": (
        ["xs = [1, 2]", "both = zip(xs, 'abc')", "list(both)"],
        change(1, "both = zip(xs, 'abd')"),
    ),
    "error that is caught": (
        ["t = 'x'", "try:\n    n = int(t)\nexcept ValueError as e:\n    n = len(t)", "n"],
        change(0, "t = 'y'"),
    ),
    "error of one's own": (
        ["n = 1", "try:\n    raise Exception('no')\nexcept Exception:\n    m = n * 0", "m"],
        change(0, "n = 2"),
    ),
    "error that is not caught": (
        ["n = 1", "if n > 1:\n    raise Exception(n)", "n * 0"],
        change(0, "n = 0"),
    ),
    "message of an error": (
        ["t = 'x'", "try:\n    n = int(t)\nexcept ValueError as e:\n    n = str(e)", "n"],
        change(0, "t = 'y'"),
    ),
    "match": (
        [
            "p = ('go', 1)",
            "match p:\n    case ('go', n):\n        n += 1\n    case _:\n        n = 0",
            "n",
        ],
        change(0, "p = ('go', 2)"),
    ),
    "text": (
        ["name = 'Ada'", "f'{name!r:>8}'", "name.upper()[0]", "'{x:.1f}'.format(x=len(name))"],
        change(0, "name = 'Abe'"),
    ),
    "decimals": (
        [
            "from decimal import Decimal",
            "a = Decimal('1.10')",
            "a * 2",
            "a + 0 == a",
        ],
        change(1, "a = Decimal('1.1')"),
    ),
    "last result": (["n = 4", "n * 0", "_ + 1", "n"], change(0, "n = 5")),
    "set that has no order": (
        ["xs = ['a', 'b']", "len(set(xs))", "sorted(set(xs))"],
        change(0, "xs = ['b', 'a', 'a']"),
    ),
    "value from a console": (["n = 3", "m = n + 1", "m % 2", "m"], console("n = 5")),
    "own print": (
        ["n = 1", "def print(x):\n    return x", "print(n * 0)", "print(n)"],
        change(0, "n = 2"),
    ),
    "own builtin": (["n = [1]", "len = lambda x: x", "len(n)"], change(0, "n = [2]")),
    "edit that did not run": (["n = 2", "n > 1", "n"], edit(0, "n = 3")),
    "statement that runs again": (["xs = []", "xs.append(1)", "xs", "xs[0]"], rerun(1, 2, 3)),
    "objects that are one": (
        ["row = [0]", "grid = [row, row]", "grid[0].append(1)", "grid[1]", "grid"],
        change(1, "grid = [row, [0]]", 2, 3, 4),
    ),
    "dict under two names, changed in a function": (
        [
            "d = {'k': 1, 'n': 2}\ne = d",
            "def f():\n    d['k'] += 6\n    return e['k']",
            "f()",
            "e['k']",
        ],
        rerun(2, 3),
    ),
    "work without end": (["n = 3", "while n < 10**6:\n    n += 1", "n"], change(0, "n = 4")),
    "text that would be large": (
        ["import json\nn = 10**4", "len(json.dumps([1], indent=n)) > 5"],
        change(0, "import json\nn = 10**3"),
    ),
    "numbers without end": (["n = 9", "m = n**n**n if n > 9 else 1", "m"], change(0, "n = 8")),
    "list that would be large": (
        ["n = 10**4", "xs = [0] * n", "len(xs) > 5"],
        change(0, "n = 10**5"),
    ),
}
NOT_FOLLOWED = {
    "work without end": "n",
    "list that would be large": "len(xs) > 5",
    "text that would be large": "len(json.dumps([1], indent=n)) > 5",
    "own print": "print(n * 0)",
}
"""Cells flagged although nothing changes: this would take too long, or is not known."""


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    assert_stale_where_changed(*PAGES[name], NOT_FOLLOWED.get(name))


BOUNDLESS = [
    "x = 'a' * n * 10**9",
    "x = [[0] * 1000] * 1000\nprint(x)",
    "x = 10 ** 10 ** n",
    "x = list(range(10**12))",
    "x = '{:>99999999}'.format(n)",
    "def f(k):\n    return f(k)\nx = f(n)",
    "x = []\nwhile True:\n    x.append(n)",
    "x = 'ab'\nfor i in range(90):\n    x += x",
    "x = [n for a in range(999) for b in range(999) for c in range(999)]",
    "a = []\na.append(a)\nprint(a, n)",
    "x = round(1.5, -(10**9))",
    "raise Exception(n)",
    "x = n.__class__.__bases__",
    "class A:\n    n = n\nx = A.n",
]


def test_what_would_not_end_is_let_be() -> None:
    for source in BOUNDLESS:
        session = Session.of("n = 7", source, "print(n)")
        ran = [Run(i + 1, c.source, "ok", c.id) for i, c in enumerate(session.cells)]
        session.edit(0, "n = 8")
        notebook = session.notebook()
        report = analyse(notebook, from_runs(notebook, ran))
        assert [cell.state for cell in report.cells] in (
            ["edited", "stale", "stale"],
            ["edited", "reproducible", "stale"],
        )
