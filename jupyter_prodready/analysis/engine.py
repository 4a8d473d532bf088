"""Runs every check over one notebook. Knows no check by name."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from ..model import (
    CellReport,
    Evidence,
    Finding,
    Notebook,
    Report,
    Severity,
    Skipped,
    Surroundings,
)
from ..records import replace
from .answers import cell_reports
from .difference import Difference
from .facts import facts_of, parsed
from .kept import forget_sources
from .keys import KEYS
from .memory import Memory, forget, memory_of
from .rule import Check, Draft
from .site_walk import sites_of
from .suppress import split, suppressions
from .timeline import History, walk_history, walk_plan
from .verdict import other_language, verdict_of

_LATE = frozenset({"unused", "used"})
"""Evidence that is there once the other checks have run."""
UNSEEN = "the project's files were not looked at"


def analyse(
    notebook: Notebook,
    evidence: Evidence,
    checks: Sequence[Check],
    surroundings: Surroundings | None = None,
    off: Collection[str] = (),
) -> Report:
    """What a restart would change, and why: answers, findings, verdict.

    Pure: the same arguments give the same report. Checks that need ``surroundings`` are
    skipped where they are None. A comment that suppresses one of the checks that are
    ``off`` is not called unused. Never raises for what a cell contains.
    """
    if notebook.language.lower() not in ("python", "ipython", "python3"):
        return _other_language(notebook, evidence)
    with _no_collections():
        return _analyse(notebook, evidence, checks, surroundings, off)


def _analyse(
    notebook: Notebook,
    evidence: Evidence,
    checks: Sequence[Check],
    surroundings: Surroundings | None,
    off: Collection[str],
) -> Report:
    if KEYS.is_full:
        forget_all()
    memory = memory_of(notebook.path)
    memory.know(surroundings)
    memory.results = _reads_results(notebook, evidence, memory)
    history = walk_history(evidence, memory) if evidence.runs is not None else None
    plan = walk_plan(notebook, history, memory)
    difference = Difference(plan, history, memory)
    found, skipped = _run(checks, difference, evidence, surroundings)
    unjudged = {*off, *(one.check for one in skipped)}
    known = suppressions(notebook)
    stand, suppressed, unused = split(found, known, unjudged)
    late = [check for check in checks if _LATE & check.asks]
    given = {"unused": unused, "used": tuple(s for s in known if s not in unused), "plan": plan}
    stand += tuple(_findings(notebook, late, given))
    cells = cell_reports(difference)
    return Report(
        path=notebook.path,
        verdict=verdict_of(difference, cells, _weighty(stand, checks)),
        cells=cells,
        findings=tuple(sorted(stand, key=_order)),
        suppressed=suppressed,
        skipped=skipped,
    )


def _reads_results(notebook: Notebook, evidence: Evidence, memory: Memory) -> bool:
    """Does any code, of the page or of a run, read ``_`` or ``Out``?"""
    sources = dict.fromkeys([cell.source for cell in notebook.code_cells])
    sources |= dict.fromkeys([run.source for run in evidence.runs or () if run.source])
    known = memory.reads_results
    for gone in known.keys() - sources.keys():
        del known[gone]
    if len(known) < len(sources):
        new = [one for one in sources if one not in known]
        for source in new:
            parsed(source)
        known |= {source: facts_of(source).reads_results for source in new}
    return True in known.values()


@contextmanager
def _no_collections() -> Iterator[None]:
    """No garbage collection meanwhile: much is made here and nothing of it is garbage. Nor
    just after it: what was made counts as old then, without having been looked through."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def forget_all() -> None:
    """Drop all that is remembered of sources and walks; the next analysis is a cold one."""
    forget_sources()
    KEYS.forget()
    forget()


def _run(
    checks: Sequence[Check],
    difference: Difference,
    evidence: Evidence,
    surroundings: Surroundings | None,
) -> tuple[list[Finding], tuple[Skipped, ...]]:
    given: dict[str, object] = {
        "plan": difference.plan,
        "missing": difference.missing,
        "sites": sites_of(difference.plan.notebook),
        "ran": _ran(difference, evidence),
        "runs": evidence.runs or (),
    }
    if surroundings is not None:
        given["surroundings"] = surroundings
    if difference.history is not None:
        given |= {"history": difference.history, "difference": difference}
        given["lost"] = difference.lost_runs
    early = [check for check in checks if not _LATE & check.asks]
    able = [check for check in early if check.asks <= given.keys()]
    named = {check.name for check in able}
    reason = "; ".join(evidence.missing) or "no kernel history"
    skipped = [
        Skipped(
            check.name, UNSEEN if set(check.needs) - given.keys() == {"surroundings"} else reason
        )
        for check in early
        if check.name not in named
    ]
    unsure = [*evidence.missing, difference.unwatched.reason] if evidence.runs is not None else []
    if told := "; ".join(filter(None, unsure)):
        skipped += [Skipped(c.name, told) for c in able if "difference" in c.needs]
    return list(_findings(difference.plan.notebook, able, given)), tuple(skipped)


def _ran(difference: Difference, evidence: Evidence) -> frozenset[str]:
    """Cells whose newest run in this session was their present code, and succeeded."""
    if difference.history is None or evidence.saved:
        return frozenset()
    others = [
        planned.cell.id
        for planned, past in difference.apart.items()
        if past.run.status != "ok" or past.facts.keys != planned.facts.keys
    ]
    ran = difference.plan.by_id.keys() & difference.history.last.keys()
    return frozenset(ran.difference(others)) | difference.read_elsewhere


def _weighty(findings: Iterable[Finding], checks: Sequence[Check]) -> list[Finding]:
    """What the verdict goes by."""
    order = {check.name for check in checks if check.subject == "order"}
    return [finding for finding in findings if finding.certain or finding.check in order]


def _findings(
    notebook: Notebook, checks: Iterable[Check], given: dict[str, object]
) -> Iterable[Finding]:
    for check in checks:
        evidence = {name: given[name] for name in check.needs}
        for draft in check.find(**evidence):
            yield _finding(notebook, check, draft)


def _finding(notebook: Notebook, check: Check, draft: Draft) -> Finding:
    cell = notebook.cell(draft.cell_id)
    severity = draft.severity or check.severity
    if severity is Severity.ERROR and not draft.certain:
        severity = Severity.WARNING
    return Finding(
        check=check.name,
        severity=severity,
        certain=draft.certain,
        cell_id=draft.cell_id,
        cell_index=cell.index if cell is not None else 0,
        line=draft.line,
        message=draft.message,
        names=draft.names,
        cause=draft.cause,
        affected=draft.affected,
        fixes=draft.fixes,
        consequence=draft.consequence,
    )


def _order(finding: Finding) -> tuple[int, int, int, str]:
    return (0 if finding.certain else 1, finding.cell_index, finding.line, finding.check)


def _other_language(notebook: Notebook, evidence: Evidence) -> Report:
    """Order answers only: what ran, what never did, what was edited since."""
    blind = tuple(replace(cell, source="") for cell in notebook.cells)
    runs = tuple(replace(run, source="") for run in evidence.runs or ())
    history = walk_history(replace(evidence, runs=runs), Memory()) if evidence.runs else None
    plan = walk_plan(replace(notebook, cells=blind), history, Memory())
    cells = tuple(
        _order_answers(report, notebook, evidence)
        for report in cell_reports(Difference(plan, history))
    )
    reason = f"code analysis is for Python, and this notebook is in {notebook.language}"
    verdict = other_language(notebook, evidence)
    return Report(notebook.path, verdict, cells, skipped=(Skipped("*", reason),))


def _order_answers(report: CellReport, notebook: Notebook, evidence: Evidence) -> CellReport:
    cell = notebook.cell(report.id)
    assert cell is not None
    ran = [run for run in evidence.runs or () if run.cell_id == cell.id]
    edited = (
        bool(ran) and not evidence.saved and (ran[-1].source or "").strip() != cell.source.strip()
    )
    state = "edited" if edited else "unknown" if report.state == "reproducible" else report.state
    return replace(
        report,
        state=state,
        certain=False,
        inputs="unknown",
        now="unknown",
        restart="unknown",
        first_line=cell.first_line[:120],
    )


__all__ = ["History", "analyse"]
