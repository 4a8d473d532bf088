"""Runs, histories and counts, put together."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs, from_saved, from_session
from jupyter_prodready.checks import analyse
from jupyter_prodready.errors import BadInputError
from jupyter_prodready.model import Cell, Notebook, Observation, Run
from jupyter_prodready.wire import observation_from_json


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
    assert [finding.check for finding in report.findings] == ["partial-run"]
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


def test_a_log_that_starts_again_is_another_session() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 2))
    runs = [Run(1, "x = 9"), Run(2, "old"), Run(1, "x = 1", "ok", "a"), Run(2, "print(x)")]
    evidence = from_runs(notebook, runs)
    assert evidence.complete
    assert [(run.execution_count, run.source) for run in evidence.runs or ()] == [
        (1, "x = 1"),
        (2, "print(x)"),
    ]


def test_a_log_whose_counts_go_back_has_no_known_order() -> None:
    notebook = page(("a", "x = 1", 1), ("b", "print(x)", 3))
    runs = [Run(1, "x = 1"), Run(3, "print(x)"), Run(2, "x = 2")]
    assert from_runs(notebook, runs).missing == (
        "the order of the runs is not known: their counts go back",
    )


def test_saved_counts_name_what_is_not_in_the_file() -> None:
    notebook = page(("a", "x = 1", 2), ("b", "y = 1", 12), ("c", "z", 5), ("d", "w", 7))
    evidence = from_saved(notebook)
    assert evidence.missing[1] == (
        "In [1], In [3] to In [4], In [6] and 1 more are not in the file"
    )
    assert [run.cell_id for run in evidence.runs or () if run.source] == ["a", "c", "d", "b"]
    assert from_saved(page(("a", "x = 1", None))).missing == ("no run is recorded in the file",)


def test_a_run_that_another_client_made_is_no_cells_unless_the_page_shows_its_count() -> None:
    notebook = page(("a", "x = 1", None), ("b", "y = 2", 2))
    log = (Run(1, "x = 1"), Run(2, "y = 2"))
    evidence = from_session(notebook, log, ((1, "x = 1"), (2, "y = 2")))
    assert [run.cell_id for run in evidence.runs or ()] == [None, "b"]


def test_a_copied_cell_does_not_take_the_runs_of_its_original() -> None:
    notebook = page(("a", "x = 1", 1), ("copy", "x = 1", 1))
    evidence = from_session(notebook, (), ((1, "x = 1"),))
    assert [run.cell_id for run in evidence.runs or ()] == ["a"]


def test_how_a_run_ended_is_not_read_off_a_cell_with_another_count() -> None:
    notebook = page(("a", "x = 1", 3))
    evidence = from_session(notebook, (), ((1, "x = 1"), (2, "y = 1"), (3, "x = 1")))
    assert [run.status for run in evidence.runs or ()] == ["unknown", "unknown", "ok"]
    assert evidence.missing == ("whether In [1] to In [2] succeeded is not known",)


def test_observations_survive_the_merge() -> None:
    seen = Observation(1, bound=("x",), changed=("y",), deleted=("z",), reliable=False)
    notebook = page(("a", "x = 1", 1))
    evidence = from_session(notebook, (Run(1, "x = 1", "ok", "a"),), ((1, "x = 1"),), (seen,))
    assert evidence.observations == (seen,)
    keys = {"execution_count": 1, "bound": ["x"], "changed": ["y"], "deleted": ["z"]}
    assert observation_from_json({**keys, "reliable": False}) == seen


def test_an_observation_without_a_count_is_refused() -> None:
    with pytest.raises(BadInputError, match="no `execution_count`"):
        observation_from_json({"bound": ["x"]})


def test_a_count_that_no_session_reaches_costs_nothing() -> None:
    cells = (Cell("a", 0, "code", "x = 1", 10**15), Cell("b", 1, "code", "print(x)", 3))
    page = Notebook("a.ipynb", cells)
    evidence = from_saved(page)
    assert any(f"{10**15 - 1}" in reason for reason in evidence.missing), evidence.missing
    assert analyse(page, evidence).verdict.state == "unknown"
