"""The abstract interpreter: statements in, the provenance of every live name out.

A *provenance* is an interned number: two names have the same one exactly when the same
code ran over inputs of the same provenance. The walk is the same for the history and
for the plan, so whatever it does not know, it does not know in both alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .bindings import Binding, Chain, Interner, Owner, Step, number_of
from .builtin_names import is_builtin
from .facts import DeferredFacts, StatementFacts
from .replay import replayed
from .use import Use, given_for, use_of


class Namespace:
    """The live names of one walk. `copy` is cheap enough to overlay a cell on the end."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.names: dict[str, Binding] = {}
        self.opaque: Step | None = None
        self._tokens = 0
        self._sharing: dict[int, tuple[str, ...]] = {}

    def copy(self) -> Namespace:
        other = Namespace(self.interner)
        other.names = dict(self.names)
        other.opaque = self.opaque
        other._tokens = self._tokens
        other._sharing = dict(self._sharing)
        return other

    # --- one statement ------------------------------------------------------------------

    def step(self, facts: StatementFacts, owner: Owner, number: int) -> Step:
        """Walk one statement; the namespace is what it leaves behind."""
        use = use_of(facts, self.names)
        reads = {name: self._resolve(name) for name in use.reads}
        missing = tuple(
            read for name, read in use.reads.items() if self._is_missing(name, reads[name])
        )
        value = self._value(facts, use, reads, owner)
        repeated = replayed(facts, use, reads)
        if repeated is not None:
            value = repeated.step.value
        step = Step(owner, number, facts, reads, missing, value)
        if repeated is None:
            self._apply(step, use)
        return step

    def _resolve(self, name: str) -> Binding | None:
        found = self.names.get(name)
        if found is None and self.opaque is not None and not is_builtin(name) and name[0] != "@":
            number = self.interner.number("opaque", name, self.opaque.value)
            return Binding(number, Chain(self.opaque, number), opaque=True)
        return found

    def _is_missing(self, name: str, binding: Binding | None) -> bool:
        return binding is None and name[0] != "@" and not is_builtin(name)

    def _value(
        self, facts: StatementFacts, use: Use, reads: Mapping[str, Binding | None], owner: Owner
    ) -> int:
        inputs = tuple(sorted((name, number_of(name, binding)) for name, binding in reads.items()))
        unseeded = any(self.names.get(location) is None for location in use.draws)
        unique = owner.unique if use.unrepeatable or unseeded else ()
        return self.interner.number(facts.key, inputs, unique)

    # --- effects on the namespace -----------------------------------------------------------

    def _apply(self, step: Step, use: Use) -> None:
        facts = step.facts
        if facts.resets:
            self.names.clear()
            self.opaque = None
        for name, deep in use.mutates.items():
            self._mutate(name, step, deep=deep)
        fresh = {name: self._bind(name, step, use) for name in use.writes}
        for name in use.maybe_writes - use.writes:
            old = self.names.get(name)
            fresh[name] = self._maybe(self._bind(name, step, use), old)
        self._augment(step, fresh)
        self._bind_all(fresh)
        for name in facts.deletes:
            self.names.pop(name, None)
        for location in use.seeds:
            number = self.interner.number(step.value, location)
            self.names[location] = Binding(number, Chain(step, number))
        for location in use.draws - use.seeds:
            if location in self.names:
                self._mutate(location, step, deep=False)
        if facts.opaque:
            self.opaque = step

    def _bind(self, name: str, step: Step, use: Use) -> Binding:
        facts = step.facts
        own, holds, deferred = self._shared(name, step)
        number = self.interner.number(step.value, name)
        return Binding(
            number,
            Chain(step, number),
            own=own or frozenset({self._token()}),
            holds=holds,
            deferred=deferred,
            immutable=facts.immutable,
            module=any(item.asname == name for item in facts.imports),
            consumable=use.consumable and not deferred,
        )

    def _token(self) -> int:
        self._tokens += 1
        return self._tokens

    def _shared(
        self, name: str, step: Step
    ) -> tuple[frozenset[int], frozenset[int], tuple[DeferredFacts, ...]]:
        own: frozenset[int] = frozenset()
        holds: frozenset[int] = frozenset()
        deferred: list[DeferredFacts] = [facts for key, facts in step.facts.deferred if key == name]
        for alias in step.facts.aliases:
            source = self.names.get(alias.source)
            if alias.target != name or source is None or source.immutable or source.module:
                continue
            if alias.holds:
                holds |= source.own | source.holds
            else:
                own, holds = own | source.own, holds | source.holds
        for source in self._returned(step):
            own, holds = own | source.own, holds | source.holds
        deferred += self._inherited(step)
        return own, holds, tuple(deferred)

    def _returned(self, step: Step) -> Iterator[Binding]:
        """What a called notebook function may hand back: a global, or an argument."""
        call = step.facts.result_of
        binding = self.names.get(call.func) if call is not None else None
        if call is None or binding is None:
            return
        for deferred in binding.deferred:
            handed = {
                *given_for(call, deferred, deferred.returns),
                *(deferred.returns - set(deferred.params)),
            }
            for name in handed:
                source = self.names.get(name)
                if source is not None and not source.immutable and not source.module:
                    yield source

    def _inherited(self, step: Step) -> Iterator[DeferredFacts]:
        """Instances use their class; closures, aliases and containers what they hold."""
        invoked = step.facts.invoked
        for name, binding in step.reads.items():
            if binding is None:
                continue
            for deferred in binding.deferred:
                if name not in invoked or deferred.closures:
                    yield deferred

    def _maybe(self, fresh: Binding, old: Binding | None) -> Binding:
        """The old value may survive, unless it is what this very statement made."""
        if old is None or old.chain.step.value == fresh.chain.step.value:
            return fresh
        number = self.interner.number("maybe", fresh.provenance, old.provenance)
        return replace(
            fresh,
            provenance=number,
            chain=Chain(fresh.chain.step, number, old.chain),
            own=fresh.own | old.own,
            holds=fresh.holds | old.holds,
            deferred=fresh.deferred + tuple(d for d in old.deferred if d not in fresh.deferred),
        )

    def _augment(self, step: Step, fresh: dict[str, Binding]) -> None:
        """``x += ...`` changes a shared mutable object in place, for all that share it."""
        for name in step.facts.augmented & fresh.keys():
            old = self.names.get(name)
            if old is None or old.immutable or old.module:
                continue
            sharing = [
                key for key, other in self.names.items() if key != name and other.own & old.own
            ]
            if sharing:
                self._mutate(name, step, deep=False)
                fresh[name] = self.names[name]

    def _bind_all(self, fresh: Mapping[str, Binding]) -> None:
        for name, binding in fresh.items():
            self.names[name] = binding
            for token in binding.own | binding.holds:
                names = self._sharing.get(token, ())
                if name not in names:
                    self._sharing[token] = (*names, name)

    def _mutate(self, name: str, step: Step, *, deep: bool) -> None:
        target = self.names.get(name)
        if target is None or target.module or target.opaque:
            return
        touched = target.own | target.holds if deep else target.own
        sharing = {other for token in touched for other in self._sharing.get(token, ())}
        changed = {name: self._changed(target, step, direct=True)}
        for other in sorted(sharing - {name}):
            binding = self.names.get(other)
            if binding is not None and (binding.own | binding.holds) & touched:
                changed[other] = self._changed(binding, step, direct=False)
        self._bind_all(changed)

    def _changed(self, binding: Binding, step: Step, *, direct: bool) -> Binding:
        number = self.interner.number("changed", binding.provenance, step.value)
        holds, deferred = binding.holds, binding.deferred
        if direct:
            for alias in step.facts.aliases:
                source = self.names.get(alias.source)
                if alias.holds and source is not None and not source.immutable:
                    holds |= source.own | source.holds
        return replace(
            binding,
            provenance=number,
            chain=Chain(step, number, binding.chain),
            holds=holds,
            deferred=deferred,
        )
