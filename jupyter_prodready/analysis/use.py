"""What a statement uses, with all that it calls: functions, methods, classes, lambdas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .bindings import Binding
from .facts import Call, DeferredFacts, Read, StatementFacts

_INITS = ("__init__", "__new__", "__post_init__")


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
    inside: frozenset[str] = frozenset()
    """Names that a compound statement binds before its body calls anything."""


def use_of(facts: StatementFacts, names: Mapping[str, Binding]) -> Use:
    """Everything that ``facts`` needs and does, calls included, given the live ``names``."""
    use = Use(
        reads={read.name: read for read in facts.reads},
        writes=set(facts.writes),
        maybe_writes=set(facts.maybe_writes),
        draws=set(facts.draws),
        seeds=set(facts.seeds),
        unrepeatable=facts.unrepeatable,
        shows=facts.shows,
        consumable=facts.consumable,
        inside=facts.writes if facts.is_compound else frozenset(),
    )
    for mutation in facts.mutations:
        use.mutates[mutation.name] = use.mutates.get(mutation.name, False) or mutation.deep
    _calls(names, facts, use)
    _consumables(names, facts, use)
    for location in use.draws:
        use.reads[location] = Read(location, facts.line, certain=False)
    return use


def _calls(names: Mapping[str, Binding], facts: StatementFacts, use: Use) -> None:
    """Add what the called functions, methods and classes do, transitively."""
    if not facts.invoked and not facts.anonymous:
        return
    direct = {call.func: call.certain for call in facts.calls if call.method is None}
    seen: set[tuple[int, bool]] = set()
    for anonymous in facts.anonymous:
        _deferred(names, anonymous, use, facts.line, seen, certain=False)
    for name in sorted(facts.invoked):
        binding = names.get(name)
        for deferred in binding.deferred if binding else ():
            made = facts.result_of is not None and facts.result_of.func == name
            if made and deferred.kind == "class":
                _made(names, deferred, use, facts.line, seen, certain=direct.get(name, False))
            else:
                _deferred(names, deferred, use, facts.line, seen, certain=direct.get(name, False))
    for call in facts.calls:
        _arguments(names, call, use)


def _made(
    names: Mapping[str, Binding],
    deferred: DeferredFacts,
    use: Use,
    line: int,
    seen: set[tuple[int, bool]],
    *,
    certain: bool,
) -> None:
    """``x = C(...)`` runs ``__init__`` alone, unless that calls other methods."""
    inits = [body for name in _INITS if (body := deferred.method(name)) is not None]
    if any(call.func == "self" for body in inits for call in body.calls):
        _deferred(names, deferred, use, line, seen, certain=False)
    for body in inits:
        _deferred(names, body, use, line, seen, certain=certain)


def _deferred(
    names: Mapping[str, Binding],
    deferred: DeferredFacts,
    use: Use,
    line: int,
    seen: set[tuple[int, bool]],
    *,
    certain: bool,
) -> None:
    if (id(deferred), certain) in seen or (id(deferred), True) in seen:
        return
    seen.add((id(deferred), certain))
    body = deferred
    for read in body.reads:
        _read(read, use, line, certain=certain and read.certain and body.kind != "class")
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
        binding = names.get(read.name)
        for inner in binding.deferred if binding else ():
            _deferred(names, inner, use, line, seen, certain=certain and read.name in called)
    for call in body.calls:
        _arguments(names, call, use, only_global=body.params)


def _read(read: Read, use: Use, line: int, *, certain: bool) -> None:
    old = use.reads.get(read.name)
    if read.name in use.inside and old is None:
        return
    if old is None or (certain and not old.certain):
        use.reads[read.name] = Read(read.name, line, certain)


def _arguments(
    names: Mapping[str, Binding], call: Call, use: Use, only_global: Iterable[str] = ()
) -> None:
    """A notebook function that changes a parameter changes the argument."""
    binding = names.get(call.func)
    for deferred in binding.deferred if binding else ():
        body = deferred if call.method is None else deferred.method(call.method)
        if body is None or not body.changes_params:
            continue
        for name in _changed_arguments(call, body):
            if name not in only_global and name in names:
                use.mutates.setdefault(name, False)


def _consumables(names: Mapping[str, Binding], facts: StatementFacts, use: Use) -> None:
    """Using a generator, an open file or a random generator changes it."""
    for name in facts.invoked:
        binding = names.get(name)
        if binding is not None and binding.consumable:
            use.mutates.setdefault(name, False)


def _changed_arguments(call: Call, body: DeferredFacts) -> Iterator[str]:
    if call.method is not None and body.params and body.params[0] in body.changes_params:
        yield call.func
    yield from given_for(call, body, body.changes_params)


def given_for(call: Call, body: DeferredFacts, wanted: frozenset[str]) -> Iterator[str]:
    """The names given for the parameters in ``wanted``."""
    offset = 1 if call.method is not None and body.params else 0
    for position, name in enumerate(call.args):
        place = position + offset
        if name is not None and place < len(body.params) and body.params[place] in wanted:
            yield name
    for keyword, name in call.keywords:
        if keyword in wanted:
            yield name
