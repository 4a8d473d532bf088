"""What a statement needs and does by itself, whatever it calls."""

from __future__ import annotations

from ..records import dataclass
from .facts import NOTHING, Mutation, Read, StatementFacts
from .rare import PLAIN


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


SIMPLE = object()
"""In the place of a `Use`, for a statement that does no more than read names, change what is behind
them and bind some."""


def plain_of(facts: StatementFacts) -> object:
    """What the statement needs and does where nothing that it calls is known: a `Use`, or
    `SIMPLE`."""
    if facts.plain is None:
        facts.plain = by_itself(facts) if _does_more(facts) else SIMPLE
    return facts.plain


def by_itself(facts: StatementFacts) -> Use:
    rare = facts.rare
    maybe, around = rare.maybe_writes, rare.ambient_reads
    return Use(
        {read.name: read for read in facts.reads},
        facts.writes,
        maybe - facts.writes if maybe else maybe,
        list(facts.mutations),
        rare.draws,
        rare.seeds,
        around | rare.draws if rare.draws else around,
        rare.ambient_writes,
        rare.unrepeatable,
        facts.shows,
        facts.looked_at,
        False,
        rare.identifies,
    )


def _does_more(facts: StatementFacts) -> bool:
    """Has it anything beside names that it reads, changes and binds? Few have any of it."""
    rare = facts.rare
    if facts.anonymous:
        return True
    if rare is PLAIN:
        return False
    if rare.unrepeatable or rare.draws or rare.seeds or rare.deletes or rare.unbinds:
        return True
    if rare.ambient_reads or rare.ambient_writes or rare.notes or rare.unless:
        return True
    return bool(rare.output or rare.opaque or rare.unseen or rare.resets)
