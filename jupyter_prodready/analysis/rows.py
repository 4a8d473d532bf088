"""Which containers have elements that ``+=`` changes in place: rows, not numbers."""

from __future__ import annotations

import ast

from .arguments import Look
from .bindings import Binding
from .facts import Mutation, StatementFacts
from .nodes import last_name
from .sharing import Shared, has_objects, take

_BY_SHAPE = frozenset(
    ["zeros", "ones", "empty", "full", "random", "random_sample", "uniform", "normal", "integers",
     "randint", "standard_normal", "rand", "randn", "reshape", "broadcast_to", "resize"]
)  # fmt: skip
_BY_SIZES = frozenset({"rand", "randn", "reshape"})
"""Of these, functions that take the sizes one by one."""
_OF_ROWS = frozenset({"eye", "identity", "to_numpy", "diag", "vstack", "stack", "column_stack"})
_LISTS = (ast.List, ast.Tuple)


def augmented_elements(mutation: Mutation, facts: StatementFacts, look: Look) -> frozenset[int]:
    """The objects that ``+=`` of a loop variable changes, as far as these are known to be no
    numbers."""
    found = Shared()
    for target, of, how in facts.aliases:
        source = look(of) if target == mutation.name else None
        if source is None or source.immutable or source.module:
            continue
        if how == "either" or how == "exact" or _has_rows(source):
            take(found, source, how)
    return found.own


def _has_rows(source: Binding) -> bool:
    if has_objects(source):
        return True
    node = source.chain.oldest.step.facts.node
    value = node.value if isinstance(node, ast.Assign) else None
    if isinstance(value, ast.Attribute):
        return value.attr == "values"
    if not isinstance(value, ast.Call):
        return False
    last, given = last_name(value.func), value.args
    if last in ("array", "asarray"):
        first = given[0] if given else None
        return isinstance(first, _LISTS) and bool(first.elts) and isinstance(first.elts[0], _LISTS)
    if last in _BY_SIZES and len(given) > 1:
        return True
    shapes = [*given, *[keyword.value for keyword in value.keywords]]
    has_shape = any(isinstance(one, _LISTS) and len(one.elts) > 1 for one in shapes)
    return last in _OF_ROWS or (last in _BY_SHAPE and has_shape)
