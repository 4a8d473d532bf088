"""The live names of a walk, with a record of what each cell looked up and left behind.

A cell whose facts are what they were, and that would look up the very same bindings as
last time, is not walked again: its record is applied. So one edit costs the cells that
it really changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, compress
from operator import is_, not_
from typing import Any, TypeVar

from ..records import dataclass
from .bindings import NO_TOKENS, Binding, Interner, Step
from .deeds import ANY
from .sameness import Sameness

Space = TypeVar("Space", bound="Names")
_NOT_READ: Any = object()
Noted = tuple[str, frozenset[int], frozenset[int]]
"""A name, the object that it was bound to, and what that holds."""
Sharing = dict[int, tuple[str, ...]]
"""Names by the tokens of the objects that they may hold."""
PLACES = 40
"""Bits of a token that tell which object of one life of a cell it is."""


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class _Journal:
    """``inputs``: what each name was that was looked up, or that it was changed before that
    (those are ``unread``, too); ``names``: what each was that was changed; ``made``: who has the
    new objects; ``noted``: who may share others since, of which the first ``indexed`` are in the
    index."""

    inputs: dict[str, Any]
    unread: list[str]
    names: dict[str, Binding | None]
    shared: Sharing
    sharing: Sharing
    made: Sharing
    noted: list[Noted]
    indexed: int
    opaque: Step | None


def _journal(opaque: Step | None) -> _Journal:
    return _Journal({}, [], {}, {}, {}, {}, [], 0, opaque)


class Names:
    """Live names. All changes go through `set` and `drop`, all reading through `look`."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.names: dict[str, Binding] = {}
        self.opaque: Step | None = None
        self._sharing: Sharing = {}
        self._noted: list[Noted] = []
        self._journal = _journal(None)
        self._inputs = self._journal.inputs

    def copy(self: Space) -> Space:
        """Another namespace of the same names, to play on."""
        other = type(self)(self.interner)
        other.names, other._sharing = dict(self.names), dict(self._index())
        other.opaque = self.opaque
        return other

    @property
    def changed(self) -> Collection[str]:
        """Names that were set or dropped since it was made, or since `begin`."""
        return self._journal.names.keys()

    def look_at_all(self) -> Iterator[tuple[str, Binding]]:
        """Every live name. What looks at all of them is walked again each time: a new one may
        be there."""
        self._inputs[ANY] = object()
        for name in list(self.names):
            if name[0] != "@" and (binding := self.look(name)) is not None:
                yield name, binding

    def look(self, name: str) -> Binding | None:
        found = self.names.get(name)
        self._inputs.setdefault(name, found)
        return found

    def set(self, name: str, binding: Binding) -> None:
        """Bind the name to an object that others may have, too."""
        old, own, holds = self._set(name, binding), binding.own, binding.holds
        if old is None:
            self._journal.noted.append((name, own, holds))
        elif own is not old.own or holds is not old.holds:
            own = own.union(holds).difference(old.own, old.holds)  # those know the name
            if own:
                self._journal.noted.append((name, own, NO_TOKENS))

    def set_new(
        self, name: str, binding: Binding, token: int, own: frozenset[int], holds: frozenset[int]
    ) -> None:
        """Bind the name to what nobody has: the object of ``token``, which holds what has the
        same token below zero. ``own`` and ``holds`` are others that it may be, or hold."""
        self._set(name, binding)
        journal, sharing = self._journal, self._sharing
        made = journal.made
        made[token] = made[-token] = sharing[token] = sharing[-token] = (name,)
        if own or holds:
            journal.noted.append((name, own, holds))

    def _set(self, name: str, binding: Binding) -> Binding | None:
        """Returns what the name was, where that is known to whoever was told what was looked up
        and set."""
        journal, names = self._journal, self.names
        old = names.get(name)
        names[name] = binding
        if name not in journal.names:
            journal.names[name] = old
            if name not in journal.inputs:
                journal.inputs[name] = _NOT_READ
                journal.unread.append(name)
                return None
        return old

    def drop(self, name: str) -> None:
        journal = self._journal
        if name not in journal.names:
            journal.names[name] = self.names.get(name)
            if name not in journal.inputs:
                journal.inputs[name] = _NOT_READ
                journal.unread.append(name)
        self.names.pop(name, None)

    def clear(self) -> None:
        for name in list(self.names):
            self.drop(name)
        self.opaque = None

    def sharing(self, tokens: Iterable[int]) -> Collection[str]:
        """Names that may hold one of the objects of these tokens."""
        index, journal = self._index(), self._journal
        found: dict[str, None] = {}
        for token in tokens:
            names = index.get(token, ())
            if not (token in journal.shared or token in journal.sharing or token in journal.made):
                journal.shared[token] = names
            found |= dict.fromkeys(names)
        return found.keys()

    def _index(self) -> Sharing:
        """The names by token: made where somebody asks, of what was noted until then."""
        journal = self._journal
        if self._noted:
            _add(self._noted, self._sharing, None)
            self._noted = []
        if journal.indexed < len(journal.noted):
            _add(journal.noted[journal.indexed :], self._sharing, journal.sharing)
            journal.indexed = len(journal.noted)
        return self._sharing

    def token(self, step: Step, place: int) -> int:
        """A number for the object that ``step`` makes at this place of those that it binds, the
        same in every analysis."""
        owner, numbers = step.owner, self.interner.numbers
        life = numbers.setdefault(("life", owner.cell_id, owner.life), len(numbers))
        return 1 + (life << PLACES | step.number << 20 | place)

    # --- records ------------------------------------------------------------------------

    def begin(self) -> None:
        self._settle()
        self._journal = _journal(self.opaque)
        self._inputs = self._journal.inputs

    def _settle(self) -> None:
        """What was noted since `begin` stays."""
        journal = self._journal
        if journal.indexed < len(journal.noted):
            self._noted += journal.noted[journal.indexed :]
            journal.indexed = len(journal.noted)

    def record(self, facts: object, owner: object, result: object, old: Record | None) -> Record:
        """What was done since `begin`. Bindings that are what they were in ``old`` are
        put back, so that what follows can see that nothing changed."""
        journal, live = self._journal, self.names
        names = {name: live[name] for name in journal.names if name in live}
        gone: tuple[str, ...] = ()
        if len(names) < len(journal.names):
            gone = tuple([name for name in journal.names if name not in live])
        if old is not None:
            is_same = Sameness().of
            for name, binding in names.items():
                before = old.names.get(name)
                if before is not None and is_same(binding, before):
                    names[name] = live[name] = before
            if (
                old.opaque is not None
                and self.opaque is not None
                and self.opaque is not journal.opaque
            ) and old.opaque.value == self.opaque.value:
                self.opaque = old.opaque
        inputs = journal.inputs
        for name in journal.unread:
            del inputs[name]
        return Record(
            facts, owner, tuple(inputs), tuple(inputs.values()), list(journal.shared.items()),
            journal.opaque, names, gone, journal.made, tuple(journal.noted), self.opaque, result,
        )  # fmt: skip

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

    def others_than(self, record: Record) -> Iterable[str] | None:
        """Each name that is another than it was for the walk that ``record`` keeps; None where
        more than names is."""
        if record.opaque_before is not self.opaque:
            return None
        if record.shared and not self._shares_alike(record):
            return None
        same = map(is_, map(self.names.get, record.inputs), record.met)
        return compress(record.inputs, map(not_, same))

    def _shares_alike(self, record: Record) -> bool:
        sharing = self._index()
        return not [1 for token, found in record.shared if sharing.get(token, ()) != found]

    def apply(self, *records: Record) -> None:
        """Leave what the walks left that the records keep."""
        names, sharing = self.names, self._sharing
        self._settle()
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

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done inside is taken back; what it looked up stays recorded."""
        journal = self._journal
        kept = dict(self.names), dict(self._index()), self.opaque
        journaled = dict(journal.names), dict(journal.sharing), list(journal.noted)
        yield
        self.names, self._sharing, self.opaque = kept
        journal.names, journal.sharing, journal.noted = journaled
        journal.indexed = len(journal.noted)

    def take_back(self) -> None:
        """Undo everything since `begin`."""
        journal = self._journal
        for name, binding in journal.names.items():
            if binding is None:
                self.names.pop(name, None)
            else:
                self.names[name] = binding
        self._sharing.update(journal.sharing)
        journal.noted, journal.indexed = [], 0
        self.opaque = journal.opaque


def _add(
    noted: Iterable[Noted],
    sharing: Sharing,
    before: Sharing | None,
) -> None:
    """Enter the names under their tokens; ``before`` gets what stood there."""
    for name, own, holds in noted:
        for token in chain(own, holds) if holds else own:
            known = sharing.get(token)
            if known is None:
                known, sharing[token] = (), (name,)
            elif name in known:
                continue
            else:
                sharing[token] = (*known, name)
            if before is not None:
                before.setdefault(token, known)
