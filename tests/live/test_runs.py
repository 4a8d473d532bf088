"""The run log: merged, bounded, emptied by a restart."""

from __future__ import annotations

import random
from dataclasses import replace

from jupyter_prodready.live.runs import LoggedRun, RunLog
from jupyter_prodready.model import Observation, Run


def counted(*counts: int) -> list[Run]:
    return [Run(count, f"x = {count}", "ok", f"c{count}") for count in counts]


def runs_of(log: RunLog, kernel: str = "k", session: str = "s") -> list[Run]:
    return [entry.run for entry in log.runs(kernel, session)]


def test_reports_are_merged_by_count_in_any_order_and_however_often():
    runs = counted(1, 2, 3, 4, 5)
    for seed in range(20):
        log = RunLog()
        reports = [runs[:3], runs[2:4], runs[4:], runs[:2]]
        random.Random(seed).shuffle(reports)
        for report in reports:
            log.add("k", "s", "n.ipynb", report)
        assert runs_of(log) == runs


def test_a_running_cell_is_replaced_by_its_end_and_not_back():
    running = Run(3, "slow()", "running", "c3")
    over = Run(3, "slow()", "error", "c3", error_line=1)
    log = RunLog()
    log.add("k", "s", "n.ipynb", [running])
    assert runs_of(log) == [running]
    log.add("k", "s", "n.ipynb", [over])
    log.add("k", "s", "n.ipynb", [running])
    assert runs_of(log) == [over]


def test_a_report_that_knows_the_cell_beats_one_that_does_not():
    log = RunLog()
    log.add("k", "s", "b.ipynb", [Run(1, "x = 1", "ok", None)])
    log.add("k", "s", "a.ipynb", [Run(1, "x = 1", "ok", "c1")])
    log.add("k", "s", "b.ipynb", [Run(1, "x = 1", "ok", None)])
    assert log.runs("k", "s") == (LoggedRun("a.ipynb", Run(1, "x = 1", "ok", "c1")),)


def test_one_page_knows_the_cell_and_another_how_it_ended():
    own, heard = Run(1, "f()", "running", "c1"), Run(1, "f()", "ok", None)
    known = LoggedRun("a.ipynb", Run(1, "f()", "ok", "c1"))
    for first, second in ((("a", own), ("b", heard)), (("b", heard), ("a", own))):
        log = RunLog()
        for page, run in (first, second):
            log.add("k", "s", f"{page}.ipynb", [run])
        assert log.runs("k", "s") == (known,)
        # an error that is only printed is known to the page that ran it alone
        log.add("k", "s", "a.ipynb", [Run(1, "f()", "error", "c1", 1)])
        log.add("k", "s", "b.ipynb", [heard])
        assert runs_of(log) == [Run(1, "f()", "error", "c1", 1)]


def test_aborted_runs_keep_their_place_and_are_kept_once():
    failed, later = Run(1, "1/0", "error", "c1", 1), Run(2, "z", "ok", "c4")
    aborted = [Run(None, "a", "aborted", "c2"), Run(None, "b", "aborted", "c3")]
    log = RunLog()
    for _ in range(2):  # the panel sends again what it had no answer to
        log.add("k", "s", "n.ipynb", [failed, *aborted])
    log.add("k", "s", "n.ipynb", [later])
    assert runs_of(log) == [failed, *(replace(run, after=1) for run in aborted), later]


def test_another_session_is_another_log():
    log = RunLog()
    log.add("k", "old", "n.ipynb", counted(1, 2))
    assert runs_of(log, session="new") == []
    log.add("k", "new", "n.ipynb", counted(1))
    assert runs_of(log, session="new") == counted(1)
    assert runs_of(log, session="old") == []


def test_kernels_do_not_mix_and_can_be_forgotten():
    log = RunLog()
    log.add("k", "s", "n.ipynb", counted(1))
    log.add("l", "s", "n.ipynb", counted(2))
    assert (runs_of(log), runs_of(log, "l")) == (counted(1), counted(2))
    log.forget("k")
    log.forget("never-seen")
    assert (runs_of(log), runs_of(log, "l")) == ([], counted(2))


def test_rename_moves_only_that_notebook():
    log = RunLog()
    log.add("k", "s", "a.ipynb", counted(1))
    log.add("k", "s", "b.ipynb", counted(2))
    log.rename("k", "a.ipynb", "c.ipynb")
    assert [entry.path for entry in log.runs("k", "s")] == ["c.ipynb", "b.ipynb"]


def test_the_oldest_runs_and_kernels_go_first():
    log = RunLog(max_runs=3, max_kernels=2)
    log.add("k", "s", "n.ipynb", counted(1, 2, 3, 4, 5))
    assert runs_of(log) == counted(3, 4, 5)
    log.add("l", "s", "n.ipynb", counted(1))
    log.add("k", "s", "n.ipynb", [])
    log.add("m", "s", "n.ipynb", counted(1))
    assert [bool(runs_of(log, kernel)) for kernel in "klm"] == [True, False, True]


def test_two_runs_with_one_count_are_two_where_one_was_not_stored():
    hidden, own = Run(2, "x = 5"), Run(2, "print(x)", "ok", "b")
    unstored = replace(hidden, execution_count=None, after=1)
    for reports in ([[hidden], [own]], [[own], [hidden]], [[hidden, own], [hidden], [own]]):
        log = RunLog()
        log.add("k", "s", "n.ipynb", counted(1))
        for report in reports:
            log.add("k", "s", "n.ipynb", report)
        log.add("k", "s", "other.ipynb", [hidden])  # the other page on the kernel saw it too
        assert runs_of(log) == [*counted(1), unstored, own]


def test_runs_are_dated_once_by_the_modules_of_when_they_came():
    then, now = (("own", "1"),), (("own", "2"),)
    log = RunLog()
    log.add("k", "s", "n.ipynb", [Run(1, "slow()", "running", "c1")])
    log.date("k", "s", then)
    log.add("k", "s", "n.ipynb", [Run(1, "slow()", "ok", "c1"), *counted(2)])
    log.date("k", "s", now)
    log.date("k", "another session", ())
    assert [(run.status, run.modules) for run in runs_of(log)] == [("ok", then), ("ok", now)]


def test_observations_are_kept_by_count_and_forgotten_with_the_session():
    log = RunLog(max_runs=2)
    first, again = Observation(1, bound=("x",)), Observation(1, bound=("x", "y"))
    assert log.observe("k", "s", [first, Observation(2)]) == (first, Observation(2))
    assert log.observe("k", "s", [again]) == (again, Observation(2))
    assert log.observe("k", "s", [Observation(3)]) == (Observation(2), Observation(3))
    assert log.observe("k", "new", []) == ()
