"""What one row of the tables of mutators is."""

from __future__ import annotations

from typing import NamedTuple

from .words import words

_NONE: frozenset[str] = frozenset()


class Kind(NamedTuple):
    """One type. ``silent`` methods change the object and return None, ``giving`` ones return
    something; ``leaves`` change nothing of it; ``inplace`` ones change it only where that
    keyword says so. ``again``: a second call with the same arguments changes nothing more.
    """

    name: str
    silent: frozenset[str] = _NONE
    giving: frozenset[str] = _NONE
    leaves: frozenset[str] = _NONE
    again: frozenset[str] = _NONE
    inplace: frozenset[str] = _NONE

    @property
    def changes(self) -> frozenset[str]:
        return self.silent | self.giving


class Function(NamedTuple):
    """A function that changes the argument at ``position``; ``modules`` are the texts in
    front of its name, the empty one where it may stand alone, ``*`` for any."""

    name: str
    modules: tuple[str, ...]
    position: int = 0


class Library(NamedTuple):
    name: str
    version: str
    source: str
    kinds: tuple[Kind, ...] = ()
    functions: tuple[Function, ...] = ()


def functions(names: str, modules: str, *, bare: bool = True) -> tuple[Function, ...]:
    written = (*sorted(words(modules)), *([""] if bare else []))
    return tuple(Function(name, written) for name in sorted(words(names)))
