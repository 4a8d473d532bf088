"""What IPython alone has: names, the numbers and texts of cells, modules loaded anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import assert_kept, extract

WORK = "b = a + [2]\nc = b * 2"

REFUSED = {
    "exit": (("a = [1]", f"{WORK}\nif len(c) > 9:\n    exit()", "print(c)"), "`exit` exists only in IPython."),
    "a function that quits": (("a = [1]", f"def stop():\n    quit()\n{WORK}", "print(c)\nstop()"), "`quit` exists only in IPython."),
    "%rerun": (
        ("a = [1]", WORK, "print(c)", "%rerun 2"),
        "`%rerun` in [4] goes by the numbers and texts of cells, and they would be others.",
    ),
    "%history": (
        ("a = [1]", WORK, "print(c)", "%history -n 1-2"),
        "`%history` in [4] goes by the numbers and texts of cells, and they would be others.",
    ),
    "%macro": (
        ("a = [1]", WORK, "print(c)", "%macro again 2"),
        "`%macro` in [4] goes by the numbers and texts of cells, and they would be others.",
    ),
    "what was typed before": (("a = [1]", WORK, "print(_i)"), "[3] uses `_i`, and cells would be other texts."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path):
    cells, message = REFUSED[case]
    refused = extract(tmp_path, cells, (1,))
    assert refused.status == "refused"
    assert message in {one.message for one in refused.refusals}


NEAR = {
    "a variable called exit": ("a = [1]\nexit = [0]", f"{WORK}\nc += exit", "print(c)"),
    "it quits elsewhere": ("a = [1]", WORK, "print(c)\nif not c:\n    exit()"),
    "a magic that looks at no cell": ("a = [1]", WORK, "%time print(c)"),
}


@pytest.mark.parametrize("case", NEAR)
def test_kept(case: str, tmp_path: Path):
    assert_kept(tmp_path, NEAR[case], (1,))


@pytest.mark.parametrize(
    ("first", "reloads"),
    [
        ("%%writefile helpers.py\nX = 1", False),
        ("from pathlib import Path\nPath('helpers.py').write_text('X = 1')", False),
        ("with open('helpers.py', 'w') as f:\n    f.write('X = 1')", False),
        ("!cp older.py helpers.py", False),
        ("!python helpers.py", True),
        ("%run helpers.py", True),
        ("text = open('helpers.py').read()", True),
    ],
)
def test_a_page_that_writes_modules_does_not_load_them_anew(
    first: str, reloads: bool, tmp_path: Path
):
    found = extract(tmp_path, (first, "a = [1]", WORK, "print(c)"), (2,))
    assert found.status == "preview", found.refusals
    assert ("%autoreload 2" in found.setup) is reloads


def test_a_page_that_asks_whether_there_is_sys_still_finds_none(tmp_path: Path):
    asks = "try:\n    print(sys.byteorder)\nexcept NameError:\n    print('no sys')\nprint(c)"
    assert_kept(tmp_path, ("a = [1]", WORK, asks), (1,))


SHOWS = "class P:\n    def __init__(self, v):\n        self.v = v\n    def __repr__(self):\n        return f'P({self.v})'"


def test_a_class_is_shown_where_type_is_handed_on(tmp_path: Path):
    page = ("import pandas as pd", SHOWS, "ps = [P(1), P(2)]\nvs = [p.v for p in ps]")
    refused = extract(tmp_path / "a", (*page, "print(pd.Series(ps).map(type))"), (1, 2))
    messages = [one.message for one in refused.refusals]
    assert messages == ["Moving `P` changes its printed name, which [4] may show."]
    assert_kept(tmp_path / "b", (*page, "print(pd.Series(ps).map(str), vs)"), (1, 2))
