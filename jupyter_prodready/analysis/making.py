"""Statements that make something of what they read, and bind it to names."""

from __future__ import annotations

import ast
from collections.abc import Collection

from .bindings import NO_TOKENS, UNKNOWN, Binding, Columns, Step, bound_to, linked, newly_bound
from .facts import Import, StatementFacts
from .folding import value_of
from .growing import makes_keys
from .library import imported_code
from .needs import Use
from .rare import PLAIN
from .reading import Reading
from .sharing import NOTHING_SHARED, Shared, shared_of
from .submodules import import_of, with_modules


class Making(Reading):
    """Live names that are bound to what statements make."""

    def folded(self, facts: StatementFacts, node: ast.expr, value: int) -> tuple[object, int]:
        """(what it binds where that follows from literals, the number of its value)"""
        constant = self.constant(node)
        if constant is UNKNOWN:
            return UNKNOWN, value
        number = self.interner.number("value", *facts.writes, type(constant), repr(constant))
        return constant, number

    def constant(self, node: ast.expr) -> object:
        """Names that are defined unseen may hide what `folding` takes for a builtin."""
        if self.opaque is not None and not isinstance(node, ast.Constant):
            return UNKNOWN
        return value_of(node, self.look)

    def bind_new(self, bound: Collection[str], step: Step) -> None:
        """Bind the names to objects of which nobody else has anything."""
        first = step.owner.first or self.first_of(step.owner)
        for token, name in enumerate(bound, first + (step.number << 20)):
            own, holds = frozenset((token,)), frozenset((-token,))
            binding = self.bound(name, step, own, holds, token)
            self.set_new(name, binding, token, NO_TOKENS, NO_TOKENS)

    def bind_shared(self, bound: Collection[str], step: Step, use: Use | None) -> None:
        """Bind the names to what may be, or hold, what other names have."""
        if len(bound) == 1:
            (name,) = bound
            binding, shared, token = self.share(name, step, 0, use)
            if token:
                self.set_new(name, binding, token, shared.own, shared.holds)
            else:
                self.set(name, binding)
            return
        made = [(name, *self.share(name, step, at, use)) for at, name in enumerate(bound)]
        every = NO_TOKENS
        if step.has_code and _close_over_one(step):
            every = frozenset([token for _, _, _, token in made])
        for name, binding, shared, token in made:
            if every:
                binding.own |= every
                shared = Shared(shared.own | every, shared.holds)
            if token:
                self.set_new(name, binding, token, shared.own, shared.holds)
            else:
                self.set(name, binding)

    def share(self, name: str, step: Step, at: int, use: Use | None) -> tuple[Binding, Shared, int]:
        """What the step binds the name to, what that has of other names, and the token of what
        it made, if any; ``at`` tells it from the others that it binds."""
        calls = step.facts.calls if use is not None and not use.plain else ()
        shared = shared_of(name, step, self.look, calls)
        token = (step.owner.first or self.first_of(step.owner)) + (step.number << 20 | at)
        if shared is NOTHING_SHARED and use is None:
            own, holds = frozenset((token,)), frozenset((-token,))
            return self.bound(name, step, own, holds, token), shared, token
        own, holds, same = shared.own, shared.holds, shared.same
        if own and same:
            token = 0
        else:
            own, same = own or frozenset((token,)), same or token
            holds = holds.union((-token,))
        binding = self.bound(name, step, own, holds, same)
        if shared is not NOTHING_SHARED:
            if shared.deferred or shared.columns is not None:
                binding.deferred = shared.deferred or binding.deferred
                binding.columns = binding.columns or shared.columns
                binding.bare = False
            if shared.own and step.constant is UNKNOWN:
                binding.immutable = False
        if shared.consumable or (use is not None and use.consumable):
            binding.consumable, binding.bare = True, False
        return binding, shared, token

    def bound(
        self, name: str, step: Step, own: frozenset[int], holds: frozenset[int], same: int
    ) -> Binding:
        """What the step makes of its own, bound to the name."""
        facts, numbers = step.facts, self.interner.numbers
        rare = facts.rare
        if rare is PLAIN or not (rare.imports or rare.closed or rare.consumables):
            number = numbers.setdefault((step.value, name), len(numbers))
            return newly_bound(number, step, own, holds, same)
        columns, module = None, False
        if rare.imports and (item := import_of(name, facts)) is not None:
            module, columns = True, with_modules(item, step, self.look(name), self.interner)
            number = self._number_of_import(item, step)
        else:
            number = numbers.setdefault((step.value, name), len(numbers))
        for closed in rare.closed:
            if closed.name == name:
                there = dict.fromkeys(closed.keys, True)
                columns = Columns({}, there, True, closed.attributes, literal=step, entries={})
                if closed.grows:
                    columns = Columns({}, there, grows=True) if makes_keys(step) else None
        code, constant = imported_code(name, step) if rare.imports else (), step.constant
        immutable = facts.immutable or constant is not UNKNOWN
        return bound_to(
            number, linked(step, number), own, holds, code, immutable, module,
            name in rare.consumables, False, same, number, columns, constant, facts.sequence,
        )  # fmt: skip

    def _number_of_import(self, item: Import, step: Step) -> int:
        """Whichever import gives a module of no file of the project gives the same."""
        top, _, _ = item.module.partition(".")
        if step.reads or item.name == "*" or not top or top in (step.owner.modules or ()):
            return self.interner.number(step.value, item.asname)
        given = top if item.name is None and item.asname == top else item.module
        return self.interner.number("import", given, item.name, item.asname)


def _close_over_one(step: Step) -> bool:
    """Does it call a function of the page that hands out several, which share its variables?"""
    call = step.facts.result_of
    binding = step.reads.get(call.func) if call is not None else None
    return binding is not None and True in [len(one.gives) > 1 for one in binding.deferred]
