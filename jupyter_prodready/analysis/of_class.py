"""Instances of one class are apart: what is changed in one is not changed in the others, unless
the class itself has it."""

from __future__ import annotations

import ast

from .arguments import Look
from .bindings import NO_TOKENS, Binding
from .facts import DeferredFacts
from .identity import class_of
from .nodes import names_in
from .patterns import is_immutable
from .words import joined

_MADE_FOR_EACH = frozenset({"field", "Field", "property", "cached_property"})


def parts_of(name: str, source: Binding, look: Look) -> frozenset[int]:
    """The objects that ``source``, called ``name``, has, without its classes."""
    if not source.deferred or class_of(name, source) is not None:
        return source.holds
    classes = NO_TOKENS
    for one in source.deferred:
        if one.kind == "class" and isinstance(one.node, ast.ClassDef) and not _shares(one, look):
            for called in (one.node.name, *one.bases):
                made_by = look(called)
                if made_by is not None and made_by is not source:
                    classes |= made_by.own
    return source.holds - classes if classes else source.holds


def _shares(defined: DeferredFacts, look: Look, depth: int = 0) -> bool:
    """May instances share an object that can be changed?"""
    node = defined.node
    if not isinstance(node, ast.ClassDef) or depth > 9 or node.keywords:
        return True
    own = joined(*[body.parts_set for _, body in defined.methods])
    if any(_makes_one(one, own) for one in node.body):
        return True
    for base in node.bases:
        binding = look(base.id) if isinstance(base, ast.Name) else None
        every = binding.deferred if binding is not None else ()
        if any(_shares(one, look, depth + 1) for one in every):
            return True
    return any(body.changes_class for _, body in defined.methods)


def _makes_one(statement: ast.stmt, own: frozenset[str]) -> bool:
    """Does it make an object for the class that is no attribute which instances set, ``own``?"""
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Assign) and own.issuperset(names_in(statement)):
        return False
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and value is not None:
        func = value.func if isinstance(value, ast.Call) else None
        if isinstance(func, ast.Name) and func.id in _MADE_FOR_EACH:
            return False
        return not is_immutable(value)
    return isinstance(statement, (ast.For, ast.While, ast.If, ast.With, ast.Try))
