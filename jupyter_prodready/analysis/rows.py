"""Which containers have elements that ``+=`` changes in place: rows, not numbers."""

from __future__ import annotations

import ast

from .arguments import Look
from .bindings import Binding
from .calls import root
from .contents import has_objects, has_views, is_display
from .facts import Mutation, StatementFacts
from .nodes import walk
from .sharing import Shared, take


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


def reaches_elements(mutation: Mutation, facts: StatementFacts, target: Binding) -> bool:
    """Does ``xs[0] += [1]``, which is a ``store``, change an element in place, and not a number?"""
    if not (facts.is_compound or type(facts.node) is ast.AugAssign):
        return False
    if not is_display(target):
        return False  # what has an element of anything else shares all of it (see `take`)
    nodes = [one for one in walk(facts.node) if type(one) is ast.AugAssign]
    parts = [one for one in nodes if isinstance(one.target, (ast.Subscript, ast.Attribute))]
    if not any(root(one.target)[0] == mutation.name for one in parts):
        return False
    return has_objects(target) or any(token > 0 for token in target.holds)
