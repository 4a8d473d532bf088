"""Every fix of a random session keeps its promise when it is really made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from analysis.sessions import Session, describe
from analysis.test_invariant import EXAMPLES, PAGE, clean_session, perturbation
from hypothesis import HealthCheck, assume, given, settings

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
