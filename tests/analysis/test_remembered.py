"""What is remembered of one analysis changes no answer of the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from jupyter_prodready.analysis import pace
from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.evidence import from_saved, from_session
from jupyter_prodready.analysis.site_walk import sites_of
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Report, Run, RunStatus, Surroundings
from jupyter_prodready.records import replace

SOURCES = (
    "import json\nrate = 2\nlog = []\nd = {'a': 1}",
    "def scale(x):\n    log.append(x)\n    return x * rate",
    "a = scale(3)\nprint(a, log)",
    "d['b'] = a\nprint(d['b'])",
    "for n in [1, 2]:\n    a += n\nlog.append(a)",
    "b = a + 1\nprint(json.dumps(d), b)",
    "log.sort()\nprint(log, rate)",
    "import random\nr = random.random()\nprint(r)",
)


@dataclass
class Page:
    """Cells by id, and the runs of the session."""

    cells: list[tuple[str, str]]
    runs: list[Run]
    tags: tuple[str, ...] = ()
    late: int | None = None
    """From this run on, the page does not show the counts yet."""

    def run(self, place: int, status: RunStatus = "ok") -> None:
        cell_id, source = self.cells[place]
        self.runs.append(Run(len(self.runs) + 1, source, status, cell_id))

    def edit(self, place: int, old: str, new: str) -> None:
        cell_id, source = self.cells[place]
        assert old in source
        self.cells[place] = cell_id, source.replace(old, new)

    def report(self) -> Report:
        counts = {run.cell_id: run.execution_count for run in self.runs[: self.late]}
        cells = [
            Cell(name, n, "code", source, counts.get(name), tags=self.tags if n == 3 else ())
            for n, (name, source) in enumerate(self.cells)
        ]
        notebook = Notebook("page.ipynb", tuple(cells))
        return analyse(notebook, from_session(notebook, self.runs, None))


def page(*sources: str) -> Page:
    """These cells, each run once from the top."""
    found = Page([(f"c{n}", source) for n, source in enumerate(sources)], [])
    for place in range(len(sources)):
        found.run(place)
    return found


EVENTS: dict[str, Callable[[Page], object]] = {
    "nothing": lambda page: None,
    "edited": lambda page: page.edit(0, "rate = 2", "rate = 5"),
    "edited back": lambda page: page.edit(0, "rate = 5", "rate = 2"),
    "run again": lambda page: page.run(2),
    "run again, below": lambda page: page.run(5),
    "edited and run": lambda page: (page.edit(2, "3", "4"), page.run(2)),
    "failed": lambda page: page.run(4, "error"),
    "moved": lambda page: page.cells.insert(5, page.cells.pop(3)),
    "inserted": lambda page: page.cells.insert(1, ("new", "rate = 7")),
    "inserted and run": lambda page: page.run(1),
    "deleted": lambda page: page.cells.pop(2),
    "tagged": lambda page: setattr(page, "tags", ("skip-execution",)),
    "a draw run again, late": lambda page: (setattr(page, "late", len(page.runs)), page.run(-1)),
    "an earlier run gone": lambda page: page.runs.pop(0),
}


def test_answers_are_those_of_a_first_analysis() -> None:
    known, first = reports(remember=True), reports(remember=False)
    assert len(set(map(str, first.values()))) > len(EVENTS) - 3  # most events change an answer
    for event, report in known.items():
        assert report == first[event], event


def test_a_cell_above_that_was_emptied_moves_the_numbers_of_results() -> None:
    forget_all()
    session = page("1", "2 + 3", "print(Out[2])")
    before = session.report()
    session.edit(0, "1", "")
    after = session.report()
    assert [cell.state for cell in before.cells] == ["reproducible"] * 3
    assert [cell.state for cell in after.cells] == ["edited", "reproducible", "stale"]


def test_names_of_a_file_that_changed_are_seen() -> None:
    forget_all()
    cells = [Cell("a", 0, "code", "from helper import *"), Cell("b", 1, "code", "print(x)")]
    notebook = Notebook("stars.ipynb", tuple(cells))
    found = []
    for names in (("x",), ("y",), ("x", "y")):
        known = Surroundings(binds={"helper": names})
        report = analyse(notebook, from_session(notebook, (), None), known)
        found.append([finding.check for finding in report.findings if finding.certain])
    assert found == [[], ["undefined-name"], []]


def test_a_cell_that_fails_now_blocks_those_below() -> None:
    forget_all()
    session = page("a = 1", "print(2)")
    before = session.report()
    session.edit(0, "a = 1", "a = never")
    after = session.report()
    assert [cell.restart for cell in before.cells] == ["ok", "ok"]
    assert [cell.restart for cell in after.cells] == ["fails", "blocked"]


def test_a_loop_may_be_empty_once_a_cell_above_raises() -> None:
    forget_all()
    session = page("gone = 3", "1", "2", "3", "4", "for n in dir(str):\n    print(gone)")
    session.cells.pop(0)
    session.tags = ("raises-exception",)
    before = session.report()
    session.edit(3, "4", "never")
    after = session.report()
    assert [cell.restart for cell in before.cells] == ["ok"] * 4 + ["fails"]
    assert [cell.restart for cell in after.cells] == ["ok", "ok", "ok", "unknown", "ok"]


def test_a_run_from_elsewhere_changes_what_a_run_would_give() -> None:
    forget_all()
    session = page("x = 1", "print(x)")
    before = session.report()
    session.runs.append(Run(3, "x = 5", "ok", None))
    after = session.report()
    assert [cell.now for cell in before.cells] == ["ok", "ok"]
    assert [cell.now for cell in after.cells] == ["ok", "differs"]


def test_a_cell_that_only_sets_a_part_gives_the_same_now() -> None:
    forget_all()
    sets, shows = "notes['a'] = 2\nprint(1)", "print(notes)\nnotes['b'] = 3"
    guarded = "if 'notes' not in globals():\n    notes = {}\nnotes['c'] = 4"
    session = page("notes = {'n': 1}", sets, shows, guarded, "print(len(notes))")
    assert [cell.now for cell in session.report().cells] == ["ok", "ok", "differs", "ok", "ok"]


def test_a_cell_that_a_clean_run_skips_fails_now_for_want_of_a_name() -> None:
    cells = Cell("a", 0, "code", "1", 1), Cell("b", 1, "code", "gone", tags=("skip-execution",))
    notebook = Notebook("skipped.ipynb", cells)
    report = analyse(notebook, from_session(notebook, (Run(1, "1", "ok", "a"),), None))
    assert [cell.now for cell in report.cells] == ["ok", "fails"]


def test_who_tells_of_the_runs_counts() -> None:
    forget_all()
    notebook = Notebook("saved.ipynb", (Cell("a", 0, "code", "print(1)", 1, has_output=True),))
    saved = from_saved(notebook)
    here = replace(saved, saved=False)
    known = saved, here, replace(here, complete=False)
    found = [analyse(notebook, one).cells[0] for one in known]
    assert [(one.state, one.certain, one.now) for one in found] == [
        ("reproducible", False, "unknown"),
        ("reproducible", True, "ok"),
        ("reproducible", True, "unknown"),
    ]


def reports(*, remember: bool) -> dict[str, Report]:
    """What is said after each event, the second time that it is asked for."""
    forget_all()
    told, session = {}, page(*SOURCES)
    for event, happens in EVENTS.items():
        happens(session)
        if remember:
            session.report()
        else:
            forget_all()
        told[event] = session.report()
    return told


PAGE = (
    "import os\nimport requests as r\nROOT = '/data'",
    "def load(name):\n    return open(ROOT + name)",
    "load('a')",
    "os.getenv('HOME')",
    "r.get('http://x.org/' + ROOT)",
    "path = ROOT + '/b'\nopen(path)",
)
CHANGED: tuple[tuple[int, str | None], ...] = (
    (0, "import os\nimport httpx as r\nROOT = '/data'"),
    (1, "def load(name):\n    r.get(name)\n    return open(ROOT + name)"),
    (0, "import os\nimport requests as r\nROOT = '/other'"),
    (3, "ROOT = '/third'"),
    (2, None),
    (1, "print(1)"),
    (0, "1"),
)
"""The place of a cell, and its new source, None where it is deleted."""


def test_the_sites_of_a_page_are_those_of_a_first_walk() -> None:
    forget_all()
    sources, told = list(PAGE), list[str]()
    for place, new in CHANGED:
        sources[place : place + 1] = [] if new is None else [new]
        cells = [Cell(f"c{one}", n, "code", one) for n, one in enumerate(sources)]
        known = told_of(Notebook("p.ipynb", tuple(cells)))
        forget_all()
        assert known == told_of(Notebook("p.ipynb", tuple(cells)))
        told.append(known)
    assert len(set(told)) == len(CHANGED)


def told_of(notebook: Notebook) -> str:
    sites = sites_of(notebook)
    calls = [(one.name, one.cell_id, one.line, one.through, one.path) for one in sites.calls]
    return str([calls, sites.imports, list(sites.texts), sites.shells])


def test_a_walk_that_begins_at_a_stop_of_the_runs_gives_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "APART", 1)
    known, first = reports(remember=True), reports(remember=False)
    assert known == first
