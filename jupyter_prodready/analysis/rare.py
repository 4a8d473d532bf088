"""What hardly any statement reads, binds or does.

Statements are many: those that have none of it share one object that says so.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..model import Effect
from ..records import dataclass, field
from .deeds import Alias, Closed, Import, Read, Replay, Shape
from .items import Needed
from .words import NOTHING

_NONE: Any = MappingProxyType({})


def _at_first(default: Any) -> Any:
    return field(init=False, default=default)


@dataclass(slots=True, eq=False)
class Rare:
    """Collected by the walk through a statement, kept with its facts."""

    maybe_writes: frozenset[str] = _at_first(NOTHING)
    deletes: frozenset[str] = _at_first(NOTHING)
    unbinds: frozenset[str] = _at_first(NOTHING)
    """Names that ``except ... as e`` removes, if there was an exception."""
    augmented: frozenset[str] = _at_first(NOTHING)
    notes: Mapping[str, Read] = _at_first(_NONE)
    """Reads of annotations that are evaluated unless ``annotations`` is imported from
    ``__future__``."""
    shapes: tuple[Shape, ...] = _at_first(())
    closed: tuple[Closed, ...] = _at_first(())
    unless: str = _at_first("")
    """The one name that it defines, unless it is there already."""
    named: tuple[Alias, ...] = _at_first(())
    """What ``:=`` makes one."""
    imports: tuple[Import, ...] = _at_first(())
    effects: tuple[Effect, ...] = _at_first(())
    needs: tuple[Needed, ...] = _at_first(())
    replays: tuple[Replay, ...] = _at_first(())
    chained: tuple[tuple[str, str], ...] = _at_first(())
    """The places that get the one object of a chained assignment (see `chained`)."""
    identifies: bool = _at_first(False)
    """May it ask which class made an object?"""
    extra: str = _at_first("")
    forgives: bool = _at_first(False)
    """Does IPython go on where names of it are not there?"""
    output: str = _at_first("")
    """The name that gets what it shows."""
    opaque: str | None = _at_first(None)
    unseen: str = _at_first("")
    """Where it is opaque for the names of one file alone: the module of ``import *``, or
    ``%run x.py``."""
    resets: bool = _at_first(False)
    consumables: frozenset[str] = _at_first(NOTHING)
    """Names bound to what every use changes: an iterator, an open file."""
    draws: frozenset[str] = _at_first(NOTHING)
    seeds: frozenset[str] = _at_first(NOTHING)
    ambient_reads: frozenset[str] = _at_first(NOTHING)
    ambient_writes: frozenset[str] = _at_first(NOTHING)
    unrepeatable: bool = _at_first(False)


PLAIN = Rare()
"""Nothing of it. Never to be changed: see `HasRare.rarely`."""


@dataclass(slots=True, eq=False, init=False)
class HasRare:
    """A statement: what is rare of it stands in an object of its own."""

    line: int
    end_line: int
    text: str
    node: ast.stmt = field(repr=False)
    key: int
    rare: Rare = field(repr=False)

    def rarely(self) -> Rare:
        """What is rare of it, to be added to."""
        if self.rare is PLAIN:
            self.rare = Rare()
        return self.rare

    # --- for those who ask few statements; the walk of the runs asks `rare` itself ------------

    @property
    def annotations(self) -> tuple[Read, ...]:
        return tuple(self.rare.notes.values())

    @property
    def maybe_writes(self) -> frozenset[str]:
        return self.rare.maybe_writes

    @property
    def deletes(self) -> frozenset[str]:
        return self.rare.deletes

    @property
    def unbinds(self) -> frozenset[str]:
        return self.rare.unbinds

    @property
    def augmented(self) -> frozenset[str]:
        return self.rare.augmented

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return self.rare.shapes

    @property
    def closed(self) -> tuple[Closed, ...]:
        return self.rare.closed

    @property
    def unless(self) -> str:
        return self.rare.unless

    @property
    def imports(self) -> tuple[Import, ...]:
        return self.rare.imports

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self.rare.effects

    @property
    def needs(self) -> tuple[Needed, ...]:
        return self.rare.needs

    @property
    def replays(self) -> tuple[Replay, ...]:
        return self.rare.replays

    @property
    def identifies(self) -> bool:
        return self.rare.identifies

    @property
    def extra(self) -> str:
        return self.rare.extra

    @property
    def output(self) -> str:
        return self.rare.output

    @property
    def opaque(self) -> str | None:
        return self.rare.opaque

    @property
    def unseen(self) -> str:
        return self.rare.unseen

    @property
    def resets(self) -> bool:
        return self.rare.resets

    @property
    def consumables(self) -> frozenset[str]:
        return self.rare.consumables

    @property
    def draws(self) -> frozenset[str]:
        return self.rare.draws

    @property
    def seeds(self) -> frozenset[str]:
        return self.rare.seeds

    @property
    def ambient_reads(self) -> frozenset[str]:
        return self.rare.ambient_reads

    @property
    def ambient_writes(self) -> frozenset[str]:
        return self.rare.ambient_writes

    @property
    def unrepeatable(self) -> bool:
        return self.rare.unrepeatable
