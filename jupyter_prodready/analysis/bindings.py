"""What a walk leaves behind: steps, and the provenance that each live name has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..records import dataclass, field
from .builtin_names import BUILTINS, is_builtin
from .facts import NOTHING, DeferredFacts, Read, StatementFacts

UNKNOWN = object()
"""Stands for a value that is not a literal."""
MISSING = -1
BUILTIN = -2
PRESENCE = -4
"""The provenance behind an object of which only parts are read: whatever it is."""

Token = tuple[object, ...]
Functions = Mapping[tuple[str, str], DeferredFacts]
NO_TOKENS: frozenset[int] = frozenset()


class Interner:
    """Numbers for derivations: equal numbers, equal derivations. Exact, no hashing luck.

    ``numbers`` is for those who ask often, and do what `number` does without a call.
    """

    def __init__(self) -> None:
        self.numbers: dict[tuple[object, ...], int] = {}

    def number(self, *parts: object) -> int:
        return self.numbers.setdefault(parts, len(self.numbers))

    def made(
        self,
        facts: StatementFacts,
        reads: Mapping[str, Binding | None],
        unique: object,
        known: list[int] | None = None,
    ) -> int:
        """What the statement makes of these inputs. Where they are just the names that it reads,
        its key tells their names, and their order; ``known``: their provenances, read so."""
        parts: list[object] = [facts.key, unique]
        if len(reads) == len(facts.reads):
            if known is not None and not facts.rare.notes:
                parts += known
            else:
                parts += [number_of(read.name, reads[read.name]) for read in facts.reads]
        else:
            names = sorted(reads)
            parts += names
            for name in names:
                one = reads[name]
                parts.append(absent(name) if one is None else one.provenance)
        return self.numbers.setdefault(tuple(parts), len(self.numbers))

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(slots=True, eq=False)
class Owner:
    """Whose statement a step is: a cell of the plan, or run ``ordinal`` of the history.

    ``run`` is the run's position in the history, None in the plan. ``unique`` stands for
    what no two runs share (an unseeded draw, the clock); ``count`` is the ``n`` of the
    run's ``Out[n]``. ``life`` tells the objects of one run from those of another: in the
    plan it is that of the cell's newest run, so that equal walks leave equal bindings.
    """

    cell_id: str | None
    unique: Token
    run: int | None = None
    count: int | None = None
    modules: Mapping[str, str] | None = None
    life: int | None = None
    results: bool = True
    """Does anything read ``_`` or ``Out``?"""
    binds: Mapping[str, tuple[str, ...]] | None = None
    """Names that its statements take from files, as in `Surroundings`,"""
    functions: Functions = field(default_factory=dict)
    """and what calls of functions of the project's modules do."""
    first: int = field(init=False, default=0)
    """The first of the numbers for the objects that its statements make (see `Names.token`)."""


@dataclass(slots=True, eq=False, init=False)
class Step:
    """One executed statement with the bindings that it read, parts of objects apart. Whoever makes
    one sets each of these: an ``__init__`` costs more than they do."""

    owner: Owner
    number: int
    facts: StatementFacts
    reads: Mapping[str, Binding | None]
    missing: tuple[Read, ...]
    value: int
    constant: object
    """What it binds, where that follows from literal values."""
    given: tuple[str, ...] | None
    """Names that it takes from a file; None where these are not known, or there are none."""
    has_code: bool
    """Does it read functions of the page, objects that have some, or what every use changes?"""


@dataclass(slots=True, eq=False, init=False)
class Chain:
    """The steps that made an object what it is, newest first. See `linked`."""

    step: Step
    value: int
    before: Chain | None
    depth: int
    carried: bool
    """Did the step make a new object, with this item as it was in another?"""

    @property
    def oldest(self) -> Chain:
        return list(self.newest_first())[-1]

    def newest_first(self) -> Iterator[Chain]:
        link: Chain | None = self
        while link is not None:
            yield link
            link = link.before


def linked(step: Step, value: int, before: Chain | None = None, carried: bool = False) -> Chain:
    """A link of a chain. A class with an ``__init__`` costs more than the attributes."""
    made = Chain()
    made.step, made.value = step, value
    made.before, made.carried = before, carried
    made.depth = 0 if before is None else before.depth + 1
    return made


@dataclass(slots=True, eq=False)
class Via:
    """How an object came from ``source`` item by item: by ``step``; ``renames`` has the
    source's name of an item where it differs, ``adds`` what is new."""

    source: Binding
    step: Step
    renames: Mapping[str, str]
    adds: frozenset[str]


@dataclass(slots=True, eq=False)
class Columns:
    """What is known of the named parts of an object: columns, keys, attributes.

    ``written`` has the provenance of those written since the object as a whole was;
    ``there`` says of which it is known whether they exist; ``closed``: there are no
    others. Never changed once made.
    """

    written: Mapping[str, Chain]
    there: Mapping[str, bool]
    closed: bool = False
    attributes: bool = False
    """Were any written as attributes?"""
    via: Via | None = None
    """Where those come from that were not written since."""
    literal: Step | None = None
    """The assignment that writes each of them down, those apart that were written since."""
    entries: dict[str, Chain | None] | None = None
    """The links of these, once asked for: who reads one twice finds the same."""
    grows: bool = False
    """Does reading a part make it, and are all those known that were made so far?"""

    def lacks(self, key: str) -> bool:
        return not self.there.get(key, not self.closed)

    def links(self) -> list[Chain]:
        """All that wrote parts since, of each part the oldest first."""
        found: list[Chain] = []
        for link in self.written.values():
            found += list(link.newest_first())[::-1]
        return found

    def has_all_of(self, other: Columns) -> bool:
        """Does it lack no part but those that ``other`` lacks, too?"""
        if self.closed and not other.closed:
            return False
        return all(other.lacks(key) or not self.lacks(key) for key in (*self.there, *other.there))


@dataclass(slots=True, eq=False, init=False)
class Binding:
    """What a name stands for. ``own`` identifies the object, ``holds`` objects in it.

    ``provenance`` is that of the whole object, ``base`` that of it without the parts in
    ``columns``; ``chain`` is the chain of the base. ``same`` is equal for names of the
    same object, 0 where that is not known. `bound_to` makes all of them.
    """

    provenance: int
    chain: Chain
    own: frozenset[int]
    holds: frozenset[int]
    deferred: tuple[DeferredFacts, ...]
    immutable: bool
    module: bool
    consumable: bool
    opaque: bool
    same: int
    base: int
    columns: Columns | None
    constant: object
    sequence: bool
    """Is it a list of Python's, whose slices are copies?"""
    unfitted: Binding | None
    """What it was before it was fitted, where fitting it again begins from there."""
    bare: bool
    """Is it sure to have no code and no known parts, to be no module, and not to be used up?"""
    there: Binding | None
    """What says no more than that it is there, once somebody asked (see `presence`)."""

    @property
    def step(self) -> Step:
        """The newest step that changed the object or a part of it."""
        if self.columns is None or not self.columns.written:
            return self.chain.step
        return list(self.columns.written.values())[-1].step

    def links(self) -> list[Chain]:
        """All that made the object what it is, oldest first; its parts come last."""
        found = list(self.chain.newest_first())[::-1]
        return found if self.columns is None else [*found, *self.columns.links()]


def bound_to(
    provenance: int, chain: Chain, own: frozenset[int] = NO_TOKENS,
    holds: frozenset[int] = NO_TOKENS, deferred: tuple[DeferredFacts, ...] = (),
    immutable: bool = False, module: bool = False, consumable: bool = False,
    opaque: bool = False, same: int = 0, base: int = -3, columns: Columns | None = None,
    constant: object = UNKNOWN, sequence: bool = False, bare: bool = False,
    kind: type[Binding] = Binding,
) -> Binding:  # fmt: skip
    """A binding. Its class has no ``__init__``, which would cost more than the attributes."""
    made = kind()
    made.provenance, made.chain, made.base = provenance, chain, base
    made.own, made.holds, made.same = own, holds, same
    made.deferred, made.columns, made.constant = deferred, columns, constant
    made.immutable, made.module, made.consumable = immutable, module, consumable
    made.opaque, made.sequence, made.bare = opaque, sequence, bare
    made.unfitted = made.there = None
    return made


def newly_bound(
    provenance: int, step: Step, own: frozenset[int], holds: frozenset[int], same: int
) -> Binding:
    """`bound_to` what ``step`` makes of its own, of which nothing more is known."""
    link, made = Chain(), Binding()
    link.step, link.value, link.before = step, provenance, None
    link.depth, link.carried = 0, False
    made.provenance = made.base = provenance
    made.chain, made.own, made.holds = link, own, holds
    made.same, made.deferred, made.columns = same, (), None
    made.constant, made.bare, made.sequence = step.constant, True, step.facts.sequence
    made.module = made.consumable = made.opaque = False
    made.unfitted = made.there = None
    made.immutable = step.facts.immutable or step.constant is not UNKNOWN
    return made


def altered(binding: Binding, **changes: object) -> Binding:
    """A copy with these attributes changed."""
    made = type(binding)()
    for name in Binding.__annotations__:
        setattr(made, name, changes[name] if name in changes else getattr(binding, name))
    made.there = None
    return made


def number_of(name: str, binding: Binding | None) -> int:
    """The provenance behind a name that was read, bound or not."""
    return absent(name) if binding is None else binding.provenance


def absent(name: str) -> int:
    """The number of a name that is bound to nothing."""
    return BUILTIN if name in BUILTINS or is_builtin(name) else MISSING


def suppliers(binding: Binding) -> set[str]:
    """The cells that made the object, or changed it since."""
    found: set[str] = set()
    for link in reversed(binding.links()):
        if link.step.owner.cell_id is not None:
            found.add(link.step.owner.cell_id)
        if link.carried:
            break
    return found


def root_name(location: str) -> str:
    """The name of the object that a location is part of: ``df`` of ``df['x']``."""
    return location.partition("[")[0]


def part(name: str, key: str) -> str:
    """The location of one named part of an object."""
    return f'{name}["{key}"]'


__all__ = ["NOTHING", "Binding", "Chain", "Columns", "Interner", "Owner", "Step", "number_of"]
