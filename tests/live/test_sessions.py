"""Sessions of real kernels: what is known of them, what is not, and what a person is told."""

from __future__ import annotations

import pytest
from played import Played, answers, playing, runs, skipped, told

from jupyter_prodready.analysis.evidence import from_session
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
