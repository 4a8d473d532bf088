"""A page that is split at its headings does what it did, with a module for each section."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.actions.project import locate
from jupyter_prodready.model import Extraction
from jupyter_prodready.refactor import Options, Types, plan_split, sections_for
from jupyter_prodready.refactor.options import DEFAULT
from jupyter_prodready.refactor.split import one_import_each
from refactor.running import after_cells, assert_keeps, notebook_of

READ = "rows = [3, 1, 2]\nrows = [row * 2 for row in rows]"
CLEAN = "low = min(rows)\nrows = [row - low for row in rows]"
SUM = "total = 0\nfor row in rows:\n    total += row"
PAGE = (
    "md # Sales", "import math", "md ## Read the rows", READ,
    "md ## Clean", CLEAN, "rows", "md ## Sum up", SUM, "root = math.sqrt(total)\nhalf = root / 2", "print(root)",
)  # fmt: skip


def split(
    root: Path,
    cells: tuple[str, ...],
    chosen: tuple[str, ...] = (),
    types: tuple[Types, ...] = (),
    folder: str = "src/shop",
    options: Options = DEFAULT,
) -> Extraction:
    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").touch()
    notebook = notebook_of(cells)
    place = root / notebook.path
    projects = {
        one.module: locate(place, one.module, root=root).project
        for one in sections_for(notebook, folder)
    }
    return plan_split(
        notebook, folder=folder, projects=projects, chosen=chosen, types=types, options=options
    )


def made(found: Extraction) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(s.heading, s.cells, s.made.function, s.made.module) for s in found.steps]


def test_each_section_becomes_a_module(tmp_path: Path):
    found = split(tmp_path, PAGE)
    assert made(found) == [
        ("Read the rows", ("c3",), "read_rows", "src/shop/read_rows.py"),
        ("Clean", ("c5",), "clean", "src/shop/clean.py"),
        ("Sum up", ("c8", "c9"), "sum_up", "src/shop/sum_up.py"),
    ]
    assert (found.module, found.importable, found.no_test) == ("src/shop", False, None)
    assert_keeps(tmp_path, PAGE, found)
    calls = ("rows = read_rows()", "low, rows = clean(rows)", "total, root, half = sum_up(rows)")
    assert set(calls) <= set(after_cells(found, PAGE))
    assert all(edit.path in found.diff for edit in found.change.files)


def test_only_the_cells_that_may_move(tmp_path: Path):
    found = split(tmp_path, PAGE, chosen=("c5",))
    assert [heading for heading, *_ in made(found)] == ["Clean"]
    assert_keeps(tmp_path, PAGE, found)


def test_what_the_steps_before_moved_is_imported(tmp_path: Path):
    cells = (
        "md ## Helpers", "def twice(x):\n    return x * 2\n\ndef thrice(x):\n    return twice(x) + x",
        "md ## One", "a = twice(1)\na = a + thrice(a)", "md ## Two", "b = thrice(a)\nb = b + twice(b)", "print(a, b)",
    )  # fmt: skip
    found = split(tmp_path, cells)
    assert [one for *_, one in made(found)] == [
        "src/shop/helpers.py", "src/shop/one.py", "src/shop/two.py",
    ]  # fmt: skip
    assert_keeps(tmp_path, cells, found)
    texts = {edit.path: edit.after or "" for edit in found.change.files}
    assert "from shop.helpers import twice, thrice" in texts["src/shop/two.py"]
    assert "def thrice" not in texts["src/shop/one.py"] + texts["src/shop/two.py"]


def test_headings_of_the_same_name_have_modules_of_their_own(tmp_path: Path):
    cells = ("md ## Step", READ, "md ## Step", CLEAN, "print(rows, low)")
    found = split(tmp_path, cells)
    assert [one for *_, one in made(found)] == ["src/shop/step.py", "src/shop/step_2.py"]
    assert_keeps(tmp_path, cells, found)


def test_a_module_that_is_there_keeps_its_text(tmp_path: Path):
    (tmp_path / "src/shop").mkdir(parents=True)
    (tmp_path / "src/shop/clean.py").write_text('"""Mine."""\n\nLIMIT   = 3\n')
    found = split(tmp_path, PAGE)
    (edit,) = (edit for edit in found.change.files if edit.path == "src/shop/clean.py")
    assert (edit.after or "").startswith('"""Mine."""\n\nLIMIT   = 3\n')
    assert_keeps(tmp_path, PAGE, found)


def test_what_cannot_move_stays_and_is_told(tmp_path: Path):
    cells = (*PAGE[:4], "md ## Odd", "exec('odd = rows[0]')\nodd = odd + 1", *PAGE[4:])
    found = split(tmp_path, cells)
    assert found.notes == ("[6] stays: `exec` runs code that I cannot see.",)
    assert "Odd" not in [heading for heading, *_ in made(found)]


def test_cells_with_too_many_names_stay_apart(tmp_path: Path):
    cells = (
        "md ## Many", "a = 1 + len('x')\nb = a + 1\nc = b + 1", "d = a + c\ne = d + 1\nf = e + d", "print(a, b, c, d, e, f)",
    )  # fmt: skip
    found = split(tmp_path, cells)
    assert [ids for _, ids, *_ in made(found)] == [("c1",), ("c2",)]
    assert_keeps(tmp_path, cells, found)


def test_settings_and_one_liners_stay(tmp_path: Path):
    cells = (
        "md ## Settings",
        "LIMIT = 3\nNAMES = ['a']",
        "md ## Go",
        "x = sum([LIMIT])",
        "print(x)",
    )
    found = split(tmp_path, cells)
    (refusal,) = found.refusals
    assert found.status == "refused"
    assert refusal.message == "No heading has code below it that is worth a function."


LIMITED = (
    "LIMIT = 3\nrows = [1, 5]",
    "md ## Cut", "kept = [row for row in rows if row < LIMIT]\nn = len(kept)", "print(n)",
    "md ## Rest", "rest = [row for row in rows if row > LIMIT]\nm = len(rest)", "print(m)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("options", "calls"),
    [
        (DEFAULT, ("kept, n = cut(rows, LIMIT)", "rest, m = rest_rows(rows, LIMIT)")),
        (Options(constants=("LIMIT",)), ("kept, n = cut(rows)", "rest, m = rest_rows(rows)")),
        (
            Options(defaults=("LIMIT",)),
            ("kept, n = cut(rows, LIMIT=LIMIT)", "rest, m = rest_rows(rows, LIMIT=LIMIT)"),
        ),
    ],
)
def test_a_setting_of_several_sections(options: Options, calls: tuple[str, str], tmp_path: Path):
    found = split(tmp_path, LIMITED, options=options)
    assert [(one.name, one.text) for one in found.settings] == [("LIMIT", "3")]
    assert_keeps(tmp_path, LIMITED, found)
    own = [step.made.function for step in found.steps]
    assert [call.replace("rest_rows", own[1]) for call in calls] == [
        cell for cell in after_cells(found, LIMITED) if " = " in cell and "(rows" in cell
    ]


def test_a_setting_that_no_section_takes(tmp_path: Path):
    found = split(tmp_path, LIMITED, options=Options(constants=("LIMIT", "rows")))
    (refusal,) = found.refusals
    assert refusal.message == (
        "`rows` cannot be a constant of the module: no function that moves could take it."
    )


def test_what_is_shown_stays_below_its_own_call(tmp_path: Path):
    first, second = "a = len('x')\nprint(a)", "b = a + 1\nprint(b)"
    cells = ("md ## Show", first, "c = a\nc = c + 1", second, "print(a, b, c)")
    found = split(tmp_path, cells)
    assert [ids for _, ids, *_ in made(found)] == [("c1", "c2"), ("c3",)]
    assert_keeps(tmp_path, cells, found)


@pytest.mark.parametrize("language", ["julia"])
def test_another_language(language: str, tmp_path: Path):
    from dataclasses import replace

    notebook = replace(notebook_of(PAGE), language=language)
    assert sections_for(notebook, "src") == ()
    assert plan_split(notebook, folder="src", projects={}).status == "refused"


def test_types_of_each_function(tmp_path: Path):
    types = (Types(), Types({"rows": "list[int]"}, {"low": "int"}))
    found = split(tmp_path, PAGE, types=types)
    texts = {edit.path: edit.after or "" for edit in found.change.files}
    assert "def clean(rows: list[int]):" in texts["src/shop/clean.py"]
    assert "def read_rows():" in texts["src/shop/read_rows.py"]


def test_the_base_knows_the_page_the_files_and_what_may_move(tmp_path: Path):
    before = split(tmp_path, PAGE).base
    assert split(tmp_path, PAGE).base == before
    assert split(tmp_path, PAGE, chosen=("c3", "c5")).base != before
    assert split(tmp_path, (*PAGE, "print(low)")).base != before
    (tmp_path / "src/shop").mkdir(parents=True)
    (tmp_path / "src/shop/clean.py").write_text("x = 1\n")
    assert split(tmp_path, PAGE).base != before


def test_one_import_line_for_each_module():
    text = "from a.b import c\nimport os\nfrom a.b import d, e\nfrom x import y\nfrom x import z"
    assert one_import_each(text, {"a.b"}) == (
        "from a.b import c, d, e\nimport os\nfrom x import y\nfrom x import z"
    )
    long = "\n".join(f"from a.b import {letter * 20}" for letter in "abcde")
    assert one_import_each(long, {"a.b"}).startswith("from a.b import (\n    aaaa")
