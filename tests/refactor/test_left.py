"""What moves away from the end of a cell leaves another line as its last one: that is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import after_cells, assert_kept, extract

USE = ("def tax(k):\n    return k * RATE", "print(tax(2))")
LEFT = {
    "a name": ("x = [1]\nx\nRATE = 2", "x = [1]\nx;"),
    "a text": ("'Rates.'\nRATE = 2", "'Rates.';"),
    "a call that gives nothing": ("import random\nrandom.seed(5)\nRATE = 2\n", "import random\nrandom.seed(5);"),
    "over several lines, in parentheses": ("x = 3\n(x +\n  1)\nRATE = 2", "x = 3\n(x +\n  1);"),
    "other letters": ("größe = 'ä'\ngröße + 'öß'\nRATE = 2", "größe = 'ä'\ngröße + 'öß';"),
}  # fmt: skip
AS_IT_WAS = {
    "not the last one": ("x = 1\nx\nRATE = 2\ny = x", "x = 1\nx\ny = x"),
    "shown before": ("x = 1\nRATE = 2\nx", "x = 1\nx"),
    "muted": ("x = 1\nx;\nRATE = 2", "x = 1\nx;"),
    "printed": ("print(1)\nRATE = 2", "print(1)"),
    "no expression": ("x = 1\nRATE = 2", "x = 1"),
}


@pytest.mark.parametrize("case", LEFT)
def test_it_gets_a_semicolon(case: str, tmp_path: Path):
    cell, expected = LEFT[case]
    found = assert_kept(tmp_path, (cell, *USE), (1,))
    assert expected in after_cells(found, (cell, *USE))
    (note,) = [note for note in found.notes if "semicolon" in note]
    line = 1 if case == "a text" else 2
    assert note == f"Line {line} of [1] gets a semicolon: as the last one left it would be shown."


@pytest.mark.parametrize("case", AS_IT_WAS)
def test_other_lines_stay_as_they_are(case: str, tmp_path: Path):
    cell, expected = AS_IT_WAS[case]
    found = assert_kept(tmp_path, (cell, *USE), (1,))
    assert expected in after_cells(found, (cell, *USE))
    assert not any("semicolon" in note for note in found.notes)


def test_a_comment_stays_behind_it(tmp_path: Path):
    found = extract(tmp_path, ("x = 1\nx  # one\nRATE = 2", *USE), (1,))
    assert "x = 1\nx;  # one" in [edit.after for edit in found.change.cells]


def test_lines_of_a_cell(tmp_path: Path):
    cells = ("x = 1\nx\ndef tax(k):\n    return k * 2", USE[1])
    found = assert_kept(tmp_path, cells, (0,), lines={"c0": (3, 4)})
    assert any(cell.endswith("x = 1\nx;") for cell in after_cells(found, cells))
