"""The live names of a walk, with a record of what each cell looked up and left behind.

A cell whose facts are what they were, and that would look up the very same bindings as
last time, is not walked again: its record is applied. So one edit costs the cells that
it really changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import compress
from operator import is_, not_
from typing import Any, TypeVar

from ..records import dataclass, field
from .bindings import Binding, Interner, Step
from .sameness import Sameness

Space = TypeVar("Space", bound="Names")


@dataclass(slots=True, eq=False)
class Record:
    """One walk of one cell: ``inputs`` it looked up, and what these were (``met``); the names
    that it left, and those that are ``gone``."""

    facts: object
    owner: object
    inputs: tuple[str, ...]
    met: tuple[Binding | None, ...]
    shared: list[tuple[int, tuple[str, ...]]]
    opaque_before: Step | None
    names: dict[str, Binding]
    gone: tuple[str, ...]
    sharing: list[tuple[int, str]]
    opaque: Step | None
    result: object


_NOT_READ: Any = object()


@dataclass(slots=True, eq=False)
class _Journal:
    """``inputs``: what each name was when it was first looked up, or that it was set first."""

    inputs: dict[str, Binding | None] = field(default_factory=dict)
    names: dict[str, Binding | None] = field(default_factory=dict)
    shared: dict[int, tuple[str, ...]] = field(default_factory=dict)
    sharing: dict[int, tuple[str, ...]] = field(default_factory=dict)
    opaque: Step | None = None


class Names:
    """Live names. All changes go through `set` and `drop`, all reading through `look`."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.names: dict[str, Binding] = {}
        self.opaque: Step | None = None
        self._sharing: dict[int, tuple[str, ...]] = {}
        self._journal = _Journal()

    def copy(self: Space) -> Space:
        """Another namespace of the same names, to play on."""
        other = type(self)(self.interner)
        other.names, other._sharing = dict(self.names), dict(self._sharing)
        other.opaque = self.opaque
        return other

    @property
    def changed(self) -> Collection[str]:
        """Names that were set or dropped since it was made, or since `begin`."""
        return self._journal.names.keys()

    def look(self, name: str) -> Binding | None:
        found = self.names.get(name)
        self._journal.inputs.setdefault(name, found)
        return found

    def set(self, name: str, binding: Binding) -> None:
        journal, names = self._journal, self.names
        old = names.get(name)
        tokens = binding.own | binding.holds if binding.holds else binding.own
        if old is not None and name in journal.inputs:
            tokens = tokens.difference(old.own, old.holds)  # those know the name
        if name not in journal.names:
            self._changing(name, old)
        names[name] = binding
        sharing = self._sharing
        for token in tokens:
            known = sharing.get(token)
            if known is None:
                journal.sharing.setdefault(token, ())
                sharing[token] = (name,)
            elif name not in known:
                journal.sharing.setdefault(token, known)
                sharing[token] = (*known, name)

    def drop(self, name: str) -> None:
        if name not in self._journal.names:
            self._changing(name, self.names.get(name))
        self.names.pop(name, None)

    def _changing(self, name: str, old: Binding | None) -> None:
        """The first change of the name since `begin`."""
        self._journal.names[name] = old
        self._journal.inputs.setdefault(name, _NOT_READ)

    def clear(self) -> None:
        for name in list(self.names):
            self.drop(name)
        self.opaque = None

    def sharing(self, token: int) -> tuple[str, ...]:
        """Names that may hold the object of ``token``."""
        found = self._sharing.get(token, ())
        journal = self._journal
        if token not in journal.shared and token not in journal.sharing:
            journal.shared[token] = found
        return found

    def token(self, step: Step, name: str) -> int:
        """A number for the object that ``step`` makes, the same in every analysis."""
        owner = step.owner
        return 1 + self.interner.number("token", owner.cell_id, owner.life, step.number, name)

    # --- records ------------------------------------------------------------------------

    def begin(self) -> None:
        self._journal = _Journal(opaque=self.opaque)

    def record(self, facts: object, owner: object, result: object, old: Record | None) -> Record:
        """What was done since `begin`. Bindings that are what they were in ``old`` are
        put back, so that what follows can see that nothing changed."""
        journal = self._journal
        names = {name: self.names[name] for name in journal.names if name in self.names}
        gone = tuple([name for name in journal.names if name not in self.names])
        if old is not None:
            is_same = Sameness().of
            for name, binding in names.items():
                before = old.names.get(name)
                if before is not None and is_same(binding, before):
                    names[name] = self.names[name] = before
            if (
                old.opaque is not None
                and self.opaque is not None
                and self.opaque is not journal.opaque
            ) and old.opaque.value == self.opaque.value:
                self.opaque = old.opaque
        sharing = [
            (token, name)
            for token, before_names in journal.sharing.items()
            for name in self._sharing[token][len(before_names) :]
        ]
        inputs = [one for one in journal.inputs.items() if one[1] is not _NOT_READ]
        looked_up, met = zip(*inputs, strict=True) if inputs else ((), ())
        return Record(
            facts, owner, looked_up, met, list(journal.shared.items()), journal.opaque, names, gone,
            sharing, self.opaque, result,
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
        sharing = self._sharing
        return not [1 for token, found in record.shared if sharing.get(token, ()) != found]

    def others_than(self, record: Record) -> Iterable[str] | None:
        """Each name that is another than it was for the walk that ``record`` keeps; None where
        more than names is."""
        if record.opaque_before is not self.opaque:
            return None
        sharing = self._sharing
        if [1 for token, found in record.shared if sharing.get(token, ()) != found]:
            return None
        same = map(is_, map(self.names.get, record.inputs), record.met)
        return compress(record.inputs, map(not_, same))

    def apply(self, record: Record) -> None:
        self.names.update(record.names)
        for name in record.gone:
            self.names.pop(name, None)
        sharing = self._sharing
        for token, name in record.sharing:
            found = sharing.get(token)
            if found is None:
                sharing[token] = (name,)
            elif name not in found:
                sharing[token] = (*found, name)
        self.opaque = record.opaque

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done inside is taken back; what it looked up stays recorded."""
        journal = self._journal
        kept = dict(self.names), dict(self._sharing), self.opaque
        journaled = dict(journal.names), dict(journal.sharing)
        yield
        self.names, self._sharing, self.opaque = kept
        journal.names, journal.sharing = journaled

    def take_back(self) -> None:
        """Undo everything since `begin`."""
        journal = self._journal
        for name, binding in journal.names.items():
            if binding is None:
                self.names.pop(name, None)
            else:
                self.names[name] = binding
        self._sharing.update(journal.sharing)
        self.opaque = journal.opaque
