"""Each kind of fix: what it makes of a page, and the near miss for which there is none."""

from __future__ import annotations

import sys

import pytest
from analysis.sessions import Session

from jupyter_prodready.checks import analyse
from jupyter_prodready.fixes import pages
from jupyter_prodready.fixes.lost_code import MOST_STATEMENTS
from jupyter_prodready.model import Cell, Evidence, Fix, Notebook, Run

from .played import fixed, offered, sources


def ran(*page: str) -> Session:
    session = Session.of(*page)
    assert session.run_all(), session.shown
    return session


def page_of(*texts: str) -> Notebook:
    return Notebook("n.ipynb", tuple(Cell(f"c{i}", i, "code", t) for i, t in enumerate(texts)))


def of_page(*texts: str, check: str) -> dict[str, list[str]]:
    """Title and page after each fix of a page that never ran."""
    page = page_of(*texts)
    report = analyse(page, Evidence(runs=()))
    fixes: list[Fix] = [f for one in report.findings if one.check == check for f in one.fixes]
    return {f.title: [c.source for c in pages.edited(page, f.cells).cells] for f in fixes}


# --- restore --------------------------------------------------------------------------------


def test_a_deleted_cell_comes_back_whole_where_it_stood():
    session = ran("a = 1", "# the rate\nrate = a + 1\n", "a", "print(rate)", "rate * 2")
    session.delete(1)
    fixes = offered(session, "deleted-definition")
    assert list(fixes) == ["Restore the deleted cell above [3]"]
    after = fixed(session, fixes["Restore the deleted cell above [3]"])
    assert sources(after) == ["a = 1", "# the rate\nrate = a + 1", "a", "print(rate)", "rate * 2"]
    assert after.report().findings == ()
    assert after.clean() == ({**after.clean()[0], "c3": "2\n", "c4": "4\n"}, None)


def test_only_the_statements_that_are_needed_come_back_and_what_they_need():
    session = ran(
        "import math\nside = 2\nunused = 3",
        "@staticmethod\ndef area():\n    return math.pi * side\n\nother = 1",
        "print(area())",
    )
    session.delete(0)
    session.delete(0)
    (fix,) = offered(session, "deleted-definition").values()
    assert sources(fixed(session, fix))[0] == (
        "import math\nside = 2\n\n@staticmethod\ndef area():\n    return math.pi * side"
    )


def test_a_name_that_the_page_still_has_is_not_restored_twice():
    session = ran("df = [1]", "clean = df + [2]", "print(clean, df)")
    session.delete(1)
    (fix,) = offered(session, "deleted-definition").values()
    assert sources(fixed(session, fix)) == ["df = [1]", "clean = df + [2]", "print(clean, df)"]


def test_a_deleted_import_goes_to_the_imports():
    session = ran("import os\nx = 1", "import math", "print(math.floor(2.5))")
    session.delete(1)
    fixes = offered(session, "deleted-definition")
    assert list(fixes) == ["Add `import math`"]
    assert sources(fixed(session, fixes["Add `import math`"]))[0] == "import os\nimport math\nx = 1"


def test_too_much_is_not_restored():
    lines = ["x = 0", *["x = x + 1"] * (MOST_STATEMENTS + 1)]
    session = ran("a = 1", "\n".join(lines), "print(x)")
    session.delete(1)
    assert offered(session, "deleted-definition") == {}


def test_code_that_is_not_known_is_not_restored():
    page = Notebook("n.ipynb", (Cell("c0", 0, "code", "print(rate)", 2),))
    runs = (Run(1, None), Run(2, "print(rate)", "ok", "c0"))
    report = analyse(page, Evidence(runs, complete=False, missing=("some runs are not known",)))
    assert [fix for one in report.findings for fix in one.fixes] == []


def test_console_code_becomes_a_cell():
    session = Session.of("a = 1", "print(limit)")
    session.run(0)
    session.console("limit = 5")
    session.run(1)
    (fix,) = offered(session, "outside-definition").values()
    assert (fix.kind, fix.title) == ("insert-code", "Insert the outside code above [3]")
    assert sources(fixed(session, fix)) == ["a = 1", "limit = 5", "print(limit)"]


def test_the_effect_of_a_console_is_kept_or_undone():
    session = Session.of("items = [1]", "print(items)")
    session.run(0)
    session.console("items.append(2)")
    session.run(1)
    fixes = offered(session, "lingering-effect")
    assert list(fixes) == ["Run [1] and [3]", "Insert the outside code above [3]"]
    assert fixed(session, fixes["Run [1] and [3]"]).shown["c1"] == "[1]\n"
    kept = fixed(session, fixes["Insert the outside code above [3]"])
    assert kept.report().findings == ()
    assert kept.clean()[0]["c1"] == "[1, 2]\n"


# --- a line that was edited away ----------------------------------------------------------------


def test_a_lost_line_goes_back_to_where_it_stood():
    session = ran("n = 1\nrate = n + 1\nm = 3", "print(rate)")
    session.edit(0, "# first\nn = 1\nm = 3\nk = 4")
    session.run(0)
    fixes = offered(session, "outdated-definition")
    assert list(fixes) == ["Put `rate = n + 1` back into [3]"]
    (fix,) = fixes.values()
    assert sources(fixed(session, fix))[0] == "# first\nn = 1\nrate = n + 1\nm = 3\nk = 4"


def test_a_definition_that_got_a_new_name_renames_its_uses():
    session = ran(
        "raw = [1, 2]",
        "df_clean = sorted(raw)",
        "df_clean_size = 2\nx = {'df_clean': df_clean}\nprint(x, 'df_clean')\n"
        "def f(df_clean):\n    return df_clean\nf(df_clean=[1])",
    )
    session.edit(1, "clean = sorted(raw)")
    session.run(1)
    fixes = offered(session, "outdated-definition")
    assert list(fixes) == [
        "Rename `df_clean` to `clean` in [3]",
        "Put `df_clean = sorted(raw)` back into [4]",
    ]
    after = fixed(session, fixes["Rename `df_clean` to `clean` in [3]"])
    assert sources(after)[2] == (
        "df_clean_size = 2\nx = {'df_clean': clean}\nprint(x, 'df_clean')\n"
        "def f(df_clean):\n    return df_clean\nf(df_clean=[1])"
    )
    assert after.clean()[1] is None


@pytest.mark.parametrize(
    ("now", "use"),
    [
        ("clean = sorted(raw, reverse=True)", "print(df_clean)"),  # another statement
        ("clean = sorted(raw)", "clean = 1\nprint(df_clean)"),  # the new name is bound twice
        ("clean = sorted(raw)", "print([df_clean for clean in raw])"),  # another thing in there
        ("clean = sorted(raw)", "print((lambda clean: df_clean)(1))"),
    ],
)
def test_no_rename_that_could_mean_something_else(now: str, use: str):
    session = ran("raw = [1, 2]", "df_clean = sorted(raw)", use)
    session.edit(1, now)
    session.run(1)
    kinds = [fix.kind for fix in offered(session, "outdated-definition").values()]
    assert kinds == ["restore-line"]


# --- move -----------------------------------------------------------------------------------


def test_a_definition_below_moves_up_with_what_it_needs():
    assert of_page("print(b)", "x = 0", "a = 1", "b = a", check="definition-below") == {
        "Move [ ] `print(b)` below [ ] `b = a`": ["x = 0", "a = 1", "b = a", "print(b)"]
    }
    assert of_page("print(a)", "x = 0", "print(x)", "a = 1", check="definition-below") == {
        "Move [ ] `a = 1` above [ ] `print(a)`": ["a = 1", "print(a)", "x = 0", "print(x)"]
    }


def test_a_use_moves_down_where_the_definition_must_stay():
    moved = of_page("x = 1", "print(y)", "x = 2", "y = x", "print(x)", check="definition-below")
    assert moved == {
        "Move [ ] `print(y)` below [ ] `y = x`": ["x = 1", "x = 2", "y = x", "print(y)", "print(x)"]
    }


def test_no_move_where_each_needs_the_other():
    texts = ("x = y\nz = 1", "y = z")
    assert of_page(*texts, check="definition-below") == {}


# --- imports ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "title", "first"),
    [
        (("import os\nx = 1", "np.array([1])"), "Add `import numpy as np`", "import os\nimport numpy as np\nx = 1"),
        (("Path('a')",), "Add `from pathlib import Path`", "from pathlib import Path"),
        (("datetime.now()",), "Add `from datetime import datetime`", "from datetime import datetime"),
        (("datetime.datetime.now()",), "Add `import datetime`", "import datetime"),
        (("%%time\nimport os\nplt.plot()",), "Add `import matplotlib.pyplot as plt`", "%%time\nimport os\nimport matplotlib.pyplot as plt\nplt.plot()"),
    ],
)  # fmt: skip
def test_a_well_known_import_is_added(texts: tuple[str, ...], title: str, first: str):
    fixes = of_page(*texts, check="undefined-name")
    assert list(fixes) == [title]
    assert fixes[title][0] == first


def test_an_unknown_name_has_no_fix():
    assert of_page("totl", check="undefined-name") == {}


# --- runs -----------------------------------------------------------------------------------


def test_the_fewest_cells_run():
    session = ran("rate = 1", "other = 2", "total = rate * 2", "print(total)", "print(other)")
    session.edit(0, "rate = 3")
    fixes = offered(session, "edited-since-run")
    assert list(fixes) == ["Run [1], [3] and [4]"]
    after = fixed(session, fixes["Run [1], [3] and [4]"])
    assert after.report().findings == ()
    assert after.shown["c3"] == "6\n"


def test_a_cell_that_is_no_pure_function_runs_from_its_definition_on():
    session = ran("x = 1", "x += 1", "print(x)", "y = x")
    session.run(1)
    session.run(2)
    found = [one for one in session.report().findings if one.check == "repeated-run"]
    fixes = {fix.title: fix for one in found for fix in one.fixes}
    assert list(fixes) == ["Run [1], [5] and [6]", "Join [1] and [5]"]
    after = fixed(session, fixes["Run [1], [5] and [6]"])
    assert after.report().findings == ()
    assert (after.shown["c2"], after.namespace["x"]) == ("2\n", 2)


IMPORTED = {
    "a module": ("import sys", "sys.path += ['put/there']", "print(sys.path[-1] == 'put/there')"),
    "an object of a module": (
        "import string\nstring.kept = []\nfrom string import kept", "kept += [1]", "print(kept)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPORTED)
@pytest.mark.parametrize("again", [False, True])
def test_an_import_that_runs_again_undoes_nothing(
    name: str, again: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "path", [*sys.path])
    session = ran(*IMPORTED[name])
    assert session.run(1) and session.run(2) if again else True
    if not again:
        session.delete(1)
    found = [
        one
        for one in session.report().findings
        if one.check in ("repeated-run", "lingering-effect")
    ]
    (finding,) = found
    titles = [fix.title for fix in finding.fixes]
    assert titles == [
        "Restart and run all",
        *([] if again else ["Restore the deleted cell above [3]"]),
    ]


def test_what_a_cell_makes_of_a_module_is_made_again_by_it():
    session = ran("import math", "xs = [math.pi]", "xs.append(1)", "print(xs)")
    session.delete(2)
    assert next(iter(offered(session, "lingering-effect"))) == "Run [2] and [4]"


def runs_after_edit(page: Notebook, index: int, source: str) -> tuple[str, ...]:
    """The cells to run after an edit of one, of a page that ran from the top."""
    cells = tuple(Cell(c.id, c.index, "code", c.source, c.index + 1) for c in page.cells)
    runs = [Run(c.index + 1, c.source, "ok", c.id) for c in cells]
    changed = Cell(cells[index].id, index, "code", source, index + 1)
    edited = (*cells[:index], changed, *cells[index + 1 :])
    report = analyse(Notebook("n.ipynb", edited), Evidence(tuple(runs)))
    (finding,) = [one for one in report.findings if one.check == "edited-since-run"]
    return finding.fixes[0].run


def test_readers_of_a_fresh_draw_run_again():
    page = page_of("import random", "a = random.random()", "b = a", "print(b)", "k = 1")
    assert runs_after_edit(page, 1, "a = random.random() + 1") == ("c1", "c2", "c3")


@pytest.mark.parametrize(
    ("value", "run"), [("random.random()", ("c2", "c3")), ("draw()", ("c2", "c3")), ("7", ("c2",))]
)
def test_readers_of_what_is_drawn_beside_an_edit_run_again(value: str, run: tuple[str, ...]):
    draw = "def draw():\n    return random.random()"
    page = page_of("import random", draw, f"a = {value}\nk = 1", "print(a)", "print(5)")
    assert runs_after_edit(page, 2, f"a = {value}\nk = 2") == run


def test_a_restart_where_no_runs_help():
    page = page_of("items = iter([1, 2])\nprint(gone)", "print(x)")
    runs = (Run(1, "x = 1", "ok", None), Run(2, None), Run(3, "print(1)", "ok", "c1"))
    report = analyse(page, Evidence(runs, complete=False, missing=("some runs are not known",)))
    assert [fix.kind for one in report.findings for fix in one.fixes if fix.run] == []


def test_ids_are_the_same_for_the_same_page():
    session = ran("rate = 2", "print(rate)")
    session.delete(0)
    first, second = offered(session, "deleted-definition"), offered(session, "deleted-definition")
    assert [f.id for f in first.values()] == [f.id for f in second.values()]
    session.insert(0, "other = 1")
    assert [f.id for f in offered(session, "deleted-definition").values()] != [
        f.id for f in first.values()
    ]


# --- idempotent -----------------------------------------------------------------------------


def ran_again(*page: str, twice: int) -> Session:
    session = ran(*page)
    assert all(session.run(place) for place in range(twice, len(page))), session.shown
    return session


IDEMPOTENT = {
    "joined with the cell above": (
        ("total = 1", "total += 1", "print(total)"), 1,
        ["total = 1\ntotal += 1", "print(total)"],
    ),
    "in place": (
        ("import math", "xs = []", "xs.append(1)", "print(xs)"), 2,
        ["import math", "xs = []\nxs.append(1)", "print(xs)"],
    ),
    "a part": (
        ("d = {'x': 1}", "d['x'] = d['x'] * 2", "print(d)"), 1,
        ["d = {'x': 1}\nd['x'] = d['x'] * 2", "print(d)"],
    ),
    "a name of its own": (
        ("t = (1,)", "print(t)", "t = t * 2\nprint(t)", "def f():\n    return t\nprint(f(), t)"), 2,
        ["t = (1,)", "print(t)", "t_2 = t * 2\nprint(t_2)",
         "def f():\n    return t_2\nprint(f(), t_2)"],
    ),
    "a name that is free": (
        ("t = (1,)\nt_2 = 5", "print(t, t_2)", "t = t * 2", "print(t)"), 2,
        ["t = (1,)\nt_2 = 5", "print(t, t_2)", "t_3 = t * 2", "print(t_3)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IDEMPOTENT)
def test_a_cell_is_made_to_give_the_same_however_often_it_runs(name: str) -> None:
    page, twice, expected = IDEMPOTENT[name]
    session = ran_again(*page, twice=twice)
    _, fix = offered(session, "repeated-run").values()
    after = fixed(session, fix)
    assert fix.kind == "make-idempotent"
    assert sources(after) == expected
    assert list(after.clean()[0].values())[-1] == list(session.clean()[0].values())[-1]


NOT_IDEMPOTENT = {
    "the cell above shows something": ("n = 1\nn", "n += 1", "print(n)"),
    "a function above reads it": (
        "n = 1\ndef f():\n    return n",
        "f()",
        "n = n + 1",
        "print(f(), n)",
    ),
    "used unseen below": ("n = 1", "print(n)", "n = n + 1", "print(eval('n'))"),
    "in place, made far above": ("xs = []", "print(xs)", "xs.append(1)", "print(xs)"),
    "chance": ("import random\nn = 1\nn", "n = n + random.random()", "print(n)"),
}


@pytest.mark.parametrize("name", NOT_IDEMPOTENT)
def test_no_cell_is_made_idempotent_where_that_is_not_sure(name: str) -> None:
    page = NOT_IDEMPOTENT[name]
    twice = next(
        i for i, text in enumerate(page) if "n = n +" in text or "+=" in text or ".app" in text
    )
    session = ran_again(*page, twice=twice)
    findings = [one for one in session.report().findings if one.check == "repeated-run"]
    assert findings
    assert "make-idempotent" not in {fix.kind for one in findings for fix in one.fixes}
