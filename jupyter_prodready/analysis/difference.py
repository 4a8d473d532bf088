"""History against plan: names a clean run lacks, and values it would not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..records import dataclass, replace
from .bindings import Binding, Step
from .callbacks import NOBODY, Unwatched, unwatched
from .causes import MODULE, Causes, Root
from .evidence import NOT_ON_PAGE
from .extensions import magics_gone
from .facts import Read
from .frames import columns_gone
from .kept import once
from .likeness import Likeness
from .memory import Memory
from .origins import binds, giver_of, sets_such
from .paired import is_edited, only_shows, pairs, shows_something
from .parts import UnseenPart
from .submodules import modules_gone
from .timeline import History, PastRun, Plan, PlannedCell

_DEFINES_UNSEEN = re.compile(
    r"\b(globals|exec|get_ipython|user_ns|user_global_ns|__main__|builtins|__builtins__|_getframe"
    r"|currentframe|init_session)\b|\b(locals|vars)\(\)\.|\bsys\.modules\b|\bvar\("
)
"""With these a function, a method or an object can bind names of the notebook."""
_LITERAL = re.compile(r"""\b(?:globals\(\)\[|exec\()(["'])([^"'\\\n]*)\1[\])]""")
MissingKind = Literal[
    "deleted-definition",
    "outdated-definition",
    "outside-definition",
    "definition-below",
    "undefined-name",
]


@dataclass(frozen=True)
class MissingName:
    """A name that a clean run does not have where a cell reads it.

    ``run`` is the number of the run that supplied it in the kernel, ``other`` the cell
    that defines it below (`definition-below`), or did before it was edited.
    """

    kind: MissingKind
    cell_id: str
    line: int
    name: str
    certain: bool
    run: int | None = None
    other: str | None = None
    unseen: bool = False
    """Is it known only that something which defines names unseen may have given it?"""
    through: str | None = None
    """The cell that made the object of another one, which had the part that is missing."""


@dataclass(frozen=True)
class Taint:
    """A cell whose last run differs from a clean run, with the line and the root."""

    cell_id: str
    line: int
    root: Root
    shows: bool
    """Is what it shows not known to be the same?"""
    idle: bool = False
    """Is it known to show the same, and to leave nothing behind?"""


class Difference:
    """Everything in which the plan and what is known of the history differ."""

    def __init__(self, plan: Plan, history: History | None, memory: Memory | None = None) -> None:
        self.plan = plan
        self.history = history
        self.memory = memory or Memory()
        self.likeness = Likeness(plan.memory.interner, plan.memory.outcomes)
        self.causes = Causes(history, plan, self.likeness) if history is not None else None
        self._gaps: set[str] = set()

    @once
    def apart(self) -> Mapping[PlannedCell, PastRun]:
        """The newest runs, each with its cell, that were not what a clean run does there: few,
        in page order."""
        get = self.history.last.get if self.history is not None else _no_run
        return {
            planned: past
            for planned in self.plan.cells
            if (past := get(planned.cell.id)) is not None
            and (
                past.steps is not planned.steps
                or not past.went_well
                or (not past.steps and past.facts is not planned.facts)
            )
        }

    @once
    def missing(self) -> tuple[MissingName, ...]:
        found: list[MissingName] = []
        apart = self.apart
        for planned in [one for one in self.plan.cells if one.lacking or one in apart]:
            lacking = self._lacking(planned)
            if not lacking:
                continue
            behind = any(name.certain for name in found)
            seen: set[str] = set()
            for step, read in lacking:
                if read.name in seen:
                    continue
                if name := self._missing(planned, step, read, behind=behind):
                    seen.add(read.name)
                    found.append(name)
        return tuple(found)

    @once
    def failing(self) -> frozenset[str]:
        """Cells that must raise in a clean run for a name of their own."""
        return frozenset(name.cell_id for name in self.missing if name.certain)

    @once
    def lost_runs(self) -> Mapping[int | None, tuple[str, ...]]:
        """Runs of deleted cells whose names a clean run lacks, each with the cells that have
        something else of it."""
        found: dict[int | None, tuple[str, ...]] = {
            one.run: () for one in self.missing if one.kind == "deleted-definition"
        }
        for taint in self.taints if found else ():
            root = taint.root
            if root.kind == "lingering-effect" and root.run in found and not taint.idle:
                found[root.run] += (taint.cell_id,)
        return found

    @once
    def read_elsewhere(self) -> frozenset[str]:
        """Cells that cannot be read here, and ran well as they stand: a newer Python read them."""
        bad = [p for p in self.plan.cells if not p.steps and p.facts.error is not None]
        unread = {planned.cell.id: planned.cell.source for planned in bad}
        if not unread or self.history is None or self._saved:
            return frozenset()
        newest = {run.cell_id: run for run in self.history.evidence.runs or ()}
        return frozenset(
            cell_id
            for cell_id, source in unread.items()
            if (run := newest.get(cell_id)) and run.status == "ok" and run.source == source
        )

    @once
    def unexplained(self) -> frozenset[str]:
        """Cells that ran well with a name that nothing known has given: a start-up file, say."""
        _ = self.missing  # finds them on its way
        return frozenset(self._gaps)

    @once
    def has_opaque(self) -> bool:
        """May the page define names unseen?"""
        return self.plan.namespace.opaque is not None or self.plan.is_opaque

    @once
    def unwatched(self) -> Unwatched:
        """Cells that read what a callback, or code that is not seen, may have changed."""
        return NOBODY if self.history is None or self._saved else unwatched(self.history, self.plan)

    @once
    def doubtful(self) -> frozenset[str]:
        """Cells that lack a name which may have been defined unseen."""
        return frozenset(name.cell_id for name in self.missing if name.unseen) | self.unexplained

    @once
    def taints(self) -> tuple[Taint, ...]:
        found: list[Taint] = []
        for planned, past in self.apart.items():
            if past.steps is not planned.steps or past.failing is not None:
                found += self._taints_of(planned, past)
        return tuple(found)

    @once
    def tainted(self) -> Mapping[str, tuple[Taint, ...]]:
        """What taints each cell that is."""
        grouped: dict[str, list[Taint]] = {}
        for taint in self.taints:
            grouped.setdefault(taint.cell_id, []).append(taint)
        return {cell_id: tuple(taints) for cell_id, taints in grouped.items()}

    @once
    def edited(self) -> tuple[PlannedCell, ...]:
        """Cells whose code is not what their last run ran."""
        if self._saved:
            return ()
        return tuple([one for one, past in self.apart.items() if is_edited(one, past)])

    @once
    def renamed(self) -> Mapping[str, Mapping[str, str]]:
        """Of the edited cells those that only call things otherwise, each with the new names of
        what it gives, by the old ones."""
        found = {one.cell.id: self._new_names(one, self.apart[one]) for one in self.edited}
        return {cell_id: names for cell_id, names in found.items() if names is not None}

    def _new_names(self, planned: PlannedCell, past: PastRun) -> Mapping[str, str] | None:
        if not past.went_well or len(past.steps) != len(planned.steps):
            return None
        return self.likeness.new_names(past.steps, planned.steps)

    @property
    def _saved(self) -> bool:
        """Runs read off a saved file may have failed: they are no witness."""
        return self.history is not None and self.history.evidence.saved

    # --- missing names --------------------------------------------------------------------

    def _lacking(self, planned: PlannedCell) -> Sequence[tuple[Step, Read]]:
        """What a clean run lacks in the cell, parts and magics included that its run had."""
        past = self.apart.get(planned)
        if past is None or past.steps is planned.steps:
            return planned.lacking
        found = [*planned.lacking]
        for step in planned.steps:
            if (done := self._done(planned, step)) is not None:
                for gone in (columns_gone, modules_gone, magics_gone):
                    found += [(step, read) for read in gone(step, done)]
        return found

    def _missing(
        self, planned: PlannedCell, step: Step, read: Read, *, behind: bool
    ) -> MissingName | None:
        """None where the history shows that the gap is in our knowledge, not on the page, or a
        part is lacking that nothing is known to have put there or removed.

        ``behind`` a cell that fails a loop may be empty that once was not.
        """
        lacked, witness = self._witness(planned, step, read.name)
        if read.unbound:
            return self._unbound(planned, step, read, witness)
        unseen = isinstance(read, UnseenPart)
        if lacked and (unseen or (self.history is not None and self.history.complete)):
            if read.certain and not unseen:
                self._gaps.add(planned.cell.id)
            return None
        certain = read.certain or self._failed_so(planned, step, read)
        ran = witness is not None and not behind
        certain = certain or self.likeness.must_reach(step, read, ran=ran)
        provider = witness or self._alive(read.name)
        place = (planned.cell.id, read.line, read.name, certain)
        if provider is None:
            unseen = unseen or self._may_be_made_unseen(planned)
            return None if unseen else self._nowhere(planned, read, certain)
        return self._supplied(planned, provider, *place)

    def _unbound(
        self, planned: PlannedCell, step: Step, read: Read, had: Binding | None
    ) -> MissingName | None:
        """None where the cell ran and had just what a clean run leaves it with."""
        binding = step.reads.get(read.name)
        if binding is None or (had is not None and had.chain.value == binding.chain.value):
            return None
        remover = binding.chain.step.owner.cell_id
        return MissingName(
            "undefined-name", planned.cell.id, read.line, read.name, False, None, remover
        )

    def _may_be_made_unseen(self, planned: PlannedCell) -> bool:
        """May a function or an object of a cell above define names that nobody reads there?"""
        above = [one.cell.source for one in self.plan.cells if one.cell.index <= planned.cell.index]
        return any(_DEFINES_UNSEEN.search(_LITERAL.sub(r"\2", source)) for source in above)

    def _witness(self, planned: PlannedCell, step: Step, name: str) -> tuple[bool, Binding | None]:
        """(did this very code run without error and ``name``?, the binding that it had for it)"""
        done = self._done(planned, step)
        if done is None:
            return False, None
        return any(read.name == name for read in done.missing), done.reads.get(name)

    def _done(self, planned: PlannedCell, step: Step) -> Step | None:
        """This very code, where it ran last, without error."""
        past = self.history.last.get(planned.cell.id) if self.history else None
        if past is None or past.run.status != "ok" or self._saved:
            return None
        return next((done for done in past.steps if done.facts.key == step.facts.key), None)

    def _failed_so(self, planned: PlannedCell, step: Step, read: Read) -> bool:
        past = self.history.last.get(planned.cell.id) if self.history else None
        return past is not None and past.failed_for(step, read.name)

    def _alive(self, name: str) -> Binding | None:
        return self.history.end.names.get(name) if self.history else None

    def _supplied(
        self,
        planned: PlannedCell,
        provider: Binding,
        cell_id: str,
        line: int,
        name: str,
        certain: bool,
    ) -> MissingName:
        source = giver_of(name, provider)
        owner = source.step.owner
        run, origin = owner.run, owner.cell_id
        if provider.opaque and not sets_such(provider.step.facts.node, name):
            certain = False
        elif provider.opaque:
            certain = certain and not self._may_be_made_unseen(planned)
        definer = self.plan.by_id.get(origin) if origin is not None else None
        unseen = provider.opaque
        found = MissingName("undefined-name", cell_id, line, name, certain, run, origin, unseen)
        if origin is None:
            return replace(found, kind="outside-definition")
        if definer is None:
            return replace(found, kind="deleted-definition", other=None, through=source.through)
        if not (definer.hides_names if unseen else binds(definer, source.name)):
            return replace(found, kind="outdated-definition")
        if definer.cell.index >= planned.cell.index:
            return replace(found, kind="definition-below")
        if unseen:
            return replace(found, kind="outside-definition", other=None)
        return replace(found, other=self._remover(planned, name) or origin)

    def _nowhere(self, planned: PlannedCell, read: Read, certain: bool) -> MissingName:
        place = (planned.cell.id, read.line, read.name)
        below = [
            c for c in self.plan.cells if c.cell.index > planned.cell.index and binds(c, read.name)
        ]
        if below:
            return MissingName("definition-below", *place, certain, None, below[0].cell.id)
        if binds(planned, read.name) and not any(
            read.name in s.facts.deletes for s in planned.steps
        ):
            return MissingName("definition-below", *place, certain, None, planned.cell.id)
        other = self._remover(planned, read.name)
        return MissingName("undefined-name", *place, certain, None, other)

    def _remover(self, planned: PlannedCell, name: str) -> str | None:
        """The last cell above that removes the name, or that gives it under a condition which does
        not hold."""
        above = [c for c in self.plan.cells if c.cell.index <= planned.cell.index]
        removes = [c for c in above if _deletes(c, name)] or [c for c in above if binds(c, name)]
        return removes[-1].cell.id if removes else None

    # --- differing values -----------------------------------------------------------------

    def _taints_of(self, planned: PlannedCell, past: PastRun) -> Iterator[Taint]:
        assert self.causes is not None
        seen: set[Root] = set()
        for actual, expected in pairs(past, planned):
            if self.likeness.steps(actual, expected):
                continue
            root = self.causes.root(actual, expected)
            if root.name.startswith(MODULE) and actual.facts.imports:
                continue  # its readers have the older module, the import itself shows nothing
            failed = past.failing is not None and actual.number == past.failing.number
            shows = failed or self._shows_otherwise(actual, expected)
            if root not in seen or shows:
                seen.add(root)
                idle = not shows and shows_something(expected) and only_shows(expected)
                yield Taint(planned.cell.id, expected.facts.line, root, shows, idle)

    def _shows_otherwise(self, actual: Step, expected: Step) -> bool:
        return shows_something(expected) and not self.likeness.shown(actual, expected)


def _no_run(cell_id: str) -> None:
    """Where nothing is known of any run."""


def off_page(run: PastRun) -> bool:
    return run.cell_id is not None and run.cell_id.startswith(NOT_ON_PAGE)


def _deletes(planned: PlannedCell, name: str) -> bool:
    return any(name in statement.deletes for statement in planned.facts.statements)
