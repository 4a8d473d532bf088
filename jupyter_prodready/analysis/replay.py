"""Statements that change nothing when they run again over their own result."""

from __future__ import annotations

from collections.abc import Mapping

from .bindings import Binding, Chain, number_of
from .facts import Replay, StatementFacts
from .use import Use


def replayed(facts: StatementFacts, use: Use, reads: Mapping[str, Binding | None]) -> Chain | None:
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


def _same_but(
    name: str, earlier: Mapping[str, Binding | None], now: Mapping[str, Binding | None]
) -> bool:
    others = (earlier.keys() | now.keys()) - {name}
    return all(number_of(key, earlier.get(key)) == number_of(key, now.get(key)) for key in others)


def _apart(other: StatementFacts, replay: Replay) -> bool:
    """Does ``other`` leave alone all the columns that the replayed statement uses?"""
    for candidate in other.replays:
        if (
            candidate.name == replay.name
            and candidate.writes is not None
            and replay.writes is not None
        ):
            return not candidate.writes & (replay.reads | replay.writes)
    return False
