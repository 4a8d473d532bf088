"""The same code twice in one cell: one function, and a call in each place."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.refactor import Options, Project, plan
from refactor.running import after_cells, assert_kept, extract, notebook_of

Cells = tuple[str, ...]
Ranges = tuple[tuple[int, int], ...]
DATA = "a = [3, 1, 2]\nb = [9, 7]\nk = 2"
BOTH = "c = [x * k for x in a]\nm = max(c)\nprint('between')\nd = [x * k for x in b]\nn = max(d)"

KEPT: dict[str, tuple[Cells, int, Ranges, str]] = {
    "code between": (
        (DATA, BOTH, "print(c, d, m, n)"), 1, ((1, 2), (4, 5)),
        "c, m = same(a, k)\nprint('between')\nd, n = same(b, k)",
    ),
    "none between": (
        (DATA, BOTH.replace("print('between')\n", ""), "print(c, d, m, n)"), 1, ((1, 2), (3, 4)),
        "c, m = same(a, k)\nd, n = same(b, k)",
    ),
    "a line each": (
        (DATA, "c = sorted(a)\nd = sorted(b)", "print(c, d)"), 1, ((1, 1), (2, 2)), "c = same(a)\nd = same(b)",
    ),
    "the second one needs what the first one makes": (
        ("a = [3, 1, 2]", "b = [x + 1 for x in a]\nb.sort()\nc = [x + 5 for x in b]\nc.sort();", "print(b, c)"), 1, ((1, 2), (3, 4)),
        "b = same(a, number=1)\nc = same(b, number=5)",
    ),
    "in place of the input": (
        (DATA, "a = [x for x in a if x > 1]\na.sort()\nb = [x for x in b if x > 8]\nb.sort()\nprint(a, b)"), 1, ((1, 2), (3, 4)),
        "a = same(a, number=1)\nb = same(b, number=8)\nprint(a, b)",
    ),
    "three places": (
        (DATA, "c = [x * k for x in a]\nm = max(c)\nd = [x * k for x in b]\nn = max(d)\ne = [x * k for x in c]\no = max(e)", "print(c, d, e, m, n, o)"), 1,
        ((1, 2), (3, 4), (5, 6)),
        "c, m = same(a, k)\nd, n = same(b, k)\ne, o = same(c, k)",
    ),
    "comments, blank lines and the value that is shown": (
        (DATA, "# first\nc = [x * k for x in a]\nm = max(c)\n\n# second\nd = [x * k for x in b]\nn = max(d)\n\nc, d, m, n"), 1, ((1, 3), (5, 7)),
        "c, m = same(a, k)\n\n# second\nd, n = same(b, k)\n\nc, d, m, n",
    ),
    "an import that stays": (
        (DATA, "import math\nc = [math.floor(x) for x in a]\nm = max(c)\nd = [math.floor(x) for x in b]\nn = max(d)", "print(c, d, m, n, math.pi)"), 1, ((2, 3), (4, 5)),
        "c, m = same(a)\nd, n = same(b)",
    ),
    "an import in the first place that the page needs": (
        (DATA, "import math\nc = [math.floor(x) for x in a]\nm = max(c)\nd = [math.floor(x) for x in b]\nn = max(d)", "print(c, d, m, n, math.pi)"), 1, ((1, 3), (4, 5)),
        "import math\nc, m = same(a)\nd, n = same(b)",
    ),
    "a function that moves from the same cell": (
        (DATA, "def twice(x):\n    return x * 2\nc = [twice(x) for x in a]\nm = max(c)\nd = [twice(x) for x in b]\nn = max(d)", "print(c, d, m, n)"), 1, ((3, 4), (5, 6)),
        "c, m = same(a)\nd, n = same(b)",
    ),
    "a function that is given what it reads": (
        ("rows = [1]\na = [3]\nb = [4]\ndef more(x):\n    return [*x, *rows]", "c = more(a)\nm = max(c)\nd = more(b)\nn = max(d)", "print(c, d, m, n, more([5]))"), 1, ((1, 2), (3, 4)),
        "c, m = same(a, rows)\nd, n = same(b, rows)",
    ),
    "under a magic": (
        (DATA, "%%time\nc = [x * k for x in a]\nm = max(c)\nd = [x * k for x in b]\nn = max(d)", "print(c, d, m, n)"), 1, ((2, 3), (4, 5)),
        "%%time\nc, m = same(a, k)\nd, n = same(b, k)",
    ),
}  # fmt: skip

REFUSED: dict[str, tuple[Cells, int, Ranges, str]] = {
    "other code": (
        (DATA, "c = sorted(a)\nprint(c)\nd = b.copy()", "print(c, d)"), 1, ((1, 1), (3, 3)),
        "Line 1 of [2] and line 3 of [2] are not the same code: line 1 and line 3 differ.",
    ),
    "other code, none between": (
        (DATA, "c = sorted(a)\nm = max(c)\nd = b.copy()\nn = max(d)", "print(c, d)"), 1, ((1, 2), (3, 4)),
        "The parts of [2] are not the same code.",
    ),
    "a value that one of them shows": (
        (DATA, "c = sorted(a)\nc.pop()\nd = sorted(b)\nd.pop()", "print(c, d)"), 1, ((1, 2), (3, 4)),
        "Line 4 of [2] shows its value, and its twin none.",
    ),
    "pairs of parts": (
        (DATA, "c = sorted(a)\nm = c.copy()\nd = sorted(b)\nn = d.copy()", "print(c, d, m, n)"), 1, ((1, 1), (2, 2), (3, 3), (4, 4)),
        "The parts of [2] are not the same code.",
    ),
    "lines that cut through a statement": (
        (DATA, "c = [x\n     for x in a]\nd = [x\n     for x in b]", "print(c, d)"), 1, ((1, 1), (3, 3)),
        "These lines cut through the statement of lines 1 to 2.",
    ),
    "something stands against one place": (
        (DATA, "c = sorted(a)\nm = c\nprint('between')\nd = sorted(missing)\nn = d", "print(c, d, m, n)"), 1, ((1, 2), (4, 5)),
        "`missing` exists at most in the kernel: no cell above defines it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_the_same_code_twice_in_one_cell(case: str, tmp_path: Path):
    cells, at, ranges, expected = KEPT[case]
    found = assert_kept(tmp_path, cells, (at,), name="same", lines={f"c{at}": ranges})
    assert expected in after_cells(found, cells)[-2 if len(cells) == 3 else -1]
    assert len(found.calls) == len(ranges)
    assert (found.change.files[-1].after or "").count("def same(") == 1


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str, tmp_path: Path):
    cells, at, ranges, message = REFUSED[case]
    found = extract(tmp_path, cells, (at,), lines={f"c{at}": ranges})
    assert message in [refusal.message for refusal in found.refusals]
    assert all(refusal.remedy for refusal in found.refusals)
    assert found.change.cells == ()


def test_what_is_said(tmp_path: Path):
    cells, at, ranges, _ = KEPT["the second one needs what the first one makes"]
    found = extract(tmp_path, cells, (at,), name="same", lines={"c1": ranges})
    assert found.notes[:2] == (
        "One function for lines 1 to 2 of [2] and lines 3 to 4 of [2]: same code, other names.",
        "`number` is 1 in lines 1 to 2 of [2] and 5 in lines 3 to 4 of [2].",
    )
    assert [(one.name, one.reason) for one in found.inputs] == [
        ("a", "made in [1]; `b` in lines 3 to 4 of [2]")
    ]


def test_a_place_in_one_cell_and_places_in_another(tmp_path: Path):
    cells = (DATA, "c = sorted(a)\nm = max(c)", BOTH.replace("[x * k for x in ", "sorted(").replace("]", ")"), "print(c, d, m, n)")  # fmt: skip
    lines = {"c2": ((1, 2), (4, 5))}
    found = assert_kept(tmp_path, cells, (1, 2), name="same", lines=lines)
    after = after_cells(found, cells)
    assert "c, m = same(a)" in after[-3]
    assert after[-2] == "c, m = same(a)\nprint('between')\nd, n = same(b)"


def test_a_constant_of_both_places(tmp_path: Path):
    cells, at, ranges, _ = KEPT["code between"]
    options = Options(constants=("k",))
    found = assert_kept(tmp_path, cells, (at,), name="same", lines={"c1": ranges}, options=options)
    assert "c, m = same(a)\nprint('between')\nd, n = same(b)" in after_cells(found, cells)[-2]


def test_the_import_stands_above_the_first_place_only():
    source = BOTH.replace("k", "2").replace(" in a", " in [3]").replace(" in b", " in [9]")
    project = Project("notebooks/n.ipynb", "src/shop/steps.py", importable=True)
    lines = {"c0": ((1, 2), (4, 5))}
    found = plan(
        notebook_of((source,)), ("c0",), module=None, name="same", project=project, lines=lines
    )
    assert after_cells(found, (source,)) == (
        "%load_ext autoreload\n%autoreload 2\nfrom shop.steps import same\n"
        "c, m = same(number=3)\nprint('between')\nd, n = same(number=9)",
    )
