"""A function that copies what it would change: kept where nobody else holds the object."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.model import Extraction
from jupyter_prodready.refactor import Options, Types

from .running import after_cells, assert_kept, extract, run

PURE = Options(pure=True)
CELLS = ("rows = [3, 1, 2]", "rows.append(4)\nrows.sort()\ntop = rows[-1]", "print(rows, top)")


def module(found: Extraction) -> str:
    return found.change.files[-1].after or ""


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("list[int]", "rows = rows.copy()"),
        ("dict[str, int]", "rows = rows.copy()"),
        ("pandas.DataFrame", "rows = rows.copy()"),
        ("numpy.ndarray", "rows = rows.copy()"),
        ("list[list[int]]", "rows = deepcopy(rows)"),
        ("list", "rows = deepcopy(rows)"),
        (None, "rows = deepcopy(rows)"),
    ],
)
def test_what_is_copied_and_how(kind: str | None, line: str, tmp_path: Path):
    types = Types({"rows": kind}) if kind else None
    found = extract(tmp_path, CELLS, (1,), name="add", options=PURE, types=types)
    text = module(found)
    assert f'    """Return `top`, `rows`."""\n    {line}\n    rows.append(4)\n' in text
    assert ("from copy import deepcopy" in text) is ("deepcopy" in line)
    assert found.labels == ("pure",)


def test_it_is_kept_where_nobody_else_holds_it(tmp_path: Path):
    found = assert_kept(tmp_path, CELLS, (1,), name="add", options=PURE)
    assert "top, rows = add(rows)" in after_cells(found, CELLS)[-2]


def test_somebody_else_who_holds_it_sees_the_difference(tmp_path: Path):
    cells = ("rows = [3, 1, 2]\nsame = rows", *CELLS[1:], "print(same)")
    found = extract(tmp_path, cells, (1,), name="add", options=PURE)
    for edit in found.change.files:
        path = tmp_path / edit.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.after or "")
    before, after = run(tmp_path, cells), run(tmp_path, after_cells(found, cells))
    assert before.text != after.text  # only a proof can tell


def test_nothing_is_copied_that_is_not_changed(tmp_path: Path):
    cells = ("rows = [3, 1, 2]", "top = max(rows)\nlow = min(rows)", "print(rows, top, low)")
    text = module(assert_kept(tmp_path, cells, (1,), name="add", options=PURE))
    assert "copy" not in text
