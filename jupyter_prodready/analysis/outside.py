"""Functions as the code outside of the scope sees them that made them."""

from __future__ import annotations

from ..records import replace
from .facts import NOT_BEGUN, Call, DeferredFacts, Read


def seen_outside(facts: DeferredFacts, own: set[str]) -> DeferredFacts:
    """A function handed out of the scope whose names are ``own``."""
    return replace(
        facts,
        reads=tuple([read for read in facts.reads if read.name not in own]),
        mutations=tuple([m for m in facts.mutations if m.name not in own]),
        calls=tuple([without(call, own) for call in facts.calls if call.func not in own]),
        gives=tuple([seen_outside(inner, own) for inner in facts.gives]),
        lazy=NOT_BEGUN if facts.lazy else None,
    )


def without(call: Call, local: set[str]) -> Call:
    """``call`` with its arguments that are local names left out."""
    given = [*call.args, *[name for _, name in call.keywords]] if call.keywords else call.args
    if not local or not given or local.isdisjoint([name.lstrip("*") for name in given if name]):
        return call
    args = tuple(None if name and name.lstrip("*") in local else name for name in call.args)
    keywords = [pair for pair in call.keywords if pair[1].lstrip("*") not in local]
    return call._replace(args=args, keywords=tuple(keywords))


def take_in(made: DeferredFacts, nested: list[DeferredFacts], own: set[str]) -> None:
    """What the functions inside of one do, it does: whose names are ``own``."""
    reads = {read.name: read for read in made.reads}
    for facts in nested:
        for read in facts.reads:
            if read.name not in own:
                read_too(reads, read)
        made.mutations += tuple([m for m in facts.mutations if m.name not in own])
        add_deeds(made, facts)
    made.reads = tuple(reads.values())


def read_too(reads: dict[str, Read], read: Read) -> None:
    """Have ``reads`` tell of what some code reads that may run."""
    known = reads.get(read.name)
    if known is None:
        reads[read.name] = read._replace(certain=False)
    elif known.items is not None and known.items != read.items:
        items = None if read.items is None else known.items + read.items
        reads[read.name] = known._replace(items=items)


def add_deeds(made: DeferredFacts, facts: DeferredFacts) -> None:
    """``made`` binds what ``facts`` does, and does the same beside the names."""
    if facts.writes:
        made.writes |= facts.writes
    if facts.draws or facts.seeds:
        made.draws |= facts.draws
        made.seeds |= facts.seeds
    made.shows = made.shows or facts.shows
    made.unrepeatable = made.unrepeatable or facts.unrepeatable
    made.enters = made.enters or facts.enters
    made.identifies = made.identifies or facts.identifies
