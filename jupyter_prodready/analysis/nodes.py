"""The parts of a syntax tree that say something: `ast.iter_child_nodes` without contexts and
operators, and in half the time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

_IDLE = frozenset(
    [
        "ctx", "op", "ops", "type_comment", "kind", "type_ignores", "id", "attr", "arg",
        "module", "level", "asname", "is_async", "conversion", "simple", "rest", "kwd_attrs",
        "tag", "str",
    ]
)  # fmt: skip
"""Fields that hold no node, or a context or an operator."""
_MIXED = frozenset({ast.Dict, ast.arguments, ast.Global, ast.Nonlocal})
"""Kinds whose lists may hold what is no node."""
_GET: dict[type, Callable[[ast.AST], Iterable[object]]] = {}


def children(node: ast.AST) -> list[Any]:
    """The nodes directly below ``node``, in the order of the source."""
    kind = type(node)
    get = _GET.get(kind)
    if get is None:
        get = _GET[kind] = _getter(kind)
    found: list[Any] = []
    for value in get(node):
        if type(value) is list:
            found += value
        elif isinstance(value, ast.AST):
            found.append(value)
    return [one for one in found if isinstance(one, ast.AST)] if kind in _MIXED else found


def _getter(kind: type[ast.AST]) -> Callable[[ast.AST], Iterable[object]]:
    """What fetches the values of the fields that may hold nodes."""
    fields = [name for name in kind._fields if name not in _IDLE]
    if kind in (ast.Constant, ast.MatchSingleton) or not fields:
        return lambda node: ()
    get = attrgetter(*fields)
    return get if len(fields) > 1 else lambda node: (get(node),)


def walk(node: ast.AST) -> list[ast.AST]:
    """``node`` and all nodes below it, in no particular order."""
    found = [node]
    for one in found:
        if not isinstance(one, (ast.Name, ast.Constant)):
            found += children(one)
    return found


_BRANCHING = frozenset(
    [ast.If, ast.For, ast.While, ast.With, ast.Try, ast.ExceptHandler, ast.AsyncFor, ast.AsyncWith,
     ast.Match, ast.match_case]
)  # fmt: skip


def unfolded(node: ast.AST) -> list[ast.AST]:
    """``node``, what stands in its branches, and in theirs, in the order of the source."""
    found = [node]
    if type(node) in _BRANCHING:
        for child in children(node):
            found += unfolded(child) if type(child) in _BRANCHING else (child,)
    return found


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a plain attribute chain, else the empty text. Kept at the node: it is
    asked for by each who looks at a call."""
    if type(node) is ast.Name:
        return node.id
    if type(node) is not ast.Attribute:
        return ""
    value = node.value
    if type(value) is ast.Name:
        return f"{value.id}.{node.attr}"
    kept: str | None = node.__dict__.get("dotted")
    if kept is None:
        before = dotted(value)
        kept = node.__dict__["dotted"] = before and f"{before}.{node.attr}"
    return kept


def last_name(func: ast.expr) -> str:
    """``c`` of ``a.b.c`` and of ``f().c``; empty where what is called has no name."""
    if type(func) is ast.Attribute:
        return func.attr
    return func.id if type(func) is ast.Name else ""


def names_in(node: ast.AST) -> list[str]:
    """The names that stand anywhere in ``node``, in no particular order."""
    if isinstance(node, ast.Name):
        return [node.id]
    return [one.id for one in walk(node) if isinstance(one, ast.Name)]
