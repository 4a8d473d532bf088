"""Definitions: the walk through one scope and those inside of it, to its facts."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence

from .calls import last_name, root
from .control import Control
from .decorators import is_of_class, keeps_results, run_by_name
from .facts import NOTHING, RESULT, Call, DeferredFacts, Mutation, Read, Takes
from .flow import METHODS
from .given import given_for
from .instances import FACTORIES
from .items import OF_CLASS
from .outside import add_deeds, read_too, seen_outside, take_in, without
from .rare import PLAIN, Rare
from .restored import BY_HAND, is_manager, let_be_restored
from .said import Written
from .scope import FunctionNode, all_arguments, named_defaults, parameters, stars
from .stocks import factories, keep_defaults, made_by, makes_consumable, note_stocks
from .words import joined

_METHODS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
_MEMBERS = frozenset({"Enum", "Flag"})
"""Base classes whose members are equal to themselves alone."""


class Walker(Control):
    """Collects the facts of one scope."""

    __slots__ = ()

    # --- definitions ----------------------------------------------------------------

    def _inner(
        self, arguments: ast.arguments, body: Sequence[ast.AST], said: Written
    ) -> DeferredFacts:
        params = parameters(arguments)
        hidden = self.hidden.union(self.own) if self.own else self.hidden
        inner = Walker(hidden, frozenset(params), set(params))
        inner.begin(said)
        for node in body:
            METHODS[type(node)](inner, node)
        facts = inner.as_deferred(params)
        named = arguments.defaults or arguments.kw_defaults
        defaults = named_defaults(arguments) if named else ()
        if defaults or arguments.vararg or arguments.kwarg:
            facts.takes = Takes(*stars(arguments), defaults)
        if self.own is not None:
            self.body.attributes |= inner.body.attributes
        return facts

    def as_deferred(self, params: tuple[str, ...]) -> DeferredFacts:
        """The facts of this scope, as what happens when it is called."""
        own, body, rare = self.own or set(), self.body, self.rare
        if body.grips:
            self._change_by_grips(body.grips)
        every: list[DeferredFacts] = []
        handed = nested = every
        if self.deferred or self.anonymous or body.handed:
            every = [*self.deferred.values(), *self.anonymous, *body.handed]
            handed = self._handed_out()
            nested = [facts for facts in every if facts not in handed]
            self._changed_inside(nested)
        local = own - self.params
        made = DeferredFacts("function", params)
        if self.reads:
            made.reads = tuple([read for name, read in self.reads.items() if name not in own])
        if self.bound or rare.maybe_writes:
            made.writes = joined(frozenset(self.bound), rare.maybe_writes)
        if self.mutations:
            made.mutations = tuple([m for m in self.mutations if m.name not in own])
        if body.returned or handed:
            made.returns = self._handed_back(local)
            if handed:
                made.returns |= self._closed_over(handed)
        if body.passes:
            made.passes = self._named_outside(body.passes, local)
        if every or body.encloses:
            made.encloses = self._encloses(every, own)
        if self.calls:
            made.calls = tuple([without(call, local) for call in self.calls])
        made.closures = body.closures or bool(self.deferred)
        if body.alias:
            made.keeps = self._kept(params)
        self._give_deeds(made)
        if handed:
            made.gives = tuple([seen_outside(facts, own) for facts in handed])
        if nested:
            take_in(made, nested, own)
        return made

    def _change_by_grips(self, grips: frozenset[str]) -> None:
        for call in self.calls:
            if call.func in grips:
                self.mutate(Mutation(call.func))

    def _give_deeds(self, made: DeferredFacts) -> None:
        """What it does beside the names."""
        made.shows, rare, body = self.shows, self.rare, self.body
        made.changes_params, made.changes_enclosed = body.param_changes, body.changes_enclosed
        made.lazy, made.consumable = body.yields, body.yields is not None or body.hands_out
        made.stateful, made.stocks = body.stateful, body.stocks
        if rare is not PLAIN:
            made.unrepeatable, made.draws, made.seeds = rare.unrepeatable, rare.draws, rare.seeds
            made.ambient_reads, made.ambient_writes = rare.ambient_reads, rare.ambient_writes
            made.identifies = rare.identifies
        made.parts_changed, made.parts_set = body.parts_changed, body.parts_set
        made.attributes = body.attributes
        made.enters = (body.yields is not None and body.blocks) or not BY_HAND.isdisjoint(
            body.attributes
        )

    def _encloses(self, every: list[DeferredFacts], own: set[str]) -> frozenset[str]:
        """Names of the functions around it that it uses, or that those inside of it use."""
        found = self.body.encloses
        if every:
            found = joined(found, *[facts.encloses for facts in every])
        return found - own if found else found

    def _handed_out(self) -> list[DeferredFacts]:
        """Functions made here that are returned and neither called nor passed on."""
        names = self.body.returned.intersection(self.deferred)
        if names:
            names = names.difference(self.invoked, [call.func for call in self.calls])
        return [
            *[facts for name, facts in self.deferred.items() if name in names],
            *self.body.handed,
        ]

    def _closed_over(self, handed: list[DeferredFacts]) -> frozenset[str]:
        """Parameters that the returned functions go on using."""
        used = {read.name for facts in handed for read in facts.reads}
        used |= {mutation.name for facts in handed for mutation in facts.mutations}
        return self.params & used.union(*[facts.encloses for facts in handed])

    def _changed_inside(self, nested: list[DeferredFacts]) -> None:
        """Parameters that functions made and called here change."""
        for facts in nested:
            changed = facts.changes_enclosed.union(m.name for m in facts.mutations)
            self.body.param_changes |= changed & self.params
        for call in self.calls if self.deferred else ():
            if (inner := self.deferred.get(call.func)) is not None:
                given = given_for(call, inner, inner.changes_params)
                self.body.param_changes |= self.params.intersection(given)

    def _kept(self, params: tuple[str, ...]) -> frozenset[str]:
        """Parameters that end up in the first one."""
        kept = self.body.alias.get(params[0]) if params else None
        return self.params & kept if kept else NOTHING

    def _handed_back(self, local: set[str]) -> frozenset[str]:
        """Parameters and globals that a call may return, itself or under a local name."""
        return self._named_outside(self.body.returned, local)

    def _named_outside(self, names: frozenset[str], local: set[str]) -> frozenset[str]:
        """The same objects by names that the code outside has, too."""
        for name in names & local:
            names |= self.body.alias.get(name, NOTHING)
        return names - local if names else NOTHING

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        decorators, arguments, name = node.decorator_list, node.args, node.name
        if decorators:
            self.invoke(decorators)
            self._decorators_called(node)
        defaults = arguments.defaults or arguments.kw_defaults
        if defaults:
            self.visit_all([*arguments.defaults, *arguments.kw_defaults])
        notes = [one.annotation for one in all_arguments(arguments) if one.annotation]
        if notes or node.returns is not None:
            self._annotations([*notes, node.returns])
        if self.own is not None:
            self.bind(name)
        inner = self._inner(arguments, node.body, self._said_in(name))
        inner.node = node
        self.define(name, inner)
        if decorators:
            inner.decorated = True
            inner.cached = keeps_results(decorators)
            inner.by_name = run_by_name(decorators)
            if inner.lazy and is_manager(node):
                let_be_restored(inner, node)
            inner.changes_class = inner.changes_params.issuperset(inner.params[:1]) and is_of_class(
                decorators
            )
        if defaults:
            keep_defaults(inner, arguments)
        if self.own is None:
            self.bind(name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _said_in(self, name: str) -> Written:
        """Where goes what the function or class says: functions inside of one are part of it."""
        if self.own is not None:
            return self.said
        said = self.functions.get(name)
        if said is None:
            said = Written()
            self.functions = {**self.functions, name: said} if self.functions else {name: said}
        return said

    def _decorators_called(self, node: FunctionNode | ast.ClassDef) -> None:
        stays = not (self.dead or self.left)
        sure, reached = self.certain and stays, self.reached and stays
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Name):
                self.calls += (Call(decorator.id, None, (None,), (), sure, reached),)
            elif isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
                self.calls += (Call(decorator.func.id, RESULT, (), (), sure, reached),)
            elif self.own is None:
                self._registered(decorator, node)

    def _registered(self, decorator: ast.expr, node: FunctionNode | ast.ClassDef) -> None:
        """``@app.route("/")`` and ``@f.register`` tell an object of the page of a function."""
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        of, _ = root(called)
        if of is not None and isinstance(called, ast.Attribute):
            self.calls += (Call(of, called.attr, (None,), (), False),)
            told = node.args if isinstance(node, FunctionNode) else None
            key = f"@{ast.unparse(decorator)} {node.name} {told and ast.unparse(told)}"
            self.mutate(Mutation(of, False, (key,), "set", attribute=True))

    def _annotations(self, notes: list[ast.expr | None]) -> None:
        said, self.said = self.said, Written()
        self._note(notes)
        self.said = said

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        decorators = node.decorator_list
        if decorators or node.bases or node.keywords:
            self.invoke(decorators)
            self.visit_all([*node.bases, *[k.value for k in node.keywords]])
            self._decorators_called(node)
        body = ClassBody(self.hidden | (self.own or NOTHING), NOTHING, set())
        body.begin(self.said)
        body.certain, body.reached = self.certain, self.reached
        body.invoking = self.invoking
        body.sure = self.sure
        body.made_by_fields = "dataclass" in "".join(map(ast.dump, decorators))
        body.read_all(node.body, self.said, self._said_in(node.name))
        if self.own is not None:
            self.said.odd = True
        for read in body.reads.values():
            self._take_read(read)
        self._take_notes(body.rare.notes.values())
        own = body.own or NOTHING
        self.invoked |= body.invoked - own
        self.looked_at |= body.looked_at - own
        self._take_deeds(body.rare)
        if body.made_by_fields:
            self._factories(body, node)
        bases = tuple([base.id for base in node.bases if isinstance(base, ast.Name)])
        facts = _class_facts(node.name, body, bases)
        facts.node = node
        if facts.mutations and "__exit__" in body.deferred and "__enter__" in body.deferred:
            let_be_restored(facts, node)
        self.define(node.name, facts)
        facts.of_one_class = _is_of_one_class(body, node)
        self.bind(node.name)

    def _factories(self, body: ClassBody, node: ast.ClassDef) -> None:
        """``field(default_factory=f)`` calls ``f`` for each new instance."""
        fields = factories(node)
        if fields:
            made = made_by(
                fields, node.name, lambda given, does: self._inner(given, does, Written())
            )
            body.define(FACTORIES, made)
            body.body.iterators |= {name for name, one in fields if makes_consumable(one)}
            self.invoked -= {one.id for _, one in fields if isinstance(one, ast.Name)}

    def _take_read(self, read: Read) -> None:
        before = self.certain, self.reached
        self.certain, self.reached = read.certain, read.reached
        self.read(read.name, read, read.items)
        self.certain, self.reached = before

    def _take_deeds(self, inner: Rare) -> None:
        if inner is not PLAIN:
            rare = self.rarely()
            rare.effects += inner.effects
            rare.draws |= inner.draws
            rare.unrepeatable = rare.unrepeatable or inner.unrepeatable

    def _take_notes(self, reads: Collection[Read]) -> None:
        if reads:
            before = self.begin_notes()
            for read in reads:
                self._take_read(read)
            self.reads = before

    def visit_Lambda(self, node: ast.Lambda) -> None:
        if node.args.defaults or node.args.kw_defaults:
            self.visit_all([*node.args.defaults, *node.args.kw_defaults])
            self.said.odd = True
        facts = self._inner(node.args, [node.body], self.said)
        if node.args.defaults or node.args.kw_defaults:
            keep_defaults(facts, node.args)
        self.in_body().closures = True
        self.anonymous += (facts,)


class ClassBody(Walker):
    """The body of a class: its names are no names of the methods."""

    __slots__ = ("inside", "made_by_fields")
    in_class = True
    made_by_fields: bool
    inside: Written

    def read_all(self, body: Iterable[ast.stmt], outside: Written, inside: Written) -> None:
        """What methods say is said ``inside``, all else by the code around the class."""
        sure, self.inside = self.sure, inside
        for child in body:
            is_method = type(child) in _METHODS
            self.said, self.sure = (inside, False) if is_method else (outside, sure)
            METHODS[type(child)](self, child)

    def _said_in(self, name: str) -> Written:
        if self.said is not self.inside:
            self.said.odd = True  # a definition in a branch of the class
        return self.said

    def _inner(
        self, arguments: ast.arguments, body: Sequence[ast.AST], said: Written
    ) -> DeferredFacts:
        own, self.own = self.own, None
        facts = Walker._inner(self, arguments, body, said)
        self.own = own
        return facts


METHODS.update(
    {
        kind: getattr(Walker, f"visit_{kind.__name__}", Walker.visit_children)
        for kind in vars(ast).values()
        if isinstance(kind, type) and issubclass(kind, ast.AST)
    }
)


def _class_facts(name: str, body: ClassBody, bases: tuple[str, ...]) -> DeferredFacts:
    """A class is used through its methods; only ``__init__`` certainly runs on a call."""
    methods = [*body.deferred.values()]
    reads: dict[str, Read] = {}
    for facts in methods:
        for read in facts.reads:
            read_too(reads, read)
    note_stocks(name, methods, body.body.iterators)
    _note_shared_state(body, methods)
    keeps_all = "__init__" not in body.deferred and (body.made_by_fields or "NamedTuple" in bases)
    made = DeferredFacts("class")
    made.methods, made.bases, made.closures = tuple(body.deferred.items()), bases, True
    if keeps_all:
        made.keeps = frozenset(["*"])
    made.kept = tuple([name for name, facts in made.methods if facts.cached])
    made.stocks = joined(body.body.iterators, *[facts.stocks for facts in methods])
    made.reads = tuple(reads.values())
    for facts in (*methods, *body.anonymous):
        made.mutations += facts.mutations
        made.calls += facts.calls
        add_deeds(made, facts)
        if facts.ambient_reads or facts.ambient_writes:
            made.ambient_reads |= facts.ambient_reads
            made.ambient_writes |= facts.ambient_writes
    return made


def _note_shared_state(body: ClassBody, methods: list[DeferredFacts]) -> None:
    """Attributes of the class are shared by its instances, unless a method sets its own."""
    changed = joined(*[facts.parts_changed for facts in methods])
    if not changed or body.made_by_fields:
        return
    shared = (body.own or NOTHING) - joined(*[facts.parts_set for facts in methods])
    for facts in methods:
        if not shared.isdisjoint(facts.parts_changed) or OF_CLASS[0] in facts.parts_changed:
            facts.changes_class = True


def _is_of_one_class(body: ClassBody, node: ast.ClassDef) -> bool:
    """Is it a dataclass or an enumeration, whose objects equal no other class's?"""
    return body.made_by_fields or any(last_name(base) in _MEMBERS for base in node.bases)
