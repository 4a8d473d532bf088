"""The state of a walk through one scope: what is bound, read and changed so far.

Loops are taken to run at least once: a name bound in a loop body counts as bound after
it. A branch that ends in ``raise`` or ``return`` binds nothing for what follows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from ..model import Effect
from .facts import Call, DeferredFacts, Import, Item, Mutation, Read
from .nodes import children

NO_NAMES: frozenset[str] = frozenset()
_METHODS: dict[type, str] = {}


class Scope:
    """Collects the facts of one scope.

    ``own`` are the names that belong to a function or class scope, None at the top
    level; ``hidden`` those of enclosing scopes and of comprehensions.
    """

    __slots__ = (
        "alias",
        "ambient_reads",
        "ambient_writes",
        "annotations",
        "anonymous",
        "augmented",
        "bound",
        "called",
        "calls",
        "certain",
        "changes_enclosed",
        "closures",
        "dead",
        "declared",
        "deferred",
        "deleted",
        "draws",
        "effects",
        "encloses",
        "given",
        "handed",
        "hands_out",
        "hidden",
        "imports",
        "invoked",
        "invoking",
        "iterators",
        "looked_at",
        "loops",
        "maybe",
        "mutations",
        "notes",
        "opaque",
        "outer",
        "own",
        "param_changes",
        "params",
        "pure",
        "reached",
        "reads",
        "rebound",
        "returned",
        "seeds",
        "shows",
        "silent",
        "stateful",
        "unrepeatable",
        "yields",
    )  # fmt: skip

    def __init__(
        self, hidden: frozenset[str] = NO_NAMES, params: frozenset[str] | None = None
    ) -> None:
        self.hidden = hidden
        self.params = params or NO_NAMES
        self.own: set[str] | None = None if params is None else set(params)
        self.declared, self.outer = set[str](), set[str]()
        self.encloses, self.changes_enclosed = set[str](), set[str]()
        self.bound, self.maybe, self.deleted = set[str](), set[str](), set[str]()
        self.dead = False
        self.certain = self.reached = True
        self.notes: dict[str, Read] | None = None
        self.invoking = 0
        self.reads: dict[str, Read] = {}
        self.mutations: list[Mutation] = []
        self.given: dict[str, frozenset[str]] = {}
        self.param_changes: set[str] = set()
        self.rebound, self.returned = set[str](), set[str]()
        self.alias: dict[str, set[str]] = {}
        self.iterators: set[str] = set()
        self.loops: dict[str, str] = {}
        self.pure: set[int] = set()
        self.augmented: set[str] = set()
        self.invoked: set[str] = set()
        self.looked_at: set[str] = set()
        self.annotations: dict[str, Read] = {}
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.effects: list[Effect] = []
        self.deferred: dict[str, DeferredFacts] = {}
        self.anonymous: list[DeferredFacts] = []
        self.handed: list[DeferredFacts] = []
        self.draws: set[str] = set()
        self.seeds: set[str] = set()
        self.ambient_reads: set[str] = set()
        self.ambient_writes: set[str] = set()
        self.opaque: str | None = None
        self.shows = self.called = self.unrepeatable = False
        self.silent = True
        self.yields = self.closures = self.stateful = self.hands_out = False

    @property
    def has_ambient(self) -> bool:
        """Has it to do with anything beside names?"""
        around = self.ambient_reads or self.ambient_writes or self.unrepeatable
        return bool(around or self.draws or self.seeds)

    # --- dispatch -------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        kind = node.__class__
        name = _METHODS.get(kind)
        if name is None:
            name = "visit_" + kind.__name__
            name = _METHODS[kind] = name if hasattr(self, name) else "visit_children"
        getattr(self, name)(node)

    def visit_children(self, node: ast.AST) -> None:
        for child in children(node):
            self.visit(child)

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def possibly(self, nodes: Iterable[ast.AST | None], *, looped: bool = False) -> None:
        """Visit what may be left out at run time; ``looped``: only if a loop is empty."""
        before = self.certain, self.reached
        self.certain, self.reached = False, self.reached and looped
        self.visit_all(nodes)
        self.certain, self.reached = before

    def invoke(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit what may be called, converted or iterated here."""
        self.invoking += 1
        self.visit_all(nodes)
        self.invoking -= 1

    def branch(self, *bodies: Sequence[ast.AST]) -> None:
        """Alternative paths: bound afterwards is what every surviving path binds."""
        start, deleted = set(self.bound), set(self.deleted)
        ends: list[set[str]] = []
        every: set[str] = set(start)
        removed: set[str] = set(deleted)
        for body in bodies:
            self.bound, self.dead, self.deleted = set(start), False, set(deleted)
            self.possibly(body)
            every |= self.bound
            removed |= self.deleted
            if not self.dead:
                ends.append(self.bound)
        self.dead = not ends
        self.bound = set.intersection(*ends) if ends else set(every)
        self.deleted = deleted if ends else removed
        self.maybe |= every - self.bound

    # --- names ----------------------------------------------------------------------

    def is_local(self, name: str) -> bool:
        return name in self.hidden or (self.own is not None and name in self.own)

    def read(self, name: str, line: int, items: tuple[Item, ...] | None = None) -> None:
        """A use of ``name``: of the whole object, or of some ``items`` of it alone."""
        if self.invoking:
            self.invoked.add(name)
        if name in self.hidden:
            self.encloses.add(name)
            return
        if name in self.bound:
            return
        if self.own is not None and name in self.own:
            return
        certain, reached = self.certain and not self.dead, self.reached and not self.dead
        reads = self.reads if self.notes is None else self.notes
        old = reads.get(name)
        given = self.given.get(name, NO_NAMES) if items is None else NO_NAMES
        if old is None:
            reads[name] = Read(name, line, certain, items, reached, given)
        elif old.items is not None or (certain, reached) > (old.certain, old.reached):
            both = None if items is None or old.items is None else _joined(old.items, items)
            sure, seen = certain or old.certain, reached or old.reached
            if old.items is not None:
                given -= {item.key for item in old.items}
            else:
                given = old.without
            reads[name] = Read(name, old.line, sure, both, seen, given)

    def bind(self, name: str) -> None:
        if self.own is not None and name not in self.declared:
            if name in self.outer:
                self.stateful = True
            else:
                self.own.add(name)
        elif name not in self.hidden:
            self.bound.add(name)
            self.deleted.discard(name)

    def mutate(self, mutation: Mutation) -> None:
        """``mutation.name`` is changed in place, and so is what it is an alias of here."""
        names = {mutation.name}
        if mutation.how == "set" and self.own is None and self.reached and not self.dead:
            before = self.given.get(mutation.name, NO_NAMES)
            self.given[mutation.name] = before.union(mutation.items or ())
        if mutation.name in self.loops:
            self.mutate(Mutation(self.loops[mutation.name], deep=True))
        if self.own is not None:
            names |= self.alias.get(mutation.name, set())
        for name in names:
            if name in self.params and name not in self.rebound:
                self.param_changes.add(name)
            if name in self.hidden:
                self.stateful = True
                self.changes_enclosed.add(name)
            elif self.own is None or name not in self.own:
                same = name == mutation.name
                self.mutations.append(mutation if same else Mutation(name, deep=True))

    def delete(self, name: str, line: int) -> None:
        self.read(name, line)
        self.bound.discard(name)
        if not self.is_local(name):
            self.deleted.add(name)


def _joined(items: tuple[Item, ...], more: tuple[Item, ...]) -> tuple[Item, ...]:
    known = dict.fromkeys(items)
    for item in more:
        if item.certain:
            known.pop(item._replace(certain=False), None)
        if item not in known and item._replace(certain=True) not in known:
            known[item] = None
    return tuple(known)
