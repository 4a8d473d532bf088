"""One cause has one finding: the finer check tells it, and the coarser ones are silent."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs, from_saved
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run
from jupyter_prodready.records import replace

Told = list[tuple[str, str, bool]]
Ran = tuple[str, str, int | None, str | None]
FAILS = "rate = 0.2\n1 / 0\nend = 1"


def told(page: dict[str, str], ran: list[Ran], *tags: str) -> Told:
    """(check, cell, certain) of every finding; a run is (cell, source, error line, error)."""
    runs = [
        Run(n, source, "error" if error else "ok", cell, line, error)
        for n, (cell, source, line, error) in enumerate(ran, 1)
    ]
    counts = {run.cell_id: run.execution_count for run in runs}
    cells = tuple(
        Cell(name, place, "code", source, counts.get(name), tags=tags)
        for place, (name, source) in enumerate(page.items())
    )
    notebook = Notebook("n.ipynb", cells)
    report = analyse(notebook, from_runs(notebook, runs))
    return [(f.check, f.cell_id, f.certain) for f in report.findings]


def ok(cell: str, source: str) -> Ran:
    return cell, source, None, None


HALF = {
    "the line is known": ("1 / 0", 2, "ZeroDivisionError", True),
    "the line is not known": ("1 / 0", None, "ZeroDivisionError", False),
    "interrupted": ("1 / 0", 2, "KeyboardInterrupt", False),
    "a file may be there next time": ("open('x').read()", 2, "FileNotFoundError", False),
    "a module may be there next time": ("import x", 2, "ImportError", False),
}


@pytest.mark.parametrize("case", HALF)
def test_a_name_of_a_failed_run_is_certain_only_by_its_traceback(case: str) -> None:
    failing, line, error, certain = HALF[case]
    page = {"a": f"rate = 0.2\n{failing}\nend = 1", "b": "print(rate)"}
    found = told(page, [("a", page["a"], line, error), ok("b", "print(rate)")])
    assert [one for one in found if one[0] != "missing-file"] == [("partial-run", "a", certain)]


def test_what_a_failing_loop_set_is_not_certain() -> None:
    page = {"a": "for n in [1, 0]:\n    rate = 1 / n", "b": "print(rate)"}
    ran = [("a", page["a"], 2, "ZeroDivisionError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("partial-run", "a", False)]


def test_a_cell_that_is_meant_to_fail() -> None:
    page = {"a": FAILS, "b": "print(rate)"}
    ran = [("a", FAILS, 2, "ZeroDivisionError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("partial-run", "a", True)]
    assert told(page, ran, "raises-exception") == []


def test_a_failed_run_that_nobody_reads() -> None:
    page = {"a": FAILS, "b": "print(1)"}
    ran = [("a", FAILS, 2, "ZeroDivisionError"), ok("b", "print(1)")]
    assert told(page, ran) == [("failing-cell", "a", True)]
    assert told(page, ran, "raises-exception") == []


FAILING = {
    "its inputs are what they were": ("n = 0", "1 / n", 1, "ZeroDivisionError", True),
    "the line is not known": ("n = 0", "1 / n", None, "ZeroDivisionError", False),
    "a file may be there next time": ("n = 0", "open('x')", 1, "FileNotFoundError", False),
    "what it starts from was drawn": ("from random import random\nn = int(random())", "1 / n", 1,
                                      "ZeroDivisionError", False),
    "what it starts from was read": ("n = int(open('x').read())", "1 / n", 1,
                                     "ZeroDivisionError", False),
    "a function may ask for anything": ("def f():\n    return 1 / 0", "f()", 1,
                                        "ZeroDivisionError", False),
    "an error of the machine": ("n = 0", "n.go()", 1, "MemoryError", False),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILING)
def test_that_a_cell_fails_is_certain_where_it_follows_from_code_alone(case: str) -> None:
    above, failing, line, error, certain = FAILING[case]
    found = told({"a": above, "b": failing}, [ok("a", above), ("b", failing, line, error)])
    order = [one for one in found if one[0] not in ("missing-file", "unseeded-random")]
    assert order == [("failing-cell", "b", certain)]


def test_a_cell_that_failed_before_and_runs_well_now() -> None:
    page = {"a": "n = 0", "b": "1 / n"}
    ran = [ok("a", "n = 0"), ("b", "1 / n", 1, "ZeroDivisionError"), ok("b", "1 / n")]
    assert [one for one in told(page, ran) if one[0] == "failing-cell"] == []


def test_a_failed_cell_of_a_saved_file_is_possible() -> None:
    cell = Cell("a", 0, "code", "1 / 0", 1, True, failed=True, error_line=1)
    cell = replace(cell, error_name="ZeroDivisionError")
    notebook = Notebook("n.ipynb", (cell,))
    report = analyse(notebook, from_saved(notebook))
    assert [(f.check, f.certain) for f in report.findings] == [("failing-cell", False)]


def test_a_failed_run_for_a_missing_name_is_told_by_the_name() -> None:
    page = {"a": "rate = 0.2\nraet", "b": "print(rate)"}
    ran = [("a", page["a"], 2, "NameError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("undefined-name", "a", True)]


def test_a_failed_run_of_code_that_was_edited_is_told_by_the_edit() -> None:
    page = {"a": "rate = 0.2", "b": "print(rate)"}
    ran = [("a", FAILS, 2, "ZeroDivisionError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("edited-since-run", "a", False)]


def test_a_name_that_the_failed_run_would_have_bound_once_more() -> None:
    page = {"a": "rate = 0.2\n1 / 0\nrate = 0.3", "b": "print(rate)"}
    ran = [("a", page["a"], 2, "ZeroDivisionError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("partial-run", "a", False)]


def test_a_deleted_cell_that_failed_is_told_by_the_deletion() -> None:
    page = {"b": "print(rate)"}
    ran = [("a", FAILS, 2, "ZeroDivisionError"), ok("b", "print(rate)")]
    assert told(page, ran) == [("deleted-definition", "b", True)]


def test_two_names_of_one_failed_run_are_one_finding() -> None:
    page = {"a": "x = 1\ny = 2\n1 / 0", "b": "print(x)", "c": "print(y)"}
    ran = [("a", page["a"], 3, "ZeroDivisionError"), ok("b", "print(x)"), ok("c", "print(y)")]
    assert told(page, ran) == [("partial-run", "a", True)]


def test_values_from_before_and_of_the_failed_run_are_one_finding() -> None:
    page = {"a": "x = 2\n1 / 0\ny = 2", "b": "print(x)", "c": "print(y)"}
    ran = [
        ok("a", "x = 1\ny = 1"),
        ("a", page["a"], 2, "ZeroDivisionError"),
        ok("b", "print(x)"),
        ok("c", "print(y)"),
    ]
    assert told(page, ran) == [("partial-run", "a", False)]


def test_a_saved_file_tells_of_order_once_and_of_nothing_finer() -> None:
    cells = (
        Cell("a", 0, "code", "items = [1]", 1),
        Cell("b", 1, "code", "items.append(2)", 3),
        Cell("c", 2, "code", "print(items)", 2, True),
    )
    notebook = Notebook("n.ipynb", cells)
    report = analyse(notebook, from_saved(notebook))
    assert [f.check for f in report.findings] == ["out-of-order-run"]
    assert {"later-mutation", "partial-run", "shadowed-definition"} <= {
        one.check for one in report.skipped
    }


ORDER = {
    "changed through a function": (
        {
            "a": "items = [1]\ndef grow(x):\n    x.append(2)",
            "b": "print(items)",
            "c": "grow(items)",
        },
        ["a", "b", "c", "b"],
        [("later-mutation", "b", False)],
    ),
    "an attribute": (
        {"a": "import types\nc = types.SimpleNamespace(n=1)", "b": "print(c.n)", "c": "c.n = 2"},
        ["a", "b", "c", "b"],
        [("later-mutation", "b", False)],
    ),
    "bound anew below": (
        {"a": "rate = 1", "b": "print(rate)", "c": "rate = 2"},
        ["a", "b", "c", "b"],
        [("out-of-order-run", "b", False)],
    ),
    "made anew after it was changed": (
        {"a": "items = [1]", "b": "items.append(2)", "c": "print(items)"},
        ["a", "b", "a", "c"],
        [("out-of-order-run", "c", False)],
    ),
    "shown through another name": (
        {"a": "rate = 1", "b": "rate = 2", "c": "tax = rate * 10", "d": "print(tax)"},
        ["a", "c", "d"],
        [("shadowed-definition", "b", False)],
    ),
    "used, and nothing shown": (
        {"a": "rate = 1", "b": "rate = 2", "c": "tax = rate * 10"},
        ["a", "c"],
        [("never-run", "b", False)],
    ),
    "two readers": (
        {"a": "rate = 1", "b": "rate = 2", "c": "print(rate)", "d": "print(-rate)"},
        ["a", "c", "d", "b"],
        [("shadowed-definition", "b", False)],
    ),
    "given the same value by the same code": (
        {"a": "rate = 1", "b": "rate = 1", "c": "print(rate)"},
        ["a", "c"],
        [],
    ),
    "set on one branch, after it was shown": (
        {"a": "rate = 1", "b": "if rate:\n    rate = 2", "c": "print(rate)"},
        ["a", "c"],
        [("never-run", "b", False)],
    ),
}


@pytest.mark.parametrize("case", ORDER)
def test_order(case: str) -> None:
    page, ran, expected = ORDER[case]
    assert told(page, [ok(cell, page[cell]) for cell in ran]) == expected


GROWN = {"b": "items.append(1)", "c": "print(items)"}
GONE = {
    "deleted": (GROWN, ["b", "c"], [("deleted-definition", "b", True)]),
    "deleted, and changed again since": (
        GROWN,
        ["b", "c", "b"],
        [("deleted-definition", "b", True)],
    ),
    "edited away": (
        {"a": "things = []", **GROWN},
        ["b", "c", "a"],
        [("outdated-definition", "b", True)],
    ),
    # the cell that changes it did bind it once
    "bound by an older version of the cell that changes it": (
        GROWN,
        [],
        [("outdated-definition", "b", True)],
    ),
}


@pytest.mark.parametrize("case", GONE)
def test_who_changed_it_is_not_who_made_it(case: str) -> None:
    page, ran, expected = GONE[case]
    before = [ok("a", "items = []")] if ran else [ok("b", "items = []"), ok("b", GROWN["b"])]
    after = ran or ["c"]
    assert told(page, [*before, *[ok(cell, page[cell]) for cell in after]]) == expected


VERSIONS = {
    "scaled, and the raw one is fitted": (
        "X = load()", "X_scaled = scaler.fit_transform(X)", "model.fit(X)", True,
    ),
    "numbered": ("df = load()", "df2 = df.assign(a=1)", "df.plot()", True),
    "without the mark of the raw one": ("raw_df = load()", "df = f(raw_df)", "raw_df.plot()", True),
    "filtered by its name": ("rows = load()", "clean_rows = [r for r in rows if r]", "f(rows)", True),
    "a number of it": ("rows = load()", "n = len(rows)", "f(rows)", False),
    "a part of it": ("df = load()", "prices = df['price'] * 2", "f(df)", False),
    "a subset": ("df = load()", "adults = df[df.age > 17]", "f(df)", False),
    "a backup": ("df = load()", "df_new = df.copy()", "f(df)", False),
    "read in a text": ("df = load()", "df2 = f(df)", "sql('select * from df2'); f(df)", False),
    "the same name again": ("df = load()", "df = df.dropna()", "f(df)", False),
    "private": ("df = load()", "_df_clean = f(df)", "f(df)", False),
    "the older one is not read": ("df = load()", "df_clean = f(df)", "print(1)", False),
    "the older one is changed first": ("df = load()", "df2 = f(df)", "df['x'] = 1\nf(df)", False),
    "of a number": ("rate = 1", "rate2 = rate * 2", "f(rate)", False),
    "the scaler is no older version": (
        "X = load()", "X_scaled = scaler.fit_transform(X)", "scaler.mean_", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", VERSIONS)
def test_versions(case: str) -> None:
    *cells, expected = VERSIONS[case]
    page = dict(zip("abc", [str(cell) for cell in cells], strict=True))
    given = "from somewhere import f, load, model, scaler, sql"
    page = {"start": given, **page}
    notebook = Notebook(
        "n.ipynb", tuple(Cell(key, n, "code", text) for n, (key, text) in enumerate(page.items()))
    )
    found = analyse(notebook, from_saved(notebook)).findings
    assert [(f.cell_id, f.certain) for f in found] == [("b", False)] * bool(expected)
