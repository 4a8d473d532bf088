"""How far a run came that failed: which of its statements took effect."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING

from ..model import Run
from .bindings import Owner, Step
from .facts import CellFacts, StatementFacts

if TYPE_CHECKING:
    from .provenance import Namespace


def in_part(facts: StatementFacts) -> StatementFacts:
    """A loop, say, that did not come to its end: what it left is nobody else's."""
    found, rare = copy(facts), copy(facts.rare)
    rare.unrepeatable = True
    found.rare, found.plain = rare, None
    return found


def failing_step(facts: CellFacts, run: Run, owner: Owner, namespace: Namespace) -> Step | None:
    """The failing statement, walked aside: it left nothing behind but its message."""
    number = failing(facts, run)
    if number is None:
        return None
    with namespace.aside():
        return namespace.step(facts.statements[number], owner, number)


def failing(facts: CellFacts, run: Run) -> int | None:
    if run.status != "error" or not facts.statements:
        return None
    if run.error_line is None:
        return len(facts.statements) - 1
    line = run.error_line
    return next((i for i, s in enumerate(facts.statements) if s.end_line >= line), None)


def statements_done(facts: CellFacts, run: Run) -> Iterable[int]:
    """Which statements of a run took effect: of a failed one those before the failing
    line, with a failing loop or ``with`` counted as done in part."""
    total = len(facts.statements)
    if run.status != "error":
        return range(total)
    at = failing(facts, run)
    if at is None:
        return range(total)
    partly = run.error_line is not None and facts.statements[at].is_compound
    return range(at + 1 if partly else at)
