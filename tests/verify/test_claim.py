"""Which cells a proof runs: all that the change can reach, also those that do not name it."""

from __future__ import annotations

from pathlib import Path

import pytest
from refactor.running import extract, notebook_of

from jupyter_prodready.actions.asked import staged_modules
from jupyter_prodready.actions.project import locate
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
    "import importlib\nr = importlib.import_module('__main__').rate",
    "import sys\nr = getattr(sys.modules[__name__], 'rate')",
    "import IPython\nr = IPython.get_ipython().user_ns['rate']",
    "r = look('rate')",
)
NEAR = (
    "n = len(dir(int))",
    "%time n = 1",
    "if __name__ == '__main__':\n    n = 1",
    "import logging\nlog = logging.getLogger(__name__)",
)


def run_for(root: Path, cells: tuple[str, ...], selected: int) -> set[str]:
    module = "src/pkg/mod.py"
    made = extract(root, cells, (selected,), module=module)
    assert made.status == "preview", made.refusals
    before = notebook_of(cells)
    after = pages.edited(before, made.change.cells)
    located = locate(root / before.path, module, root=root)
    staged = staged_modules(made.change.files, located)
    file = root / before.path
    needed = Claim(before, after, made.change.cells, staged, file=file, root=root).needed()
    return needed & {cell.id for cell in before.cells}


@pytest.mark.parametrize("looks", LOOKING)
def test_a_cell_that_looks_at_all_names_is_run_with_all_above_it(looks: str, tmp_path: Path):
    function = "import sys\ndef look(k):\n    return sys._getframe(1).f_globals[k]"
    cells = (function, "rate = 3\nz = rate * 2", looks, "print(z)", "1 + 1")
    assert run_for(tmp_path, cells, 1) == {"c0", "c1", "c2", "c3"}


@pytest.mark.parametrize("near", NEAR)
def test_a_cell_that_looks_at_none_of_them_is_not_run(near: str, tmp_path: Path):
    cells = ("other = 1", "rate = 3\nz = rate * 2", near, "print(z)", "other + 1")
    assert run_for(tmp_path, cells, 1) == {"c1", "c3"}


def test_what_tells_which_values_are_shown_is_run(tmp_path: Path):
    setting = "%config InteractiveShell.ast_node_interactivity = 'all'"
    cells = (setting, "a = 1", "b = a + 1", "c = 1")
    assert run_for(tmp_path, cells, 2) == {"c0", "c1", "c2"}


NUMBERS = (
    "import numpy as np",
    "x = np.array([0.25])",
    "a = 2",
    "t = a + 1",
    "print(t)",
    "print(x)",
)
QUIET = "import logging\nimport numpy as np\n\nLOG = logging.getLogger(__name__)\n"
LOUD = "import numpy as np\n\nnp.set_printoptions(precision=1)\n"


@pytest.mark.parametrize(
    ("files", "cells"),
    [
        ({"pkg/mod.py": QUIET}, {"c2", "c3", "c4"}),
        ({"pkg/mod.py": LOUD}, {"c0", "c1", "c2", "c3", "c4", "c5"}),
        ({"pkg/mod.py": QUIET, "pkg/__init__.py": LOUD}, {"c0", "c1", "c2", "c3", "c4", "c5"}),
        (
            {"pkg/mod.py": "from .a import f\n", "pkg/a.py": LOUD},
            {"c0", "c1", "c2", "c3", "c4", "c5"},
        ),
        (
            {"pkg/mod.py": "import os\n\nos.environ['A'] = '1'\n"},
            {"c0", "c1", "c2", "c3", "c4", "c5"},
        ),
    ],
)
def test_a_module_that_sets_things_at_its_import(
    files: dict[str, str], cells: set[str], tmp_path: Path
):
    for name, text in {"pkg/__init__.py": "", **files}.items():
        path = tmp_path / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert run_for(tmp_path, NUMBERS, 3) == cells


def test_cells_above_an_import_that_comes_earlier_now(tmp_path: Path):
    cells = (
        "import numpy as np",
        "np.array([0.25])",
        "import settings\nt = settings.K",
        "print(t)",
        "1",
    )
    assert run_for(tmp_path, cells, 2) == {"c0", "c1", "c2", "c3"}
    cells = ("import numpy as np\nimport settings", *cells[1:2], "t = settings.K", *cells[3:])
    assert run_for(tmp_path, cells, 2) == {"c0", "c2", "c3"}


def test_a_cell_that_a_function_of_the_project_feeds_is_run(tmp_path: Path):
    (tmp_path / "helpers.py").write_text("def feed(rows, n):\n    rows.append(n)\n")
    cells = (
        "from helpers import feed\nx = [1]",
        "rate = 3\nz = rate * 2",
        "feed(x, z)",
        "print(x)",
        "1 + 1",
    )
    assert run_for(tmp_path, cells, 1) == {"c0", "c1", "c2", "c3"}
