"""Runs that failed half-way, and the names that cells below have from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..records import dataclass, field
from .bindings import Binding, Step, root_name
from .difference import Difference
from .paired import is_edited, pairs
from .timeline import PastRun, PlannedCell


@dataclass
class HalfWay:
    """The newest run of a cell, which failed. ``given`` has the steps of it that supplied
    names to other cells, ``readers`` those cells in page order."""

    past: PastRun
    planned: PlannedCell
    given: dict[str, Step] = field(default_factory=dict)
    readers: dict[str, None] = field(default_factory=dict)

    @property
    def certain(self) -> bool:
        """Does the traceback say that these names were set, and would a clean run, which does
        the same, fail at the same statement?"""
        line, failing = self.past.run.error_line, self.past.failing
        if line is None or failing is None or self.past.run.error_name == "KeyboardInterrupt":
            return False
        asks = failing.facts.effects or failing.facts.imports or failing.facts.unrepeatable
        same = any(step.value == failing.value for step in self.planned.steps)
        return same and not asks and all(s.facts.end_line < line for s in self.given.values())


def half_way(difference: Difference) -> tuple[HalfWay, ...]:
    """Failed runs of cells as they stand whose names others use, and which a clean run would
    supply alike: no other finding tells of them."""
    found = dict(_failed(difference))
    for planned in difference.plan.cells if found else ():
        past = difference.history.last.get(planned.cell.id) if difference.history else None
        if past is None or is_edited(planned, past):
            continue
        for actual, expected in pairs(past, planned):
            if actual.value == expected.value or _follows_from_a_part(difference, actual, expected):
                _note(found, planned.cell.id, actual.reads)
    return tuple(half for half in found.values() if half.given)


def _follows_from_a_part(difference: Difference, actual: Step, expected: Step) -> bool:
    """Do they differ by a loop alone that did not come to its end?"""
    root = difference.causes.root(actual, expected) if difference.causes is not None else None
    return root is not None and root.kind == "unknown"


def _failed(difference: Difference) -> Iterator[tuple[int, HalfWay]]:
    lacking = {name.cell_id for name in difference.missing}
    for planned, past in difference.apart.items():
        if past.run.status != "error" or planned.cell.id in lacking:
            continue
        if not is_edited(planned, past) and "raises-exception" not in planned.cell.tags:
            yield past.number, HalfWay(past, planned)


def _note(found: Mapping[int, HalfWay], reader: str, reads: Mapping[str, Binding | None]) -> None:
    """Note the names that ``reader`` has from a failed run of another cell."""
    for name, binding in reads.items():
        for link in binding.links() if binding is not None and name[0] != "@" else ():
            half = found.get(-1 if link.step.owner.run is None else link.step.owner.run)
            if half is not None and half.planned.cell.id != reader:
                half.given.setdefault(root_name(name), link.step)
                half.readers[reader] = None
