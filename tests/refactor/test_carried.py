"""After an extraction whose import ran, the page's runs count as runs of what it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready import checks
from jupyter_prodready.analysis import evidence
from jupyter_prodready.analysis.carried import carry, merged
from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Carried, Evidence, Notebook, Report, Run, Surroundings

from .running import extract, notebook_of

CELLS = (
    "import math",
    "prices = [3, 1, 2]",
    "total = sum(prices)\nroot = math.sqrt(total)",
    "print(root)",
)
PRESENT = {"sales": "1"}


class Extracted:
    """A page that ran as ``order`` says, the extraction of some cells, and the page after."""

    def __init__(
        self,
        root: Path,
        selection: tuple[int, ...],
        cells: tuple[str, ...] = CELLS,
        order: Sequence[int] | None = None,
    ) -> None:
        self.before = notebook_of(cells)
        (root / "src" / "sales").mkdir(parents=True)
        (root / "src" / "sales" / "__init__.py").touch()
        done = extract(root, cells, selection, module="src/sales/n.py", name="compute")
        assert done.status == "preview", done.refusals
        self.after = pages.edited(self.before, done.change.cells)
        places = range(len(cells)) if order is None else order
        self.runs = tuple(
            Run(count, cells[i], "ok", f"c{i}") for count, i in enumerate(places, start=1)
        )
        ids = [f"c{i}" for i in selection]
        self.carried = Carried(merged(done, ids), done.change.cells, len(self.runs))

    def evidence(self, page: Notebook, present: Mapping[str, str] = PRESENT) -> Evidence:
        seen = evidence.from_session(page, self.runs, None)
        return carry(seen, (self.carried,), page, present)

    def report(self, page: Notebook | None = None, present: Mapping[str, str] = PRESENT) -> Report:
        page = self.after if page is None else page
        around = Surroundings(modules=dict(present), local=frozenset({"sales"}))
        return checks.analyse(page, self.evidence(page, present), around)


def not_current(report: Report) -> dict[str, str]:
    """State and inputs of the cells where they are not what a clean run gives."""
    told = {one.id: f"{one.state} {one.inputs}" for one in report.cells}
    return {key: words for key, words in told.items() if words != "reproducible fresh"}


@pytest.mark.parametrize(
    ("selection", "cells"),
    [
        ((2,), CELLS),
        ((1, 2), CELLS),
        ((1, 2, 3), CELLS),
        ((1,), ("def half(n):\n    return n / 2", "x = half(3)", "print(x, half(2))")),
        ((1,), ("rate = 2", "y = rate * 3\nz = y + 1", "print(y, z)", "rate")),
    ],
)
def test_nothing_is_edited_or_stale(tmp_path: Path, selection: tuple[int, ...], cells) -> None:
    page = Extracted(tmp_path, selection, cells)
    report = page.report()
    assert (not_current(report), report.findings) == ({}, ())
    assert report.verdict.state == "in-order"
    page.carried = replace(page.carried, edits=())
    assert not_current(page.report())  # it is this that keeps them


def test_places_of_the_same_code_ran_each_by_itself(tmp_path: Path) -> None:
    first = "x = sum(a)\nx2 = x * 2"
    second = "y = sum(b)\ny2 = y * 2"
    cells = ("a = [1, 2]", first, "b = [3]", second, "print(x2, y2)")
    page = Extracted(tmp_path, (1, 3), cells, order=(0, 1, 1, 2, 3, 4))
    assert (
        len(
            [
                run
                for run in page.evidence(page.after).runs or ()
                if "compute(" in (run.source or "")
            ]
        )
        == 3
    )
    report = page.report()
    assert (not_current(report), report.findings) == ({}, ())


def test_after_undo_the_runs_are_what_they_were(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,))
    assert page.evidence(page.before) == evidence.from_session(page.before, page.runs, None)
    assert not_current(page.report(page.before)) == {}


def test_who_edits_on_is_told(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,))
    cells = tuple(
        replace(cell, source=cell.source.replace("prices", "prices[1:]"))
        for cell in page.after.cells
    )
    assert not_current(page.report(replace(page.after, cells=cells)))["c2"].startswith("edited")


def test_a_module_that_is_edited_later_makes_its_readers_stale(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,))
    page.carried = replace(page.carried, modules=(("sales", "1"),))
    assert not_current(page.report()) == {}
    assert "c2" in not_current(page.report(present={"sales": "2"}))


@pytest.mark.parametrize(
    ("selection", "order"),
    [
        ((1, 2), (0, 1, 1, 2, 3)),  # what became one did not run once
        ((1, 2), (0, 1, 3, 2, 3)),  # nor in a row
        ((2,), (0, 1, 3)),  # it never ran
    ],
)
def test_what_ran_otherwise_is_not_carried(
    tmp_path: Path, selection: tuple[int, ...], order: tuple[int, ...]
) -> None:
    page = Extracted(tmp_path, selection, order=order)
    seen = evidence.from_session(page.after, page.runs, None)
    assert page.evidence(page.after) == seen


@pytest.mark.parametrize("run", [Run(3, "total = 0", "ok", "c2"), Run(3, CELLS[2], "error", "c2")])
def test_other_code_and_failed_runs_are_not_carried(tmp_path: Path, run: Run) -> None:
    page = Extracted(tmp_path, (2,))
    page.runs = (*page.runs[:2], run, page.runs[3])
    seen = evidence.from_session(page.after, page.runs, None)
    assert page.evidence(page.after) == seen


def test_what_runs_since_is_as_it_is(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,))
    call = next(cell.source for cell in page.after.cells if cell.id == "c2")
    page.runs = (*page.runs, Run(5, call, "ok", "c2"), Run(6, "print(root)", "ok", "c3"))
    assert not_current(page.report()) == {}
    page.runs = (*page.runs, Run(7, CELLS[2], "ok", "c2"))
    assert not_current(page.report())["c2"].startswith("edited")


def test_the_import_cell_that_ran_is_as_if_it_had_run_in_its_place(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,))
    new = next(edit for edit in page.carried.edits if edit.before is None)
    page.runs = (*page.runs, Run(5, new.after, "ok", new.cell_id))
    page.carried = replace(page.carried, last=5)
    report = page.report()
    assert (not_current(report), report.verdict.state) == ({}, "in-order")


def test_an_import_cell_may_run_again(tmp_path: Path) -> None:
    page = Extracted(tmp_path, (2,), order=(0, 1, 2, 3, 0))
    assert not_current(page.report()) == {}
