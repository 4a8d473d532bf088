"""What is read off a source is kept, until all is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

MOST = 16384
"""Sources kept at once, for each reader."""

Read = TypeVar("Read")
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
