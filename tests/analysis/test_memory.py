"""What an analysis left behind does not change the next one, whatever page it was of."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jupyter_prodready.analysis import memory
from jupyter_prodready.model import Report

from .sessions import Session
from .test_invariant import EXAMPLES

FORMS = (
    "x = 1", "x = x + 1", "x += 2", "x = x * 2\ny = x", "y = x", "print(x)", "xs = [x]", "del y",
    "xs.append(x)", "xs = xs + [x]", "d = {'k': x, 'j': 2}", "d['k'] = d['k'] + 1", "print(d['j'])",
    "def f():\n    return x", "x = f() + 1", "def g():\n    global x\n    x = 9", "g()",
)  # fmt: skip


@st.composite
def played(draw: st.DrawFn) -> Session:
    """A short page, run from the top, and some of its cells once more."""
    page = draw(st.lists(st.sampled_from(FORMS), min_size=2, max_size=5))
    session = Session.of("x = y = 1\nxs = [3]", *page)
    session.run_all()
    for place in draw(st.lists(st.integers(0, len(page)), max_size=4)):
        session.run(place)
    return session


def of(page: tuple[str, ...], *again: int) -> Session:
    session = Session.of("x = 1\nxs = [3]", *page)
    assert session.run_all()
    assert all(session.run(place) for place in again)
    return session


def test_a_constant_of_another_statement_is_another_supplier():
    one = of(("x = x + 1", "x = x + 1", "x += 2"), 1)
    assert_same(one, of(("x += 2", "y = x", "x = x + 1"), 1, 2, 3))


def test_a_constant_that_another_cell_supplied_is_another_supplier():
    one = of(("x = x + 1", "x += 2"), 1, 2)
    assert_same(one, of(("x = 1", "x += 2", "x += 2"), 2, 3))


@settings(max_examples=EXAMPLES, deadline=None)
@given(played(), played())
def test_an_answer_is_the_same_with_and_without_memory(one: Session, two: Session) -> None:
    assume(two.report().findings)
    assert_same(one, two)


def assert_same(one: Session, two: Session) -> None:
    """``two`` is told the same after ``one`` as at first."""
    memory.forget()
    fresh = two.report()
    memory.forget()
    one.report()
    assert _told(two.report()) == _told(fresh)


def _told(report: Report) -> object:
    return report.verdict, report.cells, report.findings
