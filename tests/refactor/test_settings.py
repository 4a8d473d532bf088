"""Names for literals: given as an argument, as a keyword with a default, or as a constant of the
module. The page is run before and after; where the value may vary, the choice is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready.model import Notebook
from jupyter_prodready.refactor import Options, Project, Types, plan
from refactor.running import after_cells, assert_keeps, assert_kept, extract, notebook_of

Cells = tuple[str, ...]
ALL = ("argument", "default", "constant")
CODE = "kept = [row for row in rows if row < LIMIT]\nn = len(kept)"
PAGE = ("LIMIT = 5\nrows = [3, 9]", CODE, "print(kept, n)")
READ = (*PAGE, "print(LIMIT)")

EXTRACT: dict[str, tuple[Cells, int, dict[str, tuple[str, ...]]]] = {
    "read by the selection only": (PAGE, 1, {"LIMIT": ALL}),
    "read further down": (READ, 1, {"LIMIT": ALL}),
    "several, of every kind": (
        ("A = -1.5\nB = 'x'\nC = None\nD = (1, ('y', True))\nE = b'z'\nrows = [3]", "out = [A, B, C, D, E, *rows]\nn = len(out)", "print(out)"), 1,
        dict.fromkeys("ABCDE", ALL),
    ),
    "alone in its cell": (("LIMIT = 5", "rows = [3, 9]", CODE, "print(n)"), 2, {"LIMIT": ALL}),
    "beside an import": (("import math\nLIMIT = 5", "x = math.floor(2.5) + LIMIT\ny = x", "print(y)"), 1, {"LIMIT": ALL}),
    "with a comment": (("# agreed with finance\nLIMIT = 5  # days\nrows = [3, 9]", CODE, "print(n)"), 1, {"LIMIT": ALL}),
    "last of a cell that it hides the value of": (("rows = [3, 9]\nrows;\nLIMIT = 5", CODE, "print(n)"), 1, {"LIMIT": ALL}),
    "over several lines": (("rows = [3, 9]\nNAMES = (\n    'a',\n    'b',\n)", "out = [*rows, *NAMES]\nn = len(out)", "print(out)"), 1, {"NAMES": ALL}),
    "read by the line that is shown": (("LIMIT = 5\nrows = [3, 9]", f"{CODE}\nLIMIT, n", "print(n)"), 1, {"LIMIT": ALL}),
    "read by a lambda and in a comprehension": (
        ("LIMIT = 5\nrows = [3, 9]", "small = list(filter(lambda row: row < LIMIT, rows))\nmore = [LIMIT for _ in rows]", "print(small, more)"), 1,
        {"LIMIT": ALL},
    ),
    "kept in a function that is made": (
        ("LIMIT = 5\nflag = [1]", "if flag:\n    def small(row):\n        return row < LIMIT\nelse:\n    small = None\nrows = [3, 9]", "print([small(row) for row in rows])"), 1,
        {"LIMIT": ALL},
    ),
    "read by a function that moves": (
        ("LIMIT = 5\nrows = [3, 9]", "def small(row):\n    return row < LIMIT", "kept = [row for row in rows if small(row)]\nn = LIMIT", "print(kept, n)"), 2,
        {"LIMIT": ("argument", "constant")},
    ),
    "selected with the function that reads it": (
        ("rows = [3, 9]", "LIMIT = 5\ndef small(row):\n    return row < LIMIT\nkept = [row for row in rows if small(row)]\nn = LIMIT", "print(kept, n)"), 1,
        {"LIMIT": ("argument", "constant")},
    ),
    "selected, and read by a function that stays": (
        ("rows = [3, 9]\ndef small(row):\n    return row < LIMIT", f"LIMIT = 5\n{CODE}", "print(n, small(4))"), 1,
        {"LIMIT": ("argument", "constant")},
    ),
    "a function reads it that stays": (
        ("LIMIT = 5\nrows = [3, 9]", "def small(row):\n    return row < LIMIT", CODE, "print(n, small(4))"), 2, {"LIMIT": ALL},
    ),
    "looked up in a text": (
        ("LIMIT = 5\nclass T:\n    def query(self, text):\n        import sys\n        return sys._getframe(1).f_locals.get('LIMIT')\nt = T()", "r = t.query('@LIMIT + 1')\ns = r", "print(r, s)"), 1,
        {"LIMIT": ("argument", "default")},
    ),
    "on a line with others": (("LIMIT = 5; rows = [3, 9]", CODE, "print(n)"), 1, {"LIMIT": ("argument", "default")}),
    "tried above": (
        ("try:\n    print(LIMIT)\nexcept NameError:\n    print('none')", *PAGE), 2, {"LIMIT": ("argument", "default")},
    ),
    "listed further down": (("rows = [3, 9]", "LIMIT = 5", CODE, "print(n, 'LIMIT' in globals(), 'LIMIT' in dir())"), 2, {"LIMIT": ALL}),
    "a star import above": (("from math import *\nLIMIT = 5\nrows = [3, 9]", "kept = [row for row in rows if row < LIMIT]\nn = kept", "print(n)"), 1, {"LIMIT": ALL}),
    "a separator": (("SEP = '/'\nPATTERN = r'\\d+/\\w'\nrows = ['a']", "text = SEP.join([*rows, PATTERN])\nn = text", "print(n)"), 1, {"SEP": ALL, "PATTERN": ALL}),
    "no literal": (("LIMIT = 2 + 3\nrows = [3, 9]", CODE, "print(n)"), 1, {}),
    "a list": (("LIMIT = [5]\nrows = [[3], [9]]", CODE, "print(n)"), 1, {}),
    "bound twice": (("LIMIT = 5\nrows = [3, 9]", CODE, "LIMIT = 6\nprint(n, LIMIT)"), 1, {}),
    "bound by a loop": (("rows = [3, 9]\nfor LIMIT in (4, 5):\n    pass", CODE, "print(n)"), 1, {}),
    "bound on one path": (("rows = [3, 9]\nif rows:\n    LIMIT = 5", CODE, "print(n)"), 1, {}),
    "changed by the selection": (("LIMIT = 5\nrows = [3, 9]", "LIMIT += 1\n" + CODE, "print(n, LIMIT)"), 1, {}),
    "changed by a function": (("LIMIT = 5\nrows = [3, 9]\ndef more():\n    global LIMIT\n    LIMIT += 1\nmore()", CODE, "print(n)"), 1, {}),
    "bound by a text": (("LIMIT = 5\nrows = [3, 9]", "globals()['LIMIT'] = 4", CODE, "print(n)"), 2, {}),
    "bound by a function above that runs a text": (("def more():\n    exec('LIMIT = 4', globals())", "LIMIT = 5\nrows = [3, 9]\nmore()", CODE, "print(n)"), 2, {}),
    "a star import below": (("LIMIT = 5\nrows = [3, 9]", CODE, "print(n)\nfrom math import *"), 1, {}),
    "a file": (("import os.path\nNAME = '../data/train.csv'", "known = os.path.exists(NAME)\nn = known", "print(n)"), 1, {}),
    "a folder": (("import os.path\nNAME = 'data/raw'", "known = os.path.join(NAME, 'x')\nn = known", "print(n)"), 1, {}),
    "a folder by its end": (("NAME = 'data/'", "known = NAME + 'x'\nn = known", "print(n)"), 1, {}),
}  # fmt: skip

REFUSE: dict[str, tuple[Cells, int, str, str]] = {
    "no literal": (("LIMIT = 2 + 3\nrows = [3, 9]", *PAGE[1:]), 1, "LIMIT", "[1] does not bind it to a plain literal"),
    "bound twice": (("LIMIT = 5\nrows = [3, 9]", CODE, "LIMIT = 6\nprint(n)"), 1, "LIMIT", "it is bound in [1] and in [3]"),
    "changed by the selection": (("LIMIT = 5\nrows = [3, 9]", "LIMIT += 1\n" + CODE), 1, "LIMIT", "it is bound in [1] and in [2]"),
    "bound unseen": (("LIMIT = 5\nrows = [3, 9]", CODE, "exec('LIMIT = 4')"), 1, "LIMIT", "`exec('LIMIT = 4')` in [3] may bind it anew"),
    "patched in the notebook": (
        ("from unittest.mock import patch\nLIMIT = 5\nrows = [3, 9]", CODE, "with patch('__main__.LIMIT', 4):\n    print(n)"), 1, "LIMIT",
        "`with patch('__main__.LIMIT', 4):` in [3] may bind it anew",
    ),
    "bound by a magic": (("LIMIT = 5\nrows = [3, 9]", CODE, "%run other.py"), 1, "LIMIT", "`%run other.py` in [3] may bind it anew"),
    "named where nothing can be read": (("LIMIT = 5\nrows = [3, 9]", CODE, "LIMIT = = 3"), 1, "LIMIT", "[3], which cannot be read, names it"),
    "a file": (("NAME = 'train.csv'\nrows = [3]", "n = NAME, rows\nm = n"), 1, "NAME", "it names a file, which is another one from another folder"),
    "not read": (PAGE, 1, "other", "[2] does not read it"),
    "an import": (("import math\nx = 2", "y = math.floor(x)\nz = y"), 1, "math", "it is an import"),
    "a function": (("def f(x):\n    return x\nx = 2", "y = f(x)\nz = y"), 1, "f", "it is a function or class"),
    "an output": (("rows = [3]", "LIMIT = 5\nn = LIMIT, rows", "print(LIMIT)"), 1, "LIMIT", "[2] does not read it"),
}  # fmt: skip


def chosen(way: str, *names: str) -> Options:
    return Options(**{f"{way}s": names})


def offered(extraction: object) -> dict[str, tuple[str, ...]]:
    return {one.name: one.offered for one in extraction.settings}  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", EXTRACT)
def test_what_is_offered(case: str, tmp_path: Path):
    cells, at, expected = EXTRACT[case]
    found = extract(tmp_path, cells, (at,))
    assert offered(found) == expected
    assert {one.given for one in found.settings} <= {"argument"}


@pytest.mark.parametrize("way", ["default", "constant"])
@pytest.mark.parametrize("case", [case for case, (_, _, names) in EXTRACT.items() if names])
def test_what_is_offered_keeps_what_the_page_does(case: str, way: str, tmp_path: Path):
    cells, at, names = EXTRACT[case]
    wanted = tuple(name for name, ways in names.items() if way in ways)
    if wanted:
        found = assert_kept(tmp_path, cells, (at,), options=chosen(way, *wanted))
        assert offered(found) == names
        assert [one.name for one in found.settings if one.given == way] == list(wanted)


@pytest.mark.parametrize("way", ["default", "constant"])
@pytest.mark.parametrize("case", REFUSE)
def test_what_is_refused(case: str, way: str, tmp_path: Path):
    cells, at, name, reason = REFUSE[case]
    found = extract(tmp_path, cells, (at,), options=chosen(way, name))
    what = {"default": "a keyword with a default", "constant": "a constant of the module"}[way]
    (refusal,) = found.refusals
    assert refusal.message == f"`{name}` cannot be {what}: {reason}."
    assert refusal.remedy in (f"Leave `{name}` an argument.", f"Leave `{name}` out.")
    assert found.change.cells == ()


def module(found: object) -> str:
    return str(found.change.files[-1].after)  # type: ignore[attr-defined]


def test_a_constant_leaves_the_page_where_nothing_else_reads_it(tmp_path: Path):
    found = extract(tmp_path, PAGE, (1,), name="clean", options=chosen("constant", "LIMIT"))
    assert "\n\nLIMIT = 5\n\n\ndef clean(rows):\n" in module(found)
    after = after_cells(found, PAGE)
    assert (after[0], after[-2:]) == ("rows = [3, 9]", ("kept, n = clean(rows)", PAGE[-1]))
    assert "`LIMIT` will no longer exist in the notebook." in found.notes
    assert found.setup_binds[-1] == "clean"


def test_a_constant_is_imported_where_the_page_reads_it(tmp_path: Path):
    found = extract(tmp_path, READ, (1,), name="clean", options=chosen("constant", "LIMIT"))
    assert found.setup_binds[-2:] == ("clean", "LIMIT")
    assert not any("no longer" in note for note in found.notes)


def test_a_default_is_left_out_where_the_page_has_no_other_use_for_it(tmp_path: Path):
    found = extract(tmp_path, PAGE, (1,), name="clean", options=chosen("default", "LIMIT"))
    assert "def clean(rows, *, LIMIT=5):\n" in module(found)
    assert after_cells(found, PAGE)[-2] == "kept, n = clean(rows)"
    assert [(one.name, one.default) for one in found.inputs] == [("rows", None), ("LIMIT", "5")]


@pytest.mark.parametrize(
    "cells",
    [
        READ,
        ("LIMIT = 5  # days\nrows = [3, 9]", *PAGE[1:]),
        ("rows = [3, 9]\nrows\nLIMIT = 5", *PAGE[1:]),
        (*PAGE, "%timeit -n1 -r1 LIMIT"),
        (*PAGE, "!echo {LIMIT}"),
        (*PAGE, "%%bash\necho $LIMIT"),
        (*PAGE, "names = dir()"),
    ],
)
def test_a_default_is_passed_while_the_page_has_the_name(cells: Cells, tmp_path: Path):
    found = extract(tmp_path, cells, (1,), name="clean", options=chosen("default", "LIMIT"))
    assert "kept, n = clean(rows, LIMIT=LIMIT)" in after_cells(found, cells)
    assert any("LIMIT = 5" in cell for cell in after_cells(found, cells))


def test_types_and_paths_beside_a_default(tmp_path: Path):
    cells = ("LIMIT = 5\nrows = [3, 9]", f"open('../out.txt', 'w').close()\n{CODE}", "print(n)")
    types = Types({"rows": "list[int]", "LIMIT": "int"}, {"kept": "list[int]", "n": "int"})
    found = assert_kept(
        tmp_path, cells, (1,), name="clean", types=types, options=chosen("default", "LIMIT")
    )
    signature = (
        "def clean(rows: list[int], *, out_path: str, LIMIT: int = 5) -> tuple[list[int], int]:"
    )
    assert signature in module(found)
    assert "kept, n = clean(rows, out_path='../out.txt')" in after_cells(found, cells)


def test_a_constant_of_the_module_is_reused_or_in_the_way(tmp_path: Path):
    path = tmp_path / "src/shop/clean.py"
    path.parent.mkdir(parents=True)
    wanted = {"module": "src/shop/clean.py", "options": chosen("constant", "LIMIT")}
    path.write_text("LIMIT = 5\n")
    found = assert_kept(tmp_path, READ, (1,), **wanted)
    assert module(found).count("LIMIT = 5") == 1
    assert "`LIMIT` is in the module already." in found.notes
    for other in ("LIMIT = 6", "LIMIT = 5\nLIMIT = 6", "LIMIT = 5\ndef more():\n    global LIMIT\n    LIMIT = 6"):  # fmt: skip
        path.write_text(f"{other}\n")
        (refusal,) = extract(tmp_path, READ, (1,), **wanted).refusals  # type: ignore[arg-type]
        assert refusal.message == "`src/shop/clean.py` already has a different `LIMIT`."
        assert refusal.remedy == "Leave it an argument, or choose another module."


def test_both_at_once(tmp_path: Path):
    both = Options(constants=("LIMIT",), defaults=("LIMIT",))
    (refusal,) = extract(tmp_path, PAGE, (1,), options=both).refusals
    assert refusal.message == "`LIMIT` is asked for as a constant, and as a keyword with a default."


def test_a_default_that_moves_along_anyway(tmp_path: Path):
    cells, at, _ = EXTRACT["read by a function that moves"]
    (refusal,) = extract(tmp_path, cells, (at,), options=chosen("default", "LIMIT")).refusals
    assert refusal.message.endswith("a function that moves reads it, too, and it moves along.")


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("parameters", "[1] is tagged `parameters`, and may be given another value"),
        ("raises-exception", "[1] is meant to fail, perhaps above it"),
    ],
)
def test_a_cell_with_a_tag(tag: str, reason: str):
    first, *rest = notebook_of(PAGE).cells
    notebook = Notebook("notebooks/n.ipynb", (replace(first, tags=(tag,)), *rest))
    project = Project("notebooks/n.ipynb", "src/shop/n.py")
    for way in ("default", "constant"):
        options = chosen(way, "LIMIT")
        found = plan(notebook, ("c1",), module=None, name=None, project=project, options=options)
        assert found.refusals[-1].message.endswith(f": {reason}.")
        assert found.settings == ()


def test_a_class_that_binds_the_name_anew_has_it_from_the_module(tmp_path: Path):
    made = "if rows:\n    class Box:\n        LIMIT = LIMIT\nelse:\n    Box = None\nn = Box.LIMIT"
    cells = (PAGE[0], made, "print(n)\nBox = 0")
    assert "A class here binds `LIMIT` anew" in extract(tmp_path, cells, (1,)).refusals[0].message
    assert_kept(tmp_path, cells, (1,), options=chosen("constant", "LIMIT"))


TWICE = ("LIMIT = 5\na = [3, 9]\nb = [1]", "c = [x for x in a if x < LIMIT]\nn = len(c)", "print(c, n)", "d = [x for x in b if x < LIMIT]\nm = len(d)", "print(d, m)")  # fmt: skip
OTHER = tuple(cell.replace("b if x < LIMIT", "b if x < MOST") for cell in TWICE)


@pytest.mark.parametrize("more", [(), ("print(LIMIT)",)])
@pytest.mark.parametrize("way", ["default", "constant"])
def test_the_same_code_in_two_places(way: str, more: Cells, tmp_path: Path):
    cells = (*TWICE, *more)
    found = assert_kept(tmp_path, cells, (1, 3), name="few", options=chosen(way, "LIMIT"))
    passed = ", LIMIT=LIMIT" if more and way == "default" else ""
    calls = {f"c, n = few(a{passed})", f"d, m = few(b{passed})"}
    assert calls <= set(after_cells(found, cells))
    assert offered(found) == {"LIMIT": ALL}
    assert len({call.inputs for call in found.calls}) == 2


@pytest.mark.parametrize("way", ["default", "constant"])
def test_the_same_code_with_another_name_for_it(way: str, tmp_path: Path):
    cells = ("MOST = 5\n" + OTHER[0], *OTHER[1:])
    assert offered(assert_kept(tmp_path, cells, (1, 3))) == {}
    found = extract(tmp_path, cells, (1, 3), options=chosen(way, "LIMIT"))
    assert any("[4] does not read it." in refusal.message for refusal in found.refusals)


def test_the_same_code_that_swaps_two_names(tmp_path: Path):
    code = "c = [x for x in a if LOW < x < HIGH]\nn = len(c)"
    swapped = "d = [x for x in b if HIGH < x < LOW]\nm = len(d)"
    cells = ("LOW = 2\nHIGH = 5\na = [3]\nb = [1]", code, "print(c, n)", swapped, "print(d, m)")
    assert offered(assert_kept(tmp_path, cells, (1, 3))) == {}
    for way in ("default", "constant"):
        found = extract(tmp_path, cells, (1, 3), options=chosen(way, "LOW"))
        assert "does not mean the same to [2] and [4]" in found.refusals[0].message


@pytest.mark.parametrize("way", ["default", "constant"])
def test_lines_of_the_cell_that_has_it(way: str, tmp_path: Path):
    cells = (f"LIMIT = 5\nrows = [3, 9]\n{CODE}", "print(n)")
    found = assert_kept(
        tmp_path, cells, (0,), lines={"c0": (3, 4)}, name="clean", options=chosen(way, "LIMIT")
    )
    assert "kept, n = clean(rows)" in after_cells(found, cells)[-2]


def test_the_module_that_was_made_is_used_again(tmp_path: Path):
    options = chosen("constant", "LIMIT")
    cells = (*READ, "more = [row for row in rows if row > LIMIT]\nm = len(more)", "print(m)")
    first = extract(tmp_path, cells, (1,), name="clean", options=options)
    assert_keeps(tmp_path, cells, first)
    after = after_cells(first, cells)
    at = next(n for n, cell in enumerate(after) if "row > LIMIT" in cell)
    again = assert_kept(tmp_path, after, (at,), name="large")
    assert again.settings == ()
    assert "large(rows)" in after_cells(again, after)[at]
