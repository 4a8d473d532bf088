"""Which containers have elements that ``+=`` changes in place: rows, not numbers."""

from __future__ import annotations

from .arguments import Look
from .facts import Mutation, StatementFacts
from .sharing import Shared, has_objects, has_views, take


def augmented_elements(mutation: Mutation, facts: StatementFacts, look: Look) -> frozenset[int]:
    """The objects that ``+=`` of a loop variable changes, as far as these are known to be no
    numbers."""
    found = Shared()
    for target, of, how in facts.aliases:
        source = look(of) if target == mutation.name else None
        if source is None or source.immutable or source.module:
            continue
        if how == "either" or how == "exact" or has_objects(source) or has_views(source):
            take(found, source, how)
    return found.own
