"""What a cell does, read off its source alone: a pure function, cached by source.

Names that begin with ``@`` are ambient locations (``@random:numpy``): read and written
like variables, never missing.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ..model import Effect
from .magics import MagicLine, Transformed, transform

NOTHING: frozenset[str] = frozenset()
_COMPOUND = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.If, ast.Match)
CELL = "<cell>"
warnings.filterwarnings("ignore", module=CELL)  # `'\\d'` in a person's cell is not ours to report


@dataclass(frozen=True)
class Read:
    """A global name whose value may be needed from outside.

    ``certain``: the statement cannot finish without it.
    """

    name: str
    line: int
    certain: bool


@dataclass(frozen=True)
class Mutation:
    """``name``'s object is changed in place; ``deep``: or something that it holds."""

    name: str
    deep: bool = False


@dataclass(frozen=True)
class Alias:
    """``target`` shares its object with ``source`` (``same``), or holds it."""

    target: str
    source: str
    holds: bool = False


@dataclass(frozen=True)
class Call:
    """A direct call of a name: ``f(a, k=b)`` or ``obj.method(a)``.

    ``args`` has the root name of each positional argument, None where it has none.
    """

    func: str
    method: str | None
    args: tuple[str | None, ...]
    keywords: tuple[tuple[str, str], ...]
    certain: bool


@dataclass(frozen=True)
class Replay:
    """Running this statement twice in a row changes nothing the second time.

    ``reads`` and ``writes`` are the columns (string keys) of ``name`` that it uses;
    ``writes`` None means the whole object.
    """

    name: str
    reads: frozenset[str]
    writes: frozenset[str] | None


@dataclass(frozen=True)
class Import:
    module: str
    name: str | None
    asname: str
    line: int


@dataclass(frozen=True)
class DeferredFacts:
    """What a function or class will do with global names when it is used."""

    kind: str
    params: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()
    writes: frozenset[str] = NOTHING
    mutates: frozenset[str] = NOTHING
    changes_params: frozenset[str] = NOTHING
    returns: frozenset[str] = NOTHING
    """Parameters and globals that a call may hand back, or something of theirs."""
    calls: tuple[Call, ...] = ()
    shows: bool = False
    closures: bool = False
    consumable: bool = False
    draws: frozenset[str] = NOTHING
    seeds: frozenset[str] = NOTHING
    unrepeatable: bool = False
    methods: tuple[tuple[str, DeferredFacts], ...] = ()

    def method(self, name: str) -> DeferredFacts | None:
        return next((facts for key, facts in self.methods if key == name), None)


@dataclass(frozen=True)
class StatementFacts:
    """One top-level statement of a cell. Lines are 1-based within the cell."""

    line: int
    end_line: int
    text: str
    node: ast.stmt | None = field(repr=False, compare=False, default=None)
    extra: str = ""
    reads: tuple[Read, ...] = ()
    writes: frozenset[str] = NOTHING
    maybe_writes: frozenset[str] = NOTHING
    mutations: tuple[Mutation, ...] = ()
    deletes: frozenset[str] = NOTHING
    aliases: tuple[Alias, ...] = ()
    augmented: frozenset[str] = NOTHING
    result_of: Call | None = None
    """The call of a plain name whose result is what this statement assigns."""
    deferred: tuple[tuple[str, DeferredFacts], ...] = ()
    anonymous: tuple[DeferredFacts, ...] = ()
    invoked: frozenset[str] = NOTHING
    calls: tuple[Call, ...] = ()
    imports: tuple[Import, ...] = ()
    effects: tuple[Effect, ...] = ()
    replays: tuple[Replay, ...] = ()
    shows: bool = False
    opaque: str | None = None
    resets: bool = False
    immutable: bool = False
    consumable: bool = False
    draws: frozenset[str] = NOTHING
    seeds: frozenset[str] = NOTHING
    unrepeatable: bool = False

    @property
    def mutates(self) -> frozenset[str]:
        return frozenset(mutation.name for mutation in self.mutations)

    @property
    def is_compound(self) -> bool:
        """Has it a body of its own, and is it not a definition?"""
        return isinstance(self.node, _COMPOUND)

    @property
    def displays(self) -> bool:
        """May this statement put anything into the cell's output?"""
        return self.shows

    @cached_property
    def key(self) -> str:
        """Equal for statements that do the same: AST, trailing ``;`` and magics, not
        comments, blank lines or layout."""
        return (ast.dump(self.node) if self.node is not None else self.text) + self.extra


@dataclass(frozen=True)
class SyntaxProblem:
    line: int
    message: str


@dataclass(frozen=True)
class CellFacts:
    """Facts of one cell. ``python`` is False where its body is another language."""

    source: str
    code: str
    statements: tuple[StatementFacts, ...] = ()
    error: SyntaxProblem | None = None
    magics: tuple[MagicLine, ...] = ()
    python: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(statement.key for statement in self.statements)

    @property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(effect for statement in self.statements for effect in statement.effects)

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

    @property
    def mutates(self) -> frozenset[str]:
        return frozenset(name for statement in self.statements for name in statement.mutates)


@lru_cache(maxsize=16384)
def facts_of(source: str) -> CellFacts:
    """Facts of a cell. Never raises: what does not parse has ``error`` and nothing else."""
    transformed = transform(source)
    try:
        tree = ast.parse(transformed.code, filename=CELL)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        return CellFacts(
            source,
            transformed.code,
            error=_problem(problem),
            magics=transformed.magics,
            python=transformed.python,
        )
    try:
        statements = tuple(_statements(tree, transformed))
    except RecursionError as problem:
        return CellFacts(source, transformed.code, error=_problem(problem))
    return CellFacts(
        source, transformed.code, statements, None, transformed.magics, transformed.python
    )


def _problem(problem: Exception) -> SyntaxProblem:
    if isinstance(problem, SyntaxError):
        return SyntaxProblem(problem.lineno or 1, problem.msg)
    if isinstance(problem, RecursionError | MemoryError):
        return SyntaxProblem(1, "nested too deeply to be read")
    return SyntaxProblem(1, str(problem))


def _statements(tree: ast.Module, transformed: Transformed) -> Iterator[StatementFacts]:
    from .statement import statement_facts

    lines = transformed.code.split("\n")
    body = _with_magic_only(tree.body, transformed)
    for number, (node, magics) in enumerate(body):
        last = number == len(body) - 1
        yield statement_facts(node, lines, magics, last=last, binds=transformed.binds)


def _with_magic_only(
    body: list[ast.stmt], transformed: Transformed
) -> list[tuple[ast.stmt, tuple[MagicLine, ...]]]:
    """Each statement with the magics on its lines; a cell that is nothing but another
    language's cell magic gets one empty statement to carry it."""
    if transformed.magics and not body:
        line = transformed.magics[0].line
        empty = ast.Pass(lineno=line, col_offset=0, end_lineno=line, end_col_offset=0)
        return [(empty, transformed.magics)]
    pairs: list[tuple[ast.stmt, tuple[MagicLine, ...]]] = []
    for number, node in enumerate(body):
        start = 0 if number == 0 else node.lineno
        end = node.end_lineno or node.lineno
        pairs.append((node, tuple(m for m in transformed.magics if start <= m.line <= end)))
    return pairs
