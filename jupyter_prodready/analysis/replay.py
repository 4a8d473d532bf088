"""Statements that change nothing when they run again over their own result."""

from __future__ import annotations

from collections.abc import Mapping

from .arguments import Look
from .bindings import Binding, Chain, number_of, part, root_name
from .facts import Mutation, Replay, StatementFacts
from .refits import meant


def replayed(facts: StatementFacts, reads: Mapping[str, Binding | None]) -> Chain | None:
    """The earlier link that this statement only repeats, if it changes nothing now."""
    if any(one.how == "told" and meant(one, reads.get).deep for one in facts.mutations):
        return None
    replay = facts.rare.replays[0]
    link = _newest(replay.name, replay.item, reads)
    if link is None or link.step.facts.key != facts.key:
        return None
    return link if _same_but(replay, link.step.reads, reads) else None


def _newest(name: str, item: str | None, reads: Mapping[str, Binding | None]) -> Chain | None:
    """The link that last wrote the object, or the one part of it."""
    binding = reads.get(name)
    if item is None:
        if binding is None or (binding.columns is not None and binding.columns.written):
            return None
        return binding.chain
    if (one := reads.get(part(name, item))) is not None:
        return one.chain
    columns = binding.columns if binding is not None else None
    return columns.written.get(item) if columns is not None else None


def _same_but(
    replay: Replay, earlier: Mapping[str, Binding | None], now: Mapping[str, Binding | None]
) -> bool:
    """Is everything else that the statement read what it was?"""
    every = {*earlier, *now}
    if replay.item is None:
        others = {key for key in every if root_name(key) != replay.name}
    else:
        others = every - {part(replay.name, replay.item)}
    return all(number_of(key, earlier.get(key)) == number_of(key, now.get(key)) for key in others)


def exact(mutation: Mutation, facts: StatementFacts, look: Look) -> Mutation:
    """No more than it changes: ``df.drop(columns=[...], inplace=True)`` no other column."""
    if mutation.how == "told":
        return meant(mutation, look)
    for shape in facts.rare.shapes:
        plain = shape.columnwise and shape.drops and not shape.adds
        if shape.target == shape.source == mutation.name and plain:
            return mutation._replace(items=tuple(sorted(shape.drops)), how="del")
    return mutation


def first_value(there: Binding, facts: StatementFacts, value: int) -> int:
    """A statement that finds the name which it defined itself is as good as not run again."""
    first = there.links()[-1].step
    return first.value if first.facts.key == facts.key else value
