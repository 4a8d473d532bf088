"""An engine case: a page, what happens to it, what must be said; the truth by executing.

Cells run in the real IPython, each play in a folder, an environment and module options of
its own. A play ends in three things: the session, a clean run of its page, and for every
cell what comes of running it now.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import io
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.graph import graph_of
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Report

from .sessions import Session

Play = Callable[[Session], object]
NOISE = re.compile(
    r"^(CPU times|Wall time|.* per loop|Writing|Overwriting).*\n|^Out\[\d+\]: ", re.M
)
"""Among it what `%%writefile` says: files outlive a restart, a play has a folder of its own."""
HIDDEN = re.compile(r" at 0x|<module ")
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
MISSING = ("NameError", "KeyError", "AttributeError")
"""Errors that source can foresee: a name, a column, an attribute that is not there."""


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


# --- the truth ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Done:
    """What one cell showed and left in the names that it mentions, or how it failed."""

    shown: str
    names: Mapping[str, str]
    error: str | None = None


@functools.cache
def _shell() -> InteractiveShell:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"  # no case looks at a traceback; they take longest
    return InteractiveShell(config=config, user_ns={})


@contextlib.contextmanager
def not_collecting() -> Iterator[None]:
    """IPython collects garbage at each reset, which is nine tenths of it here."""
    collect, gc.collect = gc.collect, lambda generation=2: 0
    try:
        yield
    finally:
        gc.collect = collect


class Kernel(dict[str, object]):
    """IPython, empty, as the namespace of a session. One lives at a time: starting a shell
    takes longer than all cells of a case."""

    def __init__(self) -> None:
        super().__init__()
        self.shell = _shell()
        with not_collecting():
            self.shell.reset(new_session=True)
        self.shell.compile.reset_compiler_flags()

    def execute(self, source: str) -> Done:
        out = io.StringIO()
        silent = contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO())
        with silent[0], silent[1], not_collecting():
            result = self.shell.run_cell(source, store_history=True)
        problem = result.error_before_exec or result.error_in_exec
        shown = NOISE.sub("", out.getvalue())
        if problem is not None:
            return Done(f"{type(problem).__name__}: {problem}", {}, type(problem).__name__)
        return Done(shown, self._mentioned(source))

    def _mentioned(self, source: str) -> dict[str, str]:
        values = {name: self.shell.user_ns.get(name) for name in _names(source)}
        plain = {name: repr(value) for name, value in values.items() if value is not None}
        return {name: text for name, text in plain.items() if not HIDDEN.search(text)}


def _names(source: str) -> set[str]:
    """The names that ``source`` uses whole and at once: not in the bodies of functions, not
    by one key or attribute."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    part: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = []
        elif isinstance(node, ast.Lambda):
            node.body = ast.Constant(None)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.GeneratorExp):
            node.value.elt = ast.Constant(None)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node.func = node.func.value
        elif isinstance(node, ast.Attribute) or (
            isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
        ):
            part.add(node.value)
    whole = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n not in part}
    return whole - {"In", "Out"}


class Played(Session):
    def report(self) -> Report:
        notebook = self.notebook()
        return analyse(notebook, from_runs(notebook, self.runs), self.surroundings())

    def _execute(self, source: str, cell_id: str | None) -> bool:
        from jupyter_prodready.model import Run

        if not isinstance(self.namespace, Kernel):
            self.namespace = Kernel()
        self.count += 1
        done = self.namespace.execute(source)
        ok = done.error is None
        status = "ok" if ok else "error"
        self.runs.append(Run(self.count, source, status, cell_id, error_name=done.error))
        if cell_id is not None:
            self.shown[cell_id] = done.shown
        return ok


@contextlib.contextmanager
def fresh_process(files: Mapping[str, str]) -> Iterator[None]:
    """A folder with ``files``, and what a process owns, as a kernel's start would have it."""
    home, environment, path = Path.cwd(), dict(os.environ), list(sys.path)
    modules = set(sys.modules)
    with tempfile.TemporaryDirectory() as folder, np.printoptions():
        for name, text in files.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        os.chdir(folder)
        sys.path.insert(0, folder)
        random.seed()
        np.random.seed()
        try:
            yield
        finally:
            os.chdir(home)
            os.environ.clear()
            os.environ.update(environment)
            sys.path[:] = path
            pd.reset_option("display.max_rows")
            _forget(sys.modules.keys() - modules, folder)


def _forget(imported: Iterable[str], folder: str) -> None:
    for name in imported:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
            del sys.modules[name]


def executed(sources: Iterable[str], files: Mapping[str, str]) -> list[Done]:
    """``sources`` in a new kernel, up to the first that fails."""
    found: list[Done] = []
    with fresh_process(files):
        kernel = Kernel()
        for source in sources:
            found.append(kernel.execute(source))
            if found[-1].error is not None:
                break
    return found


def executed_on(before: Iterable[str], source: str, files: Mapping[str, str]) -> Done:
    """``source`` after all of ``before``, failed or not."""
    with fresh_process(files):
        kernel = Kernel()
        for earlier in before:
            kernel.execute(earlier)
        return kernel.execute(source)


@functools.cache
def _played(number: int, perturbed: bool) -> tuple[Played, Report]:
    case = _CASES[number]
    with fresh_process(case.files):
        session = Played.of(*case.page)
        session.run_all()
        if perturbed:
            case.perturb(session)
        assert isinstance(session, Played)
        return session, session.report()


_CASES: list[Case] = []


def played(case: Case, *, perturbed: bool = True) -> tuple[Played, Report]:
    """The case's session, really run, and what the engine says of it."""
    known = next((i for i, other in enumerate(_CASES) if other is case), None)
    if known is None:
        _CASES.append(case)
        known = len(_CASES) - 1
    return _played(known, perturbed)


# --- what must be said --------------------------------------------------------------------


def assert_in_order(case: Case) -> None:
    """A page that ran once from top to bottom has no finding."""
    session, report = played(case, perturbed=False)
    if all(run.status == "ok" for run in session.runs):
        found = [f.message for f in report.findings if f.check in ORDER_CHECKS]
        assert found == [], found


def assert_findings(case: Case) -> None:
    """The findings are the expected ones and no others."""
    _, report = played(case)
    found = [
        f"{f.check} {f.cell_id}{' certain' * f.certain}"
        for f in report.findings
        if f.check in ORDER_CHECKS
    ]
    expected = [part.strip() for part in case.expect.split(",") if part.strip()]
    assert len(found) == len(expected), found
    for wanted, said in zip(expected, found, strict=True):
        any_check = "* " + said.partition(" ")[2]
        assert {said, any_check} & set(wanted.split("|")), found


def assert_answers(case: Case) -> None:
    """The four answers of every cell fit what a clean run, and a run now, really give."""
    session, report = played(case)
    clean = executed([cell.source for cell in session.cells], case.files)
    before = [run.source or "" for run in session.runs]
    wrong: list[str] = []
    for cell, said in zip(session.cells, report.cells, strict=True):
        done = clean[cell.index] if cell.index < len(clean) else None
        now = executed_on(before, cell.source, case.files)
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
    assert wrong == [], "; ".join(wrong)


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


def assert_edges(case: Case) -> None:
    """The graph of the page has exactly these edges, by these names."""
    page = Session.of(*case.page)
    if case.files:
        with fresh_process(case.files):
            edges = graph_of(page.notebook(), page.surroundings()).edges
    else:
        edges = graph_of(page.notebook()).edges
    found = [f"{edge.source}>{edge.target} {' '.join(edge.names)}" for edge in edges]
    expected = [part.strip() for part in case.edges.split(",") if part.strip()]
    assert sorted(found) == sorted(expected), ", ".join(found)


ASPECTS: dict[str, Callable[[Case], None]] = {
    "in order": assert_in_order,
    "findings": assert_findings,
    "answers": assert_answers,
}


def aspects_of(cases: Iterable[Case], *aspects: str) -> list[object]:
    """Parameters for `pytest`."""
    every = ((case, aspect) for case in cases for aspect in (aspects or ASPECTS))
    return [pytest.param(case, aspect, id=f"{case.name}: {aspect}") for case, aspect in every]
