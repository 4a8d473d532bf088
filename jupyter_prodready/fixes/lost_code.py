"""Code that ran and is not on the page: found again, with what it needs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from ..analysis.bindings import Binding, Step, bound_to, linked
from ..analysis.builtin_names import is_builtin
from ..analysis.difference import MissingName
from ..analysis.facts import CellFacts, DeferredFacts, StatementFacts
from ..analysis.origins import origin_of
from ..analysis.timeline import History, PastRun, Plan, PlannedCell
from ..records import dataclass

MOST_STATEMENTS = 60
_BINDS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class LostCode:
    """Statements of past runs, by run and place, oldest first."""

    runs: tuple[tuple[PastRun, tuple[int, ...]], ...]

    @property
    def text(self) -> str:
        """The source as it was typed; the whole of a run if all of it is needed."""
        return "\n\n".join(_text(past, numbers) for past, numbers in self.runs)

    @property
    def statements(self) -> tuple[StatementFacts, ...]:
        return tuple(past.facts.statements[n] for past, numbers in self.runs for n in numbers)

    @property
    def is_imports(self) -> bool:
        return all(isinstance(s.node, (ast.Import, ast.ImportFrom)) for s in self.statements)

    @property
    def is_whole(self) -> bool:
        """Is it all that one run ran?"""
        return len(self.runs) == 1 and len(self.statements) == len(self.runs[0][0].facts.statements)

    @property
    def is_short(self) -> bool:
        return len(self.text.strip().splitlines()) == 1


def lost_code(
    missing: Sequence[MissingName], at: PlannedCell, history: History, plan: Plan
) -> LostCode | None:
    """What made the ``missing`` names and is gone, with what it needs that ``at`` lacks, too.

    None where the source of a part is not known, or where it would be too much.
    """
    search = _Search(history, plan, at)
    for one in missing:
        search.name(one.name, _supplier(one, history))
    return search.found()


def whole_code(past_runs: Iterable[PastRun], history: History) -> LostCode | None:
    """All that these runs ran."""
    every: set[tuple[int | None, int]] = {
        (past.number, n) for past in past_runs for n in range(len(past.facts.statements))
    }
    return _as_code(every, history)


def leaves_out_an_effect(code: LostCode, plan: Plan) -> bool:
    """Did the runs do more than bind other names, in statements that are neither in the code nor
    on the page?"""
    on_page = {key for planned in plan.cells for key in planned.facts.keys}
    return any(
        step.facts.key not in on_page and not _only_binds(step.facts)
        for past, numbers in code.runs
        for step in past.steps
        if step.number not in numbers
    )


def _only_binds(facts: StatementFacts) -> bool:
    if facts.effects or facts.mutations or facts.deletes or facts.ambient_writes:
        return False
    if facts.draws or facts.seeds or facts.opaque or facts.resets:
        return False
    node = facts.node
    if isinstance(node, ast.Expr):
        calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
        return all(isinstance(one, ast.Name) and one.id in ("print", "display") for one in calls)
    return isinstance(node, (*_BINDS, ast.Pass)) and not getattr(node, "decorator_list", ())


def code_of_steps(steps: Iterable[Step], history: History) -> LostCode | None:
    """These statements of past runs."""
    return _as_code({(step.owner.run, step.number) for step in steps}, history)


def _supplier(missing: MissingName, history: History) -> Binding | None:
    """What the cell's own last run read under the name, else what is alive."""
    past = history.last.get(missing.cell_id)
    for step in past.steps if past is not None else ():
        found = step.reads.get(missing.name)
        if found is not None and found.step.owner.run == missing.run:
            return found
        if found is not None and missing.through is not None:
            step = origin_of(missing.name, found).step
            return bound_to(step.value, linked(step, step.value))
    return history.end.names.get(missing.name)


class _Search:
    def __init__(self, history: History, plan: Plan, at: PlannedCell) -> None:
        self.history = history
        self.plan = plan
        self.at = at
        self.steps: set[tuple[int | None, int]] = set()
        self._above = [c for c in plan.cells if c.cell.index < at.cell.index]

    def found(self) -> LostCode | None:
        return _as_code(self.steps, self.history) if self.steps else None

    def name(self, name: str, binding: Binding | None) -> None:
        """Add the steps that made what ``name`` stood for, as far as the page lacks them."""
        if binding is None:
            return
        for link in binding.links():
            place = (link.step.owner.run, link.step.number)
            if place in self.steps or len(self.steps) > MOST_STATEMENTS:
                continue
            if self._is_lost(link.step):
                self.steps.add(place)
                self._needs(link.step)

    def _is_lost(self, step: Step) -> bool:
        """Is the statement on no cell of the page? An import below is as good as lost."""
        planned = self.plan.by_id.get(step.owner.cell_id or "")
        if planned is None or step.facts.key not in planned.facts.keys:
            return True
        is_below = planned.cell.index >= self.at.cell.index
        return is_below and bool(step.facts.imports)

    def _needs(self, step: Step) -> None:
        for name, binding in step.reads.items():
            if name[0] != "@" and not self._is_bound(name):
                self.name(name, binding)
        for name in _read_later(step.facts):
            if not self._is_bound(name):
                self.name(name, self.history.end.names.get(name))

    def _is_bound(self, name: str) -> bool:
        """Does the page above bind the name?"""
        if is_builtin(name):
            return True
        bound = False
        for planned in self._above:
            for statement in planned.facts.statements:
                if name in statement.writes or name in statement.maybe_writes:
                    bound = True
                if name in statement.deletes:
                    bound = False
        return bound


def _read_later(facts: StatementFacts) -> Iterator[str]:
    todo: list[DeferredFacts] = [deferred for _, deferred in facts.deferred]
    while todo:
        deferred = todo.pop()
        todo += [method for _, method in deferred.methods]
        yield from (read.name for read in deferred.reads)


def _as_code(places: set[tuple[int | None, int]], history: History) -> LostCode | None:
    runs = {past.number: past for past in history.runs}
    grouped: dict[int, list[int]] = {}
    for run, number in places:
        if run is None or run not in runs or runs[run].run.source is None:
            return None
        grouped.setdefault(run, []).append(number)
    if not 0 < len(places) <= MOST_STATEMENTS:
        return None
    if not all(_came_to_its_end(runs[run], numbers) for run, numbers in grouped.items()):
        return None
    return LostCode(tuple((runs[run], tuple(sorted(grouped[run]))) for run in sorted(grouped)))


def _came_to_its_end(past: PastRun, numbers: Sequence[int]) -> bool:
    """Did these statements do all that they say? One that failed would fail again, or do more."""
    if past.run.status != "error":
        return True
    if past.run.error_line is None:
        return False
    lines = {line for n in numbers for line in lines_of(past.facts, n)}
    done = {step.number for step in past.steps}
    failed = None if past.failing is None else past.failing.number
    undone = [n for n in range(len(past.facts.statements)) if n not in done or n == failed]
    return not any(n in numbers or lines & {*lines_of(past.facts, n)} for n in undone)


# --- source ---------------------------------------------------------------------------------


def _text(past: PastRun, numbers: Sequence[int]) -> str:
    source = past.run.source or ""
    if len(numbers) == len(past.facts.statements):
        return source.strip("\n")
    lines = source.split("\n")
    wanted = sorted({line for n in numbers for line in lines_of(past.facts, n)})
    return "\n".join(lines[line - 1] for line in wanted if line <= len(lines))


def lines_of(facts: CellFacts, number: int) -> range:
    """The lines of a statement, with its decorators and the comments right above."""
    statement = facts.statements[number]
    decorators: list[ast.expr] = getattr(statement.node, "decorator_list", [])
    start = min([statement.line, *(node.lineno for node in decorators)])
    lines = facts.source.split("\n")
    while 1 < start <= len(lines) and lines[start - 2].startswith("#"):
        start -= 1
    return range(start, statement.end_line + 1)
