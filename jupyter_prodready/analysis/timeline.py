"""The two walks: the history (what ran) and the plan (what a clean run would do)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ..model import Cell, Evidence, Notebook, Run
from ..records import dataclass, field
from .beside import leave_source
from .bindings import Owner, Step, suppliers
from .deeds import UNSEEN
from .facts import CellFacts, Read, StatementFacts, facts_of
from .kept import once
from .memory import Again, Memory
from .namespace import Record
from .pace import Stops, done_with, is_like, note_stop, start
from .provenance import Namespace
from .stopped import failing, failing_step, in_part, statements_done
from .taken import is_left_out


@dataclass(slots=True, eq=False, init=False)
class PastRun:
    """One run of the history, walked. ``failing`` is the statement at which it stopped,
    which is not in ``steps``."""

    run: Run
    number: int
    facts: CellFacts
    steps: tuple[Step, ...]
    failing: Step | None
    went_well: bool
    """Is it known that it came to its end?"""
    hands_on: bool | None
    """Does it give functions to what calls them later? None until asked (see `callbacks`)."""

    @property
    def cell_id(self) -> str | None:
        return self.run.cell_id

    @property
    def prompt(self) -> str:
        return (
            "a console" if self.run.execution_count is None else f"In [{self.run.execution_count}]"
        )

    @property
    def was_interrupted(self) -> bool:
        return self.run.status == "error" and self.run.error_name == "KeyboardInterrupt"

    def failed_for(self, step: Step, name: str) -> bool:
        """Did it fail at the statement of ``step``, over the same inputs, for want of ``name``
        and of nothing else?"""
        if self.failing is None or self.run.error_name != "NameError":
            return False
        lacking = [read.name for read in self.failing.missing]
        return lacking == [name] and self.failing.value == step.value


_NO_MODULES: Mapping[str, str] = {}


@dataclass(frozen=True, eq=False)
class History:
    """All runs of the kernel session that are known, walked in order."""

    evidence: Evidence
    runs: tuple[PastRun, ...]
    end: Namespace
    times: Mapping[str | None, int]
    """How often each cell ran."""
    last: Mapping[str, PastRun]
    """The newest run of each cell that had an effect."""
    first_gap: int
    """The number of the first run that is not known; after all runs if none is."""
    is_running: bool
    """Is a run under way?"""
    stops: Stops = field(default_factory=list, repr=False)

    @once
    def complete(self) -> bool:
        return self.evidence.complete and self.first_gap == len(self.evidence.runs or ())

    @once
    def _by_cell(self) -> Mapping[str | None, tuple[PastRun, ...]]:
        grouped: dict[str | None, list[PastRun]] = {}
        for past in self.runs:
            grouped.setdefault(past.cell_id, []).append(past)
        return {cell_id: tuple(runs) for cell_id, runs in grouped.items()}

    def runs_of(self, cell_id: str) -> tuple[PastRun, ...]:
        return self._by_cell.get(cell_id, ())


@dataclass(eq=False, init=False)
class PlannedCell:
    """A cell of the page, walked. See `_as_planned`."""

    cell: Cell
    facts: CellFacts
    steps: tuple[Step, ...]

    @once
    def hides_names(self) -> bool:
        """May it define names unseen, itself or by a function that it calls?"""
        read = [one for step in self.steps for one in step.reads.values() if one is not None]
        if [1 for step in self.steps if step.facts.rare.opaque]:
            return True
        return any(UNSEEN in f.ambient_writes for b in read for f in b.deferred)

    @once
    def suppliers(self) -> frozenset[str]:
        """The cells that supplied or changed what it reads, itself included."""
        read = [one for step in self.steps for one in step.reads.values() if one is not None]
        return frozenset().union(*[suppliers(one) for one in read])

    @once
    def lacking(self) -> tuple[tuple[Step, Read], ...]:
        """What a clean run does not have here, by the step that reads it."""
        found: list[tuple[Step, Read]] = []
        for step in self.steps:
            if step.missing:
                node, reads = step.facts.node, step.reads
                lacks = [one for one in step.missing if not is_left_out(node, one.name, reads)]
                found += [(step, read) for read in lacks]
        return tuple(found)

    @once
    def unsure(self) -> bool:
        """May a clean run lack a name here, or does it read what was defined unseen?"""
        if self.lacking:
            return True
        for step in self.steps:
            for binding in step.reads.values():
                if binding is not None and binding.opaque:
                    return True
        return False


@dataclass(frozen=True, eq=False)
class Plan:
    """The page, walked from an empty namespace."""

    notebook: Notebook
    cells: tuple[PlannedCell, ...]
    namespace: Namespace = field(repr=False)
    memory: Memory = field(repr=False)

    @once
    def by_id(self) -> Mapping[str, PlannedCell]:
        return {planned.cell.id: planned for planned in self.cells}

    @once
    def is_opaque(self) -> bool:
        """May any of its cells define names unseen?"""
        cells = [one.facts.uncommon for one in self.cells if one.steps]
        return bool([1 for found in cells for facts in found if facts.rare.opaque])

    def position(self, cell_id: str | None) -> int | None:
        planned = self.by_id.get(cell_id) if cell_id is not None else None
        return None if planned is None else planned.cell.index


@dataclass(eq=False)
class _Walk:
    """A walk of a history, that may go on: so far ``past`` was made of ``runs``."""

    namespace: Namespace
    modules: Mapping[str, str]
    binds: Mapping[str, tuple[str, ...]]
    results: bool
    runs: tuple[Run, ...] = ()
    past: list[PastRun] = field(default_factory=list)
    ordinals: dict[str | None, int] = field(default_factory=dict)
    loaded: dict[str, str] = field(default_factory=dict)
    last: dict[str, PastRun] = field(default_factory=dict)
    gap: int | None = None
    is_running: bool = False
    stops: Stops = field(default_factory=list)
    due: int = 0

    def goes_on_with(self, runs: tuple[Run, ...], memory: Memory) -> bool:
        same = self.modules == memory.modules and self.binds == memory.binds
        return same and self.results == memory.results and runs[: len(self.runs)] == self.runs

    def add(self, number: int, run: Run, memory: Memory) -> None:
        ordinal = self.ordinals[run.cell_id] = self.ordinals.get(run.cell_id, 0) + 1
        facts = facts_of(run.source or "")
        unique, count = (run.cell_id, ordinal), run.execution_count
        modules, binds, functions = _NO_MODULES, memory.binds or None, memory.functions
        if run.modules or memory.modules or self.loaded:
            modules = _loaded(run, facts, self.loaded, memory.modules)
            binds, functions = memory.files_at(modules)
        owner = Owner(
            run.cell_id, unique, number, count, modules or None, number, memory.results, binds,
            functions,
        )  # fmt: skip
        steps, failing = memory.walk(
            self.namespace,
            ("ran", number, run.cell_id),
            facts,
            (unique, run, tuple(modules.items()) if modules else ()),
            partial(_walk_run, facts, run, owner),
        )
        past = PastRun()
        past.run, past.number, past.facts = run, number, facts
        past.steps, past.failing, past.hands_on = steps, failing, None
        past.went_well = failing is None and run.status == "ok"
        self.past.append(past)
        if run.cell_id is not None:
            self.last[run.cell_id] = past
        if run.source is None and self.gap is None:
            self.gap = number
        if run.status == "running":
            self.is_running = True


def walk_history(evidence: Evidence, memory: Memory) -> History:
    """Walk ``evidence.runs``, oldest first; aborted runs did nothing. Where the last walk was
    of the first of them, it goes on."""
    runs = tuple(evidence.runs or ())
    walk = memory.history
    if not isinstance(walk, _Walk) or not walk.goes_on_with(runs, memory):
        namespace = Namespace(memory.interner)
        walk = _Walk(namespace, memory.modules, memory.binds, memory.results)
        memory.history = walk
    for number in range(len(walk.runs), len(runs)):
        if runs[number].status != "aborted":
            walk.add(number, runs[number], memory)
        if len(walk.past) >= walk.due:
            walk.due = note_stop(walk.stops, len(walk.past), len(runs), walk.namespace)
    walk.runs = runs
    gap, is_running = len(runs) if walk.gap is None else walk.gap, walk.is_running
    times, last, past = dict(walk.ordinals), dict(walk.last), tuple(walk.past)
    return History(evidence, past, walk.namespace, times, last, gap, is_running, walk.stops)


def _loaded(
    run: Run, facts: CellFacts, loaded: dict[str, str], present: Mapping[str, str]
) -> Mapping[str, str]:
    """Versions of the project's modules that ``run`` found: Python keeps a module as it was
    when it was first imported, until it is reloaded."""
    found = dict(run.modules) or dict(present)
    if not found:
        return dict(loaded)
    if "reload" in (run.source or ""):
        loaded.update(found)
    for statement in facts.statements:
        for item in statement.imports:
            top = item.module.split(".")[0]
            if top in found:
                loaded.setdefault(top, found[top])
    return {**found, **loaded}


def _walk_run(
    facts: CellFacts, run: Run, owner: Owner, namespace: Namespace
) -> tuple[tuple[Step, ...], Step | None]:
    if run.status != "error":
        steps = tuple([namespace.step(one, owner, i) for i, one in enumerate(facts.statements)])
    else:
        statements, at = facts.statements, failing(facts, run)
        steps = tuple(
            [namespace.step(in_part(statements[i]) if i == at else statements[i], owner, i)
             for i in statements_done(facts, run)]
        )  # fmt: skip
    if steps and owner.results:
        leave_source(facts, steps[0], namespace)
    return steps, failing_step(facts, run, owner, namespace) if run.status == "error" else None


def walk_plan(notebook: Notebook, history: History | None, memory: Memory) -> Plan:
    """Walk the code cells top to bottom. A cell's draws count as those of its last run. The cells
    above the first that is another than in the last walk, or ran since, meet what they met."""
    namespace, runs = Namespace(memory.interner), history.runs if history else ()
    last = history.last if history else {}
    around = memory.modules, memory.binds, memory.results
    known = memory.plan
    before = known if isinstance(known, _PageWalk) and known.around == around else _PageWalk(around)
    page = [(cell, last.get(cell.id)) for cell in notebook.code_cells]
    same = before.same_until(page)
    walk = memory.plan = _PageWalk(before.around, page, before.kept[:same], before.paces[:same])
    begun = start(namespace, history.stops if history else [], walk.paces)
    namespace.apply(*[record for _, record, _ in walk.kept[begun:]])
    count, done = (walk.kept[-1][0][2], walk.paces[-1]) if same else (0, 0)
    waiting: list[Record] = []
    for cell, past in page[same:]:
        count += bool(cell.source.strip()) and "skip-execution" not in cell.tags
        given, kept = (cell, past, count, before.around), None
        is_next = done is not None and done < len(runs) and runs[done] is past
        if past and is_next and ((old := memory.kept.get(cell.id)) is None or old[0] != given):
            kept = _kept_in_step(given, past, history, memory)
        if kept is not None and done is not None:
            waiting.append(kept[1])
            done += 1
        else:
            namespace.apply(*waiting)
            waiting.clear()
            kept = memory.again(namespace, cell.id, given)
            if kept is None:
                planned = _planned(cell, past, count, history, namespace, memory)
                kept = memory.keep(("plan", cell.id), cell.id, given, planned)
            if done is not None:
                done = done_with(runs, done, past, kept[2])
        walk.kept.append(kept)
        walk.paces.append(done)
    if history is not None and len(waiting) == len(runs) == len(page):
        namespace.take_over(history.end)
    else:
        namespace.apply(*waiting)
    return Plan(notebook, tuple([planned for _, _, planned in walk.kept]), namespace, memory)


@dataclass(eq=False)
class _PageWalk:
    """A walk of a page: its code cells, each with its newest run; what was kept of each, and how
    far the runs were followed after it (see `pace`)."""

    around: tuple[object, ...]
    page: list[tuple[Cell, PastRun | None]] = field(default_factory=list)
    kept: list[Again] = field(default_factory=list)
    paces: list[int | None] = field(default_factory=list)

    def same_until(self, page: list[tuple[Cell, PastRun | None]]) -> int:
        """How many of the cells are what they were, from the top on."""
        for place, (now, before) in enumerate(zip(page, self.page, strict=False)):
            if now != before:
                return place
        return min(len(page), len(self.page))


def _kept_in_step(
    given: tuple[Cell, PastRun | None, int, object],
    past: PastRun,
    history: History | None,
    memory: Memory,
) -> Again | None:
    """The walk of a cell that does what its run did, if it would, and that meets what that met."""
    cell, facts = given[0], past.facts
    if past.run.source != cell.source:
        return None
    cell_id = cell.id
    record = memory.records.get(("ran", past.number, cell_id))
    if record is None or record.facts is not facts:
        return None
    unique = (cell_id, history.times.get(cell_id, 0) if history else 0)
    if not is_like(past, unique, given[2], facts, memory):
        return None
    memory.records["plan", cell_id] = record
    kept = memory.kept[cell_id] = given, record, _as_planned(cell, facts, past.steps)
    return kept


def _as_planned(cell: Cell, facts: CellFacts, steps: tuple[Step, ...]) -> PlannedCell:
    planned = PlannedCell()
    planned.cell, planned.facts, planned.steps = cell, facts, steps
    return planned


def _planned(
    cell: Cell,
    past: PastRun | None,
    count: int,
    history: History | None,
    namespace: Namespace,
    memory: Memory,
) -> PlannedCell:
    facts, skipped = facts_of(cell.source), "skip-execution" in cell.tags
    unique = (cell.id, history.times.get(cell.id, 0) if history else 0)
    place, twin, life = ("plan", cell.id), None, None
    if past is not None:
        life = past.number
        if is_like(past, unique, count, facts, memory):
            twin = ("ran", life, cell.id)

    def walk(namespace: Namespace) -> tuple[tuple[Step, ...], None]:
        modules, binds = memory.modules or None, memory.binds or None
        owner = Owner(cell.id, unique, None, count, modules, life, memory.results, binds)
        owner.functions = memory.functions
        done = walk_all(() if skipped else facts.statements, owner, namespace)
        if done[0] and owner.results:
            leave_source(facts, done[0][0], namespace)
        return done

    signature = (unique, life, count, skipped)
    steps, _ = memory.walk(namespace, place, facts, signature, walk, twin=twin)
    return _as_planned(cell, facts, steps)


def walk_all(
    statements: Sequence[StatementFacts], owner: Owner, namespace: Namespace
) -> tuple[tuple[Step, ...], None]:
    return tuple([namespace.step(facts, owner, i) for i, facts in enumerate(statements)]), None
