"""The state of a walk through one scope: what is bound, read and changed so far.

Loops are taken to run at least once: a name bound in a loop body counts as bound after
it. A branch that ends in ``raise`` or ``return`` binds nothing for what follows.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..records import dataclass, field
from .facts import Begins, Call, DeferredFacts, Item, Mutation, Read
from .nodes import children
from .rare import PLAIN, Rare
from .said import Written
from .words import NOTHING, made, maker

METHODS: dict[type, Callable[[Any, Any], None]] = {}
"""The method for each kind of node, the same in all scopes. Filled in where the last of the
methods are (`walker`)."""
_NONE: Any = MappingProxyType({})
_read, _item = maker(Read), maker(Item)
LEFT_LOOP, LEFT_FUNCTION = 1, 2
"""Where code may have gone to that does not go on: behind its loop, or out of its function."""


def _at_first(default: Any) -> Any:
    return field(init=False, default=default)


@dataclass(slots=True, eq=False)
class Body:
    """What the code of a function has, and hardly any other."""

    grips: frozenset[str] = _at_first(NOTHING)
    """Names for methods that change their objects (``add = a.append``)."""
    texts: Mapping[str, str] = _at_first(_NONE)
    """What the texts begin with that names hold, empty where nobody knows."""
    alias: dict[str, frozenset[str]] = _at_first(_NONE)
    attributes: frozenset[str] = _at_first(NOTHING)
    """Those that it mentions, of whatever object."""
    handed: tuple[DeferredFacts, ...] = _at_first(())
    declared: frozenset[str] = _at_first(NOTHING)
    outer: frozenset[str] = _at_first(NOTHING)
    encloses: frozenset[str] = _at_first(NOTHING)
    changes_enclosed: frozenset[str] = _at_first(NOTHING)
    param_changes: frozenset[str] = _at_first(NOTHING)
    parts_changed: frozenset[str] = _at_first(NOTHING)
    """Attributes of parameters that are changed in place,"""
    parts_set: frozenset[str] = _at_first(NOTHING)
    """and that are set."""
    rebound: frozenset[str] = _at_first(NOTHING)
    returned: frozenset[str] = _at_first(NOTHING)
    passes: frozenset[str] = _at_first(NOTHING)
    """Names whose elements a result holds, or of which something is yielded."""
    iterators: frozenset[str] = _at_first(NOTHING)
    """Names bound to what every use changes,"""
    stocks: frozenset[str] = _at_first(NOTHING)
    """and attributes of parameters that are."""
    held: tuple[tuple[str, DeferredFacts], ...] = _at_first(())
    """Functions without a name, in what these names are bound to."""
    yields: Begins | None = _at_first(None)
    blocks: bool = _at_first(False)
    """Has it a `with`?"""
    closures: bool = _at_first(False)
    stateful: bool = _at_first(False)
    hands_out: bool = _at_first(False)


_NO_BODY = Body()
"""That of the top level. Never to be changed: see `Scope.in_body`."""


@dataclass(slots=True, eq=False)
class Scope:
    """Collects the facts of one scope.

    ``own`` are the names that belong to a function or class scope, None at the top
    level; ``hidden`` those of enclosing scopes and of comprehensions. Scopes are many: what
    most have nothing of is one and the same for all, until something is added.
    """

    hidden: frozenset[str]
    params: frozenset[str]
    own: set[str] | None
    said: Written
    """What it says, with the scopes inside of it that have no name on the page."""
    sure: bool
    """Must a run of the page reach it, as far as the code around it tells?"""
    rare: Rare
    body: Body
    functions: dict[str, Written]
    """What the functions and classes say that this top-level statement defines."""
    guarded: bool
    """Is it caught here if an object lacks a part?"""
    dead: bool
    left: int
    """May a run have left the code by now? What comes then it may never come to."""
    certain: bool
    reached: bool
    invoking: int
    bound: set[str]
    invoked: set[str]
    reads: dict[str, Read]
    mutations: tuple[Mutation, ...]
    calls: tuple[Call, ...]
    given: dict[str, frozenset[str]]
    loops: Mapping[str, tuple[str, ...]]
    let_go: frozenset[str]
    """Loop variables that are bound to something new."""
    deferred: dict[str, DeferredFacts]
    anonymous: tuple[DeferredFacts, ...]
    deleted: frozenset[str]
    looked_at: frozenset[str]
    assigned: ast.expr | None
    """The value of the assignment that is being read,"""
    result_of: Call | None
    """and the call of a plain name that it is."""
    shows: bool
    called: bool
    silent: bool
    constant: object
    """The literal that was met last."""

    def __init__(
        self, hidden: frozenset[str], params: frozenset[str], own: set[str] | None
    ) -> None:
        """To be begun. Whoever changes what is set here sets it back."""
        self.hidden, self.params, self.own, self.sure = hidden, params, own, own is None
        self.certain = self.reached = True
        self.guarded, self.invoking = False, 0
        self.loops, self.let_go = _NONE, NOTHING
        self.assigned = None  # no later statement has the same node

    def begin(self, said: Written) -> None:
        """Collect anew: whoever has what was collected before keeps it."""
        self.said, self.rare = said, PLAIN
        self.body = _NO_BODY if self.own is None else Body()
        self.functions = self.given = self.deferred = _NONE
        self.dead = self.shows = self.called = False
        self.left = 0
        self.silent = True
        self.bound, self.invoked = set(), set()
        self.reads = {}
        self.mutations = self.calls = self.anonymous = ()
        self.deleted = self.looked_at = NOTHING
        self.result_of = self.constant = None

    # --- dispatch -------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        METHODS[type(node)](self, node)

    def visit_children(self, node: ast.AST) -> None:
        for child in children(node):
            METHODS[type(child)](self, child)

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                METHODS[type(node)](self, node)

    def possibly(self, nodes: Iterable[ast.AST | None], looped: bool = False) -> None:
        """Visit what may be left out at run time; ``looped``: only if a loop is empty."""
        before = self.certain, self.reached
        self.certain, self.reached = False, self.reached and looped
        for node in nodes:
            if node is not None:
                METHODS[type(node)](self, node)
        self.certain, self.reached = before

    def invoke_one(self, node: ast.AST) -> None:
        self.invoking += 1
        METHODS[type(node)](self, node)
        self.invoking -= 1

    def invoke(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit what may be called, converted or iterated here."""
        self.invoking += 1
        self.visit_all(nodes)
        self.invoking -= 1

    def branch(self, *bodies: Sequence[ast.AST]) -> None:
        """Alternative paths: bound afterwards is what every surviving path binds."""
        start, deleted = self.bound, self.deleted
        ends: list[set[str]] = []
        every: set[str] = set(start)
        removed = deleted
        for body in bodies:
            self.bound, self.dead, self.deleted = set(start), False, deleted
            self.possibly(body)
            every |= self.bound
            removed |= self.deleted
            if not self.dead:
                ends.append(self.bound)
        self.dead = not ends
        self.bound = set.intersection(*ends) if ends else every
        self.deleted = deleted if ends else removed
        if len(every) > len(self.bound):
            self.rarely().maybe_writes |= every - self.bound

    # --- names ----------------------------------------------------------------------

    def begin_notes(self) -> dict[str, Read]:
        """What is read from here on is read by annotations. Returns what `reads` was."""
        rare, before = self.rarely(), self.reads
        rare.notes = self.reads = {**rare.notes}
        return before

    def rarely(self) -> Rare:
        """What is rare of the code, to be added to."""
        if self.rare is PLAIN:
            self.rare = Rare()
        return self.rare

    def in_body(self) -> Body:
        """What hardly any code has outside of functions, to be added to."""
        if self.body is _NO_BODY:
            self.body = Body()
        return self.body

    def define(self, name: str, facts: DeferredFacts) -> None:
        self.deferred = self.deferred or {}
        self.deferred[name] = facts

    def last_lambda(self) -> DeferredFacts:
        """The newest function without a name, which gets one, or is handed out."""
        facts = self.anonymous[-1]
        self.anonymous = self.anonymous[:-1]
        return facts

    def is_local(self, name: str) -> bool:
        return name in self.hidden or (self.own is not None and name in self.own)

    def load(self, node: ast.Name) -> None:
        """A use of a name that is known to be loaded."""
        name = node.id
        self.said.names.add(name)
        self.read(name, node)

    def read(self, name: str, at: ast.AST | Read, items: tuple[Item, ...] | None = None) -> None:
        """A use of ``name``: of the whole object, or of some ``items`` of it alone."""
        if self.invoking:
            self.invoked.add(name)
        own, reads = self.own, self.reads
        if name in self.bound or (own is not None and name in own):
            return
        if self.hidden and name in self.hidden:
            if own is not None:
                self.body.encloses |= {name}
            return
        if self.dead or self.left:
            certain = reached = False
        else:
            certain, reached = self.certain, self.reached
        given = self.given.get(name, NOTHING) if self.given and items is None else NOTHING
        if name not in reads:
            reads[name] = _read((name, at.lineno, certain, items, reached, given, False))  # type: ignore[union-attr]
            return
        _, first, sure, before, seen, without, _ = reads[name]
        if before is not None:
            both = None if items is None else _joined(before, items)
            without = given - {item.key for item in before} if given else NOTHING
        elif (certain, reached) > (sure, seen):
            both = None
        else:
            return
        sure, seen = certain or sure, reached or seen
        reads[name] = _read((name, first, sure, both, seen, without, False))

    def items_read(self, keys: tuple[str, ...], *, attribute: bool = False) -> tuple[Item, ...]:
        certain = self.certain and not (self.dead or self.left)
        if len(keys) == 1:
            return (_item((keys[0], attribute, certain, self.guarded)),)
        return tuple([made(Item, (key, attribute, certain, self.guarded)) for key in keys])

    def bind(self, name: str) -> None:
        if self.own is not None and name not in self.body.declared:
            if name in self.body.outer:
                self.body.stateful = True
            else:
                self.own.add(name)
        elif name not in self.hidden:
            self.bound.add(name)
            if self.deleted:
                self.deleted -= {name}

    def mutate(self, mutation: Mutation) -> None:
        """``mutation.name`` is changed in place, and so is what it is an alias of here."""
        changed, items = mutation.name, mutation.items
        if self.own is None:
            if changed in self.let_go:
                return
            if mutation.how == "set" and self.reached and not self.dead:
                given = self.given = self.given or {}
                given[changed] = given.get(changed, NOTHING).union(items or ())
            if changed not in self.hidden:  # what it is an element of, `within` tells
                self.mutations += (mutation,)
                return
        for source in self.loops.get(changed, ()):
            self.mutate(Mutation(source, deep=True))
        names, body = {changed}, self.body
        if body.alias:
            names |= body.alias.get(changed, NOTHING)
        for name in names:
            if name in self.params and name not in body.rebound:
                body.param_changes |= {name}
                if mutation.deep or name != changed:
                    body.param_changes |= {f"*{name}"}
                if items and name == changed:
                    self._part_changed(mutation)
            if name in self.hidden:
                if body is not _NO_BODY:
                    body.stateful = True
                    body.changes_enclosed |= {name}
            elif self.own is None or name not in self.own:
                same = name == changed
                self.mutations += (mutation if same else Mutation(name, deep=True),)

    def _part_changed(self, mutation: Mutation) -> None:
        if mutation.how == "change":
            self.body.parts_changed = self.body.parts_changed.union(mutation.items or ())
        else:
            self.body.parts_set = self.body.parts_set.union(mutation.items or ())

    def delete(self, name: str, at: ast.AST) -> None:
        self.read(name, at)
        self.bound.discard(name)
        if not self.is_local(name):
            self.deleted |= {name}


def _joined(items: tuple[Item, ...], more: tuple[Item, ...]) -> tuple[Item, ...]:
    known = dict.fromkeys(items)
    for item in more:
        key, attribute, certain, optional = item  # made anew faster than replaced
        if certain:
            known.pop(made(Item, (key, attribute, False, optional)), None)
        if item not in known and made(Item, (key, attribute, True, optional)) not in known:
            known[item] = None
    return tuple(known)
