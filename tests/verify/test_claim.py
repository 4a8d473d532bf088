"""Which cells a proof runs: all that the change can reach, also those that do not name it."""

from __future__ import annotations

from pathlib import Path

import pytest
from refactor.running import extract, notebook_of

from jupyter_prodready.fixes import pages
from jupyter_prodready.verify.claim import Claim

LOOKING = (
    "n = len(dir())",
    "%who_ls",
    "import doctest\nr = doctest.testmod(verbose=False)",
    "import __main__\nr = __main__.rate",
    "from __main__ import rate as r",
    "import timeit\nt = timeit.timeit('f(1)', 'from __main__ import rate', number=1)",
    "import unittest\nunittest.main(argv=['t'], exit=False);",
)
NEAR = ("n = len(dir(int))", "%time n = 1", "if __name__ == '__main__':\n    n = 1")


def run_for(root: Path, cells: tuple[str, ...], selected: int) -> set[str]:
    made = extract(root, cells, (selected,))
    assert made.status == "preview", made.refusals
    before = notebook_of(cells)
    after = pages.edited(before, made.change.cells)
    needed = Claim(before, after, made.change.cells, ()).needed()
    return needed & {cell.id for cell in before.cells}


@pytest.mark.parametrize("looks", LOOKING)
def test_a_cell_that_looks_at_all_names_is_run_with_all_above_it(looks: str, tmp_path: Path):
    cells = ("other = 1", "rate = 3\nz = rate * 2", looks, "print(z)", "other + 1")
    assert run_for(tmp_path, cells, 1) == {"c0", "c1", "c2", "c3"}


@pytest.mark.parametrize("near", NEAR)
def test_a_cell_that_looks_at_none_of_them_is_not_run(near: str, tmp_path: Path):
    cells = ("other = 1", "rate = 3\nz = rate * 2", near, "print(z)", "other + 1")
    assert run_for(tmp_path, cells, 1) == {"c1", "c3"}


def test_what_tells_which_values_are_shown_is_run(tmp_path: Path):
    setting = "%config InteractiveShell.ast_node_interactivity = 'all'"
    cells = (setting, "a = 1", "b = a + 1", "c = 1")
    assert run_for(tmp_path, cells, 2) == {"c0", "c1", "c2"}
