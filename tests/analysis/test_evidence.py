"""Runs, histories and counts, put together."""

from __future__ import annotations

from jupyter_prodready.analysis.evidence import from_runs, from_saved, from_session
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run


def page(*cells: tuple[str, str, int | None]) -> Notebook:
    return Notebook(
        "n.ipynb",
        tuple(
            Cell(i, n, "code", s, c, has_output=c is not None) for n, (i, s, c) in enumerate(cells)
        ),
    )


def test_the_log_leads_and_the_history_fills_its_gaps() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 3))
    log = (Run(1, "x = 1", "ok", "a"), Run(3, "print(x)", "ok", "b"))
    evidence = from_session(notebook, log, ((1, "x = 1"), (2, "x = 2"), (3, "print(x)")))
    assert evidence.missing == ("whether In [2] succeeded is not known",)
    assert evidence.runs == (log[0], Run(2, "x = 2", "unknown", None), log[1])
    assert [f.check for f in analyse(notebook, evidence).findings] == ["lingering-effect"]


def test_without_a_log_cells_are_found_by_count_and_source() -> None:
    notebook = page(("a", "x = 1", 3), ("b", "print(x)", 2))
    evidence = from_session(notebook, (), ((1, "x = 1"), (2, "print(x)"), (3, "x = 1")))
    assert [run.cell_id for run in evidence.runs or ()] == ["a", "b", "a"]
    assert analyse(notebook, evidence).findings == ()


def test_a_run_that_is_nowhere_on_the_page_was_deleted_or_outside() -> None:
    notebook = page(("b", "print(rate)", 2))
    report = analyse(notebook, from_session(notebook, (), ((1, "rate = 2"), (2, "print(rate)"))))
    assert [(f.check, f.certain, f.message) for f in report.findings] == [
        (
            "deleted-definition",
            True,
            "`rate` comes from code that is not on the page any more (In [1])",
        )
    ]


def test_cut_and_paste_is_not_deleted() -> None:
    notebook = page(("new-id", "rate = 2", None), ("b", "print(rate)", 2))
    runs = [Run(1, "rate = 2", "ok", "old-id"), Run(2, "print(rate)", "ok", "b")]
    report = analyse(notebook, from_runs(notebook, runs))
    assert report.findings == ()
    assert [cell.state for cell in report.cells] == ["reproducible", "reproducible"]


def test_a_gap_makes_what_follows_unknown_not_clean() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 3))
    runs = [Run(1, "x = 1", "ok", "a"), Run(3, "print(x)", "ok", "b")]
    report = analyse(notebook, from_runs(notebook, runs))
    assert [cell.state for cell in report.cells] == ["reproducible", "unknown"]
    assert [cell.now for cell in report.cells] == ["unknown", "unknown"]
    assert report.verdict.state == "unknown"
    assert [one.reason for one in report.skipped if one.check == "stale-input"] == [
        "In [2] is not known"
    ]


def test_a_fresh_kernel_is_not_a_missing_history() -> None:
    notebook = page(("a", "x = 1", None))
    assert from_session(notebook, (), ()).runs == ()
    assert from_session(notebook, (), None).runs is None


def test_saved_counts_out_of_order_are_one_possible_finding() -> None:
    notebook = page(
        ("a", "x = 1", 1),
        ("b", "print(x)", 2),
        ("c", "print(x + y)", 5),
        ("d", "y = 2", 3),
        ("e", "x = 3", 4),
    )
    report = analyse(notebook, from_saved(notebook))
    assert [(f.check, f.certain) for f in report.findings if f.check == "out-of-order-run"] == [
        ("out-of-order-run", False)
    ]


def test_saved_counts_in_order_are_silent_but_unknown() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 2))
    report = analyse(notebook, from_saved(notebook))
    assert report.findings == ()
    assert report.verdict.state == "unknown"
    assert not any(cell.certain for cell in report.cells)


def test_counts_of_two_sessions_say_nothing_of_order() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 1))
    assert from_saved(notebook).runs is None


def test_reply_that_counts_one_too_many_is_matched_by_source() -> None:
    outer = "get_ipython().run_cell('nested', store_history=True)"
    notebook = page(("a", outer, 2), ("b", "x = 1", 3))
    log = (Run(2, outer, "ok", "a"), Run(3, "x = 1", "ok", "b"))
    evidence = from_session(notebook, log, ((1, outer), (2, "nested"), (3, "x = 1")))
    assert [(run.source, run.cell_id) for run in evidence.runs or ()] == [
        (outer, "a"),
        ("", None),
        ("x = 1", "b"),
    ]


def test_failed_run_keeps_what_came_before_the_failing_line() -> None:
    notebook = page(("a", "x = 1\n1 / 0\ny = 2", 1), ("b", "print(x)", 2))
    runs = [Run(1, "x = 1\n1 / 0\ny = 2", "error", "a", 2), Run(2, "print(x)", "ok", "b")]
    report = analyse(notebook, from_runs(notebook, runs))
    assert report.findings == ()
    assert [cell.state for cell in report.cells] == ["reproducible", "reproducible"]


def test_aborted_runs_did_nothing() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "x += 1", None))
    runs = [Run(1, "x = 1", "ok", "a"), Run(None, "x += 1", "aborted", "b")]
    report = analyse(notebook, from_runs(notebook, runs))
    assert [cell.state for cell in report.cells] == ["reproducible", "never-run"]


def test_a_saved_count_is_no_witness_of_success() -> None:
    notebook = page(("a", "print(missing)", 1))
    report = analyse(notebook, from_saved(notebook))
    assert [(f.check, f.certain) for f in report.findings] == [("undefined-name", True)]
