"""Make a cell that runs over its own result give the same however often it runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.facts import StatementFacts, facts_of
from ..analysis.names import label
from ..analysis.timeline import Plan, PlannedCell, walk_plan
from ..model import CellEdit, Fix
from ..records import replace
from . import pages
from .bench import Bench, all_deferred
from .rename import CannotRenameError, renamed_at, uses
from .run import AGAIN, is_imported, walked

Edits = tuple[str, tuple[CellEdit, ...]]
"""A title, and what it does."""


class Idempotent:
    """Edits after which a second run computes what the first did, and a clean run what it
    computes now: the cell is joined with the one above it that it starts from, or its
    result gets a name of its own."""

    def __init__(self, difference: Difference) -> None:
        self.plan = difference.plan
        self.bench = Bench(difference.plan, difference.history)

    def of(self, cell_id: str | None, name: str) -> tuple[Fix, ...]:
        """The first such edit for ``name`` in the cell; none where none is sure to help."""
        planned = self.plan.by_id.get(cell_id or "")
        if planned is None or planned.facts.error is not None:
            return ()
        if is_imported(name, self.plan.namespace):
            return ()
        for title, edits in self._candidates(planned, name):
            after = self.bench.walk(edits)
            if after is None or not self.bench.is_mended(after, ()):
                continue
            if _settles(after, planned.cell.id):
                return (pages.fix_of("make-idempotent", title, edits),)
        return ()

    def _candidates(self, planned: PlannedCell, name: str) -> Iterator[Edits]:
        above = _start_of(planned, name, self.plan)
        if above is not None:
            source = f"{above.cell.source}\n{planned.cell.source}"
            joined = pages.replacement(planned.cell, source), pages.deletion(above.cell)
            yield f"Join {label(above)} and {label(planned)}", joined
        if name.isidentifier():
            new = _free_name(name, self.plan)
            try:
                edits = tuple(_with_own_name(name, new, planned, self.plan))
            except CannotRenameError:
                return
            if edits:
                yield f"Name the result of {label(planned)} `{new}`", edits


def _settles(plan: Plan, cell_id: str) -> bool:
    """Does the cell compute the same when it runs again straight after itself?"""
    planned = plan.by_id[cell_id]
    upto = tuple(cell for cell in plan.notebook.cells if cell.index <= planned.cell.index)
    part = walk_plan(replace(plan.notebook, cells=upto), None, plan.memory.beside())
    first = part.by_id[cell_id].steps
    again = walked(part.by_id[cell_id], part.namespace.copy(), AGAIN)
    return [step.value for step in again] == [step.value for step in first]


# --- joined with the cell above -------------------------------------------------------------


def _start_of(planned: PlannedCell, name: str, plan: Plan) -> PlannedCell | None:
    """The cell straight above, where it makes what the cell changes, and shows nothing."""
    above = next((c for c in plan.cells if c.cell.index == planned.cell.index - 1), None)
    root = re.split(r"[.\[]", name)[0]
    if above is None or not above.facts.statements or above.facts.error is not None:
        return None
    makes = any(root in statement.writes for statement in above.facts.statements)
    shows = isinstance(above.facts.statements[-1].node, ast.Expr)
    if not makes or shows or above.facts.magics or planned.facts.magics:
        return None
    return above


# --- a name of its own ----------------------------------------------------------------------


def _free_name(name: str, plan: Plan) -> str:
    stem = re.sub(r"_\d+$", "", name)
    text = "\n".join(planned.cell.source for planned in plan.cells)
    number = 2
    while re.search(rf"\b{re.escape(stem)}_{number}\b", text):
        number += 1
    return f"{stem}_{number}"


def _with_own_name(name: str, new: str, planned: PlannedCell, plan: Plan) -> Iterator[CellEdit]:
    """Rename what the cell binds, and its uses from there on; nothing else may bind it there."""
    statements = planned.facts.statements
    binding = [n for n, one in enumerate(statements) if _binds(one, name)]
    node = statements[binding[0]].node if binding else None
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    if len(binding) != 1 or not isinstance(target, ast.Name):
        return
    above = [c for c in plan.cells if c.cell.index < planned.cell.index]
    below = [c for c in plan.cells if c.cell.index > planned.cell.index]
    before = [*(s for c in above for s in c.facts.statements), *statements[: binding[0]]]
    if any(_reads_later(s, name) for s in before):
        return
    if any(_binds(s, name) for c in below for s in c.facts.statements):
        return
    if any(_is_unseen(c, name) for c in (planned, *below)):
        return
    if any(name in later.writes for s in before for later in all_deferred(s)):
        return
    places = {(target.lineno, target.col_offset)}
    for statement in statements[binding[0] + 1 :]:
        places.update(uses(statement.node, name, new))
    yield pages.replacement(planned.cell, renamed_at(places, name, new, planned))
    for other in below:
        places = {place for s in other.facts.statements for place in uses(s.node, name, new)}
        source = renamed_at(places, name, new, other)
        if any(_reads(statement, name) for statement in facts_of(source).statements):
            raise CannotRenameError  # in a text that is evaluated, or the like
        if places:
            yield pages.replacement(other.cell, source)


def _binds(statement: StatementFacts, name: str) -> bool:
    return name in statement.writes | statement.maybe_writes | statement.deletes


def _reads(statement: StatementFacts, name: str) -> bool:
    return any(read.name == name for read in statement.reads) or _reads_later(statement, name)


def _reads_later(statement: StatementFacts, name: str) -> bool:
    return any(read.name == name for one in all_deferred(statement) for read in one.reads)


def _is_unseen(planned: PlannedCell, name: str) -> bool:
    """May the cell use or bind the name in a way that no renaming follows?"""
    return any(name in magic.text for magic in planned.facts.magics) or any(
        s.opaque or any(name in one.writes for one in all_deferred(s))
        for s in planned.facts.statements
    )
