"""The same code under other names becomes one function, called in each place; what only looks
like it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.refactor import Types
from refactor.running import after_cells, assert_kept, extract

Cells = tuple[str, ...]
Lines = dict[str, tuple[int, int]]

DATA = "a = [3, 1, 2]\nb = [9, 7]\nk = 2"
SHOW = "print(a, b)"

KEPT: dict[str, tuple[Cells, tuple[int, ...], list[str]]] = {
    "in place of the input": (
        (DATA, "a = [x * k for x in a]", SHOW, "b = [x * k for x in b]", SHOW), (1, 3),
        ["a = make_a(a, k)", "b = make_a(b, k)"],
    ),
    "a new name": (
        (DATA, "low = min(a)\nc = low + k", "print(c)", "low = min(b)\nd = low + k", "print(d)"), (1, 3),
        ["c = make_c(a, k)", "d = make_c(b, k)"],
    ),
    "names that swap": (
        ("a = 1\nb = 5", "b = a + 1\nb *= 2", SHOW, "a = b + 1\na *= 2", SHOW), (1, 3),
        ["b = make_b(a)", "a = make_b(b)"],
    ),
    "one place uses more than the other": (
        (DATA, "n = len(a)\nt = sum(a)", "print(t)", "m = len(b)\nu = sum(b)", "print(m, u)\nn = 0"), (1, 3),
        ["n, t = make_n(a)", "m, u = make_n(b)"],
    ),
    "changed in place": (
        (DATA, "a.sort()\na.append(k);", SHOW, "b.sort()\nb.append(k);", "print(b)"), (1, 3),
        ["a = make_a(a, k)", "b = make_a(b, k)"],
    ),
    "a literal": (
        (DATA, "a = [x for x in a if x > 1]", SHOW, "b = [x for x in b if x > 7]", SHOW), (1, 3),
        ["a = make_a(a, number=1)", "b = make_a(b, number=7)"],
    ),
    "a literal that stands twice": (
        (DATA, "c = {'a': a}\nd = c['a']", "print(d)", "c = {'b': b}\ne = c['b']", "print(e)"), (1, 3),
        ["d = make_d(a, text='a')", "e = make_d(b, text='b')"],
    ),
    "literals of keywords, negative and in other quotes": (
        (DATA, 'c = sorted(a, reverse=True)\nt = "x"', "print(c)", "d = sorted(b, reverse=False)\nt = 'x'", "print(d, -1)"), (1, 3),
        ["c = make_c(a, reverse=True)", "d = make_c(b, reverse=False)"],
    ),
    "below zero": (
        (DATA, "c = max(a) + 3\nprint(c)", SHOW, "d = max(b) + -1\nprint(d)", SHOW), (1, 3),
        ["c = make_c(a, number=3)", "d = make_c(b, number=-1)"],
    ),
    "a literal that touches a word": (
        ("a = 'xy'\nb = 'zz'", "if'x'in a:\n    c = 1\nelse:\n    c = 0", "print(c)", "if'w'in b:\n    d = 1\nelse:\n    d = 0", "print(d)"), (1, 3),
        ["c = make_c(a, text='x')", "d = make_c(b, text='w')"],
    ),
    "lists": (
        (DATA, "c = ['é', 'x'] + a\nc.sort(key=str)", "print(c)", "d = ['y'] + b\nd.sort(key=str)", "print(d)"), (1, 3),
        ["c = make_c(a, values=['é', 'x'])\nc.sort(key=str)", "d = make_c(b, values=['y'])\nd.sort(key=str)"],
    ),
    "parts of a list in a loop": (
        (DATA, "c = []\nfor x in a:\n    c.append([x, 1])", "print(c)", "d = []\nfor y in b:\n    d.append([y, 2])", "print(d)"), (1, 3),
        ["c = make_c(a, number=1)", "d = make_c(b, number=2)"],
    ),
    "paths": (
        (
            "open('train.csv', 'w').write('1')\nopen('test.csv', 'w').write('22')\nimport os",
            "train = open('train.csv').read()\nn = os.path.getsize('train.csv')", "print(train, n)",
            "test = open('test.csv').read()\nm = os.path.getsize('test.csv')", "print(test, m)",
        ), (1, 3),
        ["train, n = make_train(path='train.csv')", "test, m = make_train(path='test.csv')"],
    ),
    "one path for both": (
        (
            "open('d.csv', 'w').write('12')", "with open('d.csv') as f:\n    t = f.read()[:1]", "print(t)",
            "with open('d.csv') as g:\n    u = g.read()[:2]", "print(u)",
        ), (1, 3),
        ["t = make_t(number=1, d_path='d.csv')", "u = make_t(number=2, d_path='d.csv')"],
    ),
    "three places": (
        (DATA + "\nc = [0]", "a = a + [k]", "print(a)", "b = b + [k]", "print(b)", "c = c + [k]", "print(c)"), (1, 3, 5),
        ["a = make_a(a, k)", "b = make_a(b, k)", "c = make_a(c, k)"],
    ),
    "cells in a row": (
        (DATA, "a = a + [k]\na = sorted(a)", "b = b + [k]\nb = sorted(b)", SHOW), (1, 2),
        ["a = make_a(a, k)", "b = make_a(b, k)"],
    ),
    "pairs of cells in a row": (
        (DATA, "c = a + [k]", "d = c[0]", "e = b + [k]", "f = e[0]", "print(c, d, e, f)"), (1, 2, 3, 4),
        ["c, d = make_c(a, k)", "e, f = make_c(b, k)"],
    ),
    "runs of cells that are cut elsewhere": (
        (DATA, "c = a + [k]", "d = c[0]", "print(c, d)", "e = b + [k]\nf = e[0]", "print(e, f)"), (1, 2, 4),
        ["c, d = make_c(a, k)", "e, f = make_c(b, k)"],
    ),
    "other lines are shown": (
        (DATA, "c = len(a) + k\nc", SHOW, "d = len(b) + k\nd - 1", "print(d)"), (1, 3),
        ["c = make_c(a, k)\nc", "d = make_c(b, k)\nd - 1"],
    ),
    "only shown": (
        (DATA, "sorted(a)", SHOW, "sorted(b)", SHOW), (1, 3),
        ["run_step(a)", "run_step(b)"],
    ),
    "printed": (
        (DATA, "for x in a:\n    print(x)", SHOW, "for y in b:\n    print(y)", SHOW), (1, 3),
        ["run_step(a)", "run_step(b)"],
    ),
    "imports, a helper and what it reads": (
        (
            "import math\nrates = [2]\ndef up(v):\n    return math.ceil(v) * rates[0]", DATA,
            "c = [up(x) for x in a]\nr = math.floor(c[0])", "print(c, r)", "d = [up(y) for y in b]\nr = math.floor(d[0])", "print(d, up(1))",
        ), (2, 4),
        ["c, r = make_c(a, rates)", "d, r = make_c(b, rates)"],
    ),
    "imports of their own": (
        (DATA, "import math\nc = math.floor(a[0] / k)", "print(c)", "import math\nd = math.floor(b[0] / k)", "print(d, math.pi)"), (1, 3),
        ["import math\nc = make_c(a, k)", "import math\nd = make_c(b, k)"],
    ),
    "a name that may be bound, and is above": (
        (DATA + "\nc = d = 0", "if a:\n    c = a[0]", "print(c)", "if b:\n    d = b[0]", "print(d)"), (1, 3),
        ["c = make_c(a, c)", "d = make_c(b, d)"],
    ),
    "names in f-strings": (
        (DATA, "c = f'{len(a)} rows'\nprint(c)", SHOW, "d = f'{len(b)} rows'\nprint(d)", SHOW), (1, 3),
        ["c = make_c(a)", "d = make_c(b)"],
    ),
    "a bare tuple, and a text over lines": (
        (DATA, "s = 1, 2\nt = ('x'\n     'y')\nc = s[1] + a[0]", "print(c, s, t)", "s = 3, 4\nt = 'z'\nd = s[1] + b[0]", "print(d, s, t)"), (1, 3),
        ["s, t, c = make_s(a, values=(1, 2), text='xy')", "s, t, d = make_s(b, values=(3, 4), text='z')"],
    ),
    "an alias that is changed": (
        (DATA, "c = a\nc.append(k)\nn = len(c)", "print(a, c is a, n)", "d = b\nd.append(k)\nm = len(d)", "print(b, d is b, m)"), (1, 3),
        ["c, n = make_c(a, k)", "d, m = make_c(b, k)"],
    ),
    "each rebinds what the other reads": (
        (DATA, "b = a[:1]\nc = len(b)", "print(c)", "a = b[:2]\nd = len(a)", "print(a, b, d)"), (1, 3),
        ["b, c = make_b(a, number=1)", "a, d = make_b(b, number=2)"],
    ),
    "awaited": (
        ("async def get(x):\n    return x + 1\na, b = 1, 2", "c = await get(a)\nc += 1", "print(c)", "d = await get(b)\nd += 1", "print(d)"), (1, 3),
        ["c = await make_c(a)", "d = await make_c(b)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_same_output_and_values(case: str, tmp_path: Path):
    cells, selection, calls = KEPT[case]
    found = assert_kept(tmp_path, cells, selection)
    assert found.notes[0].startswith("One function for [")
    after = after_cells(found, cells)
    assert [cell for cell in after if any(cell == call for call in calls)] == calls
    functions = found.change.files[-1].after.count(f"def {found.function}(")
    assert functions == 1


REFUSED: dict[str, tuple[Cells, tuple[int, ...], str | None, str]] = {
    "another method": (
        (DATA, "c = a.count(1)", SHOW, "d = b.index(9)", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "another operator": (
        (DATA, "c = 0\nc = a[0] + k", SHOW, "c = 0\nd = b[0] - k", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 2 and line 2 differ.",
    ),
    "a name that stands for two": (
        (DATA, "c = a + b", SHOW, "c = a + a", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "two names that become one": (
        (DATA, "c = a + a", SHOW, "c = a + b", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "text around a name": (
        (DATA, "c = f'a {a}'\nprint(c)", SHOW, "d = f'b {b}'\nprint(d)", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "a pattern": (
        (DATA, "match a:\n    case [3, *_]:\n        c = 1\n    case _:\n        c = 2", "print(c)",
         "match b:\n    case [4, *_]:\n        d = 1\n    case _:\n        d = 2", "print(d)"), (1, 3), "c3",
        "[2] and [4] are not the same code: line 2 and line 2 differ.",
    ),
    "identity of a literal": (
        (DATA, "c = a is None", SHOW, "d = b is True", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "lists of other lengths in a loop": (
        (DATA, "c = []\nfor x in a:\n    c.append([1])", "print(c)", "d = []\nfor y in b:\n    d.append([1, 2])", "print(d)"), (1, 3), "c3",
        "[2] and [4] are not the same code: line 3 and line 3 differ.",
    ),
    "an argument's name": (
        (DATA, "f = [lambda v: v]\nc = f[0](v=a)", SHOW, "f = [lambda w: w]\nc = f[0](w=b)", SHOW), (1, 3), "c3",
        "[2] and [4] are not the same code: line 1 and line 1 differ.",
    ),
    "a text that is evaluated": (
        ("import pandas as pd\ndf = pd.DataFrame({'x': [1]})", "c = df.query('x > 1')", "print(c)", "d = df.query('x > 2')", "print(d)"), (1, 3), "c1",
        "`query` evaluates a text, and the texts differ.",
    ),
    "a builtin that is a variable in between": (
        (DATA, "c = len(a)", "print(c)\nlen = max", "d = len(b)", "print(d)"), (1, 3), "c3",
        "`len` does not mean the same to [2] and [4]: they are not the same code.",
    ),
    "a helper under another name": (
        ("def f(x):\n    return x\ndef g(x):\n    return x + 1", "c = f(1)\nc += 1", "print(c)", "d = g(1)\nd += 1", "print(d)"), (1, 3), "c3",
        "`f` does not mean the same to [2] and [4]: they are not the same code.",
    ),
    "a name that another module has in between": (
        ("from math import floor as f\na = b = 2.5", "c = f(a)", "print(c)\nfrom math import ceil as f", "d = f(b)", "print(d)"), (1, 3), "c3",
        "`f` does not mean the same to [2] and [4]: they are not the same code.",
    ),
    "a name that may be bound, and is above in one place only": (
        (DATA + "\nc = 0", "if a:\n    c = a[0]", "print(c)", "if b:\n    d = b[0]", "print(b)"), (1, 3), "c3",
        "`d` may not be bound in [4], and its twin is used.",
    ),
    "what stands against one place": (
        ("a = 1\nb = 2", "f = [lambda: a]\nn = f[0]()", "print(n)", "g = [lambda: b]\nm = g[0]()", "b = 5\nprint(m, g[0]())"), (1, 3), "c3",
        "A function made here reads `b`, which [5] changes later.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path):
    cells, selection, cell, message = REFUSED[case]
    found = extract(tmp_path, cells, selection)
    assert found.status == "refused"
    assert (cell, message) in [(r.cell_id, r.message) for r in found.refusals]
    assert all(r.remedy for r in found.refusals)
    assert extract(tmp_path, cells, selection[:1]).status == "preview"


ONE_FUNCTION: dict[str, tuple[Cells, tuple[int, ...]]] = {
    "one line each": ((DATA, "c = a + [1]", "d = b + [2]", SHOW), (1, 2)),
    "cells that are not alike": ((DATA, "c = a + [1]\ne = 1", "d = b + c\nf = 2", "print(d, e, f)"), (1, 2)),
    "one place would be refused by itself": (
        (DATA, "f = [lambda: a]\nn = f[0]()", "a = [lambda: b]\nm = a[0]()", "print(n, m)\nf = a = 0"), (1, 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_FUNCTION)
def test_cells_in_a_row_are_one_function(case: str, tmp_path: Path):
    cells, selection = ONE_FUNCTION[case]
    found = extract(tmp_path, cells, selection)
    assert found.calls == ()
    assert not any("same code" in note for note in found.notes)


def test_unlike_cells_are_told_what_runs_between(tmp_path: Path):
    found = extract(tmp_path, (DATA, "c = a + [1]", SHOW, "for x in b:\n    x"), (1, 3))
    assert [r.message for r in found.refusals] == ["[3] runs between the selected cells."]


def test_comments_of_the_other_place_stay(tmp_path: Path):
    cells = (
        DATA,
        "# sort\nc = sorted(a)  # up",
        SHOW,
        "# sort\n# twice as many\nd = sorted(b)  # too",
        SHOW,
    )
    found = assert_kept(tmp_path, cells, (1, 3))
    assert after_cells(found, cells)[2] == "c = sort(a)"
    assert after_cells(found, cells)[4] == "# twice as many\n# too\nd = sort(b)"
    assert "    # sort\n    c = sorted(a)  # up\n" in found.change.files[-1].after


NAMES = {
    "what both are called": (
        ("md ## Clean the train set", "md ## Clean the test set"),
        "clean_set",
        "Clean the set.",
    ),
    "what the first is called": (("md ## Clean data", "md"), "clean_data", "Clean data."),
    "nothing in common": (("md ## Winter", "md ## Summer"), "make_c", ""),
}


@pytest.mark.parametrize("case", NAMES)
def test_named_after_what_they_share(case: str, tmp_path: Path):
    (one, other), name, doc = NAMES[case]
    cells = (DATA, one, "c = sorted(a)", SHOW, other, "d = sorted(b)", SHOW)
    found = assert_kept(tmp_path, cells, (2, 5))
    assert found.function == name
    text = found.change.files[-1].after
    assert (f'"""{doc}"""' in text) if doc else text.count('"""') == 2


def test_lines_of_cells(tmp_path: Path):
    cells = (
        DATA + "\nc = a + [1]\nc.sort()\nprint(c)",
        "print(b)\nd = b + [5]\nd.sort()\nprint(d)",
    )
    found = assert_kept(tmp_path, cells, (0, 1), lines={"c0": (4, 5), "c1": (2, 3)})
    after = after_cells(found, cells)
    assert "c = make_c(a, values=[1])\nprint(c)" in after[1]
    assert after[2] == "print(b)\nd = make_c(b, values=[5])\nprint(d)"


def test_a_name_that_was_asked_for_and_every_call(tmp_path: Path):
    cells = (DATA, "c = a + [1]", SHOW, "d = b + [k]", "e = b + [5]", SHOW)
    found = assert_kept(tmp_path, cells, (1, 4), name="plus")
    assert found.function == "plus"
    assert [(p.name, p.reason) for p in found.inputs] == [("a", "made in [1]; `b` in [5]")]
    assert [(p.name, p.reason) for p in found.outputs] == [("c", "kept for what comes next")]
    first, other = found.calls
    assert (first.first, first.last, first.inputs, first.outputs) == ("c1", "c1", ("a",), ("c",))
    assert (other.first, other.inputs, other.outputs) == ("c4", ("b",), ("e",))
    assert other.keywords == (("values", "[5]"),)
    assert found.notes[:2] == (
        "One function for [2] and [5]: same code, other names.", "`values` is [1] in [2] and [5] in [5].",
    )  # fmt: skip


def test_types_of_the_function(tmp_path: Path):
    cells = (DATA, "c = sorted(a)", SHOW, "d = sorted(b)", SHOW)
    types = Types({"a": "list[int]"}, {"c": "list[int]"})
    found = assert_kept(tmp_path, cells, (1, 3), types=types)
    assert "def make_c(a: list[int]) -> list[int]:" in found.change.files[-1].after
