"""The abstract interpreter: statements in, the provenance of every live name out.

A *provenance* is an interned number: two names have the same one exactly when the same code ran
over inputs of the same provenance. Both walks, of history and plan, know and miss the same.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping

from .beside import leave_at, leave_result, locations, read_beside
from .bindings import UNKNOWN, Binding, Chain, Columns, Owner, Step
from .caches import keep_results, read_kept
from .entries import entry, of_one_object
from .facts import How, Mutation, Read, StatementFacts
from .identity import strangers
from .making import Making
from .named_files import files_of, state_changed, state_of, states_read
from .parts import reshaped, unbound, with_parts
from .refits import before_fit, is_spared, meant
from .replay import exact, first_value, replayed
from .sharing import Shared, carried, shared_of, shares, with_code
from .taken import reached
from .use import SIMPLE, Use, calls_known, plain_of, use_of
from .within import meant_for, touched_inside


class Namespace(Making):
    """The live names of one walk, and what a statement does to them."""

    has_drawn = False
    """Did a statement give what no two runs share: an unseeded draw, the clock?"""

    def step(self, facts: StatementFacts, owner: Owner, number: int) -> Step:
        """Walk one statement; the namespace is what it leaves behind."""
        self.text = facts.text
        is_simple = (facts.plain or plain_of(facts)) is SIMPLE and not owner.modules
        if is_simple and not (facts.invoked and calls_known(facts, self.look)):
            return self.simple(facts, owner, number)
        if facts.mutations:
            self._begin_anew(facts.mutations)
        needed = (use := use_of(facts, self.look, known=is_simple)).reads
        if facts.rare.notes and self.look("@future:annotations") is None:
            needed = {read.name: read for read in facts.annotations} | needed
        reads, missing, inputs, has_code = self.read(needed.values(), use.looked_at)
        if use.ambient_reads or facts.shows:
            missing += read_beside(facts, use, reads, owner, self)
        if owner.modules or facts.rare.unseen:
            for location in states_read(facts, reads, owner.modules or ()):
                if (state := self.look(location)) is not None:
                    reads[location] = state
        if facts.rare.needs or facts.rare.shapes:
            missing += self.needing(facts, reads)
        if use.caches:
            read_kept(facts, use, reads, self)
        unique = self._unique(facts, use, reads, owner)
        value = self.interner.made(facts, reads, unique, inputs)
        constant: object = UNKNOWN
        if facts.folded is not None:
            constant, value = self.folded(facts, facts.folded, value)
        repeated = replayed(facts, use, reads) if facts.rare.replays else None
        if repeated is not None:
            value = repeated.step.value
        there = self.look(facts.rare.unless) if facts.rare.unless else None
        if facts.rare.unless:
            missing = self._unless(facts.rare.unless, missing, certain=there is None)
            value = value if there is None else first_value(there, facts, value)
        given = self._given(facts, owner) if facts.rare.unseen else None
        has_code = has_code or (len(reads) > len(inputs) and _has_code(reads.values()))
        step = Step(owner, number, facts, reads, missing, value, constant, given, has_code)
        if repeated is None and there is None:
            self._apply(step, use)
        return step

    def _unless(self, name: str, missing: tuple[Read, ...], *, certain: bool) -> tuple[Read, ...]:
        """What is missing of a statement that defines the name where it is not there."""
        sure = certain and self.opaque is None
        return tuple([read._replace(certain=sure) for read in missing if read.name != name])

    def _given(self, facts: StatementFacts, owner: Owner) -> tuple[str, ...] | None:
        """Names from a file beside the page, which another working directory may hide."""
        changed = self.look("@cwd") or self.look(state_of(facts.rare.unseen))
        if owner.binds is None or changed is not None:
            return None
        return owner.binds.get(facts.rare.unseen)

    def _begin_anew(self, mutations: Iterable[Mutation]) -> None:
        for mutation in mutations:
            if mutation.how in ("fit", "ask", "told"):
                binding = self.look(mutation.name)
                if binding and binding.unfitted and not meant(mutation, self.look).deep:
                    self.set(mutation.name, binding.unfitted)

    def _unique(
        self, facts: StatementFacts, use: Use, reads: Mapping[str, Binding | None], owner: Owner
    ) -> object:
        """What the value follows from beside the code and its inputs."""
        if use.unrepeatable or (use.draws and any(self.look(one) is None for one in use.draws)):
            self.has_drawn = True
            return owner.unique
        if owner.modules and (facts.rare.imports or facts.rare.unseen):
            return tuple([owner.modules.get(file) for file in files_of(facts)])
        return strangers(reads) if use.identifies else ()

    # --- what it leaves behind ------------------------------------------------------------

    def _apply(self, step: Step, use: Use) -> None:
        facts = step.facts
        if facts.rare.resets:
            self.clear()
        for mutation in use.mutations:
            self._mutate(exact(mutation, facts, self.look), step)
        bound = (*use.writes, *step.given) if step.given else use.writes
        if bound or use.maybe_writes:
            self._bind_all(bound, step, use.maybe_writes, use)
        for shape in facts.rare.shapes:
            self._reshape(shape.target or shape.source, shape.drops, shape.adds)
        for name in facts.rare.deletes:
            self.drop(name)
        for name in facts.rare.unbinds:
            if (old := self.look(name)) is not None:
                self.set(name, unbound(old, step, self.interner))
        if facts.rare.output and use.shows:
            self._mutate(Mutation(facts.rare.output), step)
        if facts.gives or use.draws or use.seeds or use.ambient_writes or use.caches:
            self._leave_ambient(step, use)
        if facts.rare.opaque and step.given is None:
            self.opaque = step

    def _bind_all(
        self, bound: Collection[str], step: Step, maybe: Collection[str], use: Use | None = None
    ) -> None:
        """Bind what it binds for certain, and what it may bind; ``use`` has what it calls."""
        facts = step.facts
        if maybe or facts.rare.augmented:
            self._bind_perhaps(bound, step, maybe, use)
        elif not shares(step, plain=use is None or use.plain):
            self.bind_new(bound, step)
        else:
            self.bind_shared(bound, step, use)

    def _bind_perhaps(
        self, bound: Collection[str], step: Step, maybe: Collection[str], use: Use | None
    ) -> None:
        fresh: dict[str, Binding] = {}
        if maybe and type(step.facts.node) is ast.If:
            maybe = reached(step.facts.node, maybe, self.constant)
        for name in bound:
            fresh[name] = self.share(name, step, len(fresh), use)[0]
        for name in maybe:
            if name not in fresh:
                binding = self.share(name, step, len(fresh), use)[0]
                fresh[name] = self._maybe(binding, self.look(name))
        if step.facts.rare.augmented:
            self._augment(step, fresh)
        for name, binding in fresh.items():
            self.set(name, binding)

    def _leave_ambient(self, step: Step, use: Use) -> None:
        if use.caches:
            keep_results(use, step, self)
        for location in use.seeds:
            leave_at(location, step, self)
        for location in use.ambient_writes:
            for name in locations(location, self.look)[:1]:
                if name == "@path" and self.look(name) is not None and not step.facts.is_compound:
                    self._mutate(Mutation(name), step)
                else:
                    leave_at(name, step, self)
        for location in use.draws - use.seeds:
            if self.look(location) is not None:
                self._mutate(Mutation(location), step)
        if step.facts.gives and step.owner.results:
            leave_result(step, self)

    def _maybe(self, fresh: Binding, old: Binding | None) -> Binding:
        """The old value may survive, unless it is what this very statement made."""
        if old is None or old.chain.step.value == fresh.chain.step.value:
            return fresh
        number = self.interner.number("maybe", fresh.provenance, old.provenance)
        return Binding(
            number,
            Chain(fresh.chain.step, number, old.chain),
            own=fresh.own | old.own,
            holds=fresh.holds | old.holds,
            deferred=fresh.deferred + tuple(d for d in old.deferred if d not in fresh.deferred),
            module=fresh.module,
            consumable=fresh.consumable or old.consumable,
            base=number,
        )

    def _augment(self, step: Step, fresh: dict[str, Binding]) -> None:
        """``x += ...`` changes a shared mutable object in place, for all that share it."""
        for name in step.facts.rare.augmented & fresh.keys():
            old = self.look(name)
            if old is None or old.immutable or old.module:
                continue
            fresh[name].holds |= old.holds
            if any(other != name for other in self.sharing(old.own)):
                self._mutate(Mutation(name), step)
                if (changed := self.look(name)) is not None:
                    fresh[name] = changed

    # --- changes in place -------------------------------------------------------------------

    def _mutate(self, mutation: Mutation, step: Step) -> None:
        name, how = mutation.name, mutation.how
        facts = step.facts
        if facts.is_compound and (name in facts.writes or name in facts.rare.maybe_writes):
            touched = touched_inside(mutation, facts, self.look)
            for other in sorted(self.sharing(touched)):
                one = self.look(other) if other != name else None
                if one is not None and (one.own | one.holds) & touched:
                    perhaps = meant_for(one, mutation, facts, self.look)
                    self.set(other, self._changed(one, perhaps, step, None))
        target = self.look(name)
        if target is None or is_spared(target, mutation):
            return
        if (target.module or (mutation.store and target.deferred)) and (
            location := state_changed(target, name)
        ):
            leave_at(location, step, self)
        touched = target.own | target.holds if mutation.deep else target.own
        shared = None
        if facts.aliases or facts.deferred:
            shared = shared_of(name, step, self.look)
        changed = {name: self._changed(target, mutation, step, shared)}
        for other in sorted(self.sharing(touched)):
            binding = self.look(other) if other != name else None
            if binding is None or not (binding.own | binding.holds) & touched:
                continue
            if binding.same and binding.same == target.same:
                changed[other] = self._changed(binding, mutation, step, shared)
            elif how not in ("set", "del") or touched & binding.holds or not mutation.items:
                changed[other] = self._whole(binding, step, None)
        for other, binding in changed.items():
            self.set(other, binding)

    def _changed(
        self, binding: Binding, mutation: Mutation, step: Step, shared: Shared | None
    ) -> Binding:
        if mutation.items is None or binding.module:
            changed = self._whole(binding, step, shared)
            changed.unfitted = before_fit(binding, mutation)
            return changed
        columns = binding.columns or Columns({}, {})
        written, there = dict(columns.written), dict(columns.there)
        how, keys = _told(mutation, mutation.items, columns)
        for key in keys:
            before = None
            if how == "change":
                before = written.get(key) or entry(columns, key, self.interner)
            old = before.value if before is not None else binding.base
            number = (
                self.interner.number("part", old, step.value, key)
                if how == "change"
                else self.interner.number(how, step.value, key)
            )
            there[key] = how != "del"
            if key not in written or written[key].value != number:
                written[key] = Chain(step, number, before)
        attributes = columns.attributes or mutation.attribute
        known = Columns(
            written, there, columns.closed, attributes, columns.via, columns.literal,
            columns.entries,
        )  # fmt: skip
        holds = binding.holds | shared.holds if shared is not None and shared.holds else None
        changed = with_parts(binding, known, self.interner, holds)
        changed.deferred = with_code(binding, shared)
        return changed

    def _whole(self, binding: Binding, step: Step, shared: Shared | None) -> Binding:
        numbers = self.interner.numbers
        number = numbers.setdefault(("changed", binding.provenance, step.value), len(numbers))
        holds = binding.holds
        if shared is not None and shared.holds:
            holds |= shared.holds
        chain = binding.chain
        if binding.columns is not None:
            for link in binding.columns.links():
                chain = Chain(link.step, link.value, chain)
        kept = None
        for shape in step.facts.rare.shapes:
            if shape.target == shape.source and binding.own & _owned(self.look(shape.source)):
                kept = carried(binding, shape, step)
        return Binding(
            number, Chain(step, number, chain), binding.own, holds, with_code(binding, shared),
            binding.immutable, binding.module, binding.consumable, binding.opaque, binding.same,
            number, kept, sequence=binding.sequence,
        )  # fmt: skip

    def _reshape(self, name: str, drops: frozenset[str], adds: frozenset[str]) -> None:
        binding = self.look(name)
        if binding is not None and (drops or adds):
            self.set(name, reshaped(binding, drops, adds, self.interner))


def _told(
    mutation: Mutation, items: tuple[str, ...], columns: Columns
) -> tuple[How, tuple[str, ...]]:
    """How which parts are changed, where these are the known ones."""
    how = mutation.how
    if how == "put":
        how = "set" if columns.closed and not columns.attributes else "change"
    if how == "change" and columns.literal is not None:
        items = of_one_object(columns, items)
    return how, items


def _has_code(read: Iterable[Binding | None]) -> bool:
    return bool([1 for one in read if one is not None and one.deferred])


def _owned(binding: Binding | None) -> frozenset[int]:
    return binding.own if binding is not None else frozenset()
