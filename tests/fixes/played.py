"""Sessions to which fixes are applied: edits of the page, or cells that really run."""

from __future__ import annotations

from analysis.sessions import Session, execute

from jupyter_prodready.analysis.difference import Difference
from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.memory import Memory
from jupyter_prodready.analysis.timeline import walk_history, walk_plan
from jupyter_prodready.fixes import pages
from jupyter_prodready.model import Finding, Fix


def again(session: Session) -> Session:
    """The same session in a kernel of its own, so that two fixes can be tried."""
    other = Session(list(session.cells), list(session.runs), shown=dict(session.shown))
    other.count = session.count
    for run in session.runs:
        execute(run.source or "", other.namespace)
    return other


def fixed(session: Session, fix: Fix) -> Session:
    """The session with the fix: the page edited, or the cells run."""
    other = again(session)
    if fix.kind == "restart":
        other = Session(list(session.cells))
        other.run_all()
    for cell_id in fix.run:
        place = next(i for i, cell in enumerate(other.cells) if cell.id == cell_id)
        assert other.run(place), other.shown
    other.cells = list(pages.edited(other.notebook(), fix.cells).cells)
    return other


def offered(session: Session, check: str) -> dict[str, Fix]:
    """The fixes of the one finding of this check, by title."""
    (finding,) = [one for one in session.report().findings if one.check == check]
    return {fix.title: fix for fix in finding.fixes}


def sources(session: Session) -> list[str]:
    return [cell.source for cell in session.cells]


def gaps(session: Session) -> dict[tuple[str, str], bool]:
    """Which cell lacks which name in a clean run, and is that certain?"""
    notebook, memory = session.notebook(), Memory()
    history = walk_history(from_runs(notebook, session.runs), memory)
    missing = Difference(walk_plan(notebook, history, memory), history).missing
    return {(one.cell_id, one.name): one.certain for one in missing}


def certain(session: Session) -> set[tuple[str, str]]:
    return {gap for gap, is_certain in gaps(session).items() if is_certain}


def key(finding: Finding) -> tuple[str, str]:
    return finding.cell_id, ",".join(finding.names)
