"""What the rest of the notebook does with names: who binds them, who reads them later."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from ..analysis.facts import StatementFacts, facts_of
from ..analysis.nodes import walk
from ..analysis.unseen import LOOKS, may_bind_any, may_read_any
from ..model import Cell, Notebook, RefusalCode
from .flow import Flow, flow_of
from .quoted import quoted_names

BUILTINS = frozenset(dir(builtins)) - {
    "_",
    "__name__",
    "__doc__",
    "__spec__",
    "__loader__",
    "__package__",
    *("exit", "quit"),  # IPython has its own, and no builtin ones
}
IPYTHON_NAME = re.compile(r"^(In|Out|display|get_ipython|exit|quit|_+|_i+|_\d+|_i\d+|_oh|_ih|_dh)$")
MODULE_NAME = re.compile(r"^__(name|file|doc|spec|loader|package|builtins)__$")
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Kind = Literal["import", "definition", "constant", "variable", "builtin", "unbound"]


class _Reading:
    """What a statement says wherever it stands; kept for all pages that have its cell."""

    def __init__(self, facts: StatementFacts, source: str) -> None:
        self.facts = facts
        self._names_main = "__main__" in source or "__name__" in source
        self.tree = facts.node if facts.node is not None else ast.Pass()
        self.flow = flow_of([self.tree])

    @cached_property
    def words(self) -> frozenset[str]:
        return words_of(self.tree)

    @cached_property
    def quoted(self) -> dict[str, int]:
        return quoted_names(self.tree) if self.definitions else {}

    @cached_property
    def definitions(self) -> tuple[ast.AST, ...]:
        if not hasattr(self.tree, "body") and not isinstance(self.tree, ast.Match):
            return ()
        return tuple(node for node in walk(self.tree) if isinstance(node, DEFINITIONS))

    @cached_property
    def sees_all(self) -> bool:
        return self._may_look and may_read_any(self.tree)

    @cached_property
    def binds_unseen(self) -> bool:
        return self._may_look and may_bind_any(self.tree)

    @property
    def _may_look(self) -> bool:
        return self._names_main or not LOOKS.isdisjoint(self.words)


@lru_cache(maxsize=1024)
def _readings(source: str) -> tuple[_Reading, ...]:
    return tuple(_Reading(facts, source) for facts in facts_of(source).statements)


@dataclass(frozen=True)
class PageStatement:
    """A top-level statement of any code cell. ``place`` orders all of them."""

    cell: Cell
    place: tuple[int, int]
    facts: StatementFacts
    tree: ast.stmt
    flow: Flow = field(repr=False, compare=False)
    reading: _Reading = field(repr=False, compare=False)

    @property
    def is_import(self) -> bool:
        return isinstance(self.tree, ast.Import | ast.ImportFrom)

    @property
    def is_definition(self) -> bool:
        return isinstance(self.tree, DEFINITIONS)

    @property
    def is_constant(self) -> bool:
        """``NAME = literal`` of a type that nobody can change in place, nor papermill replace."""
        tree = self.tree
        if "parameters" in self.cell.tags:
            return False
        if not isinstance(tree, ast.Assign) or len(tree.targets) != 1:
            return False
        return isinstance(tree.targets[0], ast.Name) and _is_literal(tree.value)

    @property
    def tree_text(self) -> str:
        """The first line as written, magics included, in backquotes."""
        text = self.facts.extra.strip("\n;") or self.facts.text
        return f"`{text.splitlines()[0].strip()}`"

    @property
    def words(self) -> frozenset[str]:
        """Every name and attribute in it."""
        return self.reading.words

    @property
    def definitions(self) -> tuple[ast.AST, ...]:
        """Functions and classes in it, at any depth."""
        return self.reading.definitions

    @property
    def quoted(self) -> dict[str, int]:
        """Names in annotations that are texts, with a line."""
        return self.reading.quoted

    @property
    def sees_all(self) -> bool:
        return self.reading.sees_all

    @property
    def binds_unseen(self) -> bool:
        return self.reading.binds_unseen

    @property
    def opaque(self) -> str | None:
        return self.facts.opaque

    @property
    def is_star(self) -> bool:
        """Does it import all names of a module?"""
        return any(one.name == "*" for one in self.facts.imports)


def words_of(tree: ast.AST) -> frozenset[str]:
    """Every name and attribute in ``tree``."""
    nodes = walk(tree)
    names = {node.id for node in nodes if type(node) is ast.Name}
    return frozenset(names | {node.attr for node in nodes if type(node) is ast.Attribute})


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.Tuple):
        return all(_is_literal(item) for item in node.elts)
    return isinstance(node, ast.Constant)


def named(cell: Cell) -> str:
    """How messages name a cell: ``[12]``, or its place where it never ran."""
    return f"cell {cell.index}" if cell.execution_count is None else cell.label


@dataclass(frozen=True)
class Page:
    """The statements of a notebook, top to bottom. ``unreadable`` are cells with none."""

    statements: tuple[PageStatement, ...]
    unreadable: tuple[Cell, ...] = ()

    @classmethod
    def of(cls, notebook: Notebook) -> Page:
        statements: list[PageStatement] = []
        unreadable: list[Cell] = []
        for cell in notebook.code_cells:
            facts = facts_of(cell.source)
            if facts.error:
                unreadable.append(cell)
            for number, read in enumerate(_readings(cell.source)):
                place = (cell.index, number)
                made = PageStatement(cell, place, read.facts, read.tree, read.flow, read)
                statements.append(made)
        return cls(tuple(statements), tuple(unreadable))

    def without(self, places: frozenset[tuple[int, int]]) -> Page:
        """As if the statements at ``places`` did nothing."""
        kept = tuple(s for s in self.statements if s.place not in places)
        return Page(kept, self.unreadable) if places else self

    @cached_property
    def writers(self) -> dict[str, tuple[PageStatement, ...]]:
        """For each name all statements that may bind or delete it, in page order."""
        found: dict[str, list[PageStatement]] = {}
        for statement in self.statements:
            flow = statement.flow
            for name in flow.written | set(flow.deleted) | set(flow.declared):
                found.setdefault(name, []).append(statement)
        return {name: tuple(writers) for name, writers in found.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that the notebook's own code mentions at its top level."""
        read = {name for s in self.statements for name in (*s.flow.exposed, *s.flow.late)}
        return frozenset(read | set(self.writers))

    def reaching(self, name: str, before: tuple[int, int]) -> tuple[PageStatement, ...]:
        """The statements above that may have bound ``name`` last, the sure one first."""
        found: list[PageStatement] = []
        for statement in reversed(self.writers.get(name, ())):
            if statement.place >= before:
                continue
            found.append(statement)
            if name in statement.flow.bound or name in statement.flow.deleted:
                break
        return tuple(reversed(found))

    def is_bound(self, name: str, before: tuple[int, int]) -> bool:
        """True where ``name`` is bound for sure when the statement at ``before`` starts."""
        reaching = self.reaching(name, before)
        return bool(reaching) and name in reaching[0].flow.bound

    def kind_of(self, name: str, writers: Sequence[PageStatement]) -> Kind:
        """What ``name`` stands for, given the statements that may have bound it."""
        if not writers:
            return "builtin" if name in BUILTINS else "unbound"
        if all(writer.is_import for writer in writers):
            same = {import_texts(writer.tree, name) for writer in writers}
            return "import" if len(same) == 1 or _are_submodules(same) else "variable"
        if len(writers) > 1:
            return "variable"
        if writers[0].is_definition and name in writers[0].flow.bound:
            return "definition"
        return "constant" if writers[0].is_constant else "variable"

    def everywhere(self, name: str) -> Kind:
        """What ``name`` stands for at any time: what a moved function may read."""
        return self.kind_of(name, self.writers.get(name, ()))

    def can_move_alone(self, statement: PageStatement) -> bool:
        """False where another statement stands on its lines (``a = 1; b = 2``), or a magic."""
        lines = range(statement.facts.line, statement.facts.end_line + 1)
        if any(magic.line in lines for magic in facts_of(statement.cell.source).magics):
            return False
        same = [s for s in self.statements if s.cell.id == statement.cell.id and s != statement]
        return not any(s.facts.line in lines or s.facts.end_line in lines for s in same)

    def used_above(self, name: str, place: tuple[int, int]) -> PageStatement | None:
        """The first statement above ``place`` that needs ``name`` when it runs, perhaps
        through functions that read it."""
        carriers = {name}
        above = [s for s in self.statements if s.place < place]
        for _ in above:
            before = len(carriers)
            for statement in above:
                if carriers & set(statement.flow.late):
                    carriers |= statement.flow.written
            if len(carriers) == before:
                break
        return next((s for s in above if carriers & (set(s.flow.exposed) - set(s.flow.late))), None)

    def hidden_by(
        self, writers: Sequence[PageStatement], before: tuple[int, int] | None = None
    ) -> PageStatement | None:
        """A statement that may bind a name anew unseen, such as `from numpy import *`, after
        ``writers`` and above ``before`` (None: anywhere)."""
        start = max((writer.place for writer in writers), default=(-1, 0))
        for statement in self.statements:
            if start < statement.place and not (before and statement.place >= before):
                magics = facts_of(statement.cell.source).magics if statement.opaque else ()
                unseen = bool(writers) and statement.binds_unseen
                if statement.is_star or unseen or any(magic.kind == "binds" for magic in magics):
                    return statement
        return None

    def opaque_before(self, before: tuple[int, int]) -> PageStatement | None:
        above = (s for s in self.statements if s.place < before and s.opaque)
        return next(above, None)


def code_of(blind: PageStatement | None) -> RefusalCode:
    """The kind of a refusal that is due to what this statement may bind unseen."""
    return "star-import" if blind is not None and blind.is_star else ""


def import_texts(tree: ast.stmt, name: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """(module, name, asname) of each import in ``tree`` that binds ``name``."""
    if isinstance(tree, ast.Import):
        aliases = [(a.name, None, a.asname) for a in tree.names]
        return tuple(a for a in aliases if (a[2] or a[0].partition(".")[0]) == name)
    if isinstance(tree, ast.ImportFrom):
        source = "." * tree.level + (tree.module or "")
        return tuple((source, a.name, a.asname) for a in tree.names if (a.asname or a.name) == name)
    return ()


def _are_submodules(same: Iterable[tuple[tuple[str, str | None, str | None], ...]]) -> bool:
    """``import a.b`` and ``import a.c`` both bind `a` to one package."""
    return all(name is None and asname is None for group in same for _, name, asname in group)


@dataclass(frozen=True)
class Later:
    """What happens to names below the selection.

    ``reads`` gives for each name that may be read with its present value the reader;
    ``overwritten`` are bound anew for sure before anything unseen could read them. ``seer``
    may look at any name.
    """

    reads: dict[str, PageStatement | None]
    overwritten: frozenset[str]
    rebound: dict[str, PageStatement]
    seer: PageStatement | None


def later_of(page: Page, after: Sequence[PageStatement], others: Sequence[PageStatement]) -> Later:
    """``after`` run below the selection, in order; ``others`` above it define functions."""
    reads: dict[str, PageStatement | None] = {}
    bound: set[str] = set()
    rebound: dict[str, PageStatement] = {}
    seer = next((s for s in (*after, *others) if s.sees_all), None)
    late = (s for s in others if s.sees_all and s.definitions)
    blind: str | None = next((s.tree_text for s in late), None)
    broken = {cell.index for cell in page.unreadable}
    first_broken = min(broken, default=None)
    for statement in after:
        if first_broken is not None and statement.cell.index > first_broken:
            blind = blind or "a cell below cannot be read"
        blind = blind or statement.opaque or _unseen(statement)
        blind = blind or (statement.tree_text if statement.sees_all else None)
        for name in (*statement.flow.exposed, *statement.flow.soft, *statement.flow.late):
            if name not in bound:
                reads.setdefault(name, statement)
        for name in (*statement.flow.written, *statement.flow.deleted, *statement.flow.declared):
            rebound.setdefault(name, statement)
        bound |= set() if blind else statement.flow.bound
    for statement in others:
        for name in statement.flow.late:
            reads.setdefault(name, statement)
    return Later(reads, frozenset(bound), rebound, seer)


def _unseen(statement: PageStatement) -> str | None:
    """Magics whose text may name variables that the facts do not list."""
    facts = facts_of(statement.cell.source)
    silent = ("%%time", "%%capture")
    stored = any(
        magic.name == "%store" or (magic.name.startswith("%%") and magic.name not in silent)
        for magic in facts.magics
        if magic.text.strip() != magic.name
    )
    return statement.facts.extra if stored or not facts.python else None
