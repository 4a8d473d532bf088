"""What a call gives for which parameter."""

from __future__ import annotations

from collections.abc import Iterator

from .facts import EVERY, Call, DeferredFacts, Takes

MODULE = "<module>"
"""In ``own_state`` of a function of a module of the project: it changes something of that."""


def given_for(
    call: Call, body: DeferredFacts, wanted: frozenset[str], *, offset: int = 0
) -> Iterator[str]:
    """The names given for the parameters in ``wanted``; ``offset`` skips ``self``."""
    params, takes = body.params, body.takes
    if takes is not None and (takes.rest in wanted or takes.named in wanted):
        yield from _taken(call, body, takes, offset)
    for position, name in enumerate(call.args):
        place = position + offset
        if name is None:
            continue
        if place < len(params) and (
            params[place] in wanted or (name[:2] == EVERY and not wanted.isdisjoint(params[place:]))
        ):
            yield name
    for keyword, name in call.keywords:
        if keyword in wanted:
            yield name
        elif keyword == EVERY and not wanted.isdisjoint(params):
            yield f"*{name}"


def _taken(call: Call, body: DeferredFacts, takes: Takes, offset: int) -> Iterator[str]:
    """What ``*rest`` and ``**named`` get."""
    plain = len(body.params) - bool(takes.rest) - bool(takes.named)
    if takes.rest:
        yield from (name for name in call.args[max(plain - offset, 0) :] if name is not None)
    if takes.named:
        yield from (name for key, name in call.keywords if key not in body.params)


def left_out(call: Call, body: DeferredFacts) -> Iterator[tuple[str, str]]:
    """(parameter, name of its default) for each that the call gives nothing for."""
    given = {*body.params[: len(call.args)], *[keyword for keyword, _ in call.keywords]}
    for param, name in body.takes.defaults if body.takes is not None else ():
        if param not in given:
            yield param, name
