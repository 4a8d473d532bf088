"""What a call puts into an object that there is already: ``team.join(a)``, ``put(d, "k", a)``."""

from __future__ import annotations

from collections.abc import Iterator

from .arguments import Arguments, Look
from .bindings import NO_TOKENS, Binding, Step, altered
from .facts import Call, DeferredFacts, StatementFacts
from .given import given_for
from .given_in import displayed, is_given_function, keeps_any
from .namespace import Names


def put_away(step: Step, names: Names) -> None:
    """Have objects hold what the functions and methods of the page put into them that ``step``
    calls."""
    for call in step.facts.calls:
        called = names.look(call.func.lstrip("*"))
        if called is None or called.bare or not called.deferred:
            continue
        if not [1 for one in called.deferred if _puts(one, call)]:
            continue
        for holder, given in list(_kept_by(call, called, step.facts, names.look)):
            _hold(holder, given, names)


def _puts(one: DeferredFacts, call: Call) -> bool:
    """May the call put what it is given into what there is already, and not make something?"""
    return (one.kind != "class" or call.method is not None) and keeps_any(one, call)


def _kept_by(
    call: Call, called: Binding, facts: StatementFacts, look: Look
) -> Iterator[tuple[str, Binding | DeferredFacts]]:
    """(the name of what holds it, what is given)"""
    for body, owner in Arguments(look).callees(call, called):
        if not body.keeps or (owner is not None and call.method is None):
            continue
        holder = call.func if owner is not None else (*call.args, None)[0]
        if holder is None:
            continue
        kept = body.keeps.difference(body.params[:1])
        given = given_for(call, body, kept, offset=0 if owner is None else 1)
        for name in (*given, *displayed(facts, call)):
            one = look(name.lstrip("*"))
            if one is not None and not one.immutable and not one.module:
                holds = one.holds if name[0] == "*" else one.own | one.holds
                yield holder.lstrip("*"), altered(one, holds=holds)
        if facts.anonymous and is_given_function(facts.node, call):
            yield from ((holder.lstrip("*"), function) for function in facts.anonymous)


def _hold(holder: str, given: Binding | DeferredFacts, names: Names) -> None:
    one = names.look(holder)
    if one is None:
        return
    code = (given,) if isinstance(given, DeferredFacts) else given.deferred
    holds = NO_TOKENS if isinstance(given, DeferredFacts) else given.holds
    more = tuple([made for made in code if made not in one.deferred])
    if more or not holds <= one.holds:
        made = altered(one, holds=one.holds | holds, deferred=one.deferred + more)
        made.bare = one.bare and not more
        names.set(holder, made)
