"""Is a binding what it was in the analysis before, all that led to it included?

Equal values do not settle that: a constant is the same whoever makes it, and the cause of a
difference is found by who made what.
"""

from __future__ import annotations

from .bindings import Binding, Chain, Columns, Step, Via


class Sameness:
    """Compares what one cell made with what it made before.

    What it took from other cells was put back where it is the same: there only the same
    object will do.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def of(self, one: Binding, two: Binding) -> bool:
        return (
            one.provenance == two.provenance
            and one.base == two.base
            and one.own == two.own
            and one.holds == two.holds
            and one.deferred == two.deferred
            and _traits(one) == _traits(two)
            and self._chains(one.chain, two.chain)
            and self._columns(one.columns, two.columns)
        )

    def _chains(self, one: Chain | None, two: Chain | None) -> bool:
        while one is not two:
            if one is None or two is None or one.value != two.value:
                return False
            if not self._steps(one.step, two.step):
                return False
            one, two = one.before, two.before
        return True

    def _steps(self, one: Step, two: Step) -> bool:
        """The same statement of the same life of a cell, with the same inputs?"""
        if one is two:
            return True
        key = id(one), id(two)
        if key not in self._known:
            self._known[key] = _is_of_the_same(one, two) and self._inputs(one, two)
        return self._known[key]

    def _inputs(self, one: Step, two: Step) -> bool:
        reads, others = one.reads, two.reads
        return reads.keys() == others.keys() and all(
            mine is others[name] or self._read_alike(mine, others[name], one)
            for name, mine in reads.items()
        )

    def _read_alike(self, one: Binding | None, two: Binding | None, reader: Step) -> bool:
        """Parts of an object are bindings that were made to be read: what they hang on counts."""
        if one is None or two is None:
            return False
        if one.step.owner is reader.owner:
            return self.of(one, two)
        same = one.provenance == two.provenance and one.chain is two.chain
        return same and _written(one) == _written(two)

    def _columns(self, one: Columns | None, two: Columns | None) -> bool:
        if one is None or two is None:
            return one is two
        return (
            one.closed == two.closed
            and one.grows == two.grows
            and self._literal(one.literal, two.literal)
            and one.there == two.there
            and list(one.written) == list(two.written)
            and all(self._chains(link, two.written[key]) for key, link in one.written.items())
            and self._via(one.via, two.via)
        )

    def _literal(self, one: Step | None, two: Step | None) -> bool:
        if one is None or two is None:
            return one is two
        return self._steps(one, two)

    def _via(self, one: Via | None, two: Via | None) -> bool:
        if one is None or two is None:
            return one is two
        return (
            one.step.value == two.step.value
            and self._steps(one.step, two.step)
            and one.renames == two.renames
            and one.adds == two.adds
            and self.of(one.source, two.source)
        )


def _is_of_the_same(one: Step, two: Step) -> bool:
    mine, theirs = one.owner, two.owner
    return (
        one.number == two.number
        and one.facts.key == two.facts.key
        and mine.cell_id == theirs.cell_id
        and mine.life == theirs.life
    )


def _written(one: Binding) -> list[int]:
    return [id(link) for link in one.columns.written.values()] if one.columns else []


def _traits(one: Binding) -> tuple[object, ...]:
    flags = (one.immutable, one.module, one.consumable, one.opaque, one.sequence)
    return (*flags, one.same, type(one.constant), one.constant)
