"""Names that a compound statement binds before it uses them: its loop variables, and what it
assigns in its body.

``for row in rows: row.append(1)`` changes what ``rows`` holds, though no name ``row`` is there
before.
"""

from __future__ import annotations

from collections.abc import Iterator

from .arguments import Arguments, Look
from .bindings import NO_TOKENS, PRESENCE, Binding, bound_to
from .facts import Mutation, StatementFacts
from .rows import augmented_elements
from .sharing import Shared, take


def within(facts: StatementFacts, look: Look) -> Look:
    """``look``, for what the statement has inside of it: a name that it binds may be what it
    is there, and what it was before."""
    found: dict[str, Binding] | None = None
    writes, maybe = facts.writes, facts.rare.maybe_writes

    def look_inside(name: str) -> Binding | None:
        nonlocal found
        if name not in writes and name not in maybe:
            return look(name)
        if found is None:
            found = _bound_inside(facts, look)
        return found.get(name) or look(name)

    return look_inside


def touched_inside(mutation: Mutation, facts: StatementFacts, look: Look) -> frozenset[int]:
    """The objects changed where ``mutation`` is of what a name is inside of the statement alone."""
    if mutation.how == "added":
        return augmented_elements(mutation, facts, look)
    inside = within(facts, look)(mutation.name)
    if inside is None or inside.provenance != PRESENCE:
        return NO_TOKENS
    return inside.own | inside.holds if mutation.deep else inside.own


def meant_for(one: Binding, mutation: Mutation, facts: StatementFacts, look: Look) -> Mutation:
    """What the statement may change of ``one``: parts, where it is among the very objects that a
    loop goes through and changes in these parts."""
    same = one.same and mutation.items
    for target, of, how in facts.aliases if same else ():
        if target == mutation.name and (how == "either" or how == "exact"):
            source = look(of)
            if source is not None and source.same == one.same:
                return mutation._replace(how="change")
    return mutation._replace(items=None)


def hides_calls(facts: StatementFacts, look: Look) -> bool:
    """May it call, by a name of its own, what the page defines?"""
    for alias in facts.aliases:
        source = look(alias.source)
        if source is not None and source.deferred:
            return True
    return False


def _bound_inside(facts: StatementFacts, look: Look) -> dict[str, Binding]:
    found: dict[str, Binding] = {}
    for alias in facts.aliases:
        source = found.get(alias.source) or look(alias.source)
        if source is None or source.immutable or source.module or alias.target == alias.source:
            continue
        if alias.how == "managed" or alias.how == "passed":
            passed = alias.how == "passed"
            for one in _given(alias.source, source, facts, look, passed=passed):
                _share_inside(found, alias.target, one, "element" if passed else "part", look)
        else:
            _share_inside(found, alias.target, source, alias.how, look)
    return found


def _share_inside(
    found: dict[str, Binding], name: str, source: Binding, how: str, look: Look
) -> None:
    shared = Shared()
    take(shared, source, how)
    before = found.get(name) or look(name)
    if shared.own or shared.holds:
        found[name] = _either(shared, source, before)


def _given(
    name: str, called: Binding, facts: StatementFacts, look: Look, *, passed: bool
) -> Iterator[Binding]:
    """What the function of the page gives to `with`: arguments, objects of the page; or what has
    that which a loop goes through."""
    arguments = Arguments(look)
    for call in facts.calls:
        if call.func == name and (passed or call.method is None):
            every = arguments.passed(call, called) if passed else arguments.returned(call, called)
            for given in every:
                one = look(given.lstrip("*"))
                if one is not None and not one.immutable and not one.module:
                    yield one


def _either(shared: Shared, source: Binding, before: Binding | None) -> Binding:
    """What a name may be: what it was (``before``), or what it shares with ``source``."""
    made = bound_to(PRESENCE, source.chain, shared.own, shared.holds, source.deferred)
    if before is not None:
        made.own |= before.own
        made.holds |= before.holds
        made.deferred += tuple([one for one in before.deferred if one not in made.deferred])
        made.chain = before.chain
    return made
