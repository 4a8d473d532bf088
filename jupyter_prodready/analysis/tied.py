"""Names that one statement gives the same new object, or something that has it."""

from __future__ import annotations

from collections.abc import Sequence

from .bindings import Step, altered
from .namespace import Names

_AT = 1 << 19
"""The place of the common object among those that a statement makes."""


def tie(places: Sequence[tuple[str, str]], step: Step, names: Names) -> None:
    """Have all of the places share the one object."""
    token = names.token(step, _AT)
    for name, how in places:
        binding = names.look(name)
        if binding is None or binding.immutable:
            continue
        own, held = frozenset((token,)), frozenset((-token,))
        if how == "is":
            tied = altered(binding, own=binding.own | own, same=token)
        elif how == "has":
            tied, held = binding, own | held
        else:
            tied = altered(binding, own=binding.own | held)
        names.set(name, altered(tied, holds=tied.holds | held))
