"""A call stays under the `%time`, or below the `%%capture out`, of what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .running import after_cells, assert_kept, extract

ROWS = "rows = [3, 1]"
PROOF = [
    ("%time top = max(rows)", "%time top = step(rows)", "print(top)"),
    ("%time max(rows)", "%time step(rows)", "print(1)"),
    ("%time max(rows);", "%time step(rows)", "print(1)"),
    ("%time top = max(rows); low = min(rows)", "%time top, low = step(rows)", "print(top, low)"),
    ("%time top = max(rows); top", "%time top = step(rows)\ntop", "print(top)"),
    ("import math\n%time top = math.sin(rows[0])", "%time top = step(rows)", "print(top)"),
    ("%%capture out\ntop = max(rows)\nprint(top)", "%%capture out\ntop = step(rows)", "top"),
    (
        "%%capture --no-stdout out\ntop = max(rows)",
        "%%capture --no-stdout out\ntop = step(rows)",
        "top",
    ),
    ("%%time\n%%capture out\ntop = max(rows)", "%%time\n%%capture out\ntop = step(rows)", "top"),
    (
        "%%capture out\nhigh = top = max(rows)\ntop",
        "%%capture out\nhigh, top = step(rows)\ntop",
        "top, high",
    ),
    ("%%capture out\ntop = max(rows)\ntop", "%%capture out\ntop = step(rows)\ntop", "top"),
]


@pytest.mark.parametrize(("source", "after", "below"), PROOF)
def test_the_call_stays_under_the_magic(source: str, after: str, below: str, tmp_path: Path):
    cells = (ROWS, source, below)
    made = assert_kept(tmp_path, cells, (1,), name="step")
    assert after_cells(made, cells)[-2] == after
    assert "%" not in (made.change.files[-1].after or "")
    assert "out" not in (made.change.files[-1].after or "")


def test_one_timed_line_of_several(tmp_path: Path):
    cells = (ROWS, "k = 1\n%time top = max(rows) + k\nlow = 2", "print(top, low)")
    made = assert_kept(tmp_path, cells, (1,), name="step", lines={"c1": (2, 2)})
    assert after_cells(made, cells)[-2] == "k = 1\n%time top = step(rows, k)\nlow = 2"


def test_what_is_captured_may_be_read_by_what_is_moved(tmp_path: Path):
    cells = (ROWS, "%%capture out\nprint(rows)", "text = out.stdout\nsize = len(text)", "size")
    made = extract(tmp_path, cells, (2,), name="measure")
    assert after_cells(made, cells)[-2] == "text, size = measure(out)"


@pytest.mark.parametrize(
    ("cells", "selection", "message"),
    [
        ((ROWS, "%time LIMIT = 5", "LIMIT"), (1,), "Line 1 (`%time LIMIT = 5`) would be lost."),
        ((ROWS, "%time x = rows[0]", "y = x + 1", "y"), (1, 2), "`%time x = rows[0]` belongs to [2] alone."),
        ((ROWS, "%%capture out\nx = rows[0]", "y = x + 1", "y"), (1, 2), "`%%capture out` belongs to [2] alone."),
        ((ROWS, "%time import math", "math.sin(1)"), (1,), "Line 1 (`%time import math`) must stay in the notebook."),
        ((ROWS, "if rows:\n    %time x = rows[0]", "x"), (1,), "Line 2 (`%time x = rows[0]`) must stay in the notebook."),
        ((ROWS, "%%capture out\nx = rows[0]\nx;", "x"), (1,), "`%%capture` of [2] binds its name unless a semicolon ends the cell."),
        ((ROWS, "%%capture out\nx = rows[0];  # mine", "x"), (1,), "`%%capture` of [2] binds its name unless a semicolon ends the cell."),
        ((ROWS, "%%capture out\nprint(1);\nLIMIT = 5", "def over(x):\n    return x > LIMIT", "over(1)"), (2,), "`%%capture` of [2] binds its name unless a semicolon ends the cell."),
        ((ROWS, "%time def h(x): return x + 1", "y = [h(r) for r in rows]", "y"), (2,), "Line 1 (`%time def h(x): return x + 1`) would be lost."),
        ((ROWS, "%time x = !ls", "x"), (1,), "Line 1 (`!ls`) must stay in the notebook."),
    ],
)  # fmt: skip
def test_what_a_magic_is_said_of_stays(
    cells: tuple[str, ...], selection: tuple[int, ...], message: str, tmp_path: Path
):
    refusals: Any = extract(tmp_path, cells, selection).refusals
    assert refusals[0].message == message


def test_a_timed_constant_does_not_move_along(tmp_path: Path):
    cells = (ROWS, "%time LIMIT = 5", "def f(x):\n    return x + LIMIT", "print(f(1))")
    made = assert_kept(tmp_path, cells, (2,))
    assert "%time LIMIT = 5" in after_cells(made, cells)
