"""Lines of a cell become a function, the rest of the cell stays; whole statements only."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.errors import BadInputError
from jupyter_prodready.refactor.selection import Selection, select, select_lines
from refactor.running import after_cells, assert_kept, extract, notebook_of

Lines = tuple[int, int]
LONG = "# read\nrows = [3, 1]\n\n# sort\nrows.sort()\nlow = rows[0]\n# show\nprint(low)\nrows"

KEPT: dict[str, tuple[tuple[str, ...], tuple[int, ...], dict[str, Lines]]] = {
    "the middle": ((LONG, "print(low, rows)"), (0,), {"c0": (4, 6)}),
    "the first lines": ((LONG, "print(low, rows)"), (0,), {"c0": (1, 2)}),
    "up to the line that is shown": ((LONG, "print(low, rows)"), (0,), {"c0": (5, 9)}),
    "the line that is shown": ((LONG,), (0,), {"c0": (9, 9)}),
    "a value in the middle that nobody sees": (("a = [1]\na\nb = a\nprint(b)",), (0,), {"c0": (2, 3)}),
    "a shell line above": (("%run other.py\nimport math\nx = math.pi\ny = x + 1", "print(y)"), (0,), {"c0": (3, 4)}),
    "a statement over lines": (("a = [\n  1,\n]\nif a:\n    b = 2\nelse:\n    b = 3\nprint(a, b)",), (0,), {"c0": (4, 7)}),
    "below an indented block": (("a = 1\nif a:\n    b = 2\nelse:\n    b = 3\nc = a + b\nprint(c)",), (0,), {"c0": (6, 6)}),
    "a decorated function": (("import functools\n@functools.cache\ndef f(x):\n    return x\nprint(f(2))",), (0,), {"c0": (2, 4)}),
    "a helper above in the same cell": (
        ("def f(x):\n    return x + 1\nprint(f(1))\ny = f(2)\nz = f(y)", "print(y, z, f(3))"), (0,), {"c0": (4, 4)},
    ),
    "a constant above in the same cell": (
        ("K = 2\nprint(K)\ndef f(x):\n    return x + K\ny = f(2)\nz = f(y)", "print(y, z, K)"), (0,), {"c0": (5, 6)},
    ),
    "imports among the lines": (("a = 2.5\nimport math\nb = math.floor(a)\nprint(b, math.pi)",), (0,), {"c0": (2, 3)}),
    "a name that is rebound below": (("a = 1\nb = a + 1\na = b * 2\nprint(a, b)",), (0,), {"c0": ((2, 2),)}),
    "two cells in part": (("a = 1\nb = a + 1", "c = b * 2\nprint(a, b, c)"), (0, 1), {"c0": (2, 2), "c1": (1, 1)}),
    "a part and a whole cell": (("a = 1\nb = a + 1", "c = b * 2", "print(a, b, c)"), (0, 1), {"c0": ((2, 2),)}),
    "a timed cell": (("%%time\na = 1\nb = a + 1\nprint(b)",), (0,), {"c0": (3, 3)}),
    "an indented cell": (("  a = 1\n  b = a + 1\n  print(b)",), (0,), {"c0": ((2, 2),)}),
    "a captured variable of the same cell": (
        ("rows = [1]\ndef f(x):\n    return len(rows) + x\nprint(f(1))\ny = f(2)", "print(y, f(0))"), (0,), {"c0": (5, 5)},
    ),
}  # fmt: skip

REFUSED: dict[str, tuple[tuple[str, ...], tuple[int, ...], dict[str, Lines], str, str]] = {
    "the start of a statement": (
        ("a = 1\nb = [\n  a,\n]\nprint(b)",), (0,), {"c0": (1, 3)},
        "These lines cut through the statement of lines 2 to 4.", "Extract lines 1 to 4.",
    ),
    "the end of a statement": (
        ("if 1:\n    a = 2\nb = a",), (0,), {"c0": (2, 3)},
        "These lines cut through the statement of lines 1 to 2.", "Extract lines 1 to 3.",
    ),
    "a function without its decorator": (
        ("import functools\n@functools.cache\ndef f(x):\n    return x\nf(1)",), (0,), {"c0": (3, 4)},
        "These lines cut through the statement of lines 2 to 4.", "Extract lines 2 to 4.",
    ),
    "only a comment": (
        ("# one\na = 1",), (0,), {"c0": (1, 1)},
        "There is no code in this selection.", "Select a cell with code.",
    ),
    "lines between two parts": (
        ("a = 1\nb = 2\na = 3", "c = a"), (0, 1), {"c0": (1, 1)},
        "Lines of [1] run between the selected lines.", "Select them too.",
    ),
    "a magic among the lines": (
        ("a = 1\n!ls\nb = a",), (0,), {"c0": (1, 3)},
        "Line 2 (`!ls`) must stay in the notebook.", "Move this line to a cell of its own. Or extract line 1 only.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_same_output_and_values(case: str, tmp_path: Path):
    cells, selection, lines = KEPT[case]
    assert_kept(tmp_path, cells, selection, lines=lines)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path):
    cells, selection, lines, message, remedy = REFUSED[case]
    found = extract(tmp_path, cells, selection, lines=lines)
    assert (message, remedy) in [(one.message, one.remedy) for one in found.refusals]
    assert found.change.cells == ()


def test_what_is_left_of_the_cell(tmp_path: Path):
    options = {"module": "n_steps.py", "name": "sort", "lines": {"c0": (4, 6)}}
    found = extract(tmp_path, (LONG,), (0,), **options)  # type: ignore[arg-type]
    assert after_cells(found, (LONG,))[-1] == (
        "# read\nrows = [3, 1]\n\nlow, rows = sort(rows)\n# show\nprint(low)\nrows"
    )
    assert "    # sort\n    rows.sort()\n" in found.change.files[-1].after  # type: ignore[operator]


def test_the_plan_rests_on_the_lines(tmp_path: Path):
    one, other = (extract(tmp_path, (LONG,), (0,), lines={"c0": (5, end)}) for end in (5, 6))
    assert one.base != other.base


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]:2-3", Selection(("c0",), {"c0": ((2, 3),)})),
        ("0:2", Selection(("c0",), {"c0": ((2, 2),)})),
        ("c0:1-9, 1", Selection(("c0", "c1"), {"c0": ((1, 9),)})),
        ("[1]-[2]", Selection(("c0", "c1"))),
        ("[1]:4-5,[2],0:2", Selection(("c0", "c1"), {"c0": ((2, 2), (4, 5))})),
    ],
)
def test_how_lines_are_named(text: str, expected: Selection):
    assert select_lines(notebook_of((LONG, "print(low)")), text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1]:3-12", "`[1]:3-12`: the cell has lines 1 to 9."),
        ("[1]:0", "`[1]:0`: the cell has lines 1 to 9."),
        ("[1]:5-3", "`[1]:5-3`: the cell has lines 1 to 9."),
        ("[1]:2,0", "`[1]:2,0` names lines twice."),
        ("0,c0:3", "`0,c0:3` names lines twice."),
        ("[1]:2-4,[1]:4-5", "`[1]:2-4,[1]:4-5` names lines twice."),
        ("[9]:3", "No cell shows [9]."),
        ("x:3", "There is no cell `x`."),
    ],
)
def test_lines_that_are_not_there(text: str, message: str):
    with pytest.raises(BadInputError) as raised:
        select_lines(notebook_of((LONG, "print(low)")), text)
    assert raised.value.message == message


def test_lines_where_only_cells_can_be_meant():
    with pytest.raises(BadInputError, match="only whole cells"):
        select(notebook_of((LONG,)), "[1]:2")
