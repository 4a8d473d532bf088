"""The first place where two chains of steps part.

A link's value holds all that came before it, so two links of equal value have equal
pasts. Results are remembered: a chain that grows by one link per cell costs one step
per cell, not its length.
"""

from __future__ import annotations

from .bindings import Binding, Chain
from .likeness import Likeness

Pair = tuple[Chain | None, Chain | None]


class Partings:
    """Remembers the partings found. Links are held, so that their identities stay theirs."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._known: dict[tuple[int, int], Pair] = {}
        self._repeated: dict[int, bool] = {}
        self._held: list[Chain] = []

    def of(self, really: Binding, planned: Binding) -> Pair:
        """The first links that differ, of each side; None where one side has ended."""
        if really.base != planned.base and not self._alike(really.chain, planned.chain):
            return self._of_chains(really.chain, planned.chain)
        mine = list(really.columns.written.items()) if really.columns else []
        theirs = list(planned.columns.written.items()) if planned.columns else []
        for place in range(max(len(mine), len(theirs))):
            a = mine[place][1] if place < len(mine) else None
            e = theirs[place][1] if place < len(theirs) else None
            if a is None or e is None:
                return a, e
            if mine[place][0] != theirs[place][0]:
                return a, e
            if not self._alike(a, e):
                return self._of_chains(a, e)
        return None, None

    def _alike(self, a: Chain, e: Chain) -> bool:
        return a.value == e.value or self._likeness.chains(a, e)

    def is_repeated(self, link: Chain) -> bool:
        """Did the same statement of the same cell act on the object before?"""
        key = id(link)
        if key not in self._repeated:
            self._held.append(link)
            owner, statement = link.step.owner.cell_id, link.step.facts.key
            before = link.before.newest_first() if link.before is not None else ()
            self._repeated[key] = any(
                other.step.owner.cell_id == owner and other.step.facts.key == statement
                for other in before
            )
        return self._repeated[key]

    def _of_chains(self, a: Chain, e: Chain) -> Pair:
        passed: list[tuple[int, int]] = []
        mine, theirs = _to_depth(a, e.depth), _to_depth(e, a.depth)
        extra: Pair = (_after(a, mine), _after(e, theirs))
        found: Pair = extra
        while mine is not None and theirs is not None and not self._alike(mine, theirs):
            key = (id(mine), id(theirs))
            if key in self._known:
                found = self._known[key]
                break
            passed.append(key)
            self._held += (mine, theirs)
            found = (mine, theirs)
            mine, theirs = mine.before, theirs.before
        for key in passed:
            self._known[key] = found
        return found


def _to_depth(link: Chain, depth: int) -> Chain | None:
    found: Chain | None = link
    while found is not None and found.depth > depth:
        found = found.before
    return found


def _after(link: Chain, earlier: Chain | None) -> Chain | None:
    """The link of the chain that follows ``earlier``; None if that is the newest."""
    if link is earlier:
        return None
    while link.before is not earlier and link.before is not None:
        link = link.before
    return link
