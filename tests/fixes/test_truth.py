"""Every fix of a random session keeps its promise when it is really made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from analysis.sessions import Session, describe
from analysis.test_invariant import EXAMPLES, PAGE, clean_session, perturbation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.memory import Memory
from jupyter_prodready.analysis.timeline import walk_history, walk_plan
from jupyter_prodready.fixes import pages
from jupyter_prodready.fixes.bench import Bench

from .played import certain, fixed, gaps, key

pytestmark = pytest.mark.slow
quick = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@quick
@given(PAGE, perturbation())
def test_an_edit_mends_the_page_and_breaks_nothing(
    page: list[str], perturb: Callable[[Session], None]
) -> None:
    session = clean_session(page)
    perturb(session)
    fixes = [(f, fix) for f in session.report().findings for fix in f.fixes if fix.cells]
    assume(fixes)
    for finding, fix in fixes:
        after = fixed(session, fix)
        assert certain(after) <= certain(session), (fix, describe(after))
        lacking = {(finding.cell_id, name) for name in finding.names}
        assert lacking.isdisjoint(gaps(after)), (fix, describe(after))
        shown, stops = after.clean()
        lacks = any(
            f"name '{name}' is not defined" in shown.get(finding.cell_id, "")
            for name in finding.names
        )
        assert not (stops == finding.cell_id and lacks), (fix, shown, describe(after))


@quick
@given(PAGE, perturbation())
def test_runs_make_what_is_shown_true(page: list[str], perturb: Callable[[Session], None]) -> None:
    session = clean_session(page)
    perturb(session)
    fixes = [(f, fix) for f in session.report().findings for fix in f.fixes if fix.run]
    assume(fixes and session.clean()[1] is None)
    for finding, fix in fixes:
        after = fixed(session, fix)
        shown, _ = after.clean()
        assert {one: after.shown[one] for one in fix.run if one in shown} == {
            one: shown[one] for one in fix.run if one in shown
        }, (fix, describe(after))
        same = [f for f in after.report().findings if f.check == finding.check]
        assert key(finding) not in {key(f) for f in same}, (fix, describe(after))


@quick
@given(PAGE, PAGE, perturbation())
def test_the_slice_answers_as_the_whole_page_does(
    page: list[str], more: list[str], perturb: Callable[[Session], None]
) -> None:
    session = clean_session(page)
    perturb(session)
    notebook = session.notebook()
    memory = Memory()
    history = walk_history(from_runs(notebook, session.runs), memory)
    plan = walk_plan(notebook, history, memory)
    for place, source in enumerate(more[: len(notebook.cells)]):
        cell = notebook.cells[place]
        for edit in (pages.insertion(notebook, place, source), pages.replacement(cell, source)):
            bench = Bench(plan, history)
            whole = bench.walk((edit,))
            expected = whole is not None and bench.is_mended(whole, ())
            assert bench.mends((edit,), ()) == expected, (edit, describe(session))


FORMS = (
    "x = 1", "x = x + 1", "x += 2", "x = x * 2\ny = x", "y = x", "print(x)", "print(xs)", "xs = [x]",
    "xs.append(x)", "xs = xs + [x]", "d = {'k': x}", "d['k'] = d['k'] + 1", "print(d)", "del y",
    "def f():\n    return x", "x = f() + 1", "print(f())", "def g():\n    global x\n    x = 9", "g()",
    "x = x + 1; x = x + 1", "x_2 = 7", "print([x for x in xs], x)", "print(eval('x'))", "x",
)  # fmt: skip
COUNTING = st.lists(st.sampled_from(FORMS), min_size=2, max_size=6)


@quick
@given(COUNTING, st.integers(0, 5), st.booleans())
def test_a_cell_made_idempotent_runs_twice_to_the_same_end(
    page: list[str], place: int, on: bool
) -> None:
    session = Session.of("x = 1\nxs = [3]", *page)
    assume(place < len(page) and session.run_all())
    assume(all(session.run(one) for one in range(place, len(page) + 1 if on else place + 1)))
    found = [fix for f in session.report().findings for fix in f.fixes]
    made = [fix for fix in found if fix.kind == "make-idempotent"]
    assume(made)
    for fix in made:
        after = fixed(session, fix)
        shown, stops = after.clean()
        assert stops is None, (fix, after.cells)
        assert _texts(shown) == _texts(session.clean()[0]), (fix, after.cells)
        wanted = next(edit.cell_id for edit in fix.cells if edit.action == "replace")
        at = next(i for i, cell in enumerate(after.cells) if cell.id == wanted)
        twice = Session([*after.cells[: at + 1], *after.cells[at:]])
        assert twice.clean()[0] == shown, (fix, after.cells)


def _texts(shown: dict[str, str]) -> list[str]:
    return [text for text in shown.values() if text]
