"""Names that code may have bound anew which nobody sees, and which a clean run does not run so:
`exec` of a computed text, `globals`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bindings import Step, root_name
from .deeds import UNSEEN
from .timeline import History, PastRun, Plan

_WHO = ("`exec`", "`globals()`", "`vars()`", "`locals()`")
_FILLS = re.compile(r"\b(globals|vars|locals)\(\)(?!\s*\.(get|keys|values|items|copy)\b)")
"""Any use of these but for a look."""


def rebound(history: History, plan: Plan) -> tuple[frozenset[str], str]:
    """(cells that read a name which is older than such a run, the reason why nobody knows)"""
    if history.end.opaque is None:
        return frozenset(), ""
    meant = {step.value for planned in plan.cells for step in _hiding(planned.steps)}
    late = [
        past
        for past in history.runs
        if any(step.value not in meant for step in _hiding(past.steps))
    ]
    if not late:
        return frozenset(), ""
    cells: set[str] = set()
    for cell_id, past in history.last.items():
        before = [run.number for run in late if run.number < past.number]
        if before and _reads_older(past, before[-1]):
            cells.add(cell_id)
    reason = f"{late[0].prompt} may have bound any name anew, and a clean run does not run it so"
    return frozenset(cells), reason if cells else ""


def _hiding(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The statements that may define any name."""
    for step in steps:
        if step.facts.opaque is not None:
            told = step.facts.opaque.startswith("`exec`") or _FILLS.search(step.facts.text)
            if told and step.facts.opaque.startswith(_WHO):
                yield step
        elif any(
            UNSEEN in made.ambient_writes
            for one in step.reads.values()
            for made in (one.deferred if one is not None and one.deferred else ())
        ):
            yield step


def _reads_older(past: PastRun, number: int) -> bool:
    """Does the run read a name, but for modules and functions, that was bound before the run of
    that number and is not bound since?"""
    for step in past.steps:
        for name, one in step.reads.items():
            if one is None or one.module or one.deferred or root_name(name)[0] == "@":
                continue
            bound = one.chain.step.owner.run
            if bound is not None and bound < number:
                return True
    return False
