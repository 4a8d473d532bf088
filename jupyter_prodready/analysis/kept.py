"""What is read off a source is kept, until all is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

MOST = 16384
"""Sources kept at once, for each reader."""

Read = TypeVar("Read")

if TYPE_CHECKING:
    from functools import cached_property

    once = cached_property
else:

    class once:
        """`functools.cached_property` without its lock, which costs more than many an answer."""

        def __init__(self, find):
            self.find = find
            self.__doc__ = find.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, one, owner=None):
            if one is None:
                return self
            found = one.__dict__[self.name] = self.find(one)
            return found


_CLEAR: list[Callable[[], None]] = []


def by_source(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """``read``, a pure function of a source, asked once for each."""
    kept = lru_cache(maxsize=MOST)(read)
    _CLEAR.append(kept.cache_clear)
    return kept


def forgets(clear: Callable[[], None]) -> Callable[[], None]:
    """``clear`` is called by `forget_sources`, too."""
    _CLEAR.append(clear)
    return clear


def forget_sources() -> None:
    """The next reading of each source is a first one."""
    for clear in _CLEAR:
        clear()
