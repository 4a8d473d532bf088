"""Cells that show values in between become several functions, and do what they did."""

from __future__ import annotations

from pathlib import Path

from jupyter_prodready.actions.project import locate
from jupyter_prodready.model import Extraction, Remedy
from jupyter_prodready.refactor import Options, Types, plan_cells
from refactor.running import after_cells, assert_keeps, notebook_of

CLEAN = "rows = [3, 1, 2]\nlow = min(rows)\nrows = [row - low for row in rows]\nrows"
MORE = "mean = sum(rows) / len(rows)\nspread = max(rows) - mean"
SUM = "total = 0\nfor row in rows:\n    total += row + spread\ntotal"
PAGE = (CLEAN, MORE, SUM, "print(rows, mean, total)")
ALL = ("c0", "c1", "c2")
SEVERAL = Options(several=True)


def extract(
    root: Path,
    cells: tuple[str, ...],
    selection: tuple[str, ...],
    options: Options = SEVERAL,
    types: tuple[Types, ...] = (),
) -> Extraction:
    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").touch()
    notebook = notebook_of(cells)
    module = "src/shop/clean.py"
    project = locate(root / notebook.path, module, root=root).project
    return plan_cells(
        notebook, selection, module=module, name=None, project=project, types=types, options=options
    )


def test_each_goes_up_to_what_is_shown(tmp_path: Path):
    found = extract(tmp_path, PAGE, ALL)
    assert [(step.cells, step.made.function) for step in found.steps] == [
        (("c0",), "make_rows"),
        (("c1", "c2"), "make_mean"),
    ]
    assert {step.made.module for step in found.steps} == {"src/shop/clean.py"} == {found.module}
    assert_keeps(tmp_path, PAGE, found)
    page = after_cells(found, PAGE)
    assert "rows, low = make_rows()\nrows" in "\n".join(page)
    assert "\n".join(page).count("from shop.clean import") == 1


def test_offered_where_one_function_cannot_show_them(tmp_path: Path):
    found = extract(tmp_path, PAGE, ALL, Options())
    (refusal,) = found.refusals
    assert refusal.action == Remedy("several")
    assert refusal.remedy.endswith("Or make 2 functions of them.")


def test_not_offered_where_nothing_would_come_of_it(tmp_path: Path):
    found = extract(tmp_path, ("x = 1\nx", "y = 2\ny"), ("c0", "c1"), Options())
    assert [one.action for one in found.refusals] == [None]
    refused = extract(tmp_path, ("x = 1\nx", "y = 2\ny"), ("c0", "c1"))
    assert refused.status == "refused"
    assert refused.refusals


def test_what_cannot_move_stays_and_is_told(tmp_path: Path):
    cells = (
        CLEAN,
        "exec('odd = 1')\nodd = odd + 1\nodd",
        SUM.replace("spread", "odd"),
        "print(total)",
    )
    found = extract(tmp_path, cells, ALL)
    assert [step.cells for step in found.steps] == [("c0",), ("c1",), ("c2",)]
    assert_keeps(tmp_path, cells, found)
    assert "exec('odd = 1')" in "\n".join(after_cells(found, cells))


def test_types_of_a_library_that_the_module_imports_already(tmp_path: Path):
    cells = (
        "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2]})\ntable['b'] = table.a * 2\ntable.shape",
        "wide = table.assign(c=3)\nwide = wide.dropna()\nwide.shape",
        "print(table, wide)",
    )
    frame = "pandas.DataFrame"
    types = (Types({}, {"table": frame}), Types({"table": frame}, {"wide": frame}))
    found = extract(tmp_path, cells, ("c0", "c1"), types=types)
    assert_keeps(tmp_path, cells, found)
    (text,) = [edit.after or "" for edit in found.change.files if edit.path == found.module]
    assert "def make_wide(table: pd.DataFrame) -> pd.DataFrame:" in text
    assert text.count("import pandas as pd") == 1


def test_lines_of_a_cell_are_told_to_be_no_whole_cells(tmp_path: Path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    notebook = notebook_of(PAGE)
    project = locate(tmp_path / notebook.path, "src/shop/clean.py", root=tmp_path).project
    found = plan_cells(
        notebook,
        ("c0",),
        module=None,
        name=None,
        project=project,
        lines={"c0": ((1, 2),)},
        options=SEVERAL,
    )
    assert found.status == "refused"
    assert "whole cells" in found.refusals[0].message
