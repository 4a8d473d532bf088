"""Names that ``import *`` of a module of Python's own brings, where that can be told."""

from __future__ import annotations

import importlib
from functools import lru_cache

_OF_C = frozenset({"cmath", "itertools", "math", "time"})
"""Modules of C whose names Python itself lists. They run nothing when they are imported."""
_NEWER = {
    "itertools": frozenset({"batched", "pairwise"}),
    "math": frozenset(
        ["cbrt", "exp2", "fma", "fmax", "fmin", "isnormal", "issubnormal", "signbit", "sumprod"]
    ),
}
"""Names that later versions of Python have, from its library reference: the page's kernel may be
one of those."""


@lru_cache(maxsize=64)
def standard_names(module: str) -> tuple[str, ...] | None:
    """None where only running it would tell."""
    if module not in _OF_C:
        return None
    here = {name for name in dir(importlib.import_module(module)) if name[0] != "_"}
    return tuple(sorted(here | _NEWER.get(module, frozenset())))
