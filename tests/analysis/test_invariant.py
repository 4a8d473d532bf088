"""The invariant of the engine, and its twin, against sessions that really ran.

Invariant: if every run is the present code of one cell, in page order, and succeeded, no
order check fires, whatever the code does. Twin: a perturbation after which a clean run
really shows something else is flagged.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from .sessions import Session, describe

EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
"""Perturbed sessions a run; `make acceptance` plays more."""

NAMES = st.sampled_from(["a", "b", "c", "data", "total"])
SMALL = st.integers(1, 9)


FORMS = st.sampled_from(
    [
        "{x} = {n}",
        "{x} = [{n}, {more}]",
        "{x} = {y}",
        "{x} = [{y}, {n}]",
        "{x} = str({y}) + '{n}'",
        "{x} += {x}",
        "print({x})",
        "{x}",
        "({x}, {y})",
        "def f():\n    return [{x}, {n}]",
        "{x} = f()",
        "print(f())",
        "def grow(items):\n    items.append({n})",
        "{x} = [{n}]\ngrow({x})",
        "if {n} > 4:\n    {x} = {n}\nelse:\n    {x} = [{n}]",
        "for i in range({n}):\n    {x} = i",
        "try:\n    {x}\nexcept NameError:\n    {x} = {n}",
        "{x} = [i for i in range({n})]\n{x}.append({n})",
        "{x} = {{'k': {n}}}\n{y} = {x}\n{y}['k'] = {more}",
        "class K:\n    def value(self):\n        return {x}",
        "{x} = K().value()",
        "# only a comment about {x}",
        "{x} = sorted([{n}, {less}])",
        "del {x}",
        "global_{x} = lambda: {y}",
        "assert {n} > 0, {x}",
        "import math\n{x} = math.floor({n}.5)",
        "{x} = (b := {n}) + 1",
    ]
)
"""One or two lines over a handful of names: every kind of flow the engine follows."""
STATEMENT = st.builds(
    lambda form, x, y, n: form.format(x=x, y=y, n=n, more=n + 1, less=n - 1),
    FORMS,
    NAMES,
    NAMES,
    SMALL,
)
CELL = st.lists(STATEMENT, min_size=1, max_size=3).map("\n".join)
PAGE = st.lists(CELL, min_size=2, max_size=7)
quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def clean_session(sources: list[str]) -> Session:
    """A session that ran every cell that can run, in page order."""
    preamble = "a = 1\nb = [2]\nc = {'k': 3}\ndata = [4, 5]\ntotal = 0"
    helpers = "def f():\n    return data\ndef grow(items):\n    items.append(9)\nclass K:\n    def value(self):\n        return total"
    session = Session.of(preamble, helpers, *sources)
    while not session.run_all():
        session = Session.of(
            *[
                cell.source
                for cell in session.cells
                if cell.execution_count is None or ok(session, cell.id)
            ]
        )
    return session


def ok(session: Session, cell_id: str) -> bool:
    return all(run.status == "ok" for run in session.runs if run.cell_id == cell_id)


@quick
@given(PAGE)
def test_clean_in_order_session_is_never_flagged(sources: list[str]) -> None:
    report = clean_session(sources).report()
    assert report.findings == ()
    assert report.verdict.state == "in-order"
    assert {(cell.state, cell.inputs, cell.restart) for cell in report.cells} == {
        ("reproducible", "fresh", "ok")
    }


@st.composite
def perturbation(draw: st.DrawFn) -> Callable[[Session], None]:
    kind = draw(
        st.sampled_from(["rerun", "delete", "edit", "edit-run", "console", "move", "insert"])
    )
    place, source = draw(st.integers(0, 50)), draw(CELL)

    def perturb(session: Session) -> None:
        here = place % len(session.cells)
        if kind == "rerun":
            session.run(here)
        elif kind == "delete":
            session.delete(here)
        elif kind == "edit":
            session.edit(here, source)
        elif kind == "edit-run":
            session.edit(here, source)
            session.run(here)
        elif kind == "console":
            session.console(source)
            session.run(here)
        elif kind == "move":
            session.move(here, (here + 2) % len(session.cells))
        else:
            session.insert(here, source)

    return perturb


@pytest.mark.slow
@settings(quick, max_examples=EXAMPLES)
@given(PAGE, perturbation())
def test_perturbation_that_changes_what_is_shown_is_flagged(
    sources: list[str], perturb: Callable[[Session], None]
) -> None:
    session = clean_session(sources)
    perturb(session)
    shown, stops = session.clean()
    on_page = {cell.id for cell in session.cells}
    now = {cell_id: text for cell_id, text in session.shown.items() if cell_id in on_page}
    changed = [
        cell_id for cell_id, text in now.items() if cell_id in shown and shown[cell_id] != text
    ]
    assume(changed)
    report = session.report()
    assert report.findings != (), (changed, stops, describe(session))
