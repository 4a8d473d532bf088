"""Attributes that hold what an object was given, and so may be changed for others, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .aliases import sources_of
from .facts import DeferredFacts
from .nodes import walk
from .scope import parameters

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def changes_given(body: DeferredFacts, owner: DeferredFacts) -> bool:
    """May the method change an object that its own holds, and others may have?"""
    if not body.params or f"*{body.params[0]}" not in body.changes_params:
        return False
    if not body.parts_changed or not isinstance(owner.node, ast.ClassDef) or owner.bases:
        return True
    return not body.parts_changed.isdisjoint(_parts_given(owner.node))


def _parts_given(defined: ast.ClassDef) -> frozenset[str]:
    """As `_given`. Kept at the node: each call of a method asks."""
    kept: frozenset[str] | None = defined.__dict__.get("parts_given")
    if kept is None:
        kept = defined.__dict__["parts_given"] = frozenset(_given(defined))
    return kept


def _given(defined: ast.ClassDef) -> Iterator[str]:
    """The attributes that get something of a parameter; all fields where no method sets them."""
    for method in defined.body:
        if isinstance(method, ast.AnnAssign) and isinstance(method.target, ast.Name):
            yield method.target.id
        if isinstance(method, _FUNCTIONS):
            given = frozenset(parameters(method.args)[1:])
            for one in walk(method):
                if isinstance(one, (ast.Assign, ast.AnnAssign)) and _has_of(one.value, given):
                    yield from _attributes(one)


def _has_of(value: ast.expr | None, given: frozenset[str]) -> bool:
    return value is not None and not given.isdisjoint([name for name, _ in sources_of(value)])


def _attributes(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        yield from (one.attr for one in walk(target) if isinstance(one, ast.Attribute))
