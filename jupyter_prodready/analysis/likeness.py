"""Derivations that differ and yet come to the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .bindings import Binding, Chain, Columns, Interner, Step
from .essence import are_definitions, do_the_same, looks_into, needed
from .parts import Unbound

if TYPE_CHECKING:
    from .outcomes import Outcomes

MOST_NESTED = 100


class Likeness:
    """Compares steps of the history with those of the plan, one analysis long.

    Two steps are alike if they are the same code over inputs that are alike; inputs are if
    they have one provenance, or values that follow from literals and are equal, or if the
    steps that made them are alike one by one.
    """

    def __init__(self, interner: Interner, kept: dict[int, object]) -> None:
        self._interner = interner
        self._kept = kept
        self._steps: dict[tuple[int, int], bool] = {}
        self._names: dict[tuple[str, int, int], bool] = {}
        self._links: dict[tuple[int, int], bool] = {}
        self._nested = 0

    @cached_property
    def _outcomes(self) -> Outcomes:
        """Imported where something differs, which is seldom."""
        from .outcomes import Outcomes

        return Outcomes(self._kept)

    def steps(self, one: Step, two: Step) -> bool:
        """Do they make the same of the same?"""
        if one.value == two.value:
            return True
        key = one.value, two.value
        known = self._steps.get(key)
        if known is None:
            self._steps[key] = False  # where it hangs on itself
            known = self._steps[key] = self._compared(one, two)
        return known

    def bindings(self, name: str, one: Binding | None, two: Binding | None) -> bool:
        """Does the name stand for the same?"""
        if one is None or two is None:
            return one is two
        if one.provenance == two.provenance:
            return True
        if (one.__class__ is Unbound) != (two.__class__ is Unbound):
            return False  # one of them may be gone
        key = name, one.provenance, two.provenance
        known = self._names.get(key)
        if known is None:
            known = self._names[key] = self._equal(name, one, two) or self._made_alike(one, two)
        return known

    def shown(self, one: Step, two: Step) -> bool:
        """Do they show the same, whatever they make?"""
        first, second = self._outcomes.of(one), self._outcomes.of(two)
        return first is not None and second is not None and first.shown == second.shown

    def _compared(self, one: Step, two: Step) -> bool:
        if one.facts.key != two.facts.key:
            if not (are_definitions(one, two) and do_the_same(one, two)):
                return False
            names = needed(one)
            if names != needed(two):
                return False
        elif one.reads.keys() != two.reads.keys() or looks_into(one.facts):
            return False
        else:
            names = set(one.reads)
        if not (self._follows(one) and self._follows(two)) or self._nested >= MOST_NESTED:
            return False
        self._nested += 1
        same = all(self.bindings(name, one.reads[name], two.reads[name]) for name in names)
        self._nested -= 1
        return same

    def _follows(self, step: Step) -> bool:
        """Does what it makes follow from what it reads, and from nothing else?"""
        return self._interner.made(step.facts, step.reads, ()) == step.value

    def _equal(self, name: str, one: Binding, two: Binding) -> bool:
        if not self._outcomes.are_comparable(name, one, two):
            return False
        first = self._outcomes.fingerprint(name, one)
        return first is not None and first == self._outcomes.fingerprint(name, two)

    def _made_alike(self, one: Binding, two: Binding) -> bool:
        if one.opaque or two.opaque or not self.chains(one.chain, two.chain):
            return False
        return self._columns(one.columns, two.columns)

    def chains(self, one: Chain, two: Chain) -> bool:
        """Were they made by steps that are alike, one by one?"""
        passed: list[tuple[int, int]] = []
        same = True
        mine: Chain | None = one
        theirs: Chain | None = two
        while same and mine is not None and theirs is not None and mine.value != theirs.value:
            key = mine.value, theirs.value
            if key in self._links:
                same = self._links[key]
                break
            passed.append(key)
            same = mine.carried == theirs.carried and self.steps(mine.step, theirs.step)
            mine, theirs = mine.before, theirs.before
        if mine is None or theirs is None:
            same = same and mine is theirs
        self._links.update(dict.fromkeys(passed, same))
        return same

    def _columns(self, one: Columns | None, two: Columns | None) -> bool:
        if one is None or two is None:
            return one is two
        if one.via is not None or two.via is not None or list(one.written) != list(two.written):
            return False
        if (one.there, one.closed) != (two.there, two.closed):
            return False
        return all(self.chains(link, two.written[key]) for key, link in one.written.items())
