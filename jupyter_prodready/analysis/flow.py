"""The state of a walk through one scope: what is bound, read and changed so far.

Loops are taken to run at least once: a name bound in a loop body counts as bound after
it. A branch that ends in ``raise`` or ``return`` binds nothing for what follows.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence

from ..model import Effect
from .facts import Call, DeferredFacts, Import, Mutation, Read


class Scope:
    """Collects the facts of one scope. ``local`` are the names that belong to a function
    or class scope (None at the top level); ``hidden`` those of enclosing functions."""

    def __init__(
        self, local: frozenset[str] = frozenset(), params: frozenset[str] = frozenset()
    ) -> None:
        self.local = local
        self.params = params
        self.bound: set[str] = set()
        self.maybe: set[str] = set()
        self.deleted: set[str] = set()
        self.dead = False
        self.certain = True
        self.invoking = 0
        self.reads: dict[str, Read] = {}
        self.mutations: list[Mutation] = []
        self.param_changes: set[str] = set()
        self.returned: set[str] = set()
        self.pure: set[int] = set()
        self.augmented: set[str] = set()
        self.invoked: set[str] = set()
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.effects: list[Effect] = []
        self.deferred: dict[str, DeferredFacts] = {}
        self.anonymous: list[DeferredFacts] = []
        self.draws: set[str] = set()
        self.seeds: set[str] = set()
        self.opaque: str | None = None
        self.shows = self.called = self.unrepeatable = self.consumable = False
        self.silent = True
        self.yields = self.closures = False

    # --- dispatch -------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        method: Callable[[ast.AST], None] | None = getattr(
            self, "visit_" + type(node).__name__, None
        )
        if method is not None:
            method(node)
        else:
            self.visit_all(ast.iter_child_nodes(node))

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def possibly(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit what may be left out at run time."""
        before, self.certain = self.certain, False
        self.visit_all(nodes)
        self.certain = before

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
        self.deleted = deleted | (removed & set()) if ends else removed
        self.maybe |= every - self.bound

    # --- names ----------------------------------------------------------------------

    def read(self, name: str, line: int) -> None:
        if name in self.local or name in self.bound:
            if self.invoking:
                self.invoked.add(name)
            return
        certain = self.certain and not self.dead
        old = self.reads.get(name)
        if old is None or (certain and not old.certain):
            self.reads[name] = Read(name, line if old is None else old.line, certain)
        if self.invoking:
            self.invoked.add(name)

    def bind(self, name: str) -> None:
        if name not in self.local:
            self.bound.add(name)
            self.deleted.discard(name)

    def mutate(self, name: str, *, deep: bool) -> None:
        if name in self.params:
            self.param_changes.add(name)
        if name not in self.local:
            self.mutations.append(Mutation(name, deep))

    def delete(self, name: str, line: int) -> None:
        self.read(name, line)
        self.bound.discard(name)
        if name not in self.local:
            self.deleted.add(name)
