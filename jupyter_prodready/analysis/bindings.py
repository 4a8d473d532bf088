"""What a walk leaves behind: steps, and the provenance that each live name has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .builtin_names import is_builtin
from .facts import DeferredFacts, Read, StatementFacts

MISSING = -1
BUILTIN = -2

Token = tuple[object, ...]


class Interner:
    """Numbers for derivations: equal numbers, equal derivations. Exact, no hashing luck."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, *parts: object) -> int:
        return self._numbers.setdefault(parts, len(self._numbers))


@dataclass(frozen=True, eq=False)
class Owner:
    """Whose statement a step is: a cell of the plan, or run ``ordinal`` of the history.

    ``run`` is the run's position in the history, None in the plan. ``unique`` stands for
    what no two runs share (an unseeded draw, the clock).
    """

    cell_id: str | None
    unique: Token
    run: int | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """One executed statement with the bindings that it read."""

    owner: Owner
    number: int
    facts: StatementFacts
    reads: Mapping[str, Binding | None]
    missing: tuple[Read, ...]
    value: int


@dataclass(frozen=True, eq=False)
class Chain:
    """The steps that made an object what it is, newest first."""

    step: Step
    value: int
    before: Chain | None = None

    def oldest_first(self) -> list[Chain]:
        links: list[Chain] = []
        link: Chain | None = self
        while link is not None:
            links.append(link)
            link = link.before
        return links[::-1]

    def newest_first(self) -> Iterator[Chain]:
        link: Chain | None = self
        while link is not None:
            yield link
            link = link.before


@dataclass(frozen=True, eq=False)
class Binding:
    """What a name stands for. ``own`` identifies the object, ``holds`` objects in it."""

    provenance: int
    chain: Chain
    own: frozenset[int] = frozenset()
    holds: frozenset[int] = frozenset()
    deferred: tuple[DeferredFacts, ...] = ()
    immutable: bool = False
    module: bool = False
    consumable: bool = False
    opaque: bool = False

    @property
    def step(self) -> Step:
        return self.chain.step


def number_of(name: str, binding: Binding | None) -> int:
    """The provenance behind a name that was read, bound or not."""
    if binding is not None:
        return binding.provenance
    return BUILTIN if is_builtin(name) else MISSING
