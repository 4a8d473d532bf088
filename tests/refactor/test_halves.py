"""Where a function of too many names is best cut in two: both halves can be extracted."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import assert_kept, extract

GIVEN = "a, b, c, d, e, f, g = 1, 2, 3, 4, 5, 6, 7"
CODE = "p = a + b\nq = p + c\nr = q + d\ns = e + r\nt = s * f\nu = t - g\nv = u + 1"
SHOW = "print(p, q, r, s, t, u, v)"


def told(root: Path, *cells: str, selection: tuple[int, ...]) -> str:
    found = extract(root, cells, selection, module="src/shop/n.py", name="go")
    return next((note for note in found.notes if "read better" in note), "")


def test_the_cut_with_the_fewest_names(tmp_path: Path):
    note = told(tmp_path, GIVEN, CODE, SHOW, selection=(1,))
    head = "This function has 7 inputs and 7 outputs: smaller selections read better."
    assert note == f"{head} Lines 1 to 3 and lines 4 to 7 share `r` only."
    cells = (GIVEN, CODE, SHOW)
    for lines in ((1, 3), (4, 7)):
        assert_kept(tmp_path / str(lines), cells, (1,), lines={"c1": lines}, name="go")


def test_cells_in_a_row(tmp_path: Path):
    first, rest = CODE.split("\ns = ")
    note = told(tmp_path, GIVEN, first, f"s = {rest}", SHOW, selection=(1, 2))
    assert note.endswith(" Lines 1 to 3 of [2] and lines 1 to 4 of [3] share `r` only.")


@pytest.mark.parametrize("code", ["p = [a, b, c, d, e, f, g]", "p = a\nq = [b, c, d, e, f, g]"])
def test_what_is_too_short_to_be_cut(code: str, tmp_path: Path):
    note = told(tmp_path, GIVEN, code, "print(p)", selection=(1,))
    assert note.endswith("smaller selections read better.")


def test_a_function_of_few_names(tmp_path: Path):
    assert told(tmp_path, "a = 1", "b = a + 1\nc = b + a", "print(c)", selection=(1,)) == ""
