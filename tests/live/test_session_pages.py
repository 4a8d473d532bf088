"""Pages of real kernels: runs that nobody saw, cells that move, files alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from played import answers, playing, runs, skipped, told

from jupyter_prodready.analysis.evidence import from_saved
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Run

pytestmark = pytest.mark.kernel

GOOD = "reproducible fresh ok ok"


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


# --- the page ------------------------------------------------------------------------------------


def test_cut_and_paste_loses_no_run() -> None:
    with playing({"a": "x = 1", "b": "print(x)"}) as played:
        played.run()
        played.cells = {"pasted": "x = 1", "b": "print(x)"}
        played.counts["pasted"] = 1
        assert answers(played.report()) == {"pasted": GOOD, "b": GOOD}


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
