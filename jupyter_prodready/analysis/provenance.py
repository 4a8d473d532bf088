"""The abstract interpreter: statements in, the provenance of every live name out.

A *provenance* is an interned number: two names have the same one exactly when the same
code ran over inputs of the same provenance. The walk is the same for the history and
for the plan, so whatever it does not know, it does not know in both alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .builtin_names import is_builtin
from .facts import Call, DeferredFacts, Read, Replay, StatementFacts

MISSING = -1
BUILTIN = -2

Token = tuple[object, ...]


class Interner:
    """Numbers for derivations: equal numbers, equal derivations. Exact, no hashing luck."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, *parts: object) -> int:
        return self._numbers.setdefault(parts, len(self._numbers))


@dataclass(frozen=True, eq=False)
class Owner:
    """Whose statement a step is: a cell of the plan, or run ``ordinal`` of the history.

    ``run`` is the run's position in the history, None in the plan. ``unique`` stands for
    what no two runs share (an unseeded draw, the clock).
    """

    cell_id: str | None
    unique: Token
    run: int | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """One executed statement with the bindings that it read."""

    owner: Owner
    number: int
    facts: StatementFacts
    reads: Mapping[str, Binding | None]
    missing: tuple[Read, ...]
    value: int


@dataclass(frozen=True, eq=False)
class Chain:
    """The steps that made an object what it is, newest first."""

    step: Step
    value: int
    before: Chain | None = None

    def oldest_first(self) -> list[Chain]:
        links: list[Chain] = []
        link: Chain | None = self
        while link is not None:
            links.append(link)
            link = link.before
        return links[::-1]

    def newest_first(self) -> Iterator[Chain]:
        link: Chain | None = self
        while link is not None:
            yield link
            link = link.before


@dataclass(frozen=True, eq=False)
class Binding:
    """What a name stands for. ``own`` identifies the object, ``holds`` objects in it."""

    provenance: int
    chain: Chain
    own: frozenset[int] = frozenset()
    holds: frozenset[int] = frozenset()
    deferred: tuple[DeferredFacts, ...] = ()
    immutable: bool = False
    module: bool = False
    consumable: bool = False
    opaque: bool = False

    @property
    def step(self) -> Step:
        return self.chain.step


@dataclass
class Use:
    """What a statement and everything that it calls needs and does."""

    reads: dict[str, Read] = field(default_factory=dict)
    writes: set[str] = field(default_factory=set)
    maybe_writes: set[str] = field(default_factory=set)
    mutates: dict[str, bool] = field(default_factory=dict)
    draws: set[str] = field(default_factory=set)
    seeds: set[str] = field(default_factory=set)
    unrepeatable: bool = False
    shows: bool = False
    consumable: bool = False


class Namespace:
    """The live names of one walk. `copy` is cheap enough to overlay a cell on the end."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.names: dict[str, Binding] = {}
        self.opaque: Step | None = None
        self._tokens = 0

    def copy(self) -> Namespace:
        other = Namespace(self.interner)
        other.names = dict(self.names)
        other.opaque = self.opaque
        other._tokens = self._tokens
        return other

    # --- one statement ------------------------------------------------------------------

    def step(self, facts: StatementFacts, owner: Owner, number: int) -> Step:
        """Walk one statement; the namespace is what it leaves behind."""
        use = self._use(facts)
        reads = {name: self._resolve(name) for name in use.reads}
        missing = tuple(read for name, read in use.reads.items() if self._is_missing(name, reads[name]))
        value = self._value(facts, use, reads, owner)
        replayed = self._replayed(facts, use, reads)
        if replayed is not None:
            value = replayed.step.value
        step = Step(owner, number, facts, reads, missing, value)
        if replayed is None:
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
        inputs = tuple(sorted((name, _number_of(name, binding)) for name, binding in reads.items()))
        unseeded = any(self.names.get(location) is None for location in use.draws)
        unique = owner.unique if use.unrepeatable or unseeded else ()
        return self.interner.number(facts.key, inputs, unique)

    # --- what a statement uses ------------------------------------------------------------

    def _use(self, facts: StatementFacts) -> Use:
        use = Use(
            reads={read.name: read for read in facts.reads},
            writes=set(facts.writes),
            maybe_writes=set(facts.maybe_writes),
            draws=set(facts.draws),
            seeds=set(facts.seeds),
            unrepeatable=facts.unrepeatable,
            shows=facts.shows,
            consumable=facts.consumable,
        )
        for mutation in facts.mutations:
            use.mutates[mutation.name] = use.mutates.get(mutation.name, False) or mutation.deep
        self._use_calls(facts, use)
        self._use_consumables(facts, use)
        for location in use.draws:
            use.reads[location] = Read(location, facts.line, certain=False)
        return use

    def _use_calls(self, facts: StatementFacts, use: Use) -> None:
        """Add what the called functions, methods and classes do, transitively."""
        if not facts.invoked and not facts.anonymous:
            return
        certain = {call.func for call in facts.calls if call.certain and call.method is None}
        seen: set[int] = set()
        for anonymous in facts.anonymous:
            self._use_deferred(anonymous, use, facts.line, seen, certain=False)
        for name in sorted(facts.invoked):
            binding = self.names.get(name)
            for deferred in binding.deferred if binding else ():
                self._use_deferred(deferred, use, facts.line, seen, certain=name in certain)
        for call in facts.calls:
            self._use_arguments(call, use)

    def _use_deferred(
        self, deferred: DeferredFacts, use: Use, line: int, seen: set[int], *, certain: bool
    ) -> None:
        if id(deferred) in seen:
            return
        seen.add(id(deferred))
        body = deferred
        if deferred.kind == "class" and certain and (init := deferred.method("__init__")) is not None:
            self._use_deferred(init, use, line, seen, certain=True)
        for read in body.reads:
            self._use_read(read, use, line, certain=certain and read.certain and body.kind != "class")
        called = {call.func for call in body.calls if call.certain and call.method is None}
        use.maybe_writes |= body.writes - use.writes
        for name in body.mutates:
            use.mutates.setdefault(name, False)
        use.draws |= body.draws
        use.seeds |= body.seeds
        use.unrepeatable = use.unrepeatable or body.unrepeatable
        use.shows = use.shows or body.shows
        use.consumable = use.consumable or body.consumable
        for read in body.reads:
            binding = self.names.get(read.name)
            for inner in binding.deferred if binding else ():
                self._use_deferred(inner, use, line, seen, certain=certain and read.name in called)
        for call in body.calls:
            self._use_arguments(call, use, only_global=body.params)

    def _use_read(self, read: Read, use: Use, line: int, *, certain: bool) -> None:
        old = use.reads.get(read.name)
        if read.name in use.writes and old is None:
            return
        if old is None or (certain and not old.certain):
            use.reads[read.name] = Read(read.name, line, certain)

    def _use_arguments(self, call: Call, use: Use, only_global: Iterable[str] = ()) -> None:
        """A notebook function that changes a parameter changes the argument."""
        binding = self.names.get(call.func)
        for deferred in binding.deferred if binding else ():
            body = deferred if call.method is None else deferred.method(call.method)
            if body is None or not body.changes_params:
                continue
            for name in _changed_arguments(call, body):
                if name not in only_global and name in self.names:
                    use.mutates.setdefault(name, False)

    def _use_consumables(self, facts: StatementFacts, use: Use) -> None:
        """Using a generator, an open file or a random generator changes it."""
        for name in facts.invoked:
            binding = self.names.get(name)
            if binding is not None and binding.consumable:
                use.mutates.setdefault(name, False)

    # --- replays --------------------------------------------------------------------------

    def _replayed(
        self, facts: StatementFacts, use: Use, reads: Mapping[str, Binding | None]
    ) -> Chain | None:
        """The earlier link that this statement only repeats, if it changes nothing now."""
        if len(facts.replays) != 1 or use.unrepeatable or use.draws:
            return None
        replay = facts.replays[0]
        binding = reads.get(replay.name)
        if binding is None:
            return None
        for link in binding.chain.newest_first():
            earlier = link.step
            if earlier.facts.key == facts.key:
                return link if _same_but(replay.name, earlier.reads, reads) else None
            if not _apart(earlier.facts, replay):
                return None
        return None

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
        self.names.update(fresh)
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
        deferred += self._inherited(step)
        return own, holds, tuple(deferred)

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
            sharing = [key for key, other in self.names.items() if key != name and other.own & old.own]
            if sharing:
                self._mutate(name, step, deep=False)
                fresh[name] = self.names[name]

    def _mutate(self, name: str, step: Step, *, deep: bool) -> None:
        target = self.names.get(name)
        if target is None or target.module or target.opaque:
            return
        touched = target.own | target.holds if deep else target.own
        for key, binding in list(self.names.items()):
            if binding is target or (touched and (binding.own | binding.holds) & touched):
                self.names[key] = self._changed(binding, step, direct=key == name)

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


def _number_of(name: str, binding: Binding | None) -> int:
    if binding is not None:
        return binding.provenance
    return BUILTIN if is_builtin(name) else MISSING


def _changed_arguments(call: Call, body: DeferredFacts) -> Iterator[str]:
    params = body.params
    offset = 0
    if call.method is not None and params:
        offset = 1
        if params[0] in body.changes_params:
            yield call.func
    for position, name in enumerate(call.args):
        place = position + offset
        if name is not None and place < len(params) and params[place] in body.changes_params:
            yield name
    for keyword, name in call.keywords:
        if keyword in body.changes_params:
            yield name


def _same_but(
    name: str, earlier: Mapping[str, Binding | None], now: Mapping[str, Binding | None]
) -> bool:
    others = (earlier.keys() | now.keys()) - {name}
    return all(
        _number_of(key, earlier.get(key)) == _number_of(key, now.get(key)) for key in others
    )


def _apart(other: StatementFacts, replay: Replay) -> bool:
    """Does ``other`` leave alone all the columns that the replayed statement uses?"""
    for candidate in other.replays:
        if candidate.name == replay.name and candidate.writes is not None and replay.writes is not None:
            return not candidate.writes & (replay.reads | replay.writes)
    return False
