"""Names in a sentence, and lines in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST_LINE = 100
"""Of what is written."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def listed(words: Sequence[str]) -> str:
    """As in ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def listed_names(names: Iterable[str]) -> str:
    """As `listed`, each in backquotes."""
    return listed([f"`{name}`" for name in names])


def lines_of(text: str) -> list[str]:
    """Lines with their ends, as Python counts them: a form feed, or what else `str.splitlines`
    takes for an end, ends none."""
    return _LINE.findall(text)
