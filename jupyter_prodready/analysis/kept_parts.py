"""Attributes that an object keeps once they were asked for: `functools.cached_property`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .arguments import Look
from .facts import DeferredFacts, Read


def kept_parts(
    reads: Mapping[str, Read], bodies: Iterable[DeferredFacts], look: Look
) -> Iterator[str]:
    """``a.late`` for each such attribute that code with these ``reads`` may ask for, which runs
    these ``bodies``."""
    mentioned: set[str] | None = None
    for name, read in reads.items():
        binding = look(name)
        for owner in binding.deferred if binding is not None and not binding.bare else ():
            for key in owner.kept:
                if mentioned is None:
                    mentioned = {one for body in bodies for one in body.attributes}
                if key in mentioned or key in [item.key for item in read.items or ()]:
                    yield f"{name}.{key}"
