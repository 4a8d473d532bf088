"""Modules that import each other: what each of them does hangs on the others.

The least answer that fits all of them is found by asking again until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from ..analysis.facts import DeferredFacts
from ..analysis.imported import Functions

Asked = Callable[[str], Iterable[str]]
"""The modules that a module imports from."""
Others = Callable[[str], Functions]
"""What is known of a module by now."""


def ring_of(module: str, asked: Asked) -> list[str]:
    """The modules that ``module`` and they themselves are imported by in turn, itself among
    them; empty where it is in no ring."""
    ahead = _reached(module, asked)
    if module not in ahead:
        return []
    return [one for one in ahead if module in _reached(one, asked)]


def _reached(module: str, asked: Asked) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = [*asked(module)]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += asked(one)
    return found


def settled(
    ring: Sequence[str],
    asked: Asked,
    outside: Others,
    functions: Callable[[str, Others], Functions],
) -> dict[str, Functions]:
    """For each module of the ring what its functions do. ``functions`` tells it of one where
    those of others are given; ``outside`` has all that is in no ring with it."""
    known: dict[str, Functions] = {name: {} for name in ring}

    def others(module: str) -> Functions:
        return known[module] if module in known else outside(module)

    def settle(form: Callable[[Functions], Functions]) -> None:
        waiting = list(ring)
        while waiting:
            module = waiting.pop()
            found = form(functions(module, others))
            if _key(found) != _key(known[module]):
                known[module] = found
                waiting += [one for one in ring if module in asked(one) and one not in waiting]

    # The names come first: an answer only ever grows once all of them are known.
    settle(_idle)
    settle(lambda found: found)
    return known


def _idle(functions: Functions) -> Functions:
    """The same functions, as if no call did anything."""
    return {name: _without_deeds(one) for name, one in functions.items()}


def _without_deeds(one: DeferredFacts) -> DeferredFacts:
    made = DeferredFacts(one.kind, one.params, returns=one.returns, keeps=one.keeps)
    made.methods = tuple([(name, _without_deeds(body)) for name, body in one.methods])
    made.closures = one.closures
    return made


def _key(functions: Functions) -> Hashable:
    return frozenset([(name, _deeds(one)) for name, one in functions.items()])


def _deeds(one: DeferredFacts) -> Hashable:
    return (
        *(one.kind, one.params, one.changes_params, one.own_state, one.shows, one.unrepeatable),
        *(one.draws, one.seeds, one.ambient_reads, one.ambient_writes),
        tuple([(name, _deeds(body)) for name, body in one.methods]),
    )
