"""What the engine cannot see is not told as missing, and a page that stops is not called fine."""

from __future__ import annotations

import sys

import pytest

from jupyter_prodready.analysis.evidence import from_runs, from_saved
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Evidence, Notebook, Run

FRAME = 'import pandas as pd\ndf = pd.DataFrame({"a": [1, 2], "b": [3, 4]})'
SPACE = "from types import SimpleNamespace\nargs = SimpleNamespace(lr=1)"


def page(*sources: str, version: str | None = None) -> Notebook:
    cells = [Cell(f"c{n}", n, "code", s, n + 1, has_output=True) for n, s in enumerate(sources)]
    return Notebook(f"{version}.ipynb", tuple(cells), language_version=version)


def names_told(*sources: str) -> list[str]:
    """By the page alone, by what was saved, and as it was run up to the last cell."""
    notebook = page(*sources)
    runs = [Run(n + 1, source, "ok", f"c{n}") for n, source in enumerate(sources[:-1])]
    evidence = (Evidence(None), from_saved(notebook), from_runs(notebook, runs))
    found = [analyse(notebook, one).findings for one in evidence]
    return [f.check for one in found for f in one if f.check.endswith("-definition") or f.names]


@pytest.mark.parametrize(
    "sources",
    [
        (FRAME, "df = df[df.a > 1].reset_index()", 'df["index"]'),
        (FRAME, 'df = df.set_index("a")', "df = df.reset_index()", 'df["a"]'),
        (FRAME, 'df = df.reset_index(names="row")', 'df["row"]'),
        (FRAME, 'df = df.assign(**{"total": 7})', 'df["total"]'),
        (FRAME, 'df = df.eval("c = a + b")', 'df["c"]'),
        (FRAME, "import helpers\nhelpers.add_total(df)", 'df["total"]'),
        ('config = {"lr": 1}', "from mylib import fill\nfill(config)", 'config["epochs"]'),
        ('config = {"lr": 1}', "import random\nrandom.choice([config])['z'] = 1", 'config["z"]'),
        ('config = {"lr": 1}', "update = config.update\nupdate(z=1)", 'config["z"]'),
        (SPACE, "vars(args).update(epochs=5)", "args.epochs"),
    ],
)
def test_parts_that_may_be_put_there_unseen(sources: tuple[str, ...]) -> None:
    assert names_told(*sources) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(s): exec(s, globals())\nf('zz = 3')",
        "def f(n): globals()[n] = 3\nf('zz')",
        "get_ipython().push({'zz': 3})",
        "space = get_ipython().user_ns\nspace['zz'] = 3",
        "locals().update(zz=3)",
        "import __main__\n__main__.zz = 3",
        "import builtins\nbuiltins.zz = 3",
        "import sys\nsetattr(sys.modules[__name__], 'zz', 3)",
        "import sympy\nsympy.var('zz')",
    ],
)
def test_names_that_may_be_bound_unseen(source: str) -> None:
    assert names_told(source, "print(zz)") == []


@pytest.mark.parametrize(
    "sources",
    [
        (FRAME, 'del df["a"]', 'df["a"]'),
        (FRAME, 'df = df.drop(columns="a")', 'df["a"]'),
        ('config = {"lr": 1}', 'del config["lr"]', 'config["lr"]'),
        ("x = 1", "print(zz)"),
    ],
)
def test_near_miss_what_is_removed_or_nowhere_is_missing(sources: tuple[str, ...]) -> None:
    assert names_told(*sources)


def test_a_part_that_a_deleted_cell_had_set() -> None:
    notebook = Notebook("n.ipynb", (Cell("c0", 0, "code", "d = {}", 1),
                                    Cell("c2", 1, "code", 'print(d["z"])', 3)))  # fmt: skip
    texts = ("d = {}", 'd["z"] = 1', 'print(d["z"])')
    runs = [Run(n + 1, text, "ok", f"c{n}") for n, text in enumerate(texts)]
    (told,) = analyse(notebook, from_runs(notebook, runs)).findings
    assert (told.check, told.certain) == ("deleted-definition", True)


NEWER = "type Number = int" if sys.version_info < (3, 12) else "x = = 1"


def test_code_of_a_newer_python_is_not_certainly_wrong() -> None:
    for version, certain in ((None, [True]), ("3.9.1", [True]), ("3.99.0", [False])):
        notebook = page(NEWER, version=version)
        report = analyse(notebook, Evidence(None))
        assert [f.certain for f in report.findings if f.check == "unparsable-cell"] == certain
        assert report.cells[0].restart == ("fails" if certain == [True] else "unknown")


def test_code_that_ran_well_is_not_unparsable() -> None:
    notebook = page(NEWER)
    report = analyse(notebook, from_runs(notebook, [Run(1, NEWER, "ok", "c0")]))
    assert [f.check for f in report.findings] == []
    assert report.cells[0].restart == "unknown"


def answers(*sources: str) -> list[tuple[str, bool, str, str]]:
    """(state, certain, now, restart) of each cell of a page that ran in order."""
    notebook = page(*sources)
    runs = [Run(n + 1, source, "ok", f"c{n}") for n, source in enumerate(sources)]
    report = analyse(notebook, from_runs(notebook, runs))
    assert report.findings == ()
    return [(c.state, c.certain, c.now, c.restart) for c in report.cells]


GOOD = ("reproducible", True, "ok", "ok")


def test_what_nothing_explains_is_unknown_not_clean() -> None:
    assert answers("x = 1", "print(mything)") == [GOOD, ("unknown", False, "unknown", "unknown")]


def test_near_miss_a_name_that_need_not_be_there() -> None:
    guarded = "try:\n    mything\nexcept NameError:\n    mything = 1"
    assert answers("x = 1", guarded) == [GOOD, GOOD]
    assert answers("x = 1", "if x > 1:\n    print(mything)") == [GOOD, GOOD]


def test_a_part_that_ran_well_does_so_now() -> None:
    assert answers(FRAME, "df = df[df.a > 1].reset_index()", 'print(df["index"])')[2] == GOOD
    assert answers("d = {}", "import m\nm.fill(d)", 'd["z"]')[2] == GOOD


@pytest.mark.parametrize(
    ("status", "error", "state", "words"),
    [
        (
            "error",
            "ZeroDivisionError",
            "broken",
            "Will not run from a clean start: [2] raised ZeroDivision",
        ),
        ("error", "OSError", "broken", "[2] failed when it ran: Run All stops there."),
        ("error", "KeyboardInterrupt", "unknown", "[2] was stopped before its end"),
    ],
)
def test_a_page_that_stops_is_not_called_fine(
    status: str, error: str | None, state: str, words: str
) -> None:
    notebook = page("x = 1", "1 / 0", "print(x)")
    runs = [Run(1, "x = 1", "ok", "c0"), Run(3, "print(x)", "ok", "c2")]
    runs.insert(1, Run(2, "1 / 0", status, "c1", 1, error))  # type: ignore[arg-type]
    verdict = analyse(notebook, from_runs(notebook, runs)).verdict
    assert (verdict.state, verdict.message[: len(words)]) == (state, words)
