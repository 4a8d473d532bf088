"""Where two derivations part: the root of every difference between history and plan.

The walk back through providers stops at the first place where what really supplied a
value is not what a clean run would take. That place is the cause; everything that was
computed from it is tainted, and is not reported on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from ..records import dataclass
from .bindings import MISSING, PRESENCE, Binding, Chain, Step, number_of, root_name
from .deeds import ANY
from .essence import looks_into
from .frames import columns_gone
from .identity import parted, strangers
from .likeness import Likeness
from .named_files import files_of
from .origins import giver_of
from .partings import Partings
from .submodules import modules_gone
from .timeline import History, PastRun, Plan, PlannedCell

Kind = Literal[
    "edited-since-run",
    "stale-input",
    "repeated-run",
    "out-of-order-run",
    "lingering-effect",
    "never-run",
    "missing",
    "unknown",
]

LOOKED_UP = 4
LOOKED_BACK = 50
MODULE = "@module:"
"""Begins the name of a root that is a module of the project, edited since its import."""


@dataclass(frozen=True)
class Root:
    """The cause of a difference. ``place`` is the cell to report it at (None: at the
    first tainted cell), ``run`` the number of the run that really supplied the value."""

    kind: Kind
    name: str
    place: str | None = None
    cell_id: str | None = None
    run: int | None = None


class Causes:
    """Finds and remembers the root of each pair of differing steps."""

    def __init__(self, history: History, plan: Plan, likeness: Likeness) -> None:
        self.history = history
        self.likeness = likeness
        self.plan = plan
        self._known: dict[tuple[int, int], Root] = {}
        self._partings = Partings(likeness)
        self._places: dict[int, tuple[int, int] | None] = {}

    def root(self, actual: Step, expected: Step) -> Root:
        """``actual`` and ``expected`` are the same code with different values."""
        key = (id(actual), id(expected))
        if key not in self._known:
            self._known[key] = Root("unknown", "")
            self._known[key] = self._find(actual, expected)
        return self._known[key]

    def run(self, number: int | None) -> PastRun | None:
        return None if number is None else self._runs.get(number)

    @cached_property
    def _runs(self) -> dict[int, PastRun]:
        return {past.number: past for past in self.history.runs}

    def _find(self, actual: Step, expected: Step) -> Root:
        # A name that only one side reads follows from another: the function that reads it.
        looks = looks_into(actual.facts)
        gone = (*columns_gone(expected, actual), *modules_gone(expected, actual))
        lacking = {read.name for read in (*expected.missing, *gone) if not read.unbound}
        for name in sorted(_comparable(actual, expected), key=lambda one: (one[:4] == ANY, one)):
            really, planned = actual.reads.get(name), expected.reads.get(name)
            if name in lacking:
                return Root("missing", name)
            if name[:4] == ANY and number_of(name, really) != number_of(name, planned):
                return Root("unknown", name)
            if PRESENCE in (number_of(name, really), number_of(name, planned)):
                really, planned = _same_part(name, actual, expected)
            alike = self.likeness.bindings(name, really, planned)
            if not alike or (looks and number_of(name, really) != number_of(name, planned)):
                return self._of_name(name, really, planned, actual)
        if (again := self._class_again(actual, expected)) is not None:
            return again
        if (module := _edited_module(actual, expected)) is not None:
            origin = actual.owner
            return Root("stale-input", f"{MODULE}{module}", None, origin.cell_id, origin.run)
        newest = self._last(actual.owner.cell_id)
        if newest is not None and newest.number != actual.owner.run:
            return Root("stale-input", "", None, actual.owner.cell_id, newest.number)
        found = self._named_anew(actual, expected) or self._written_anew(actual, expected)
        return found or Root("unknown", "")

    def _written_anew(self, actual: Step, expected: Step) -> Root | None:
        """Is a function another one, that does the same with other names of the page?"""
        for name in sorted(_comparable(actual, expected)):
            mine, its = actual.reads.get(name), expected.reads.get(name)
            if mine and its and mine.deferred and mine.provenance != its.provenance:
                return self._parting(name, mine.chain, its.chain, actual)
        return None

    def _named_anew(self, actual: Step, expected: Step) -> Root | None:
        """Has a function, whose name may be shown, another one by now?"""
        for name in sorted(actual.reads.keys() - expected.reads.keys()):
            binding = actual.reads[name]
            cell_id = None if binding is None else binding.chain.step.owner.cell_id
            planned, newest = self.plan.by_id.get(cell_id or ""), self._last(cell_id)
            if planned and newest and newest.facts.keys != planned.facts.keys:
                return Root("edited-since-run", name, cell_id, cell_id, newest.number)
        return None

    def _class_again(self, actual: Step, expected: Step) -> Root | None:
        """Was an object made before its class ran again? Told at the cell that made it."""
        alike = strangers(expected.reads)
        for pair in strangers(actual.reads):
            if pair not in alike and (found := parted(actual.reads, pair)) is not None:
                defined, taken = found
                place = taken.owner.cell_id if taken.owner.cell_id in self.plan.by_id else None
                name = next(iter(defined.facts.writes), pair[0])
                return Root("stale-input", name, place, defined.owner.cell_id, defined.owner.run)
        return None

    def _of_name(
        self, name: str, really: Binding | None, planned: Binding | None, reader: Step
    ) -> Root:
        if planned is None:
            missing = number_of(name, None) == MISSING and name[0] != "@"
            return Root("missing", name) if missing else self._supplied(name, really, None, reader)
        if really is None:
            if self._deleted_by_itself(name, reader):
                cell_id = reader.owner.cell_id
                return Root("repeated-run", name, cell_id, cell_id, reader.owner.run)
            return self._not_supplied(name, planned.chain.oldest.step, reader)
        a, e = self._partings.of(really, planned)
        if a is None and e is None:
            if not looks_into(reader.facts):
                return Root("unknown", name)
            a, e = really.chain, planned.chain
        if a is not None and (e is None or a.step.value == e.step.value):
            other = self._first_other(a, really, reader)
            a, e = (a, e) if other is a else (other, None)
        return self._parting(name, a, e, reader)

    def _first_other(self, a: Chain, really: Binding, reader: Step) -> Chain:
        """The first link from ``a`` on that a clean run does not make before it reaches the
        reader: one that it makes changed another part there."""
        links = really.links()
        later = links[next((n for n, one in enumerate(links) if one is a), 0) :]
        return next((one for one in later if not self._is_planned(one.step, reader)), a)

    def _parting(self, name: str, a: Chain | None, e: Chain | None, reader: Step) -> Root:
        """``a`` is the first link of what really was, ``e`` of what a clean run would have,
        that the other has not in its place."""
        if a is None:
            return (
                self._not_supplied(name, e.step, reader) if e is not None else Root("unknown", name)
            )
        if (
            e is not None
            and a.step.facts.key == e.step.facts.key
            and a.step.owner.cell_id == e.step.owner.cell_id
        ):
            return self.root(a.step, e.step)
        if e is not None and self._is_planned(a.step, reader):
            return self._not_supplied(name, e.step, reader)
        if self._partings.is_repeated(a):
            return Root(
                "repeated-run", name, a.step.owner.cell_id, a.step.owner.cell_id, a.step.owner.run
            )
        return self._supplied_chain(name, a.step, e, reader)

    def _is_planned(self, step: Step, reader: Step) -> bool:
        """Does a clean run do this very step before it reaches the reader?"""
        place = self._place_of(step.value)
        here = self.plan.position(reader.owner.cell_id)
        return place is not None and (here is None or place < (here, reader.number))

    def _place_of(self, value: int) -> tuple[int, int] | None:
        """Where a step of this value is done first. Most pages have a cause or two: to look them
        up takes less than to note the place of every step."""
        if value not in self._places:
            if len(self._places) >= LOOKED_UP:
                return self._planned.get(value)
            cells = self.plan.cells
            found = [(cell, one) for cell in cells for one in cell.steps if one.value == value]
            self._places[value] = (found[0][0].cell.index, found[0][1].number) if found else None
        return self._places[value]

    @cached_property
    def _planned(self) -> dict[int, tuple[int, int]]:
        """Where each step is done first."""
        return {
            step.value: (planned.cell.index, step.number)
            for planned in reversed(self.plan.cells)
            for step in reversed(planned.steps)
        }

    def _supplied(self, name: str, really: Binding | None, e: Chain | None, reader: Step) -> Root:
        if really is None:
            return Root("unknown", name)
        return self._supplied_chain(name, really.step, e, reader)

    def _supplied_chain(self, name: str, a: Step, e: Chain | None, reader: Step) -> Root:
        """``a`` really supplied ``name`` although a clean run would take it from elsewhere."""
        cell_id = a.owner.cell_id
        planned = self.plan.by_id.get(cell_id) if cell_id is not None else None
        if planned is None:
            return Root("lingering-effect", name, None, cell_id, a.owner.run)
        newest = self._last(cell_id)
        if a.facts.key not in planned.facts.keys:
            return self._older_version(name, a, newest, reader)
        own = next((one for one in _backwards(name, a) if _is_earlier(one, reader)), None)
        if own is not None:
            return Root("repeated-run", name, own.owner.cell_id, own.owner.cell_id, own.owner.run)
        if self._is_below(cell_id, reader):
            return Root("out-of-order-run", name, None, cell_id, a.owner.run)
        if (gone := self._called_what_is_gone(name, a, planned)) is not None:
            return gone
        if e is not None and (missed := self._not_supplied(name, e.step, reader)).kind != "unknown":
            return missed
        return Root("out-of-order-run", name, None, cell_id, a.owner.run)

    def _called_what_is_gone(self, name: str, a: Step, planned: PlannedCell) -> Root | None:
        """Does a clean run lack what the step used to change ``name``? The run that gave it."""
        twin = next((one for one in planned.steps if one.facts.key == a.facts.key), None)
        lacking = twin.missing if twin is not None else ()
        givers = [giver_of(one.name, had) for one in lacking if (had := a.reads.get(one.name))]
        owners = [one.step.owner for one in givers]
        gone = next((one for one in owners if one.cell_id not in self.plan.by_id), None)
        return (
            None if gone is None else Root("lingering-effect", name, None, gone.cell_id, gone.run)
        )

    def _older_version(self, name: str, a: Step, newest: PastRun | None, reader: Step) -> Root:
        cell_id = a.owner.cell_id
        planned = self.plan.by_id[cell_id] if cell_id is not None else None
        if newest is None or planned is None:
            return Root("unknown", name)
        if newest.facts.keys != planned.facts.keys:
            return Root("edited-since-run", name, cell_id, cell_id, newest.number)
        if newest.number > (reader.owner.run or 0):
            return Root("stale-input", name, None, cell_id, newest.number)
        return Root("lingering-effect", name, None, cell_id, a.owner.run)

    def _not_supplied(self, name: str, e: Step, reader: Step) -> Root:
        """A clean run would take ``name`` from ``e``; the reader did not."""
        cell_id = e.owner.cell_id
        newest = self._last(cell_id)
        planned = self.plan.by_id.get(cell_id) if cell_id is not None else None
        if planned is None or cell_id is None:
            return Root("unknown", name)
        if newest is None:
            if self._may_have_run(planned):
                return Root("unknown", name)
            return Root("never-run", name, cell_id, cell_id)
        if newest.facts.keys != planned.facts.keys:
            return Root("edited-since-run", name, cell_id, cell_id, newest.number)
        reader_run = reader.owner.run if reader.owner.run is not None else len(self.history.runs)
        if newest.number >= reader_run and cell_id != reader.owner.cell_id:
            again = len(self.history.runs_of(cell_id)) > 1
            kind: Kind = "stale-input" if again else "out-of-order-run"
            return Root(kind, name, None, cell_id, newest.number)
        if cell_id == reader.owner.cell_id:
            return Root("unknown", name)
        return Root("out-of-order-run", name, None, cell_id, newest.number)

    def _may_have_run(self, planned: PlannedCell) -> bool:
        """Does the cell show the count of a run whose source is not known?"""
        count = planned.cell.execution_count
        blank = (past for past in self.history.runs if past.run.source is None)
        return count is not None and any(past.run.execution_count == count for past in blank)

    def _deleted_by_itself(self, name: str, reader: Step) -> bool:
        """Did an earlier run of the reader's own cell remove the name?"""
        earlier = self.history.runs_of(reader.owner.cell_id or "")
        return any(
            name in step.facts.deletes
            for past in earlier
            if past.number != reader.owner.run
            for step in past.steps
        )

    def _is_below(self, cell_id: str | None, reader: Step) -> bool:
        there, here = self.plan.position(cell_id), self.plan.position(reader.owner.cell_id)
        return there is not None and here is not None and there > here

    def _last(self, cell_id: str | None) -> PastRun | None:
        return None if cell_id is None else self.history.last.get(cell_id)


def _backwards(name: str, step: Step) -> Iterator[Step]:
    """The step that gave the name its value, and those before it that each made a new value of
    the one before: ``n += 1``."""
    for _ in range(LOOKED_BACK):
        yield step
        own = [one for key, one in step.reads.items() if root_name(key) == root_name(name)]
        read = next((one for one in own if one is not None and one.provenance != PRESENCE), None)
        if read is None or read.step is step:
            return
        step = read.step


def _is_earlier(step: Step, reader: Step) -> bool:
    """Is it of an earlier run of the reader's cell?"""
    owner = step.owner
    return owner.cell_id == reader.owner.cell_id and owner.run != reader.owner.run


def _same_part(name: str, actual: Step, expected: Step) -> tuple[Binding | None, Binding | None]:
    """Where one side read a part and the other the whole: what each has for the part."""
    either = actual.reads.keys() ^ expected.reads.keys()
    key = next((one for one in sorted(either) if one != name and root_name(one) == name), name)
    really = actual.reads.get(key, actual.reads.get(name))
    return really, expected.reads.get(key, expected.reads.get(name))


def _comparable(actual: Step, expected: Step) -> set[str]:
    """What both read; ambient state is read where it was set, and that may be one of them."""
    common = actual.reads.keys() & expected.reads.keys()
    return common | {name for name in actual.reads.keys() ^ expected.reads.keys() if name[0] == "@"}


def _edited_module(actual: Step, expected: Step) -> str | None:
    before, after = actual.owner.modules or {}, expected.owner.modules or {}
    files = files_of(actual.facts)
    return next((file for file in files if before.get(file) != after.get(file)), None)
