"""The two walks: the history (what ran) and the plan (what a clean run would do)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial

from ..model import Cell, Evidence, Notebook, Run
from ..records import dataclass, field
from .bindings import UNKNOWN, Binding, Owner, Step, suppliers
from .facts import CellFacts, Read, StatementFacts, facts_of
from .kept import once
from .memory import Again, Memory
from .named_files import file_of
from .pace import Pace
from .provenance import Namespace


@dataclass(frozen=True, eq=False)
class PastRun:
    """One run of the history, walked. ``failing`` is the statement at which it stopped,
    which is not in ``steps``."""

    run: Run
    number: int
    facts: CellFacts
    steps: tuple[Step, ...]
    failing: Step | None = None

    @property
    def cell_id(self) -> str | None:
        return self.run.cell_id

    @property
    def prompt(self) -> str:
        return (
            "a console" if self.run.execution_count is None else f"In [{self.run.execution_count}]"
        )

    def failed_for(self, step: Step, name: str) -> bool:
        """Did it fail at the statement of ``step``, over the same inputs, for want of ``name``
        and of nothing else?"""
        if self.failing is None or self.run.error_name != "NameError":
            return False
        lacking = [read.name for read in self.failing.missing]
        return lacking == [name] and self.failing.value == step.value


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

    @property
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


@dataclass(frozen=True, eq=False)
class PlannedCell:
    cell: Cell
    facts: CellFacts
    steps: tuple[Step, ...]

    @once
    def first_line(self) -> str:
        return self.cell.first_line[:120]

    @once
    def is_opaque(self) -> bool:
        """May it define names unseen?"""
        return bool([1 for step in self.steps if step.facts.opaque])

    @once
    def touched(self) -> frozenset[str]:
        """Every name that it reads, binds for certain, changes or removes."""
        found: set[str] = set()
        for step in self.steps:
            facts = step.facts
            found.update(step.reads, facts.writes, facts.deletes)
            if facts.mutations:
                found.update([mutation.name for mutation in facts.mutations])
        return frozenset(found)

    @once
    def suppliers(self) -> frozenset[str]:
        """The cells that supplied or changed what it reads, itself included."""
        read = [one for step in self.steps for one in step.reads.values() if one is not None]
        return frozenset().union(*[suppliers(one) for one in read])

    @once
    def lacking(self) -> tuple[tuple[Step, Read], ...]:
        """What a clean run does not have here, by the step that reads it."""
        return tuple([(step, read) for step in self.steps for read in step.missing])

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

    def plain_inputs(self, names: frozenset[str]) -> list[tuple[str, Binding, bool]] | None:
        """Which of the names the cell reads and did not make: (name, binding, may its value
        differ although the statement's does not?). None where the cell lacks a name."""
        own: set[str] = set()
        found: list[tuple[str, Binding, bool]] = []
        for step in self.steps:
            facts, reads = step.facts, step.reads
            if step.missing or facts.opaque or facts.resets or facts.deletes:
                return None
            for name in names.intersection(reads):
                binding = reads[name]
                if binding is None or name in own or name[0] == "@" or "[" in name:
                    continue
                settled = bool(facts.replays or facts.unless or step.constant is not UNKNOWN)
                settled = settled or _begins_anew(facts)
                changed = binding.step.owner.cell_id == self.cell.id
                found.append((name, binding, settled or changed))
            own |= facts.writes
        return found


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

    def goes_on_with(self, runs: tuple[Run, ...], memory: Memory) -> bool:
        same = self.modules == memory.modules and self.binds == memory.binds
        return same and self.results == memory.results and runs[: len(self.runs)] == self.runs

    def add(self, number: int, run: Run, memory: Memory) -> None:
        ordinal = self.ordinals[run.cell_id] = self.ordinals.get(run.cell_id, 0) + 1
        facts = facts_of(run.source or "")
        unique, count = (run.cell_id, ordinal), run.execution_count
        modules = _loaded(run, facts, self.loaded, memory.modules)
        binds = _same_files(modules, memory)
        owner = Owner(
            run.cell_id, unique, number, count, modules or None, number, memory.results, binds
        )
        steps, failing = memory.walk(
            self.namespace,
            ran_at(number, run.cell_id),
            facts,
            (unique, run, tuple(modules.items())),
            partial(_walk_run, facts, run, owner),
        )
        self._note(PastRun(run, number, facts, steps, failing))

    def _note(self, past: PastRun) -> None:
        run = past.run
        self.past.append(past)
        if run.cell_id is not None:
            self.last[run.cell_id] = past
        if run.source is None and self.gap is None:
            self.gap = past.number
        self.is_running = self.is_running or run.status == "running"


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
    walk.runs = runs
    gap = len(runs) if walk.gap is None else walk.gap
    times, last = dict(walk.ordinals), dict(walk.last)
    return History(evidence, tuple(walk.past), walk.namespace, times, last, gap, walk.is_running)


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


def _same_files(modules: Mapping[str, str], memory: Memory) -> Mapping[str, tuple[str, ...]] | None:
    """What is known of files that were then what they are now."""
    if not memory.binds:
        return None
    return {
        unseen: names
        for unseen, names in memory.binds.items()
        if modules.get(file_of(unseen)) == memory.modules.get(file_of(unseen))
    }


def _walk_run(
    facts: CellFacts, run: Run, owner: Owner, namespace: Namespace
) -> tuple[tuple[Step, ...], Step | None]:
    done = _statements_done(facts, run)
    steps = tuple([namespace.step(facts.statements[i], owner, i) for i in done])
    return steps, _failing_step(facts, run, owner, namespace)


def _failing_step(facts: CellFacts, run: Run, owner: Owner, namespace: Namespace) -> Step | None:
    """The failing statement, walked aside: it left nothing behind but its message."""
    number = _failing(facts, run)
    if number is None:
        return None
    with namespace.aside():
        return namespace.step(facts.statements[number], owner, number)


def _failing(facts: CellFacts, run: Run) -> int | None:
    if run.status != "error" or not facts.statements:
        return None
    if run.error_line is None:
        return len(facts.statements) - 1
    line = run.error_line
    return next((i for i, s in enumerate(facts.statements) if s.end_line >= line), None)


def _statements_done(facts: CellFacts, run: Run) -> Iterable[int]:
    """Which statements of a run took effect: of a failed one those before the failing
    line, with a failing loop or ``with`` counted as done in part."""
    total = len(facts.statements)
    if run.status != "error":
        return range(total)
    failing = _failing(facts, run)
    if failing is None:
        return range(total)
    partly = run.error_line is not None and facts.statements[failing].is_compound
    return range(failing + 1 if partly else failing)


def _begins_anew(facts: StatementFacts) -> bool:
    """Is something forgotten of what it needs: an earlier fit, a part that it sets first?"""
    if not facts.mutations:
        return False
    for mutation in facts.mutations:
        if mutation.how == "fit":
            return True
    return bool([1 for read in facts.reads if read.without])


def ran_at(number: int, cell_id: str | None) -> Hashable:
    return "ran", number, cell_id


def walk_plan(notebook: Notebook, history: History | None, memory: Memory) -> Plan:
    """Walk the code cells top to bottom. A cell's draws count as those of its last run."""
    namespace = Namespace(memory.interner)
    cells: list[PlannedCell] = []
    last = history.last if history else {}
    count = 0
    before, order = iter(memory.order), list[Again]()
    pace = Pace(history.runs if history else ())
    for cell in notebook.code_cells:
        facts = facts_of(cell.source)
        count += bool(cell.source.strip()) and "skip-execution" not in cell.tags
        past = last.get(cell.id)
        place = "plan", cell.id
        given = cell, facts, past, count, memory.modules, memory.binds, memory.results
        as_before = next(before, None)
        kept = memory.again(namespace, place, given, as_before)
        if kept is None:
            owner = _planned_owner(cell, past, count, history, memory)
            in_step = pace.is_next(past)
            planned = _planned(cell, facts, past, owner, namespace, memory, in_step=in_step)
            kept = memory.keep(place, given, planned)
        pace.go_on(past, kept[2])
        if kept is not as_before:
            before = iter(())  # the cells below may meet other names
        order.append(kept)
        cells.append(kept[2])
    memory.order = order
    return Plan(notebook, tuple(cells), namespace, memory)


def _planned(
    cell: Cell,
    facts: CellFacts,
    past: PastRun | None,
    owner: Owner,
    namespace: Namespace,
    memory: Memory,
    *,
    in_step: bool,
) -> PlannedCell:
    skipped = "skip-execution" in cell.tags
    steps, _ = memory.walk(
        namespace,
        ("plan", cell.id),
        facts,
        (owner.unique, owner.life, owner.count, skipped),
        partial(walk_all, () if skipped else facts.statements, owner),
        twin=ran_at(past.number, cell.id) if past and _is_like(past, owner, facts) else None,
        meets_twin=in_step,
    )
    return PlannedCell(cell, facts, steps)


def _planned_owner(
    cell: Cell, past: PastRun | None, count: int, history: History | None, memory: Memory
) -> Owner:
    unique = (cell.id, history.times.get(cell.id, 0) if history else 0)
    life = past.number if past is not None else None
    modules, binds = memory.modules or None, memory.binds or None
    return Owner(cell.id, unique, None, count, modules, life, memory.results, binds)


def _is_like(past: PastRun, owner: Owner, facts: CellFacts) -> bool:
    """Would a clean run do all that this run did, and nothing else, if it met the same names?"""
    if not past.steps or past.failing is not None or len(past.steps) < len(facts.statements):
        return False
    ran = past.steps[0].owner
    files = ran.modules == owner.modules and ran.binds == owner.binds
    same = ran.unique == owner.unique and files
    return same and (ran.count == owner.count or not owner.results)


def walk_all(
    statements: Sequence[StatementFacts], owner: Owner, namespace: Namespace
) -> tuple[tuple[Step, ...], None]:
    return tuple([namespace.step(facts, owner, i) for i, facts in enumerate(statements)]), None
