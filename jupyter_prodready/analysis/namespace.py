"""The live names of a walk, with a record of what each cell looked up and left behind.

A cell whose facts are what they were, and that would look up the very same bindings as
last time, is not walked again: its record is applied. So one edit costs the cells that
it really changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, compress
from operator import is_, not_
from typing import Any, TypeVar

from ..records import dataclass
from .bindings import NO_TOKENS, Binding, Interner, Owner, Step
from .deeds import ANY
from .sameness import Sameness

Space = TypeVar("Space", bound="Names")
Noted = tuple[str, frozenset[int], frozenset[int]]
"""A name, the object that it was bound to, and what that holds."""
Sharing = dict[int, tuple[str, ...]]
"""Names by the tokens of the objects that they may hold."""
PLACES = 40
"""Bits of a token that tell which object of one life of a cell it is."""


@dataclass(slots=True, eq=False, init=False)
class Record:
    """One walk of one cell: ``inputs`` it looked up, and what these were (``met``); the names
    that it left, and those that are ``gone``; who has the objects that it ``made``, and what
    was ``noted`` of others."""

    facts: object
    owner: object
    inputs: tuple[str, ...]
    met: tuple[Binding | None, ...]
    shared: list[tuple[int, tuple[str, ...]]]
    opaque_before: Step | None
    names: dict[str, Binding]
    gone: tuple[str, ...]
    made: Sharing
    noted: tuple[Noted, ...]
    opaque: Step | None
    result: object


class _Seen(dict[str, Binding | None]):
    """Names as they are for the cell that is being walked: those that it looked up, and those that
    it set. ``inputs``: what each was that was looked up and not set before that."""

    __slots__ = ("inputs", "live")

    live: Mapping[str, Binding]
    inputs: dict[str, Any]

    def __missing__(self, name: str) -> Binding | None:
        found = self[name] = self.inputs[name] = self.live.get(name)
        return found


class _Noting(dict[str, Binding]):
    """What is set in a walk that will be taken back: notes what each name was ``before``."""

    __slots__ = ("before", "live")

    live: Mapping[str, Binding]
    before: dict[str, Binding | None]

    def __setitem__(self, name: str, binding: Binding) -> None:
        self.note(name)
        super().__setitem__(name, binding)

    def note(self, name: str) -> None:
        if name not in self.before:
            self.before[name] = self.live.get(name)


class Names:
    """Live names. All changes go through `set` and `drop`, all reading through ``look``."""

    look: Callable[[str], Binding | None]
    """What a name is bound to, if anything."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.names: dict[str, Binding] = {}
        self.opaque: Step | None = None
        self._sharing: Sharing = {}
        self._noted: list[Noted] = []
        self._new: list[Noted] = []
        self._dropped: list[str] = []
        self._asked: Sharing = {}
        self._shared_before: Sharing = {}
        self._indexed = 0
        self._seen = seen = _Seen()
        seen.live, seen.inputs = self.names, {}
        self.look = seen.__getitem__
        self.begin()

    def begin(self, aside: bool = False) -> None:
        """From here on a record is kept: what each name is that was set (``_left``), which were
        ``_dropped``, who has the new objects (``_made``), and who may share others since
        (``_new``), of which the first ``_indexed`` are in the index; what was asked of that
        (``_asked``) and what stood there before it was changed (``_shared_before``). ``aside``:
        `take_back` will undo it."""
        if self._indexed < len(self._new):
            self._settle()
        self._seen.clear()
        self._seen.inputs.clear()
        self._left: dict[str, Binding] = {}
        if aside:
            self._left = left = _Noting()
            left.live, left.before = self.names, {}
        self._made: Sharing = {}
        self._indexed = 0
        if self._new or self._dropped or self._asked or self._shared_before:
            self._new = []
            self._dropped = []
            self._asked = {}
            self._shared_before = {}
        self._opaque_before = self.opaque

    def _settle(self) -> None:
        """What was noted since `begin` stays."""
        if self._indexed < len(self._new):
            self._noted += self._new[self._indexed :]
            self._indexed = len(self._new)

    def copy(self: Space) -> Space:
        """Another namespace of the same names, to play on."""
        other = type(self)(self.interner)
        other.names.update(self.names)
        other._sharing = dict(self._index())
        other.opaque = self.opaque
        return other

    def twin(self: Space) -> Space:
        """Another namespace that is as this one is now."""
        other = type(self)(self.interner)
        other.take_over(self)
        return other

    @property
    def changed(self) -> Collection[str]:
        """Names that were set or dropped since it was made, or since `begin`."""
        return dict.fromkeys((*self._left, *self._dropped)).keys()

    def options(self) -> Binding | None:
        """Display options, if they were set: what shows anything looks, where nothing else does."""
        seen = self._seen
        return seen["@options"] if "@options" in seen else seen.__missing__("@options")

    def look_at_all(self, kind: str = "") -> Iterator[tuple[str, Binding]]:
        """Every live name, or every location of this ``kind``. What looks at all of them is walked
        again each time: a new one may be there."""
        self._seen.inputs[ANY], self._seen[ANY] = object(), None
        for name in list(self.names):
            is_meant = name.startswith(kind) if kind else name[0] != "@"
            if is_meant and (binding := self.look(name)) is not None:
                yield name, binding

    def set(self, name: str, binding: Binding) -> None:
        """Bind the name to an object that others may have, too."""
        seen, names, own, holds = self._seen, self.names, binding.own, binding.holds
        old = seen.get(name)
        self._left[name] = names[name] = seen[name] = binding
        if old is None:
            self._new.append((name, own, holds))
        elif own is not old.own or holds is not old.holds:
            own = own.union(holds).difference(old.own, old.holds)  # those know the name
            if own:
                self._new.append((name, own, NO_TOKENS))

    def set_new(
        self, name: str, binding: Binding, token: int, own: frozenset[int], holds: frozenset[int]
    ) -> None:
        """Bind the name to what nobody has: the object of ``token``, which holds what has the
        same token below zero. ``own`` and ``holds`` are others that it may be, or hold."""
        made, sharing = self._made, self._sharing
        self._left[name] = self.names[name] = self._seen[name] = binding
        made[token] = made[-token] = sharing[token] = sharing[-token] = (name,)
        if own or holds:
            self._new.append((name, own, holds))

    def drop(self, name: str) -> None:
        if isinstance(self._left, _Noting):
            self._left.note(name)
        self.names.pop(name, None)
        self._left.pop(name, None)
        self._dropped.append(name)
        self._seen[name] = None

    def clear(self) -> None:
        for name in list(self.names):
            self.drop(name)
        self.opaque = None

    def sharing(self, tokens: Iterable[int]) -> Collection[str]:
        """Names that may hold one of the objects of these tokens."""
        index, asked, made = self._index(), self._asked, self._made
        found: set[str] = set()
        for token in tokens:
            names = index.get(token, ())
            if not (token in made or token in asked or token in self._shared_before):
                asked[token] = names
            found.update(names)
        return found

    def _index(self) -> Sharing:
        """The names by token: made where somebody asks, of what was noted until then."""
        if self._noted:
            _add(self._noted, self._sharing, None)
            self._noted = []
        if self._indexed < len(self._new):
            _add(self._new[self._indexed :], self._sharing, self._shared_before)
            self._indexed = len(self._new)
        return self._sharing

    def token(self, step: Step, place: int) -> int:
        """A number for the object that ``step`` makes at this place of those that it binds, the
        same in every analysis."""
        first = step.owner.first or self.first_of(step.owner)
        return first + (step.number << 20 | place)

    def first_of(self, owner: Owner) -> int:
        """The first of the numbers for the objects that its statements make."""
        numbers = self.interner.numbers
        life = numbers.setdefault(("life", owner.cell_id, owner.life), len(numbers))
        owner.first = 1 + (life << PLACES)
        return owner.first

    # --- records ------------------------------------------------------------------------

    def record(self, facts: object, owner: object, result: object, old: Record | None) -> Record:
        """What was done since `begin`. Bindings that are what they were in ``old`` are
        put back, so that what follows can see that nothing changed."""
        live, names = self.names, self._left
        gone: tuple[str, ...] = ()
        if self._dropped:
            gone = tuple([name for name in self._dropped if name not in live])
        if old is not None:
            is_same = Sameness().of
            for name, binding in names.items():
                known = old.names.get(name)
                if known is not None and is_same(binding, known):
                    names[name] = live[name] = known
            now, then = self.opaque, old.opaque
            if now is not None and now is not self._opaque_before and then is not None:
                self.opaque = then if now.value == then.value else now
        inputs, made = self._seen.inputs, Record()
        made.facts, made.owner, made.result = facts, owner, result
        made.inputs, made.met = tuple(inputs), tuple(inputs.values())
        made.shared, made.noted = list(self._asked.items()), tuple(self._new)
        made.names, made.gone, made.made = names, gone, self._made
        made.opaque_before, made.opaque = self._opaque_before, self.opaque
        return made

    def fits(self, record: Record, facts: object, owner: object) -> bool:
        """Would walking the cell now do just what ``record`` says?"""
        if record.facts is not facts or record.owner != owner:
            return False
        return self.meets(record)

    def meets(self, record: Record) -> bool:
        """Are the names just what they were for the walk that ``record`` keeps?"""
        if record.opaque_before is not self.opaque:
            return False
        if not all(map(is_, map(self.names.get, record.inputs), record.met)):
            return False
        return not record.shared or self._shares_alike(record)

    def others_than(self, record: Record) -> frozenset[str] | None:
        """Each name that is another than it was for the walk that ``record`` keeps; None where
        more than names is."""
        if record.opaque_before is not self.opaque:
            return None
        if record.shared and not self._shares_alike(record):
            return None
        same = map(is_, map(self.names.get, record.inputs), record.met)
        return frozenset(compress(record.inputs, map(not_, same)))

    def _shares_alike(self, record: Record) -> bool:
        sharing = self._index()
        return not [1 for token, found in record.shared if sharing.get(token, ()) != found]

    def apply(self, *records: Record) -> None:
        """Leave what the walks left that the records keep."""
        names, sharing = self.names, self._sharing
        self._settle()
        self._seen.clear()
        for record in records:
            names.update(record.names)
            for name in record.gone:
                names.pop(name, None)
            if sharing.keys().isdisjoint(record.made):
                sharing.update(record.made)
            else:
                made = record.made.items()
                self._noted += [(name, frozenset((token,)), NO_TOKENS) for token, (name,) in made]
            self._noted += record.noted
            self.opaque = record.opaque

    def take_over(self, other: Names) -> None:
        """Be as another namespace that nothing has yet left."""
        other._settle()
        self.names.update(other.names)
        self._sharing, self._noted = dict(other._sharing), list(other._noted)
        self.opaque = other.opaque

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done inside is taken back; what it looked up stays recorded."""
        names, seen, opaque = dict(self.names), self._seen, self.opaque
        kept = dict(self._index()), dict(self._shared_before), list(self._new)
        left, dropped = dict(self._left), list(self._dropped)
        yield
        self.names.clear()
        self.names.update(names)
        for name in seen:
            seen[name] = names.get(name)
        self._left.clear()
        self._left.update(left)
        self._dropped, self.opaque = dropped, opaque
        self._sharing, self._shared_before, self._new = kept
        self._indexed = len(self._new)

    def take_back(self) -> None:
        """Undo everything since `begin`, which was told of it."""
        assert isinstance(self._left, _Noting)
        for name, binding in self._left.before.items():
            if binding is None:
                self.names.pop(name, None)
            else:
                self.names[name] = binding
        self._sharing.update(self._shared_before)
        self._seen.clear()
        self._new, self._indexed = [], 0
        self.opaque = self._opaque_before


def _add(
    noted: Iterable[Noted],
    sharing: Sharing,
    before: Sharing | None,
) -> None:
    """Enter the names under their tokens; ``before`` gets what stood there."""
    for name, own, holds in noted:
        for token in chain(own, holds) if holds else own:
            known = sharing.get(token, ())
            if name not in known:
                sharing[token] = (*known, name)
                if before is not None:
                    before.setdefault(token, known)
