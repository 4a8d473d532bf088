"""Names in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def listed(words: Sequence[str]) -> str:
    """As in ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def listed_names(names: Iterable[str]) -> str:
    """As `listed`, each in backquotes."""
    return listed([f"`{name}`" for name in names])
