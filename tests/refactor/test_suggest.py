"""What is worth extracting, and what is not; all that is suggested can be done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready.model import Suggestion
from jupyter_prodready.refactor import Project, suggest
from refactor.running import assert_kept, notebook_of

PROJECT = Project("notebooks/n.ipynb", "src/shop/n.py")
IMPORTS = "import math"
DATA = "rows = [3, 1, 2]\nother = [9, 8, 7]"
SUMS = "total = 0\nfor row in rows:\n    total += math.sqrt(row)\nmean = total / len(rows)"
TWIN = "whole = 0\nfor one in other:\n    whole += math.sqrt(one)\nmiddle = whole / len(other)"
SHOW = "print(rows, other)"


def suggested(*cells: str, project: Project = PROJECT) -> tuple[Suggestion, ...]:
    return suggest(
        notebook_of(cells), project=project, project_for=lambda m: replace(project, module=m)
    )


def test_a_cell(tmp_path: Path):
    cells = (IMPORTS, DATA, "md ## Mean price", SUMS, "print(mean)")
    (one,) = suggested(*cells)
    assert one == Suggestion(
        kind="cell", cells=("c3",), function="mean_price", module="src/shop/n.py",
        text="Takes `rows`, gives `total` and `mean`.", labels=("pure",),
        inputs=("rows",), outputs=("total", "mean"), needs=("math",),
    )  # fmt: skip
    assert assert_kept(tmp_path, cells, (3,)).function == one.function


def test_the_same_code_twice_and_not_each_by_itself(tmp_path: Path):
    cells = (IMPORTS, DATA, SUMS, SHOW, TWIN, SHOW)
    (one,) = suggested(*cells)
    assert (one.kind, one.cells) == ("same-code", ("c2", "c4"))
    assert one.text == "One function for [3] and [5]: same code, other names."
    assert len(assert_kept(tmp_path, cells, (2, 4)).calls) == 2


def test_all_cells_that_define(tmp_path: Path):
    define = "def up(x):\n    y = math.ceil(x)\n    return y"
    cells = (IMPORTS, define, DATA, define.replace("up", "more"), "print(up(1), more(2))")
    (one,) = suggested(*cells)
    assert (one.kind, one.cells) == ("definitions", ("c1", "c3"))
    assert (one.function, one.text, one.needs) == ("up", "Move `up` and 1 more.", ("math",))
    assert_kept(tmp_path, cells, (1, 3))


def test_each_section_has_a_module_of_its_own(tmp_path: Path):
    cells = (
        IMPORTS, DATA,
        "md ## Sum up the rows", "total = 0\nfor row in rows:\n    total += row", "half = total / 2\nthird = half / 3",
        "md ### Find roots", "roots = []\nfor one in rows:\n    roots.append(math.sqrt(one))", "roots = roots[:2]\nlast = roots[-1]", "print(third, last)",
    )  # fmt: skip
    found = suggested(*cells)
    assert [(one.kind, one.cells, one.function, one.module) for one in found] == [
        ("section", ("c6", "c7"), "find_roots", "src/shop/find_roots.py"),
        ("section", ("c3", "c4"), "sum_up_rows", "src/shop/sum_up_rows.py"),
    ]
    for one in found:
        assert_kept(tmp_path, cells, tuple(int(cell[1:]) for cell in one.cells), module=one.module)


def test_cells_in_a_row_up_to_the_one_that_shows(tmp_path: Path):
    cells = (
        IMPORTS, DATA + "\nrows", "squares = [row * row for row in rows]\nsquares.sort(reverse=True);",
        "low = squares[-1]\nwhile low < 9:\n    low = low * 2\n    squares.append(low)\nsquares", SHOW,
    )  # fmt: skip
    (one,) = suggested(*cells)
    assert (one.kind, one.cells) == ("run", ("c2", "c3"))
    assert_kept(tmp_path, cells, (2, 3))


NONE = {
    "nothing at all": (),
    "one-liners": (IMPORTS, DATA, "a = sum(rows)", "b = a + 1", "print(b)"),
    "imports and text": ("md # Title", IMPORTS, "md some words"),
    "what is refused": (IMPORTS, DATA, "a = 1\nfor row in rows:\n    a += eval('row')", SHOW),
    "a name for nearly every line": (
        "a = b = c = d = e = f = [1]",
        "a.append(1)\nb.append(2)\nc.append(3)\nd.append(4)\ne.append(5)\nf.append(6);",
        "print(a, b, c, d, e, f)",
    ),
    "a cell that cannot be read": (IMPORTS, DATA, "for row in rows\n    a = 1\n    b = 2"),
    "another language": ("%%bash\nls\nls\nls", "%%html\n<b>\n</b>"),
}


@pytest.mark.parametrize("case", NONE)
def test_nothing_worth_it(case: str):
    assert suggested(*NONE[case]) == ()


def test_another_kernel_language():
    notebook = replace(notebook_of((IMPORTS, DATA, SUMS)), language="R")
    assert suggest(notebook, project=PROJECT, project_for=lambda _: PROJECT) == ()


def test_no_two_have_the_same_cells_or_name():
    cells = [IMPORTS, DATA]
    for number in range(20):
        cells += [
            "md ## Mean",
            SUMS.replace("total", f"t{number}").replace("/", "/ 1" * number + " /"),
            SHOW,
        ]
    found = suggested(*cells)
    chosen = [cell for one in found for cell in one.cells]
    assert len(chosen) == len(set(chosen))
    names = [one.function for one in found]
    assert len(names) == len(set(names)) <= 12
    assert names


def test_a_module_that_cannot_be_written_gives_none():
    taken = replace(PROJECT, module="src/random.py", module_text="from math import *\n")
    assert suggested(IMPORTS, DATA, SUMS, "print(mean)", project=taken) == ()
