"""What a statement uses, with all that it calls: functions, methods, classes, lambdas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from ..records import dataclass, field
from .bindings import Binding
from .facts import NOTHING, RESULT, Call, DeferredFacts, Mutation, Read, StatementFacts
from .given import MODULE, given_for
from .identity import class_of
from .instances import methods_used, runs_nothing
from .known_names import ONLY_LOOK
from .words import joined

_INITS = ("__init__", "__new__", "__post_init__")
Look = Callable[[str], Binding | None]
_Sure = tuple[bool, bool]
"""(does it certainly run?, does it run unless a loop is empty?)"""
_MAYBE: _Sure = (False, False)


@dataclass(slots=True, eq=False)
class Use:
    """What a statement and everything that it calls needs and does."""

    reads: dict[str, Read]
    writes: frozenset[str]
    maybe_writes: frozenset[str]
    mutations: list[Mutation]
    draws: frozenset[str]
    seeds: frozenset[str]
    ambient_reads: frozenset[str]
    ambient_writes: frozenset[str]
    unrepeatable: bool
    shows: bool
    looked_at: frozenset[str]
    """Names that it only looks at; none where the page has a `print` of its own."""
    consumable: bool
    """Is the result of the call that is assigned one that every use changes?"""
    identifies: bool
    """May it ask whether two objects are one, or which class made one?"""
    caches: frozenset[str] = NOTHING
    """Functions that keep their results, and that it calls."""
    plain: bool = True
    """Is it the statement alone, with nothing that it calls?"""

    @property
    def is_quiet(self) -> bool:
        """Does it leave ambient state, and what functions keep, alone?"""
        return not (self.draws or self.seeds or self.ambient_writes or self.caches)


def plain_of(facts: StatementFacts) -> object:
    """What the statement needs and does where nothing that it calls is known: a `Use`, or
    `SIMPLE`."""
    facts.plain = _plain(facts) if any(_more(facts)) else SIMPLE
    return facts.plain


def use_of(facts: StatementFacts, look: Look) -> Use:
    """Everything that ``facts`` needs and does, given what the live names are."""
    if facts.anonymous or calls_known(facts, look):
        return _Collector(facts, look).use
    if not isinstance(facts.plain, Use):
        facts.plain = _plain(facts)
    return facts.plain


def calls_known(facts: StatementFacts, look: Look) -> bool:
    """May it call what the page defines, or use up what it calls?"""
    for name in facts.invoked:
        binding = look(name)
        if binding is not None and (binding.deferred or binding.consumable):
            return True
    return False


SIMPLE = object()
"""In the place of a `Use`, for a statement that does no more than read names and bind some for
certain."""


def _plain(facts: StatementFacts) -> Use:
    maybe, around = facts.maybe_writes, facts.ambient_reads
    return Use(
        {read.name: read for read in facts.reads},
        facts.writes,
        maybe - facts.writes if maybe else maybe,
        list(facts.mutations),
        facts.draws,
        facts.seeds,
        around | facts.draws if facts.draws else around,
        facts.ambient_writes,
        facts.unrepeatable,
        facts.shows,
        facts.looked_at,
        False,
        facts.identifies,
    )


_MORE = """
mutations maybe_writes shapes replays augmented deletes unbinds annotations unless output draws
seeds ambient_reads ambient_writes opaque unseen resets unrepeatable identifies anonymous
"""
_more = attrgetter(*_MORE.split())
"""What a statement may have beside names that it reads and binds: few have any of it."""


@dataclass
class _Collector:
    """Adds to a statement what the functions, methods and classes that it calls do."""

    facts: StatementFacts
    look: Look
    use: Use = field(init=False)
    seen: dict[int, tuple[bool, ...]] = field(default_factory=dict)
    changed: dict[int, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.use = _plain(self.facts)
        self.use.plain = False
        if self.use.looked_at and self._has_own_look():
            self.use.looked_at = NOTHING
        self.inside = self.facts.writes if self.facts.is_compound else NOTHING
        self._calls()
        self._consumables()

    def _has_own_look(self) -> bool:
        """Is what is called `print` or `display` here a function of the page?"""
        own = (self.look(name) for name in self.facts.invoked & ONLY_LOOK)
        return any(binding is not None and binding.deferred for binding in own)

    def _calls(self) -> None:
        facts, look = self.facts, self.look
        for anonymous in facts.anonymous:
            self._deferred(anonymous, (False, anonymous.called))
        for name in sorted(facts.invoked):
            binding = look(name)
            if binding is not None and binding.deferred:
                sure = self._sure(name)
                for deferred in binding.deferred:
                    if name not in self.use.looked_at or deferred.kind == "class":
                        self._called(name, deferred, sure)
        for call in facts.calls:
            self._arguments(call, None)
            if call.method is not None and call.reached:
                self._method_called(call)

    def _sure(self, name: str) -> _Sure:
        """Does the statement itself surely call ``name``?"""
        sure = _MAYBE
        for call in self.facts.calls:
            if call.func == name and call.method is None:
                sure = call.certain, call.reached
        return sure

    def _called(self, name: str, deferred: DeferredFacts, sure: _Sure) -> None:
        facts, use = self.facts, self.use
        made = facts.result_of is not None and facts.result_of.func == name
        if any(call.func == name and call.method == RESULT for call in facts.calls):
            for inner in deferred.given():
                self._deferred(inner, sure)
        if deferred.cached:
            use.caches |= {name}
        if made and deferred.kind == "class":
            self._made(deferred, sure)
        elif made and deferred.lazy:
            use.consumable = True
        elif (used := self._used(name, deferred)) is not None:
            for body in used:
                self._deferred(body, _MAYBE)
        else:
            use.consumable |= made and deferred.consumable
            self._deferred(deferred, sure)

    def _used(self, name: str, deferred: DeferredFacts) -> list[DeferredFacts] | None:
        """What a statement that calls nothing else of the page may run of an instance."""
        if deferred.kind != "class" or not deferred.methods or self.facts.anonymous:
            return None
        for other in self.facts.invoked:
            binding = self.look(other)
            if other != name and binding is not None and binding.deferred:
                return None
        binding = self.look(name)
        if binding is None or len(binding.deferred) > 1:
            return None
        if class_of(name, binding) is not None:
            return [] if runs_nothing(name, deferred, self.facts) else None
        return methods_used(name, deferred, self.facts)

    def _method_called(self, call: Call) -> None:
        """``x.go()`` surely runs the method of the class whose call ``x = C()`` made it."""
        binding = self.look(call.func)
        if binding is None or not binding.deferred:
            return
        for one in binding.deferred:
            if one.kind == "module" and (part := one.method(call.method or "")) is not None:
                self._deferred(part, (call.certain, call.reached))
        made = binding.chain.oldest.step
        owner = made.reads.get(made.facts.result_of.func) if made.facts.result_of else None
        classes = [one for one in owner.deferred if one.kind == "class"] if owner else []
        if len(classes) == 1 and classes[0] in binding.deferred:
            body = self._method(classes[0], call.method or "")
            if body is not None and classes[0].method("__new__") is None:
                self._deferred(body, (call.certain, call.reached))

    def _made(self, deferred: DeferredFacts, sure: _Sure) -> None:
        """``x = C(...)`` runs ``__init__`` alone, unless that calls other methods."""
        inits = [body for name in _INITS if (body := self._method(deferred, name)) is not None]
        if any(call.func == "self" for body in inits for call in body.calls):
            self._deferred(deferred, _MAYBE)
        for body in inits:
            self._deferred(body, sure)

    def _method(self, deferred: DeferredFacts, name: str, depth: int = 0) -> DeferredFacts | None:
        """A method of the class or of the nearest base class of the notebook."""
        found = deferred.method(name)
        if found is not None or depth > 20:
            return found
        for base in deferred.bases:
            binding = self.look(base)
            for facts in binding.deferred if binding else ():
                found = found or self._method(facts, name, depth + 1)
        return found

    def _deferred(self, body: DeferredFacts, sure: _Sure) -> None:
        if self.seen.get(id(body), (False, False, False)) >= (True, *sure):
            return
        self.seen[id(body)] = (True, *sure)
        use = self.use
        runs = sure if body.kind != "class" else _MAYBE
        for read in body.reads:
            self._read(read, runs[0] and read.certain, runs[1] and read.reached)
        if body.writes:
            use.maybe_writes |= body.writes - use.writes
        if body.mutations:
            use.mutations += [m for m in body.mutations if m.name not in self.inside]
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
            if binding is None or not binding.deferred:
                continue
            direct = [c for c in body.calls if c.method is None and c.func == read.name]
            call = direct[-1] if direct else None
            inside = (runs[0] and call.certain, runs[1] and call.reached) if call else _MAYBE
            for inner in binding.deferred:
                if inner.cached:
                    use.caches |= {read.name}
                self._deferred(inner, inside)
        for base in body.bases:
            binding = self.look(base)
            for inner in binding.deferred if binding else ():
                self._deferred(inner, _MAYBE)
        for call in body.calls:
            self._arguments(call, body)

    def _read(self, read: Read, certain: bool, reached: bool) -> None:
        use = self.use
        old = use.reads.get(read.name)
        if old is None:
            if read.name not in self.inside:
                items = None if read.items is None else tuple(
                    [item._replace(certain=item.certain and certain) for item in read.items]
                )  # fmt: skip
                use.reads[read.name] = Read(read.name, self.facts.line, certain, items, reached)
            return
        if old.without:
            use.reads[read.name] = old = old._replace(without=NOTHING)
        items = None if old.items is None or read.items is None else (*old.items, *read.items)
        sure = certain or old.certain, reached or old.reached
        if items != old.items or sure != (old.certain, old.reached):
            use.reads[read.name] = Read(read.name, old.line, sure[0], items, sure[1])

    def _arguments(self, call: Call, body: DeferredFacts | None) -> None:
        """A notebook function that changes a parameter changes the argument."""
        called = self.look(call.func)
        if called is None or not called.deferred:
            return
        known = body.params if body is not None else ()
        for callee in self._callees(call):
            for given in self._changed_arguments(call, callee):
                element, name = given[0] == "*", given.lstrip("*")
                binding = self.look(name)
                if name not in known and binding is not None and not binding.immutable:
                    self.use.mutations.append(Mutation(name, element, store=name == call.func))

    def _callees(self, call: Call) -> Iterator[DeferredFacts]:
        binding = self.look(call.func)
        for deferred in binding.deferred if binding else ():
            body = deferred
            if call.method is not None or deferred.kind == "class":
                method = call.method or "__init__"
                found = self._method(deferred, method.removeprefix(f"{RESULT}."))
                if found is None:
                    continue
                body = found
            yield body

    def _changed_arguments(self, call: Call, body: DeferredFacts) -> Iterator[str]:
        if MODULE in body.own_state:
            yield call.func
        changed = self._changed_params(body)
        if not changed:
            return
        if call.method is None and body.own_state.difference(
            body.params[: len(call.args)], [keyword for keyword, _ in call.keywords]
        ):
            yield call.func
        own = call.method is not None and not call.method.startswith(RESULT)
        if own and body.params and body.params[0] in changed:
            yield f"*{call.func}" if body.changes_class else call.func
        bound = call.method is not None or body.params[:1] == ("self",)
        yield from given_for(call, body, changed, offset=1 if bound and body.params else 0)

    def _changed_params(self, body: DeferredFacts) -> frozenset[str]:
        """Parameters that the function changes, or hands to a function that does."""
        if id(body) not in self.changed:
            handed = self._handed(body)
            unsettled = True
            while unsettled:
                unsettled = False
                for giver, call, callee in handed:
                    more = self.changed[id(giver)].union(
                        given_for(call, callee, self.changed[id(callee)])
                    )
                    if more & frozenset(giver.params) > self.changed[id(giver)]:
                        self.changed[id(giver)] = more & frozenset(giver.params)
                        unsettled = True
        return self.changed[id(body)]

    def _handed(self, body: DeferredFacts) -> list[tuple[DeferredFacts, Call, DeferredFacts]]:
        """Every hand-over of a parameter, in all that ``body`` calls: giver, call, callee."""
        found = []
        waiting = [body]
        while waiting:
            giver = waiting.pop()
            if id(giver) in self.changed:
                continue
            self.changed[id(giver)] = giver.changes_params
            params = frozenset(giver.params)
            for call in giver.calls:
                if not params.isdisjoint([*call.args, *[name for _, name in call.keywords]]):
                    callees = list(self._callees(call))
                    found += [(giver, call, callee) for callee in callees]
                    waiting += callees
        return found

    def _consumables(self) -> None:
        """Using a generator, an open file or a random generator changes it."""
        for name in self.facts.invoked:
            binding = self.look(name)
            if binding is not None and binding.consumable and name not in self.use.looked_at:
                self.use.mutations.append(Mutation(name))
