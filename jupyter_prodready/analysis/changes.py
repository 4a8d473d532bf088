"""Changes in place: of an object, of parts of it, and of all names that share it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from .beside import leave_at, leave_result
from .bindings import UNKNOWN, Binding, Columns, Owner, Step, altered, bound_to, linked, number_of
from .entries import entry, of_one_object
from .facts import How, Item, Mutation, Read, StatementFacts
from .growing import keys_read, new_keys
from .identity import strangers
from .making import Making
from .named_files import state_changed
from .needs import SIMPLE, Use, plain_of
from .nodes import last_name
from .of_class import parts_of
from .parts import reshaped, with_parts
from .patterns import is_immutable
from .quiet import needed_by
from .rare import PLAIN
from .reading import NO_COLUMNS, Reader, Reads
from .refits import BEGIN_ANEW, before_fit, is_spared, meant
from .replay import exact, replayed
from .rows import reaches_elements
from .sharing import Shared, carried, handed_on, shared_of, take, with_code
from .taken import reached
from .tied import tie
from .within import meant_for, touched_inside


class Changing(Making):
    """Live names whose objects statements change."""

    def step(self, facts: StatementFacts, owner: Owner, number: int) -> Step:
        """Walk one statement: the namespace is what it leaves behind. Few have to be `followed`."""
        rare, needed, constant = facts.rare, facts.reads, UNKNOWN
        is_plain = rare is PLAIN and not facts.anonymous
        if owner.modules or not (is_plain or plain_of(facts) is SIMPLE):
            return self.followed(facts, owner, number, known=False)
        if facts.mutations:
            self.begin_anew(facts.mutations)
        reads, missing, inputs, has_code = self.read(needed, facts.looked_at, facts, owner, number)
        if has_code and (every := needed_by(facts, self.look)) is not needed:
            if every is None:
                return self.followed(facts, owner, number, known=True)
            reads, missing, inputs, _ = self.read(every, facts.looked_at, facts, owner, number)
        if rare is not PLAIN and (rare.needs or rare.shapes):
            missing += self.needing(facts, reads)
            has_code = has_code or have_code(reads.values())
        unique: object = strangers(reads) if rare.identifies else ()
        if facts.shows and (options := self.options()) is not None:
            reads["@options"] = options
        if len(reads) == len(needed):
            numbers = self.interner.numbers
            value = numbers.setdefault((facts.key, unique, *inputs), len(numbers))
        else:
            value = self.interner.made(facts, reads, unique)
        if facts.folded is not None:
            constant, value = self.folded(facts, facts.folded, value)
        step = Step()
        step.owner, step.number, step.facts = owner, number, facts
        step.reads, step.missing, step.value = reads, missing, value
        step.constant, step.given, step.has_code = constant, None, has_code
        if facts.mutations or rare is not PLAIN:
            return self._leave(step)
        if facts.writes:
            if has_code or facts.aliases or facts.deferred:
                self.bind_shared(facts.writes, step, None)
            else:
                self.bind_new(facts.writes, step)
        if facts.gives and owner.results:
            leave_result(step, self)
        return step

    def followed(self, facts: StatementFacts, owner: Owner, number: int, *, known: bool) -> Step:
        """`step`, with all that the statement calls; ``known``: it does call what the page
        defines."""
        raise NotImplementedError

    def _leave(self, step: Step) -> Step:
        """What a statement by itself does to names, and to what is behind them."""
        facts, rare = step.facts, step.facts.rare
        if rare.replays and (repeated := replayed(facts, step.reads)) is not None:
            step.value = repeated.step.value
            return step
        for mutation in facts.mutations:
            if rare.shapes or mutation.how == "told":
                mutation = exact(mutation, facts, self.look)
            self.change(mutation, step)
        if facts.writes or rare.maybe_writes:
            self.bind_all(facts.writes, step, rare.maybe_writes)
        if facts.aliases and (facts.is_compound or (rare is not PLAIN and ":=" in facts.text)):
            self.hand_on(step)
        if rare.chained:
            tie(rare.chained, step, self)
        for shape in rare.shapes:
            if shape.drops or shape.adds:
                self.reshape(shape.target or shape.source, shape.drops, shape.adds)
        if facts.gives and step.owner.results:
            leave_result(step, self)
        return step

    def begin_anew(self, mutations: Iterable[Mutation]) -> None:
        for mutation in mutations:
            if mutation.how in ("fit", "ask", "told"):
                binding = self.look(mutation.name)
                if binding and binding.unfitted and not meant(mutation, self.look).deep:
                    self.set(mutation.name, binding.unfitted)

    def bind_all(
        self, bound: Collection[str], step: Step, maybe: Collection[str], use: Use | None = None
    ) -> None:
        """Bind what it binds for certain, and what it may bind; ``use`` has what it calls."""
        facts = step.facts
        rare = facts.rare
        if maybe or rare.augmented:
            self._bind_perhaps(bound, step, maybe, use)
        elif facts.aliases or facts.deferred or step.has_code or use is not None or rare.shapes:
            self.bind_shared(bound, step, use)
        else:
            self.bind_new(bound, step)

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

    def _maybe(self, fresh: Binding, old: Binding | None) -> Binding:
        """The old value may survive, unless it is what this very statement made."""
        if old is None or old.chain.step.value == fresh.chain.step.value:
            return fresh
        number = self.interner.number("maybe", fresh.provenance, old.provenance)
        code = fresh.deferred
        if old.deferred:
            code += tuple([one for one in old.deferred if one not in code])
        return bound_to(
            number, linked(fresh.chain.step, number, old.chain), fresh.own | old.own,
            fresh.holds | old.holds, code, False, fresh.module, fresh.consumable or old.consumable,
            False, 0, number,
        )  # fmt: skip

    def _augment(self, step: Step, fresh: dict[str, Binding]) -> None:
        """``x += ...`` changes a shared mutable object in place, for all that share it."""
        if _adds_text(step.facts.node):
            return
        for name in step.facts.rare.augmented & fresh.keys():
            old = self.look(name)
            if old is None or old.immutable or old.module:
                continue
            fresh[name].holds |= old.holds
            if any(other != name for other in self.sharing(old.own)):
                self.change(Mutation(name), step)
                if (changed := self.look(name)) is not None:
                    fresh[name] = changed

    def change(self, mutation: Mutation, step: Step) -> None:
        """Have the objects changed that the name stands for, for all names that have them."""
        name, deep, items, how, store, _, _ = mutation
        facts = step.facts
        if facts.is_compound and (name in facts.writes or name in facts.rare.maybe_writes):
            self._change_inside(mutation, step)
        target = self.look(name)
        if target is None or is_spared(target, mutation):
            return
        if (target.module or (store and target.deferred)) and (
            location := state_changed(target, name)
        ):
            leave_at(location, step, self)
        deep = deep or (store and reaches_elements(mutation, facts, target))
        touched = target.own | parts_of(name, target, self.look) if deep else target.own
        shared = None
        if facts.aliases or facts.deferred:
            shared = shared_of(name, step, self.look, facts.calls)
        changed = {name: self._changed(target, mutation, step, shared)}
        if how == "set" and _is_as_it_was(changed[name], target):
            return
        for other in sorted(self.sharing(touched)):
            binding = self.look(other) if other != name else None
            if binding is None or not (binding.own | binding.holds) & touched:
                continue
            if binding.same and binding.same == target.same:
                changed[other] = self._changed(binding, mutation, step, shared)
            elif how not in ("set", "del", "grow") or touched & binding.holds or not items:
                changed[other] = self._whole(binding, step, None)
        for other, binding in changed.items():
            self.set(other, binding)

    def grown(
        self, read: Read, binding: Binding, reads: Reads, reader: Reader
    ) -> tuple[Binding, tuple[Item, ...] | None]:
        """A `defaultdict` with the keys that reading them makes, and what is read of it."""
        facts, owner, number = reader
        columns = binding.columns or NO_COLUMNS
        known, alone = keys_read(read, facts, self.look)
        items = read.items
        if items is None and alone:
            items = tuple([Item(key) for key in dict.fromkeys(known)])
        keys = tuple(new_keys(known, read.name, columns, facts))
        if not keys:
            return binding, items
        named = {one.name for code in binding.deferred for one in code.reads}
        made = tuple([number_of(name, self.look(name)) for name in sorted(named)])
        value = self.interner.number("grown", binding.base, made)
        step = Step()
        step.owner, step.number, step.facts = owner, number, facts
        step.reads, step.missing, step.value = {read.name: binding}, (), value
        step.constant, step.given, step.has_code = UNKNOWN, None, False
        self.change(Mutation(read.name, False, keys, "grow"), step)
        reads[read.name] = binding = self.look(read.name) or binding
        return binding, items

    def hand_on(self, step: Step) -> None:
        """What a block binds to a new object and puts elsewhere is shared from then on:
        ``for n in range(2): one = {}; every.append(one)``."""
        for target, of, how in handed_on(step.facts, self.look):
            one = self.look(target)
            if one is None:
                continue
            shared = Shared(one.own, one.holds)
            take(shared, of, how)
            if shared.own != one.own or shared.holds != one.holds:
                self.set(target, altered(one, own=shared.own, holds=shared.holds))

    def _change_inside(self, mutation: Mutation, step: Step) -> None:
        """The same for a name that the statement binds before it changes what it stands for."""
        facts = step.facts
        if mutation.how != "added" and mutation.name not in [one.target for one in facts.aliases]:
            return
        touched = touched_inside(mutation, facts, self.look)
        for other in sorted(self.sharing(touched)):
            one = self.look(other) if other != mutation.name else None
            if one is not None and (one.own | one.holds) & touched:
                perhaps = meant_for(one, mutation, facts, self.look)
                self.set(other, self._changed(one, perhaps, step, None))

    def _changed(
        self, binding: Binding, mutation: Mutation, step: Step, shared: Shared | None
    ) -> Binding:
        if mutation.items is None or binding.module or (mutation.deep and _is_of_one(binding)):
            changed = self._whole(binding, step, shared)
            if mutation.how in BEGIN_ANEW:
                changed.unfitted = before_fit(binding, mutation)
            return changed
        columns = binding.columns or Columns({}, {})
        written, there = dict(columns.written), dict(columns.there)
        how, keys = _told(mutation, mutation.items, columns)
        for key in keys:
            before = binding.chain if how == "grow" else None
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
                written[key] = linked(step, number, before)
        attributes = columns.attributes or mutation.attribute
        known = Columns(
            written, there, columns.closed, attributes, columns.via, columns.literal,
            columns.entries, columns.grows,
        )  # fmt: skip
        holds = binding.holds | shared.holds if shared is not None and shared.holds else None
        changed = with_parts(binding, known, self.interner, holds)
        if shared is not None:
            changed.deferred = with_code(binding, shared)
        return changed

    def _whole(self, binding: Binding, step: Step, shared: Shared | None) -> Binding:
        numbers = self.interner.numbers
        number = numbers.setdefault(("changed", binding.provenance, step.value), len(numbers))
        holds, code, chain = binding.holds, binding.deferred, binding.chain
        if shared is not None:
            holds = holds | shared.holds if shared.holds else holds
            code = with_code(binding, shared)
        if binding.columns is not None:
            for link in binding.columns.links():
                chain = linked(link.step, link.value, chain)
        kept = None
        for shape in step.facts.rare.shapes:
            if shape.target == shape.source and binding.own & _owned(self.look(shape.source)):
                kept = carried(binding, shape, step)
        return bound_to(
            number, linked(step, number, chain), binding.own, holds, code, binding.immutable,
            binding.module, binding.consumable, binding.opaque, binding.same, number, kept, UNKNOWN,
            binding.sequence, binding.bare and kept is None and not code,
        )  # fmt: skip

    def reshape(self, name: str, drops: frozenset[str], adds: frozenset[str]) -> None:
        binding = self.look(name)
        if binding is not None and (drops or adds):
            self.set(name, reshaped(binding, drops, adds, self.interner))


def _adds_text(node: ast.stmt) -> bool:
    """Is it ``s += "..."``, of which a text is the left side?"""
    value = node.value if isinstance(node, ast.AugAssign) else None
    return isinstance(value, ast.JoinedStr) or isinstance(getattr(value, "value", None), str)


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


def _is_as_it_was(changed: Binding, before: Binding) -> bool:
    """Was the part set so before, and has nothing changed the object since?"""
    if changed.provenance != before.provenance:
        return False
    return changed.holds == before.holds and changed.deferred == before.deferred


def _is_of_one(binding: Binding) -> bool:
    """Is one object behind all keys of the dict, as in ``dict.fromkeys("ab", [])``?"""
    node = binding.chain.oldest.step.facts.node
    value = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(value, ast.Call) or last_name(value.func) != "fromkeys":
        return False
    return len(value.args) > 1 and not is_immutable(value.args[1])


def _owned(binding: Binding | None) -> frozenset[int]:
    return binding.own if binding is not None else frozenset()


def have_code(read: Iterable[Binding | None]) -> bool:
    """Are there functions of the page among them, or objects that have some?"""
    return bool([1 for one in read if one is not None and one.deferred])
