"""Sessions of real kernels: what is known of them, what is not, and what a person is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from played import Played, answers, playing, runs, skipped, told

from jupyter_prodready.analysis.evidence import from_saved, from_session
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Run

pytestmark = pytest.mark.kernel

GOOD = "reproducible fresh ok ok"


# --- %reset ---------------------------------------------------------------------------------


def test_reset_takes_the_names_and_leaves_the_history() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run()
        played.console("%reset -f", seen=True)
        assert played.history() == ((1, "x = 1"), (2, "print(x)"), (3, "%reset -f"))
        assert played.evidence().complete
        assert answers(played.report()) == {"a": GOOD, "b": "reproducible fresh fails ok"}
        played.run("b")
        assert played.log[-1].error_name == "NameError"


def test_reset_in_blanks_the_kernels_lines_but_not_the_log() -> None:
    with playing({"a": "x = 1", "b": "%reset -f in", "c": "print(x)"}) as played:
        played.run()
        assert played.history() == ((1, ""), (2, ""), (3, "print(x)"))
        assert (played.evidence().complete, played.evidence().missing) == (True, ())
        assert answers(played.report()) == {"a": GOOD, "b": GOOD, "c": GOOD}


def test_blank_lines_that_nobody_saw_are_gaps() -> None:
    with playing({"a": "x = 1", "b": "%reset -f in", "c": "print(x)"}) as played:
        played.run(seen=False)
        evidence = played.evidence()
        assert evidence.missing == ("In [1] to In [2] are not known",)
        report = played.report()
        assert answers(report)["c"].split()[2] == "unknown"
        assert skipped(report) == evidence.missing[0]


@pytest.mark.xfail(reason="the engine takes a cell in a gap for one that never ran", strict=True)
def test_a_cell_whose_run_is_blanked_is_not_called_never_run() -> None:
    with playing({"a": "x = 1", "b": "%reset -f in", "c": "print(x)"}) as played:
        played.run(seen=False)
        report = played.report()
        assert told(report) == []
        assert answers(report)["c"] == "unknown unknown unknown ok"
        assert report.verdict.state == "unknown"


def test_reset_out_takes_no_name() -> None:
    with playing({"a": "x = 1\nx", "b": "%reset -f out", "c": "x"}) as played:
        played.run()
        assert [run.status for run in played.log] == ["ok"] * 3
        assert answers(played.report()) == {"a": GOOD, "b": GOOD, "c": GOOD}


# --- runs that are not stored ---------------------------------------------------------------


def test_a_run_that_is_not_stored_is_known_where_the_panel_saw_it() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run("a")
        hidden = played.console("x = 5", seen=True, store_history=False)
        played.run("b")
        assert (hidden.execution_count, played.log[-1].execution_count) == (2, 2)
        evidence = played.evidence()
        assert runs(evidence) == [
            (1, "x = 1", "ok", "a"),
            (None, "x = 5", "ok", None),
            (2, "print(x)", "ok", "b"),
        ]
        assert evidence.complete
        assert told(played.report()) == [("lingering-effect", "b", False)]


def test_a_run_that_is_not_stored_never_hides_the_one_with_its_count() -> None:
    with playing({"a": "y = 1", "b": "print(x)"}) as played:
        played.console("hidden = 5", seen=True, store_history=False)
        played.console("x = 1", seen=True)
        played.run()
        assert runs(played.evidence()) == [
            (None, "hidden = 5", "ok", None),
            (1, "x = 1", "ok", None),
            (2, "y = 1", "ok", "a"),
            (3, "print(x)", "ok", "b"),
        ]
        assert told(played.report()) == [("outside-definition", "b", True)]


def test_a_run_that_nobody_saw_and_is_not_stored_leaves_no_trace() -> None:
    """A known limit: the count does not move, and the history has no line."""
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run("a")
        played.console("x = 5", store_history=False)
        played.run("b")
        assert played.evidence().missing == ()
        assert told(played.report()) == []


# --- errors, interrupts, aborts ---------------------------------------------------------------


def test_statements_before_the_failing_line_count() -> None:
    with playing({"a": "x = 1\n1 / 0\ny = 2", "b": "print(x)", "c": "print(y)"}) as played:
        played.run()
        assert [(run.status, run.error_line) for run in played.log] == [
            ("error", 2),
            ("ok", None),
            ("error", 1),
        ]
        assert answers(played.report())["c"].split()[2] == "fails"
        assert answers(played.report())["b"] == GOOD


def test_the_failing_line_is_the_cells_own() -> None:
    with playing({"a": "def f():\n    pass\n    return 1 / 0", "b": "x = 1\nf()\ny = 2"}) as played:
        played.run()
        assert (played.log[-1].error_line, played.log[-1].error_name) == (2, "ZeroDivisionError")
        played.cells |= {"c": "x", "d": "y"}
        assert answers(played.report())["c"].split()[2] == "ok"
        assert answers(played.report())["d"].split()[2] == "fails"


def test_code_that_does_not_parse_did_nothing() -> None:
    with playing({"a": "x = 1\ny = (", "b": "x"}) as played:
        played.run("a")
        report = answers(played.report())
        assert (report["a"].split()[3], report["b"].split()[2]) == ("fails", "fails")


LOOP = "import time\nx = 0\nfor i in range(1000):\n    x += 1\n    time.sleep(0.02)\ny = 2"


def interrupted(played: Played) -> None:
    run, count = played.send(LOOP, "a", interrupt=1.0)
    played.counts["a"], played.failed["a"] = count, run
    played.log.append(run)


def test_an_interrupted_run_did_what_stands_before() -> None:
    with playing({"a": LOOP, "c": "y"}) as played:
        interrupted(played)
        [run] = played.log
        assert (run.status, run.error_line in (4, 5), run.error_name) == (
            "error",
            True,
            "KeyboardInterrupt",
        )
        report = answers(played.report())
        assert report["c"].split()[2] == "fails"


@pytest.mark.xfail(reason="the engine takes an interrupted loop for a whole one", strict=True)
def test_what_an_interrupted_loop_left_is_not_what_a_clean_run_gives() -> None:
    with playing({"a": LOOP, "b": "x"}) as played:
        interrupted(played)
        played.run("b")
        report = answers(played.report())
        assert report["a"].split()[0] != "reproducible"  # it shows the interrupt
        assert report["b"].split()[0] != "reproducible"  # it shows 40 or so, not 1000


def test_aborted_runs_did_nothing() -> None:
    with playing({"a": "1 / 0", "b": "x = 1", "c": "x"}) as played:
        asked = [
            (cell_id, played.client.execute(source)) for cell_id, source in played.cells.items()
        ]
        for cell_id, request in asked:
            played.log.append(played.ended(request, played.cells[cell_id], cell_id))
        assert [(run.status, run.execution_count) for run in played.log] == [
            ("error", 1),
            ("aborted", None),
            ("aborted", None),
        ]
        played.counts["a"], played.failed["a"] = 1, played.log[0]
        evidence = played.evidence()
        assert evidence.complete
        assert answers(played.report())["b"] == "never-run unknown ok ok"
        assert answers(played.report())["c"].split()[2] == "fails"


def test_a_run_still_going_is_not_judged() -> None:
    with playing({"a": "x = 1", "slow": "import time; time.sleep(2); y = 2\ny"}) as played:
        played.run("a")
        request = played.client.execute(played.cells["slow"])
        while played.history() == ((1, "x = 1"),):
            pass
        played.log.append(Run(2, played.cells["slow"], "running", "slow"))
        assert answers(played.report()) == {"a": GOOD, "slow": "unknown unknown ok ok"}
        played.log[-1] = played.ended(request, played.cells["slow"], "slow")
        played.counts["slow"] = 2
        assert answers(played.report())["slow"] == GOOD


# --- what nobody saw --------------------------------------------------------------------------


def test_a_page_that_was_reloaded_finds_its_runs_by_count_and_source() -> None:
    with playing({"a": "x = 1", "b": "print(x)", "c": "y = x\ny"}) as played:
        played.run(seen=False)
        evidence = played.evidence()
        assert runs(evidence) == [
            (1, "x = 1", "ok", "a"),
            (2, "print(x)", "ok", "b"),
            (3, "y = x\ny", "ok", "c"),
        ]
        assert evidence.complete
        assert answers(played.report()) == dict.fromkeys("abc", GOOD)
        assert told(played.report()) == []


def test_an_edit_after_the_reload_is_an_edit() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run(seen=False)
        played.cells["a"] = "x = 2"
        assert runs(played.evidence())[0] == (1, "x = 1", "ok", "a")
        assert answers(played.report())["a"].split()[0] == "edited"


def test_a_deleted_cell_after_the_reload_is_off_the_page() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run(seen=False)
        del played.cells["a"]
        assert told(played.report()) == [("deleted-definition", "b", True)]
        assert skipped(played.report()) == "whether In [1] succeeded is not known"


def test_how_a_run_ended_that_nobody_saw_is_read_off_the_page() -> None:
    with playing({"a": "x = 1\n1 / 0\ny = 2", "b": "y"}) as played:
        played.run("a", seen=False)
        assert runs(played.evidence()) == [(1, "x = 1\n1 / 0\ny = 2", "error", "a")]
        assert answers(played.report())["b"].split()[2] == "fails"


def test_a_run_whose_end_nobody_knows_makes_nothing_certain() -> None:
    """The console failed half-way; only the kernel's line is left of it."""
    with playing({"b": "print(x)"}) as played:
        played.console("x = 1\n1 / 0\ny = 2")
        played.run("b", seen=False)
        played.cells["c"] = "y"
        evidence = played.evidence()
        assert evidence.missing == ("whether In [1] succeeded is not known",)
        report = played.report()
        assert answers(report)["c"].split()[2] == "unknown"
        assert report.verdict.state == "broken"
        assert ("deleted-definition", "b", True) in told(report)


def test_repeated_runs_that_nobody_saw_are_repeated_runs() -> None:
    with playing({"a": "x = [0]", "b": "x.append(1)\nprint(x)"}) as played:
        played.run("a", "b", "b", seen=False)
        assert [run[3] for run in runs(played.evidence())] == ["a", "b", "b"]
        assert set(told(played.report())) == {("repeated-run", "b", False)}


def test_two_cells_with_the_same_code_share_what_nobody_saw() -> None:
    with playing({"a": "x = 0", "b": "x += 1", "c": "x += 1"}) as played:
        played.run(seen=False)
        played.counts = {"a": 1}  # the page was not saved since
        assert [run[3] for run in runs(played.evidence())] == ["a", "b", "c"]


def test_a_kernel_that_others_used_says_nothing_of_the_counts_of_the_page() -> None:
    """Restarted, and a console ran: the page still shows the count 1 of the session before."""
    with playing({"a": "x = 1"}) as played:
        played.counts["a"] = 1
        played.console("import os")
        evidence = played.evidence()
        assert "whether [1] ran in this kernel is not known" in evidence.missing
        assert answers(played.report())["a"].split()[0] == "unknown"
        played.log = [Run(1, "import os")]  # the panel saw the console
        assert played.evidence().complete
        assert answers(played.report())["a"].split()[0] == "old-session"


# --- kernels ------------------------------------------------------------------------------------


def test_a_restart_begins_anew() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run()
        played.manager.restart_kernel(now=True)
        played.client.wait_for_ready(timeout=60)
        played.log = []
        assert played.history() == ()
        assert played.evidence().runs == ()
        assert answers(played.report()) == {
            "a": "old-session unknown ok ok",
            "b": "old-session unknown fails ok",
        }


def test_a_kernel_that_is_told_to_keep_no_history_keeps_this_sessions() -> None:
    arguments = ["--HistoryManager.enabled=False"]
    with playing({"a": "x = 1", "b": "print(x)"}, extra_arguments=arguments) as played:
        played.run(seen=False)
        assert played.history() == ((1, "x = 1"), (2, "print(x)"))
        assert answers(played.report()) == {"a": GOOD, "b": GOOD}


def test_an_empty_history_of_a_kernel_that_ran_is_none() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run()
        known = from_session(played.page(), played.log, ())
        assert (runs(known)[-1], known.complete) == ((2, "print(x)", "ok", "b"), True)
        half = from_session(played.page(), played.log[1:], ())
        assert half.missing == ("In [1] is not known",)
        assert answers(analyse(played.page(), half))["b"].split()[2] == "unknown"
        assert from_session(played.page(), (), None).runs is None


# --- code run through the shell -----------------------------------------------------------------


def test_code_that_a_cell_runs_through_the_shell_is_the_cells() -> None:
    outer = 'get_ipython().run_cell("n = 5", store_history=True);'
    with playing({"a": outer, "b": "print(n)"}) as played:
        played.run()
        assert played.history() == ((1, outer), (2, "n = 5"), (3, "print(n)"))
        assert played.counts["a"] == 2
        assert played.evidence().complete
        assert told(played.report()) == []


# --- the page ------------------------------------------------------------------------------------


def test_cut_and_paste_loses_no_run() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run()
        played.cells = {"pasted": "x = 1", "b": "print(x)"}
        played.counts["pasted"] = 1
        assert answers(played.report()) == {"pasted": GOOD, "b": GOOD}


@pytest.mark.xfail(
    reason="the engine calls the outputs of a copy an earlier session's", strict=True
)
def test_a_copy_of_a_cell_shows_nothing_of_an_earlier_session() -> None:
    with playing({"a": "x = 1\nx"}) as played:
        played.run()
        played.cells["copy"] = played.cells["a"]
        played.counts["copy"] = 1
        assert answers(played.report())["copy"].split()[0] == "unknown"
        assert told(played.report()) == []


def test_split_and_merged_cells_are_not_deleted_ones() -> None:
    with playing({"a": "x = 1\ny = x", "b": "print(y)"}) as played:
        played.run()
        played.cells = {"a1": "x = 1", "a": "y = x", "b": "print(y)"}
        assert {check for check, _, _ in told(played.report())} <= {"edited-since-run"}
        assert answers(played.report())["b"] == GOOD
    with playing({"a": "x = 1", "b": "y = x", "c": "print(y)"}) as played:
        played.run()
        played.cells = {"a": "x = 1\ny = x", "c": "print(y)"}
        del played.counts["a"]
        assert {check for check, _, _ in told(played.report())} <= {"edited-since-run"}
        assert answers(played.report())["c"] == GOOD


def test_cells_without_code_have_no_run() -> None:
    with playing({"a": "x = 1", "blank": "  \n", "comment": "# note"}) as played:
        played.run("a")
        played.send("  \n", None)
        played.run("comment")
        assert played.history() == ((1, "x = 1"), (2, "# note"))
        assert answers(played.report()) == {
            "a": GOOD,
            "blank": "never-run unknown ok ok",
            "comment": GOOD,
        }


def test_a_long_session_and_a_huge_cell() -> None:
    huge = "table = [\n" + "    123456789,\n" * 30_000 + "]"
    with playing({"a": "n = 0", "huge": huge}) as played:
        played.run("a")
        for _ in range(300):
            played.console("n = 1", seen=False)
        played.run("huge")
        evidence = played.evidence()
        assert len(evidence.runs or ()) == 302
        assert evidence.missing == ("whether In [2] to In [301] succeeded is not known",)
        assert answers(played.report())["huge"].split()[0] == "reproducible"


# --- the file alone -------------------------------------------------------------------------------


def test_saved_counts_say_where_runs_are_missing() -> None:
    with playing({"a": "x = 1", "gone": "x = 2", "b": "x += 1", "c": "print(x)"}) as played:
        played.run("a", "gone", "b", "b", "c")
        del played.cells["gone"]
        evidence = from_saved(played.page())
        assert evidence.missing == ("no kernel history", "In [2] to In [3] are not in the file")
        report = analyse(played.page(), evidence)
        assert [answer.split()[2] for answer in answers(report).values()] == ["unknown"] * 3
        assert not any(cell.certain and cell.state == "reproducible" for cell in report.cells)
        played.counts["a"] = 5  # and one from another session
        assert from_saved(played.page()).runs is None


def test_a_saved_error_is_no_success() -> None:
    with playing({"a": "x = 1\n1 / 0\ny = 2", "b": "y = 1\ny"}) as played:
        played.run()
        evidence = from_saved(played.page())
        assert [run.status for run in evidence.runs or ()] == ["error", "ok"]
        assert evidence.runs is not None
        assert replace(evidence.runs[0], source=None).error_line == 2
