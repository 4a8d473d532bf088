"""Functions that keep their results: what a call gives may be what an earlier one came to.

`functools.lru_cache` and its like go by the arguments alone. Where such a function reads
names of the page, too, a call after these changed may still give what it gave before: it
reads the location ``@cache:f``, whose chain has a link for each state of these names in
which ``f`` was called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .bindings import Binding, Chain, Interner, Step, bound_to, linked, number_of
from .facts import Call, DeferredFacts, StatementFacts
from .namespace import Names
from .needs import Use

_CLEARING = ("cache_clear", "clear", "clear_cache")
CACHE = "@cache:"
"""Begins the location of what a function keeps."""


def function_of(location: str) -> str:
    """The name of the function that keeps its results there."""
    return location.split(":")[1]


def read_kept(
    facts: StatementFacts, use: Use, reads: dict[str, Binding | None], names: Names
) -> None:
    """Adds results of calls in other states, of the functions that ``use`` calls, to ``reads``."""
    for name, location in _kept(use, names):
        kept = names.look(location)
        if kept is not None and not _clearings(facts, name):
            others = _of_other_states(kept, _state(name, names), names.interner)
            if others is not None:
                reads[location] = others


def keep_results(use: Use, step: Step, names: Names) -> None:
    """What is kept after ``step``."""
    for name, location in _kept(use, names):
        kept = names.look(location)
        if clearings := _clearings(step.facts, name):
            if kept is not None and any(call.certain for call in clearings):
                names.drop(location)
            continue
        state, chain = _state(name, names), kept.chain if kept is not None else None
        if chain is None or state not in [link.value for link in chain.newest_first()]:
            number = names.interner.number("kept", state, kept.provenance if kept else ())
            names.set(location, bound_to(number, linked(step, state, chain), base=number))


def _kept(use: Use, names: Names) -> list[tuple[str, str]]:
    """(function, where its results are kept): one that is defined again keeps them elsewhere."""
    bound = [(name, names.look(name.partition(".")[0])) for name in sorted(use.caches)]
    return [(name, f"{CACHE}{name}:{one.same}") for name, one in bound if one is not None]


def _clearings(facts: StatementFacts, name: str) -> list[Call]:
    return [call for call in facts.calls if call.func == name and call.method in _CLEARING]


def _state(name: str, names: Names) -> int:
    """A number for all that the function reads of the page, as that is now; of the object, too,
    where it is an attribute that this keeps."""
    of, _, part = name.partition(".")
    binding = names.look(of)
    read = {*_read_by(binding.deferred if binding else (), names, set()), *([of] if part else ())}
    state = [(one, number_of(one, names.look(one))) for one in sorted(read)]
    return names.interner.number("state", *state)


def _read_by(bodies: Iterable[DeferredFacts], names: Names, seen: set[int]) -> Iterator[str]:
    for body in bodies:
        if id(body) not in seen:
            seen.add(id(body))
            for read in body.reads:
                yield read.name
                binding = names.look(read.name)
                yield from _read_by(binding.deferred if binding else (), names, seen)


def _of_other_states(kept: Binding, now: int, interner: Interner) -> Binding | None:
    chain: Chain | None = None
    for link in list(kept.chain.newest_first())[::-1]:
        if link.value != now:
            chain = linked(link.step, link.value, chain)
    if chain is None:
        return None
    number = interner.number("kept", *sorted(link.value for link in chain.newest_first()))
    return bound_to(number, chain, base=number)
