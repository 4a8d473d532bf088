"""Functions that read notebook variables: constants move along, the rest becomes keywords of
the function and of every call on the page, or nothing moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jupyter_prodready.model import Notebook
from jupyter_prodready.refactor import Project, plan
from refactor.running import after_cells, assert_kept, extract, notebook_of

COUNT = "def count(k):\n    return len(rows) + k"
SETUP = ("rows = [1]", COUNT)

KEPT: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "a constant of another cell": (
        ("RATE = 0.2", "def tax(x):\n    return x * RATE", "y = tax(10)", "print(y, RATE)"),
        (2,),
    ),
    "constants beside other lines": (
        ("LOW = -1\nrows = [3]\nHIGH = (5, 'a')", "def f(x):\n    return LOW, x, HIGH", "print(f(rows))", "print(LOW, HIGH)"),
        (1,),
    ),
    "a constant and its reader in one cell": (
        ("x = 3\nRATE = 2\ndef tax(k):\n    return k * RATE\ny = tax(x)", "print(y, tax(1), RATE)"),
        (0,),
    ),
    "a constant that shares its line": (
        ("RATE = 0.2; x = 3", "def tax(k):\n    return k * RATE", "print(tax(x))"),
        (1,),
    ),
    "a constant of a class": (
        ("SIZE = 4", "class Box:\n    size = SIZE\n    def area(self):\n        return SIZE * self.size", "print(Box().area())"),
        (1,),
    ),
    "calls in cells that are not selected": (
        (*SETUP, "print(count(2))", "n = count(3)", "rows.append(5)\nprint(n, count(4))"),
        (3,),
    ),
    "callers become keyword functions too": (
        (*SETUP, "def twice(x):\n    return count(x) * 2", "n = twice(3)", "print(n, twice(1), count(0))"),
        (3,),
    ),
    "callers that stay": (
        (*SETUP, "def twice(x):\n    return count(x) * 2", "print(twice(1), count(0))"),
        (1,),
    ),
    "recursion": (
        ("step = [2]", "def down(n):\n    return [n] if n < 1 else [n, *down(n - step[0])]", "print(down(5))"),
        (1,),
    ),
    "stars, generators and odd layout": (
        ("base = [1]", "def total(xs, *more):\n    return sum(xs) + len(more) + base[0]",
         "args = ([2], 3)\nprint(total(x for x in [1, 2]), total(\n    *args,\n), total( [4] , 5 ))"),
        (1,),
    ),
    "keyword-only and defaults": (
        ("base = [1]", "def f(a, /, b=2, *, c=3):\n    return a, b, c, base", "print(f(0), f(0, 1, c=4))"),
        (1,),
    ),
    "two names at once": (
        ("a = [1]\nb = {'k': 2}", "def both():\n    a.append(b['k'])\n    return len(a)", "print(both(), both(), a)"),
        (1,),
    ),
    "changed in place by the function": (
        ("log = []", "def note(text):\n    log.append(text)", "note('a')\nnote('b')", "print(log)"),
        (2,),
    ),
    "calls in lambdas, f-strings and comprehensions": (
        (*SETUP, "k = 2\nprint(f'{count(1)}={k=}')\ng = lambda x: count(x)\nprint(f'{count(1)} {count(2):>4}', [count(i) for i in range(3)], g(7))"),
        (1,),
    ),
    "a lambda passed by the caller": (
        (*SETUP, "print(list(map(lambda x: count(x), [1, 2])))"),
        (1,),
    ),
    "a generator function": (
        ("step = [2]", "def steps(n):\n    while n > 0:\n        yield n\n        n -= step[0]", "xs = list(steps(5))", "print(xs)"),
        (2,),
    ),
    "defined below the function": (
        (COUNT, "rows = [1, 2]", "n = count(1)", "print(n)"),
        (2,),
    ),
    "made in the selected cell": (
        ("rows = [1]\ndef count(k):\n    return len(rows) + k\nn = count(2)", "print(n, count(1), rows)"),
        (0,),
    ),
    "a text looked up in the frame": (
        ("import pandas as pd\nimport math\ndf = pd.DataFrame({'a': [1, 5]})\nlimits = math.floor(3.5)",
         "def ask():\n    return len(df.query('a > @limits'))", "print(ask())"),
        (1,),
    ),
    "a magic beside the call": (
        (*SETUP, "%matplotlib inline\nprint(count(2))", "%%time\nn = count(1)", "print(n)"),
        (1,),
    ),
}  # fmt: skip

READS = "`count` reads the notebook variable `rows` from [1], "
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "passed as a value": (
        (*SETUP, "print(list(map(count, [1])))"), READS + "and is used without a call in [3].",
    ),
    "an alias": ((*SETUP, "again = count\nprint(again(1))"), READS + "and is used without a call in [3]."),
    "partial": (
        (*SETUP, "from functools import partial\nprint(partial(count, 1)())"),
        READS + "and is used without a call in [3].",
    ),
    "its text is shown": (
        (*SETUP, "print(f'so {count(1) = }')"), READS + "and [3] shows the text of a call.",
    ),
    "an attribute": ((*SETUP, "count.seen = 1"), READS + "and is used without a call in [3]."),
    "decorated": (
        ("rows = [1]", f"import functools\n@functools.lru_cache\n{COUNT}", "print(count(1))"),
        READS + "and its decorator would see one more argument.",
    ),
    "a method": (
        ("rows = [1]", "class A:\n    def count(self):\n        return len(rows)", "print(A().count())"),
        "`A` reads the notebook variable `rows` from [1], and a class cannot be given it.",
    ),
    "called above the variable": (
        (COUNT, "try:\n    print(count(1))\nexcept NameError:\n    print('none')", "rows = [1]\nprint(count(1))"),
        "`count` reads the notebook variable `rows` from [3], and is called above that, in [2].",
    ),
    "called above the variable through another function": (
        (COUNT, "def two():\n    return count(2)", "try:\n    print(two())\nexcept NameError:\n    print('none')", "rows = [1]\nprint(count(1))"),
        "`count` reads the notebook variable `rows` from [4], and is called above that, in [3].",
    ),
    "bound on some paths": (
        ("a = 1\nif a:\n    rows = [1]", COUNT, "print(count(1))"),
        READS + "which is not bound once and for sure in [1].",
    ),
    "rebound": (
        (*SETUP, "rows = [1, 2]", "print(count(1))"), "`count` reads `rows`, which [3] changes.",
    ),
    "added to": (
        (*SETUP, "rows += [1, 2]", "print(count(1))"), "`count` reads `rows`, which [3] changes.",
    ),
    "deleted": ((*SETUP, "print(count(1))", "del rows"), "`count` reads `rows`, which [4] changes."),
    "a default of the function": (
        ("rows = [1]", "def count(k=rows):\n    return len(k)", "print(count())"),
        READS + "already where it is defined.",
    ),
    "a local of the same name as the variable": (
        (*SETUP, "def other(rows):\n    return count(rows)\nprint(other(2))"),
        READS + "and [3] calls it where `rows` means something else.",
    ),
    "a loop of a comprehension with that name": (
        (*SETUP, "print([count(rows) for rows in [1, 2]])"),
        READS + "and [3] calls it where `rows` means something else.",
    ),
    "a local of the same name as the function": (
        (*SETUP, "def other(count):\n    return count + 1\nprint(other(2), count(1))"),
        READS + "and `count` means something else inside of [3].",
    ),
    "keywords from a dict": (
        (*SETUP, "more = {'k': 2}\nprint(count(**more))"),
        READS + "and [3] may pass it a `rows` of another kind.",
    ),
    "the keyword is taken": (
        ("rows = [1]", "def count(**more):\n    return len(rows), more", "print(count(rows=2))"),
        READS + "and [3] may pass it a `rows` of another kind.",
    ),
    "called by a magic": (
        (*SETUP, "%timeit -n1 -r1 count(2)"), READS + "and a magic in [3] names it.",
    ),
    "called by code that is not seen": (
        (*SETUP, "eval('count(2)')"), READS + "and `eval('count(2)')` in [3] may call it unseen.",
    ),
    "called in a cell that cannot be read": (
        (*SETUP, "print(count(2)"), READS + "and [3], which cannot be read, names it.",
    ),
    "the variable may come from a star import": (
        (*SETUP, "from numpy import *\nprint(count(2))"),
        READS + "which `from numpy import *` in [3] may bind anew.",
    ),
    "the function is needed above its definition": (
        ("try:\n    count(1)\nexcept NameError:\n    print('none')", "import math", "def count(k):\n    return k", "print(count(1))"),
        "[1] uses `count` above its definition.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_same_output_and_values(case: str, tmp_path: Path):
    assert_kept(tmp_path, *KEPT[case])


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path):
    cells, message = REFUSED[case]
    selection = next(i for i, cell in enumerate(cells) if "def count" in cell or "class A" in cell)
    extraction = extract(tmp_path, cells, (selection,))
    assert message in [refusal.message for refusal in extraction.refusals]
    assert extraction.change.cells == ()


def test_what_is_written_and_said(tmp_path: Path):
    cells = (*SETUP, "print(count(2))", "n = count(3)")
    extraction = extract(tmp_path, cells, (3,), module="src/shop/rows.py", name="make")
    assert extraction.change.files[-1].after == (
        '"""Extracted from n.ipynb."""\n\n\n'
        "def count(k, *, rows):\n    return len(rows) + k\n\n\n"
        'def make(rows):\n    """Return `n`."""\n    n = count(3, rows=rows)\n    return n\n'
    )
    assert after_cells(extraction, cells)[-2:] == ("print(count(2, rows=rows))", "n = make(rows)")
    assert extraction.notes == (
        "`count` takes `rows` as a keyword; its calls are changed.",
        "`count` moves along from [2].",
    )


def test_a_constant_that_papermill_sets_stays():
    cells = notebook_of(("RATE = 0.2", "def tax(x):\n    return x * RATE", "print(tax(2))")).cells
    kept: Any = plan_of((_tagged(cells[0]), *cells[1:]))
    assert "c0" not in [edit.cell_id for edit in kept.change.cells]
    assert "def tax(x, *, RATE)" in kept.change.files[-1].after


def plan_of(cells: Any) -> Any:
    project = Project("notebooks/n.ipynb", "src/shop/tax.py")
    return plan(
        Notebook("notebooks/n.ipynb", cells), ("c1",), module=None, name=None, project=project
    )


def _tagged(cell: Any) -> Any:
    return replace(cell, tags=("parameters",))
