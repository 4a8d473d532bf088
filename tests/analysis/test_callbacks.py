"""Names that a widget or a thread may change at any time: what is said of who reads them."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Report, Run

COUNT = "total = 0\nrows = []\nother = 1\ndef go(change):\n    global total\n    total += 1"
HANDED_ON = {
    "on_click": "button.on_click(go)",
    "observe": "slider.observe(go, names='value')",
    "interact": "@interact(n=(1, 3))\ndef show(n):\n    global total\n    total = n",
    "Thread": "t = threading.Thread(target=go)\nt.start()",
    "Timer": "Timer(3, go).start()",
    "submit": "pool.submit(lambda: go(1))",
}


def report(*sources: str) -> Report:
    runs = [Run(n, source, "ok", f"c{n}") for n, source in enumerate(sources)]
    runs = [Run(n + 1, r.source, "ok", r.cell_id) for n, r in enumerate(runs)]
    cells = (Cell(r.cell_id or "", i, "code", r.source or "", i + 1) for i, r in enumerate(runs))
    notebook = Notebook("n.ipynb", tuple(cells))
    return analyse(notebook, from_runs(notebook, runs))


def reasons(found: Report) -> set[str]:
    return {one.reason for one in found.skipped if one.check == "stale-input"}


@pytest.mark.parametrize("called", HANDED_ON)
def test_what_a_callback_changes_is_unknown(called: str) -> None:
    setup = (
        "import threading\nfrom threading import Timer\nbutton = slider = pool = interact = None"
    )
    found = report(f"{setup}\n{COUNT}", HANDED_ON[called], "print(total)", "print(other)")
    said = [(one.state, one.inputs, one.now) for one in found.cells[2:]]
    assert said == [("unknown",) * 3, ("reproducible", "fresh", "ok")]
    assert reasons(found) == {f"`{called}` may change `total` at any time"}
    assert [one.check for one in found.findings if one.check != "undeclared-dependency"] == []


def test_what_ran_before_the_callback_was_handed_on_is_known() -> None:
    found = report(f"button = None\n{COUNT}", "print(total)", "button.on_click(go)")
    assert [one.state for one in found.cells] == ["reproducible"] * 3
    assert reasons(found) == set()


def test_a_callback_that_changes_nothing_of_the_page() -> None:
    plain = "button = None\ntotal = 0\ndef go(change):\n    print(total)"
    found = report(plain, "button.on_click(go)", "print(total)")
    assert [one.state for one in found.cells] == ["reproducible"] * 3
    assert reasons(found) == set()


def test_a_list_that_a_callback_appends_to() -> None:
    plain = "button = None\nrows = []\ndef go(change):\n    rows.append(change)"
    found = report(plain, "button.on_click(go)", "print(rows)")
    assert [one.state for one in found.cells] == ["reproducible", "reproducible", "unknown"]
