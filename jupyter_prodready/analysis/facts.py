"""What a cell does, read off its source alone: a pure function, cached by source.

Names that begin with ``@`` are ambient locations (``@random:numpy``): read and written
like variables, never missing.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache

from ..model import Effect
from ..records import dataclass, field
from .deeds import EVERY as EVERY
from .deeds import RESULT as RESULT
from .deeds import Alias as Alias
from .deeds import Call as Call
from .deeds import Closed as Closed
from .deeds import How as How
from .deeds import Import as Import
from .deeds import Item as Item
from .deeds import Mutation as Mutation
from .deeds import Read as Read
from .deeds import Replay as Replay
from .deeds import Shape as Shape
from .deeds import Sharing as Sharing
from .kept import by_source, once
from .magic_syntax import is_unmarked
from .magics import MagicLine, Transformed, transform
from .rare import HasRare
from .said import Written
from .words import NOTHING as NOTHING

CELL = "<cell>"
warnings.filterwarnings("ignore", module=CELL)  # `'\\d'` in a person's cell is not ours to report


@dataclass(slots=True, eq=False)
class Takes:
    """What is special of the parameters of a function."""

    rest: str = ""
    named: str = ""
    """Its parameters ``*rest`` and ``**named``."""
    defaults: tuple[tuple[str, str], ...] = ()
    """Parameters whose default is what a name stands for."""


Begins = tuple[Mapping[str, Read], int]
"""What a generator has read when it first yields, and how many of its ``calls`` come before."""
NOT_BEGUN: Begins = ({}, 0)


@dataclass(slots=True, eq=False)
class DeferredFacts:
    """What a function or class will do with global names when it is used."""

    kind: str
    params: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()
    writes: frozenset[str] = NOTHING
    mutations: tuple[Mutation, ...] = ()
    restores: tuple[Mutation, ...] = ()
    """Changes that it makes and takes back, where `with` runs it."""
    enters: bool = False
    """May it enter a block by hand, or stop inside of one?"""
    changes_params: frozenset[str] = NOTHING
    """Parameters that it changes; ``*x``: something that ``x`` holds, too."""
    returns: frozenset[str] = NOTHING
    """Parameters and globals that a call may hand back, or something of theirs."""
    passes: frozenset[str] = NOTHING
    """Parameters and globals whose elements its result may hold, or that it yields."""
    calls: tuple[Call, ...] = ()
    shows: bool = False
    closures: bool = False
    consumable: bool = False
    """Does every use of what a call returns change it?"""
    gives: tuple[DeferredFacts, ...] = ()
    """Functions made here that only what is returned can call."""
    encloses: frozenset[str] = NOTHING
    """Names of the functions around it that it uses,"""
    changes_enclosed: frozenset[str] = NOTHING
    """and those of them whose objects it changes."""
    lazy: Begins | None = None
    """Where a call runs nothing until its result is consumed: what is done when it first yields."""
    keeps: frozenset[str] = NOTHING
    """Parameters that the first parameter (``self``) holds afterwards."""
    takes: Takes | None = None
    own_state: frozenset[str] = NOTHING
    """Parameters whose default is an object that calls change."""
    called: bool = False
    """Is it called where it is written, unless there is no element to call it for?"""
    stateful: bool = False
    """Does a call change names of the function around it?"""
    draws: frozenset[str] = NOTHING
    seeds: frozenset[str] = NOTHING
    ambient_reads: frozenset[str] = NOTHING
    ambient_writes: frozenset[str] = NOTHING
    unrepeatable: bool = False
    methods: tuple[tuple[str, DeferredFacts], ...] = ()
    bases: tuple[str, ...] = ()
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | None = None
    """Its code, where it has a name."""
    attributes: frozenset[str] = NOTHING
    """Attributes of whatever object that its body, and those inside of it, mention."""
    decorated: bool = False
    by_name: bool = False
    """Do its decorators leave it to be run where it is named alone?"""
    cached: bool = False
    """Does a decorator keep its results, and give them again?"""
    kept: tuple[str, ...] = ()
    """Attributes that an instance keeps once they were asked for."""
    parts_changed: frozenset[str] = NOTHING
    parts_set: frozenset[str] = NOTHING
    """Attributes of its parameters that it changes in place, and that it sets."""
    stocks: frozenset[str] = NOTHING
    """Attributes of its parameters, or of its instances, that hold what every use changes."""
    changes_class: bool = False
    """Is it a method that changes what all instances share?"""
    identifies: bool = False
    of_one_class: bool = False
    """Are two instances equal only if one and the same class made them?"""

    def given(self) -> Iterator[DeferredFacts]:
        """All functions that calls of the result may come to."""
        for inner in self.gives:
            yield inner
            yield from inner.given()

    def method(self, name: str) -> DeferredFacts | None:
        for key, facts in self.methods:
            if key == name:
                return facts
        return None


@dataclass(slots=True, eq=False, init=False)
class StatementFacts(HasRare):
    """One top-level statement of a cell. Lines are 1-based within the cell.

    ``key`` is equal for statements that do the same: AST, trailing ``;`` and magics, not
    comments, blank lines or layout. Slots: of more than thirty attributes Python shares no names.
    `statement` makes all of them, without an ``__init__``, which costs more than the attributes.
    """

    writes: frozenset[str] = field(repr=False)
    reads: tuple[Read, ...] = field(repr=False)
    said: Written = field(repr=False)
    """What it says as it is written."""
    mutations: tuple[Mutation, ...] = field(repr=False)
    calls: tuple[Call, ...] = field(repr=False)
    invoked: Set[str] = field(repr=False)
    shows: bool = field(repr=False)
    functions: tuple[tuple[str, Written], ...] = field(repr=False)
    """What each function and class says that it defines."""
    aliases: tuple[Alias, ...] = field(repr=False)
    folded: ast.expr | None = field(repr=False)
    """What it binds a name to, where that may follow from literal values."""
    result_of: Call | None = field(repr=False)
    """The call of a plain name whose result is what this statement assigns."""
    deferred: tuple[tuple[str, DeferredFacts], ...] = field(repr=False)
    anonymous: tuple[DeferredFacts, ...] = field(repr=False)
    gives: bool = field(repr=False)
    """Does it leave its value in ``_`` and ``Out``?"""
    immutable: bool = field(repr=False)
    sequence: bool = field(repr=False)
    """Does it bind a list of Python's?"""
    looked_at: frozenset[str] = field(repr=False)
    """Of ``invoked``, the names that are only printed, measured or compared by type."""
    is_compound: bool = field(repr=False)
    """Has it a body of its own, and is it not a definition?"""
    _parts: Mapping[str, tuple[str, ...]] | None = field(repr=False)
    plain: object = field(repr=False)
    """What it needs and does where nothing that it calls is known (see `use`)."""

    @property
    def mutates(self) -> frozenset[str]:
        return frozenset(mutation.name for mutation in self.mutations)

    @property
    def parts_of(self) -> Mapping[str, tuple[str, ...]]:
        """Names of which only attributes are read, with these."""
        if self._parts is None:
            self._parts = {
                read.name: tuple([item.key for item in read.items])
                for read in self.reads
                if read.items and all(item.attribute for item in read.items)
            }
        return self._parts


@dataclass(frozen=True)
class SyntaxProblem:
    line: int
    message: str


@dataclass(eq=False)
class CellFacts:
    """Facts of one cell. ``python`` is False where its body is another language."""

    source: str
    code: str
    statements: tuple[StatementFacts, ...] = ()
    error: SyntaxProblem | None = None
    magics: tuple[MagicLine, ...] = ()
    python: bool = True
    uncommon: tuple[StatementFacts, ...] = ()
    """Those that define functions, or do or read what is rare."""

    @once
    def keys(self) -> tuple[int, ...]:
        return tuple([statement.key for statement in self.statements])

    @once
    def effects(self) -> tuple[Effect, ...]:
        found: tuple[Effect, ...] = ()
        for statement in self.uncommon:
            if statement.rare.effects:
                found += statement.rare.effects
        return found

    @once
    def reads_results(self) -> bool:
        """Does anything in it read ``_``, ``_3``, ``Out[3]`` or ``In[3]``?"""
        for statement in self.uncommon:
            read = statement.rare.ambient_reads
            if read and _has_results(read):
                return True
            for _, one in statement.deferred:
                if one.ambient_reads and _has_results(one.ambient_reads):
                    return True
            for one in statement.anonymous:
                if one.ambient_reads and _has_results(one.ambient_reads):
                    return True
        return False

    @property
    def reads(self) -> frozenset[str]:
        """Names needed from outside by direct execution, flow-sensitive over the cell."""
        bound: set[str] = set()
        needed: set[str] = set()
        for statement in self.statements:
            needed |= {read.name for read in statement.reads} - bound
            bound |= statement.writes
            bound -= statement.deletes
        return frozenset(name for name in needed if not name.startswith("@"))

    @property
    def writes(self) -> frozenset[str]:
        """Names certainly bound at the end of the cell."""
        bound: set[str] = set()
        for statement in self.statements:
            bound = (bound | statement.writes) - statement.deletes
        return frozenset(bound)


def _has_results(locations: frozenset[str]) -> bool:
    return any(one[:4] in ("@out", "@in:") for one in locations)


@by_source
def facts_of(source: str) -> CellFacts:
    """Facts of a cell. Never raises: what does not parse has ``error`` and nothing else."""
    transformed, tree = parsed(source)
    code, magics, python = transformed.code, transformed.magics, transformed.python
    if isinstance(tree, SyntaxProblem):
        return CellFacts(source, code, error=tree, magics=magics, python=python)
    try:
        statements, uncommon = _reader()(tree, transformed)
    except RecursionError as problem:
        return CellFacts(source, code, error=_problem(problem))
    return CellFacts(source, code, statements, None, magics, python, uncommon)


@by_source
def parsed(source: str) -> tuple[Transformed, ast.Module | SyntaxProblem]:
    """A cell as plain Python, with its tree or what is wrong with it. Never raises.

    Best asked for all cells of a page before any `facts_of`: the parser takes a third less
    where nothing else runs between its calls.
    """
    if is_unmarked(source):
        tree = _tree(source)
        if type(tree) is ast.Module and tree.body and (tree.body[-1].end_lineno or 0) > 1:
            return Transformed(source), tree
    transformed = transform(source)
    return transformed, _tree(transformed.code)


def _tree(code: str) -> ast.Module | SyntaxProblem:
    """As `ast.parse`, which is one call more."""
    try:
        return compile(code, CELL, "exec", ast.PyCF_ONLY_AST)  # type: ignore[return-value]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        return _problem(problem)


@cache
def _reader() -> Callable[[ast.Module, Transformed], tuple[tuple[StatementFacts, ...], ...]]:
    from .statement import statements_of

    return statements_of


def _problem(problem: Exception) -> SyntaxProblem:
    if isinstance(problem, SyntaxError):
        return SyntaxProblem(problem.lineno or 1, problem.msg)
    too_deep = isinstance(problem, (RecursionError, MemoryError))
    return SyntaxProblem(1, "nested too deeply to be read" if too_deep else str(problem))
