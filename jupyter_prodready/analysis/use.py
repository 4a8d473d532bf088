"""What a statement uses, with all that it calls: functions, methods, classes, lambdas."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..records import dataclass, field
from .arguments import Arguments, Look
from .bindings import PRESENCE, Binding
from .consumed import (
    FIRST,
    NOTHING_OF,
    Test,
    asked_of,
    begun,
    body_of,
    calls_of,
    is_lazy,
    is_named,
    is_unasked,
)
from .deeds import ON_THE_SPOT
from .facts import NOTHING, RESULT, Call, DeferredFacts, Mutation, Read, StatementFacts
from .followed import gives_part, run_on_parts
from .handing import hands_out, with_results
from .handles import runs_held
from .identity import class_of
from .instances import (
    FACTORIES,
    definitions,
    has_kept,
    is_called,
    methods_used,
    only_makes,
    read_by_name,
    reads_values,
    runs_nothing,
)
from .kept_parts import kept_parts
from .known_names import ONLY_LOOK
from .met import class_of_elements, class_that_made, is_property, parts_of_elements
from .needs import Use, by_itself
from .quiet import add_read, surely
from .restored import BY_HAND
from .special import USING, special_used
from .stocks import from_stock, is_asked
from .within import hides_calls, within
from .words import joined
from .wrapped import surely_called

_INITS = ("__init__", "__new__", "__post_init__", FACTORIES)
Names = tuple[str, ...]
_Sure = tuple[bool, bool]
"""(does it certainly run?, does it run unless a loop is empty?)"""
_MAYBE: _Sure = (False, False)


def use_of(facts: StatementFacts, look: Look, *, known: bool = False) -> Use:
    """Everything that ``facts`` needs and does, given what the live names are; ``known``: it is
    known to call what the page defines."""
    if known or facts.anonymous or calls_known(facts, look) or read_by_name(facts, look):
        inside = facts.is_compound and facts.aliases
        return _Collector(facts, within(facts, look) if inside else look).use
    if not isinstance(facts.plain, Use):
        facts.plain = by_itself(facts)
    return facts.plain


def calls_known(facts: StatementFacts, look: Look) -> bool:
    """May it call what the page defines, or use up what it calls?"""
    for name in facts.invoked:
        binding = look(name)
        if binding is not None and not binding.bare and (binding.deferred or binding.consumable):
            return True
    return facts.is_compound and hides_calls(facts, look)


@dataclass
class _Collector:
    """Adds to a statement what the functions, methods and classes that it calls do."""

    facts: StatementFacts
    look: Look
    use: Use = field(init=False)
    arguments: Arguments = field(init=False)
    seen: dict[int, tuple[bool, ...]] = field(default_factory=dict)
    restored: list[Mutation] = field(default_factory=list)
    """What blocks change and take back, unless these are entered without `with`, or left in the
    middle."""
    enters: bool = False
    bodies: list[DeferredFacts] = field(default_factory=list)
    """What runs."""
    begun: dict[int, DeferredFacts] = field(default_factory=dict)
    """Generators, as far as their first elements were asked for."""

    def __post_init__(self) -> None:
        self.arguments = Arguments(self.look)
        self.use = by_itself(self.facts)
        self.use.plain = False
        if self.use.looked_at and self._has_own_look():
            self.use.looked_at = NOTHING
        self.inside = self.facts.writes if self.facts.is_compound else NOTHING
        self._calls()
        self._consumables()
        if [1 for body in self.bodies if body.cached or body.kept]:
            self.use.caches |= frozenset(kept_parts(self.use.reads, self.bodies, self.look))
        if self.restored and (self.enters or any(one in self.facts.text for one in BY_HAND)):
            self.use.mutations += self.restored

    def _has_own_look(self) -> bool:
        """Is what is called `print` or `display` here a function of the page?"""
        own = (self.look(name) for name in self.facts.invoked & ONLY_LOOK)
        return any(binding is not None and binding.deferred for binding in own)

    def _calls(self) -> None:
        facts, look = self.facts, self.look
        for anonymous in facts.anonymous:
            self._deferred(anonymous, (False, anonymous.called))
        for name in sorted({*facts.invoked, *read_by_name(facts, look)}):
            binding = look(name)
            if binding is not None and binding.deferred:
                sure = surely_called(name, binding, surely(name, facts.calls))
                read = self.use.reads.get(name)
                idle = name in self.use.looked_at or (read is not None and read.items == ())
                of_class = False
                for deferred in binding.deferred:
                    if deferred.kind == "grip" and not runs_held(name, facts.node):
                        continue
                    if deferred.stocks and self._from_stock(name, deferred, read, facts.calls):
                        continue
                    of_class = of_class or deferred.kind == "class"
                    if not idle or deferred.kind == "class":
                        self._called(name, deferred, sure)
                if of_class:
                    self._own_changed(name, binding)
                    self._met(name, binding)
        for call in facts.calls:
            self._arguments(call, None)
            if call.method is not None and call.method[:3] == f"{RESULT}.":
                self._result_changed(call, facts.calls)
            if call.method is not None and call.reached:
                self._method_called(call)

    def _from_stock(
        self, name: str, held: DeferredFacts, read: Read | None, calls: tuple[Call, ...]
    ) -> bool:
        """Have what the name holds used up; returns whether there is no more to ``held``."""
        if name not in self.inside and (used := from_stock(name, held, read, calls)) is not None:
            self.use.mutations.append(used)
            binding = self.look(name)
            if held.returns and binding is not None:
                self.use.mutations += [Mutation(one) for one in self.arguments.same(held, binding)]
        return held.kind == "stock"

    def _own_changed(self, name: str, instance: Binding) -> None:
        """``for row in x`` changes ``x`` if its own ``__iter__`` does."""
        used: set[str] | None = None
        for key, owner in self.arguments.changing_specials(name, instance):
            if used is None:
                used = special_used(name, self.facts.node)
            if key in used:
                body = self.arguments.method(owner, key)
                shared = body is not None and body.changes_class
                self.use.mutations.append(Mutation(name, deep=shared))

    def _result_changed(self, call: Call, calls: tuple[Call, ...], known: Names = ()) -> None:
        """``first(rows).append(1)`` changes something of ``rows``, if that is what it is given;
        ``known`` are names of a function that do so."""
        name, _, method = call.func.partition(".")
        binding = self.look(name)
        if binding is None or not (call.method or "").startswith(RESULT):
            return
        if method and name not in known and hands_out(binding, method, self.look):
            self.use.mutations.append(Mutation(name, deep=True))
        for inner in calls:
            if inner.func == call.func and inner.method is None:
                for given in self.arguments.returned(inner, binding):
                    one = given.lstrip("*")
                    if one not in known and self.arguments.changes_result(call, one):
                        self.use.mutations.append(Mutation(one, deep=True))

    def _called(self, name: str, deferred: DeferredFacts, sure: _Sure) -> None:
        facts, use = self.facts, self.use
        made = facts.result_of is not None and facts.result_of.func == name
        if [1 for call in facts.calls if call.func == name and call.method == RESULT]:
            for inner in deferred.given():
                self._deferred(inner, sure)
        if deferred.cached:
            use.caches |= {name}
        if deferred.kind == "class" and (made or only_makes(name, facts)):
            self._made(deferred, sure)
        elif made and deferred.lazy:
            use.consumable = True
        elif (used := self._used(name, deferred)) is not None:
            for body in used:
                self._deferred(body, _MAYBE)
            self._elements_changed(name, deferred, used)
        else:
            use.consumable |= made and deferred.consumable
            if deferred.lazy and is_unasked(name, deferred, self.look(name)):
                self._asked(deferred, (True, True), is_named(name), self.facts.node)
            else:
                self._run(deferred, sure, name)

    def _elements_changed(self, name: str, owner: DeferredFacts, used: list[DeferredFacts]) -> None:
        """``xs[0].go()`` changes what ``xs`` holds, if ``go`` changes its own object."""
        changing = [one for one in used if self.arguments.changes_own(one, owner)]
        keys = [key for key, body in owner.methods if body in changing]
        binding = self.look(name)
        if (
            keys
            and binding is not None
            and run_on_parts(
                name, keys, self.facts.node, is_made=class_that_made(binding) is not None
            )
        ):
            self.use.mutations.append(Mutation(name, deep=True))

    def _run(
        self, body: DeferredFacts, sure: _Sure, name: str, method: str = "",
        around: DeferredFacts | None = None,
    ) -> None:  # fmt: skip
        """Have the function do what it does that is called by the name: a lazy one as far as the
        code, that of ``around`` or the statement, asks for its result."""
        if is_lazy(body):
            node = self.facts.node if around is None else body_of(around.node)
            self._asked(body, sure, calls_of(name, method), node)
        else:
            self._deferred(body, sure)

    def _asked(self, body: DeferredFacts, sure: _Sure, is_it: Test, node: ast.AST) -> None:
        """Have it run as far as ``node`` asks of what ``is_it``."""
        for loops in (False, True):
            much = asked_of(node, is_it, self.look, loops=loops) if sure[loops] else NOTHING_OF
            if much:
                lazy = much == FIRST and body.lazy
                known = self.begun.setdefault(id(body), begun(body)) if lazy else body
                self._deferred(known, (sure[0] and not loops, True))
                return
        self._deferred(body, _MAYBE)

    def _used(self, name: str, deferred: DeferredFacts) -> list[DeferredFacts] | None:
        """What a statement that calls nothing else of the page may run of an instance."""
        if deferred.kind != "class" or not deferred.methods or has_kept(self.facts):
            return None
        if is_called(name, self.facts):
            return None
        for other in self.facts.invoked & USING:
            if (own := self.look(other)) is not None and own.deferred:
                return None
        binding = self.look(name)
        if binding is None or any(one.kind != "class" for one in binding.deferred):
            return None
        if class_of(name, binding) is not None:
            looked = name in self.use.looked_at and not deferred.bases
            return [] if looked or runs_nothing(name, deferred, self.facts) else None
        return methods_used(name, deferred, self.facts, definitions(self.look))

    def _method_called(self, call: Call) -> None:
        """``x.go()`` surely runs the method of the class whose call ``x = C()`` made it."""
        binding = self.look(call.func)
        if binding is None or not binding.deferred or binding.provenance == PRESENCE:
            return
        self._part_called(call, (call.certain, call.reached))
        if (owner := class_that_made(binding)) is not None:
            body = self.arguments.method(owner, call.method or "")
            if body is not None:
                self._run(body, (call.certain, call.reached), call.func, call.method or "")

    def _met(self, name: str, binding: Binding) -> None:
        """Have ``__iter__`` and properties run that surely do."""
        node = self.facts.node
        if (owner := class_that_made(binding)) is not None:
            body, is_it = self.arguments.method(owner, "__iter__"), is_named(name)
            if body is not None and asked_of(node, is_it, self.look, loops=True):
                self._asked(body, (True, True), is_it, node)
            read = self.use.reads.get(name)
            for item in (read.items or ()) if read is not None else ():
                body = self.arguments.method(owner, item.key)
                if body is not None and item.certain and is_property(body):
                    self._deferred(body, (True, True))
        elif (owner := class_of_elements(binding)) is not None:
            for part in parts_of_elements(name, node, self.look):
                body = self.arguments.method(owner, part)
                if body is not None and is_property(body):
                    self._deferred(body, (False, True))

    def _part_called(self, call: Call, sure: _Sure) -> None:
        """``module.f()`` runs a function of the module."""
        binding = self.look(call.func)
        for one in binding.deferred if binding is not None else ():
            if one.kind == "module" and (part := one.method(call.method or "")) is not None:
                self._deferred(part, sure)

    def _made(self, deferred: DeferredFacts, sure: _Sure) -> None:
        """``x = C(...)`` runs ``__init__`` alone, unless that calls other methods."""
        inits = [
            body for name in _INITS if (body := self.arguments.method(deferred, name)) is not None
        ]
        if any(call.func == "self" for body in inits for call in body.calls):
            self._deferred(deferred, _MAYBE)
        for body in inits:
            self._deferred(body, sure)

    def _deferred(self, body: DeferredFacts, sure: _Sure) -> None:
        if self.seen.get(id(body), (False, False, False)) >= (True, *sure):
            return
        self.seen[id(body)] = (True, *sure)
        self.bodies.append(body)
        use = self.use
        runs = sure if body.kind != "class" else _MAYBE
        for read in body.reads:
            self._read(read, runs[0] and read.certain, runs[1] and read.reached)
        if body.writes:
            use.maybe_writes |= body.writes - use.writes
        if body.mutations:
            use.mutations += [m for m in body.mutations if m.name not in self.inside]
        self.enters = self.enters or body.enters
        if body.restores:
            self.restored += body.restores
        if body.draws or body.seeds or body.ambient_reads or body.ambient_writes:
            use.draws = joined(use.draws, body.draws)
            use.seeds = joined(use.seeds, body.seeds)
            use.ambient_reads = joined(use.ambient_reads, body.ambient_reads, body.draws)
            use.ambient_writes = joined(use.ambient_writes, body.ambient_writes)
        use.unrepeatable = use.unrepeatable or body.unrepeatable
        use.shows = use.shows or body.shows
        use.identifies = use.identifies or body.identifies
        for read in body.reads:
            binding = self.look(read.name)
            if binding is not None and not binding.bare:
                self._used_inside(read, binding, body, runs)
        for base in body.bases:
            binding = self.look(base)
            for inner in binding.deferred if binding else ():
                self._deferred(inner, _MAYBE)
        self._calls_of(body, runs)

    def _used_inside(self, read: Read, binding: Binding, body: DeferredFacts, runs: _Sure) -> None:
        """What a function runs by a name of the page, or uses up."""
        name = read.name
        if binding.consumable and name not in self.inside and is_asked(name, body.calls):
            self.use.mutations.append(Mutation(name))
        if not binding.deferred or (read.items and reads_values(read, binding)):
            return
        direct = [c for c in body.calls if c.method is None and c.func == name]
        call = direct[-1] if direct else None
        inside = (runs[0] and call.certain, runs[1] and call.reached) if call else _MAYBE
        inside = surely_called(name, binding, inside)
        for inner in binding.deferred:
            if inner.cached:
                self.use.caches |= {name}
            if not inner.stocks or not self._from_stock(name, inner, read, body.calls):
                self._run(inner, inside, name, around=body)

    def _calls_of(self, body: DeferredFacts, runs: _Sure) -> None:
        for call in body.calls:
            self._arguments(call, body)
            if call.method is not None:
                self._part_called(call, (runs[0] and call.certain, runs[1] and call.reached))
                if call.method[:3] == f"{RESULT}.":
                    self._result_changed(call, body.calls, body.params)

    def _read(self, read: Read, certain: bool, reached: bool) -> None:
        if read.name not in self.inside or read.name in self.use.reads:
            add_read(self.use.reads, read, self.facts.line, certain, reached)

    def _arguments(self, call: Call, body: DeferredFacts | None) -> None:
        """A notebook function that changes a parameter changes the argument."""
        func, known = call.func, body.params if body is not None else ()
        if func == ON_THE_SPOT and body is None:
            for written in self.facts.anonymous:
                self._changed_by(call, known, self.arguments.changed_of(call, written))
        called = self.look(func[1:] if func[0] == "*" else func)
        if called is None or not called.deferred:
            return
        if None in call.args and body is None and "))" in self.facts.text:
            call = with_results(call, self.facts.node)
        self._changed_by(call, known, self.arguments.changed_by(call, called))

    def _changed_by(self, call: Call, known: Names, changed: Iterable[str]) -> None:
        """Has what the call changes changed, but for names that are ``known`` to be others."""
        for given in changed:
            element, (name, _, method) = given[0] == "*", given.lstrip("*").partition(".")
            element = element or bool(method) or gives_part(call, name, self.facts.node)
            binding = self.look(name)
            if binding is not None and method and not hands_out(binding, method, self.look):
                continue
            if name not in known and binding is not None and not binding.immutable:
                self.use.mutations.append(Mutation(name, element, store=name == call.func))

    def _consumables(self) -> None:
        """Using a generator, an open file or a random generator changes it."""
        for name in self.facts.invoked:
            binding = self.look(name)
            if binding is not None and binding.consumable and name not in self.use.looked_at:
                self.use.mutations.append(Mutation(name))
