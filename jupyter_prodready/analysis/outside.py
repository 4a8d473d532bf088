"""Functions as the code outside of the scope sees them that made them."""

from __future__ import annotations

from ..records import replace
from .facts import Call, DeferredFacts


def seen_outside(facts: DeferredFacts, own: set[str]) -> DeferredFacts:
    """A function handed out of the scope whose names are ``own``."""
    return replace(
        facts,
        reads=tuple([read for read in facts.reads if read.name not in own]),
        mutations=tuple([m for m in facts.mutations if m.name not in own]),
        calls=tuple([without(call, own) for call in facts.calls if call.func not in own]),
        gives=tuple([seen_outside(inner, own) for inner in facts.gives]),
    )


def without(call: Call, local: set[str]) -> Call:
    """``call`` with its arguments that are local names left out."""
    given = [*call.args, *[name for _, name in call.keywords]] if call.keywords else call.args
    if not local or local.isdisjoint([name.lstrip("*") for name in given if name]):
        return call
    args = tuple(None if name and name.lstrip("*") in local else name for name in call.args)
    keywords = [pair for pair in call.keywords if pair[1].lstrip("*") not in local]
    return call._replace(args=args, keywords=tuple(keywords))
