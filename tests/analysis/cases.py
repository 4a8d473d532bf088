"""An engine case: a page, what happens to it, what must be said; the truth by executing.

A play (`playing.py`) ends in three things: the session, a clean run of its page, and for every
cell what comes of running it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.graph import graph_of
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Report, Run

from .playing import Done, Kernel, executed, executed_on, fresh_process
from .sessions import Session

Play = Callable[[Session], object]
ORDER_CHECKS = frozenset(
    [
        "deleted-definition",
        "outdated-definition",
        "outside-definition",
        "definition-below",
        "undefined-name",
        "edited-since-run",
        "stale-input",
        "repeated-run",
        "out-of-order-run",
        "lingering-effect",
        "later-mutation",
        "shadowed-definition",
        "partial-run",
        "never-run",
    ]
)
MISSING = ("NameError", "KeyError", "AttributeError", "UsageError")
"""Errors that source can foresee: a name, a column, an attribute, a magic that is not there."""


@dataclass(frozen=True)
class Case:
    """``expect``: ``check cell [certain]`` of every finding after ``perturb``, joined by
    commas; nothing for a near miss. ``a|b`` is either finding, ``*`` any check. ``edges``: those of
    the page as first written, ``0>1 a b, 1>2 c``. ``unseen``: parts of the page cannot be
    seen in its source, so an answer may be ``unknown``."""

    name: str
    page: tuple[str, ...] | list[str]
    perturb: Play
    expect: str
    edges: str
    files: Mapping[str, str] = field(default_factory=dict)
    unseen: bool = False


# --- what happens -------------------------------------------------------------------------


def nothing(session: Session) -> None:
    """The page ran from top to bottom, and that was all."""


def rerun(*places: int) -> Play:
    return lambda session: [session.run(place) for place in places]


def delete(place: int) -> Play:
    return lambda session: session.delete(place)


def edit(place: int, source: str) -> Play:
    return lambda session: session.edit(place, source)


def change(place: int, source: str, *again: int) -> Play:
    """Edit a cell and run it, then run ``again``."""

    def play(session: Session) -> None:
        session.edit(place, source)
        for number in (place, *again):
            session.run(number)

    return play


def console(source: str) -> Play:
    return lambda session: session.console(source)


def both(*plays: Play) -> Play:
    return lambda session: [play(session) for play in plays]


class Played(Session):
    def report(self) -> Report:
        notebook = self.notebook()
        return analyse(notebook, from_runs(notebook, self.runs), self.surroundings())

    def _execute(self, source: str, cell_id: str | None) -> bool:
        if not isinstance(self.namespace, Kernel):
            self.namespace = Kernel()
        self.count += 1
        done = self.namespace.run(source)
        ok = done.error is None
        status = "ok" if ok else "error"
        self.runs.append(Run(self.count, source, status, cell_id, error_name=done.error))
        if cell_id is not None:
            self.shown[cell_id] = done.shown
        return ok


@dataclass(frozen=True)
class Told:
    """A case's session, really run: what the engine said of the page when it had run from top to
    bottom without an error, what it says after all that happened, and what running its last cell
    now gives."""

    in_order: Report | None
    session: Played
    report: Report
    last: Done


def played(case: Case) -> Told:
    with fresh_process(case.files):
        session = Played.of(*case.page)
        session.run_all()
        fine = all(run.status == "ok" for run in session.runs)
        in_order = session.report() if fine else None
        case.perturb(session)
        assert isinstance(session, Played)
        assert isinstance(session.namespace, Kernel)
        report = session.report()
        return Told(in_order, session, report, session.namespace.execute(session.cells[-1].source))


# --- what must be said --------------------------------------------------------------------


def assert_case(case: Case, *, answers: bool = True) -> None:
    """All of it, the ``answers`` where the truth can be seen; whatever does not hold is told."""
    told = played(case)
    wrong = [*wrong_in_order(told), *wrong_findings(case, told)]
    if answers:
        wrong += wrong_answers(case, told)
    assert wrong == [], "\n".join(wrong)


def wrong_in_order(told: Told) -> list[str]:
    """A page that ran once from top to bottom has no finding."""
    found = told.in_order.findings if told.in_order else ()
    return [f"in order: {one.message}" for one in found if one.check in ORDER_CHECKS]


def wrong_findings(case: Case, told: Told) -> list[str]:
    """The findings are the expected ones and no others."""
    found = [
        f"{f.check} {f.cell_id}{' certain' * f.certain}"
        for f in told.report.findings
        if f.check in ORDER_CHECKS
    ]
    expected = [part.strip().split("|") for part in case.expect.split(",") if part.strip()]
    fits = len(found) == len(expected) and all(
        {said, "* " + said.partition(" ")[2]} & {*wanted}
        for wanted, said in zip(expected, found, strict=True)
    )
    return [] if fits else [f"findings: {', '.join(found) or 'none'}; not {case.expect or 'none'}"]


def wrong_answers(case: Case, told: Told) -> list[str]:
    """The answers of every cell fit what a clean run, and a run now, really give."""
    session = told.session
    clean = executed([cell.source for cell in session.cells], case.files)
    before = [run.source or "" for run in session.runs]
    wrong: list[str] = []
    for cell, said in zip(session.cells, told.report.cells, strict=True):
        done = clean[cell.index] if cell.index < len(clean) else None
        is_last = cell is session.cells[-1]
        now = told.last if is_last else executed_on(before, cell.source, case.files)
        unknown = {"unknown"} if case.unseen else set()
        allowed = {
            "restart": _restart(done, clean[-1] if clean else None),
            "state": _state(session.shown.get(cell.id), done, quiet=not case.expect),
            "now": _now(now, done, quiet=not case.expect),
        }
        for question, answers in allowed.items():
            answer = getattr(said, question)
            if answers and answer not in answers | unknown:
                wrong.append(f"{cell.id} {question}: {answer}, not {'/'.join(sorted(answers))}")
    return wrong


def _restart(done: Done | None, stop: Done | None) -> set[str]:
    if done is None:
        foreseen = stop is not None and stop.error in MISSING
        return {"blocked", "fails"} if foreseen else set()
    return {"fails"} if done.error in MISSING else {"ok"} if done.error is None else set()


def _state(shown: str | None, done: Done | None, *, quiet: bool) -> set[str]:
    if shown is None or done is None or done.error is not None:
        return set()
    if shown != done.shown:
        return {"stale", "edited"}
    return {"reproducible"} if quiet else {"reproducible", "stale", "edited"}


def _now(now: Done, done: Done | None, *, quiet: bool) -> set[str]:
    if now.error is not None:
        same = done is not None and done.error == now.error
        others = {"fails", "differs", "ok"} if same else {"fails", "differs"}
        return {"fails"} if now.error in MISSING else others
    if done is None or done.error is not None:
        return set()
    common = now.names.keys() & done.names.keys()
    if now.shown != done.shown or any(now.names[name] != done.names[name] for name in common):
        return {"differs"}
    return {"ok"} if quiet else {"ok", "differs"}


def wrong_edges(case: Case) -> list[str]:
    """The graph of the page has exactly the edges of ``case``, by their names."""
    page = Session.of(*case.page)
    if case.files:
        with fresh_process(case.files):
            edges = graph_of(page.notebook(), page.surroundings()).edges
    else:
        edges = graph_of(page.notebook()).edges
    found = sorted(f"{edge.source}>{edge.target} {' '.join(edge.names)}" for edge in edges)
    expected = sorted(part.strip() for part in case.edges.split(",") if part.strip())
    return [] if found == expected else [f"{case.name}: {', '.join(found)}"]


def each(cases: Iterable[Case]) -> list[object]:
    """Parameters for `pytest`."""
    return [pytest.param(case, id=case.name) for case in cases]
