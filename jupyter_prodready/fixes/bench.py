"""Where a fix is tried: the page is planned again with it.

A page of a thousand cells is not walked for every fix: what an insertion or a replaced
line can change is settled by the cells that read the names in question, and by those that
bind what these read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..analysis.bindings import Step
from ..analysis.difference import Difference, MissingName
from ..analysis.facts import DeferredFacts, StatementFacts, facts_of
from ..analysis.kept import by_source
from ..analysis.timeline import History, Plan, PlannedCell, walk_plan
from ..model import CellEdit
from ..records import replace
from .pages import edited

TRIES = 20
CELLS_PER_TRY = 100
"""A try that walks the whole page counts once more for each of these many cells."""

Gap = tuple[str, str]
"""A cell and a name that it lacks."""


class Bench:
    """Tries edits of one page. ``left`` bounds the work that one check may spend on it.

    Without a ``history`` no run bears witness that a name is needed, so no name at all may
    be missing that was not.
    """

    def __init__(self, plan: Plan, history: History | None = None) -> None:
        self.plan = plan
        self.history = history
        self.left = TRIES

    def mends(self, edits: Sequence[CellEdit], gaps: Iterable[Gap]) -> bool:
        """Do the edits close all ``gaps`` without a new certain one, and parse?"""
        if self.left <= 0 or not self._parses(edits):
            return False
        self.left -= 1
        page = edited(self.plan.notebook, edits, numbered=False)
        judged, cells = self._slice(edits)
        part = replace(page, cells=tuple(c for c in page.cells if c.id in cells or c.id in judged))
        missing = self._missing(walk_plan(part, self.history, self.plan.memory.beside()))
        return self._is_better([one for one in missing if one.cell_id in judged], gaps)

    def walk(self, edits: Sequence[CellEdit]) -> Plan | None:
        """The whole page with the edits; None where it would cost too much."""
        cost = 1 + len(self.plan.cells) // CELLS_PER_TRY
        if self.left < cost or not self._parses(edits):
            return None
        self.left -= cost
        page = edited(self.plan.notebook, edits)
        return walk_plan(page, self.history, self.plan.memory.trial())

    @cached_property
    def before(self) -> Plan:
        """The page without edits, walked as `walk` does: its values can be compared."""
        if self.history is not None or not is_renewed(self.plan):
            return self.plan
        return walk_plan(self.plan.notebook, None, self.plan.memory.beside())

    def is_mended(self, after: Plan, gaps: Iterable[Gap]) -> bool:
        return self._is_better(self._missing(after), gaps)

    def closes(self, after: Difference, gaps: Iterable[Gap]) -> bool:
        """Does the walked page lack nothing of ``gaps``, and nothing new for certain?"""
        return self._is_better(after.missing, gaps)

    @cached_property
    def difference(self) -> Difference:
        return Difference(self.plan, self.history)

    def _missing(self, plan: Plan) -> Sequence[MissingName]:
        return Difference(plan, self.history).missing

    def _is_better(self, missing: Sequence[MissingName], gaps: Iterable[Gap]) -> bool:
        after = {(one.cell_id, one.name) for one in missing}
        return self._bad(missing) <= self._known and after.isdisjoint(gaps)

    @cached_property
    def _known(self) -> frozenset[Gap]:
        return self._bad(self.difference.missing)

    def _bad(self, missing: Sequence[MissingName]) -> frozenset[Gap]:
        bad = (one for one in missing if one.certain or self.history is None)
        return frozenset((one.cell_id, one.name) for one in bad)

    def _parses(self, edits: Sequence[CellEdit]) -> bool:
        return all(facts_of(edit.after or "").error is None for edit in edits)

    # --- the part of the page that settles it ---------------------------------------------

    def _slice(self, edits: Sequence[CellEdit]) -> tuple[set[str], set[str]]:
        """(cells to judge, cells that supply what these read)."""
        added, removed = _changes(self.plan, edits)
        judged = {edit.cell_id for edit in edits}
        touched = {name for s in (*added, *removed) for name in _bound(s)}
        needed = {name for s in added for name in _needed(s)}
        grows = any(s.deferred for s in added)
        for planned in self.plan.cells:
            if planned.cell.id in judged or _reads(planned, touched):
                judged.add(planned.cell.id)
                needed.update(name for step in planned.steps for name in step.reads)
                if grows:
                    touched.update(name for step in planned.steps for name in _bound(step.facts))
        if needed & self._bound_by_calls:
            return {c.cell.id for c in self.plan.cells} | judged, set()
        return judged, self._suppliers(needed)

    def _suppliers(self, needed: set[str]) -> set[str]:
        cells: set[str] = set()
        known = 0
        while known != len(needed):
            known = len(needed)
            for planned in self.plan.cells:
                for step in planned.steps:
                    if _binds_one(step.facts, needed):
                        cells.add(planned.cell.id)
                        needed.update(_called_by(step))
        return cells

    @cached_property
    def _bound_by_calls(self) -> frozenset[str]:
        """Names that a function of the page binds when it is called."""
        return frozenset(
            name
            for planned in self.plan.cells
            for statement in planned.facts.statements
            for deferred in all_deferred(statement)
            for name in deferred.writes
        )


# No set is made for a statement in these: a large page would keep the collector busy.


def _reads(planned: PlannedCell, names: set[str]) -> bool:
    return any(not names.isdisjoint(step.reads) for step in planned.steps)


def _binds_one(facts: StatementFacts, names: set[str]) -> bool:
    """Does the statement bind or drop one of the names, or may it do so to any?"""
    return bool(
        facts.opaque
        or facts.resets
        or not names.isdisjoint(facts.writes)
        or not names.isdisjoint(facts.maybe_writes)
        or not names.isdisjoint(facts.deletes)
    )


def _changes(
    plan: Plan, edits: Iterable[CellEdit]
) -> tuple[list[StatementFacts], list[StatementFacts]]:
    """(statements that come, statements that go)."""
    added: list[StatementFacts] = []
    removed: list[StatementFacts] = []
    for edit in edits:
        old = plan.by_id[edit.cell_id].facts.statements if edit.cell_id in plan.by_id else ()
        new = facts_of(edit.after or "").statements
        added += [s for s in new if s.key not in {other.key for other in old}]
        removed += [s for s in old if s.key not in {other.key for other in new}]
    return added, removed


def _bound(facts: StatementFacts) -> frozenset[str]:
    return facts.writes | facts.maybe_writes | facts.deletes


def _called_by(step: Step) -> set[str]:
    """Names that a use of what the step binds may read in its turn."""
    inherited = {q for q, b in step.reads.items() if b is not None and b.deferred}
    return inherited | {read.name for one in all_deferred(step.facts) for read in one.reads}


def _needed(facts: StatementFacts) -> set[str]:
    names = {read.name for read in facts.reads}
    return names | {read.name for one in all_deferred(facts) for read in one.reads}


def is_renewed(plan: Plan) -> bool:
    """May a cell of the page give another result each time that it runs?"""
    return any(_renews(planned.cell.source) for planned in plan.cells)


@by_source
def _renews(source: str) -> bool:
    for facts in facts_of(source).statements:
        if facts.unrepeatable or facts.draws:
            return True
        has_later = facts.deferred or facts.anonymous
        if has_later and any(one.unrepeatable or one.draws for one in all_deferred(facts)):
            return True
    return False


def all_deferred(facts: StatementFacts) -> list[DeferredFacts]:
    """What the functions, classes and lambdas of the statement will do when used."""
    if not facts.deferred and not facts.anonymous:
        return []
    direct = [one for _, one in facts.deferred]
    return [*direct, *facts.anonymous, *(method for one in direct for _, method in one.methods)]
