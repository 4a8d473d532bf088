"""One sentence about the whole notebook."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..model import CellReport, Evidence, Finding, Notebook, Verdict
from .difference import Difference

UNKNOWN_YET = "Not run in this kernel yet."


def verdict_of(
    difference: Difference, cells: Sequence[CellReport], findings: Sequence[Finding]
) -> Verdict:
    """The first of: broken, unknown, stale, in-order, weak that the evidence supports."""
    notebook = difference.plan.notebook
    if not any(cell.source.strip() for cell in notebook.code_cells):
        return Verdict("none", "No code to check yet.")
    broken = [f for f in findings if f.certain and f.severity.value == "error"]
    if broken:
        first = min(broken, key=lambda one: (one.cell_index, one.line))
        return Verdict("broken", _broken(notebook, first))
    history = difference.history
    evidence = history.evidence if history else Evidence(None)
    if history is None or evidence.saved or not history.runs:
        return Verdict("unknown", _unknown(evidence, findings))
    stale = [cell for cell in cells if cell.state in ("stale", "edited")]
    if stale:
        return Verdict("stale", _stale(stale))
    if not history.complete:
        return Verdict(
            "unknown", "Some runs of this kernel are not known: restart and verify to be sure."
        )
    if (unfinished := _unfinished(difference)) is not None:
        return unfinished
    if _in_order(difference):
        return Verdict("in-order", _in_order_message(cells))
    if (unclear := _unclear(difference, cells)) is not None:
        return unclear
    return Verdict(
        "weak",
        "Probably fine: some cells ran again or out of order, but nothing shown depends on it.",
    )


def other_language(notebook: Notebook, evidence: Evidence) -> Verdict:
    """What the order of the runs tells where the code cannot be read."""
    reason = f"code analysis is for Python, and this notebook is in {notebook.language}"
    return Verdict("other-language", f"{_order_of_runs(notebook, evidence)}; {reason}.")


def _order_of_runs(notebook: Notebook, evidence: Evidence) -> str:
    last = {run.cell_id: number for number, run in enumerate(evidence.runs or ())}
    ran = [cell for cell in notebook.code_cells if cell.id in last]
    if not ran:
        return UNKNOWN_YET.rstrip(".")
    for above, below in pairwise(ran):
        if last[above.id] > last[below.id]:
            return (
                f"Out of page order: {above.label} ran after {below.label}, which stands below it"
            )
    never = len([cell for cell in notebook.code_cells if cell.source.strip()]) - len(ran)
    return "Ran in page order" if never <= 0 else "Ran in page order, but not all cells"


def _broken(notebook: Notebook, finding: Finding) -> str:
    cell = notebook.cell(finding.cell_id)
    label = cell.label if cell is not None else "a cell"
    if finding.names:
        return f"Will not run from a clean start: {label} needs `{finding.names[0]}`"
    return f"Will not run from a clean start: {label} {finding.message.removeprefix('it ')}"


def _unknown(evidence: Evidence, findings: Sequence[Finding]) -> str:
    possible = sum(not finding.certain for finding in findings)
    problems = f"{possible} possible problem{'s' if possible != 1 else ''}"
    if evidence.saved:
        return f"{UNKNOWN_YET} Reading the saved file: {problems}."
    return UNKNOWN_YET + (f" Reading the page: {problems}." if possible else "")


def _stale(stale: Sequence[CellReport]) -> str:
    if len(stale) == 1:
        return "1 output is out of date."
    return f"{len(stale)} outputs are out of date."


def _unfinished(difference: Difference) -> Verdict | None:
    """Of the first cell that failed as a clean run would, or was stopped, when it ran last."""
    assert difference.history is not None
    for planned, past in difference.apart.items():
        if past.run.status != "error":
            continue
        if past.run.error_name == "KeyboardInterrupt":
            words = (
                f"{planned.cell.label} was stopped before its end: run it to know what it gives."
            )
            return Verdict("unknown", words)
        if "raises-exception" not in planned.cell.tags:
            return Verdict(
                "broken", f"{planned.cell.label} failed when it ran: Run All stops there."
            )
    return None


def _unclear(difference: Difference, cells: Sequence[CellReport]) -> Verdict | None:
    """Of the first cell that ran, and of which nobody knows what it shows in a clean run."""
    assert difference.history is not None
    for cell in cells:
        if cell.state == "unknown" and cell.id in difference.history.last:
            label = difference.plan.by_id[cell.id].cell.label
            return Verdict(
                "unknown", f"What {label} shows after a restart is not known: verify to be sure."
            )
    return None


def _in_order(difference: Difference) -> bool:
    """Every run is the present code of one cell, in page order, once, and succeeded."""
    assert difference.history is not None
    runs, cells = difference.history.runs, difference.plan.by_id
    found = [cells.get(key) for past in runs if (key := past.run.cell_id) is not None]
    known = [planned.cell.index for planned in found if planned is not None]
    once = len(set(known)) == len(runs) and known == sorted(known)
    failed = [1 for past in runs if past.run.status != "ok"]
    return once and not failed and not difference.taints


def _in_order_message(cells: Sequence[CellReport]) -> str:
    ran = [cell for cell in cells if cell.state == "reproducible"]
    if len(ran) == 1:
        return "So far, so good: one cell ran."
    old = len([1 for cell in cells if cell.state == "old-session"])
    rest = f" {old} outputs are from an earlier session." if old else ""
    return f"So far, so good: {len(ran)} cells ran once, top to bottom.{rest}"
