"""What a call gives for which parameter."""

from __future__ import annotations

from collections.abc import Iterator

from .facts import Call, DeferredFacts

MODULE = "<module>"
"""In ``own_state`` of a function of a module of the project: it changes something of that."""


def given_for(
    call: Call, body: DeferredFacts, wanted: frozenset[str], *, offset: int = 0
) -> Iterator[str]:
    """The names given for the parameters in ``wanted``; ``offset`` skips ``self``."""
    for position, name in enumerate(call.args):
        place = position + offset
        if name is not None and place < len(body.params) and body.params[place] in wanted:
            yield name
    for keyword, name in call.keywords:
        if keyword in wanted:
            yield name
