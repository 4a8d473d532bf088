"""Classes that ran again: what they made before is none of theirs any more.

A class that runs again has the provenance that it had, and is another object nevertheless:
`isinstance` of an older instance is false, an older member of an enumeration equals none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .bindings import Binding, Step, root_name
from .facts import DeferredFacts

Pair = tuple[str, str]


def strangers(reads: Mapping[str, Binding | None]) -> tuple[Pair, ...]:
    """(a class, an older instance of it) for each such pair of names that were read, and pairs
    of objects that two lives of one class made, where these cannot be equal."""
    used = {
        name: binding
        for name, binding in reads.items()
        if binding is not None and binding.deferred and "[" not in name
    }
    return tuple(_pairs(used)) if len(used) > 1 else ()


def _pairs(used: Mapping[str, Binding]) -> Iterator[Pair]:
    instances: list[tuple[str, Binding]] = []
    for name, binding in used.items():
        defined = class_of(name, binding)
        if defined is None:
            instances.append((name, binding))
            continue
        for other, one in used.items():
            if other != name and defined in one.deferred and _are_apart(binding, one):
                yield name, other
    for place, (name, binding) in enumerate(instances):
        for other, one in instances[place + 1 :]:
            kinds = [kind for kind in binding.deferred if kind.of_one_class]
            if any(kind in one.deferred for kind in kinds) and _are_apart(binding, one):
                yield name, other


def parted(reads: Mapping[str, Binding | None], pair: Pair) -> tuple[Step, Step] | None:
    """Of a pair of `strangers`: the step that defined the class as it is now, and the one that
    took it as it was before."""
    one, two = reads[pair[0]], reads[pair[1]]
    if one is None or two is None:
        return None
    if class_of(pair[0], one) is not None:
        return one.chain.oldest.step, _taker(one, two)
    older, newer = sorted([one, two], key=lambda made: made.chain.oldest.step.owner.run or 0)
    for name, read in newer.chain.oldest.step.reads.items():
        if read is not None and class_of(name, read) in newer.deferred:
            return read.chain.oldest.step, older.chain.oldest.step
    return None


def _taker(defined: Binding, older: Binding) -> Step:
    """The step that made ``older`` of the class, or the one of a class on the way to it."""
    made = older.chain.oldest.step
    for name, read in made.reads.items():
        between = class_of(name, read) if read is not None else None
        if read is None or between is None or between in defined.deferred:
            continue
        if set(defined.deferred).issubset(read.deferred) and _are_apart(defined, read):
            return _taker(defined, read)
    return made


def class_of(name: str, binding: Binding) -> DeferredFacts | None:
    """The class that the statement which bound ``name`` defined."""
    definitions = binding.chain.oldest.step.facts.deferred
    facts = dict(definitions).get(root_name(name)) if definitions else None
    return facts if facts is not None and facts.kind == "class" else None


def _are_apart(one: Binding, other: Binding) -> bool:
    """Do they share no object? An instance holds its class."""
    return (one.own | one.holds).isdisjoint(other.own | other.holds)
