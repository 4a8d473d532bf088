"""What one call expression does, looked up in the tables of `mutation` and
`effect_tables`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from . import mutation as known
from .effects import effects_of, is_unrepeatable, random_state_of
from .facts import Mutation
from .items import first_item, literal_keys

_HANDED_ON = known.VIEWS | known.RETURNS_SELF


class CallFacts(NamedTuple):
    """``mutations``: objects that the call changes in place."""

    mutations: tuple[Mutation, ...] = ()
    shows: bool = False
    silent: bool = False
    effects: tuple[tuple[str, str], ...] = ()
    opaque: str | None = None
    draws: frozenset[str] = frozenset()
    seeds: frozenset[str] = frozenset()
    unrepeatable: bool = False


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a plain attribute chain, else the empty text."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def root(node: ast.expr) -> tuple[str | None, bool]:
    """(name at the root of an access path, does the path go through an element?)"""
    deep = False
    while True:
        if isinstance(node, ast.Name):
            return node.id, deep
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
            deep = True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in _HANDED_ON:
                return None, False
            node = node.func.value
            deep = True
        else:
            return None, False


def call_facts(node: ast.Call) -> CallFacts:
    name = dotted(node.func)
    last = _last_name(node.func)
    draws, seeds = random_state_of(node, name, last)
    unrepeatable = is_unrepeatable(name, last)
    return CallFacts(
        mutations=tuple(_mutated(node, last)),
        shows=last in known.SHOWING or name.startswith(("logging.", "logger.")),
        silent=last in known.SILENT_STATEMENTS,
        effects=tuple(effects_of(node, name, last)),
        opaque=None
        if "." in name and last in ("exec", "globals")
        else known.OPAQUE_CALLS.get(last),
        draws=draws,
        seeds=seeds,
        unrepeatable=unrepeatable,
    )


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _mutated(node: ast.Call, last: str) -> list[Mutation]:
    found: list[Mutation] = []
    if isinstance(node.func, ast.Attribute):
        in_place = any(
            keyword.arg == known.INPLACE_KEYWORD and _is_true(keyword.value)
            for keyword in node.keywords
        )
        if last in known.MUTATING_METHODS or in_place:
            found += _changed(node.func.value, node, last)
    for argument in _changed_arguments(node, last):
        name, deep = root(argument)
        if name:
            found.append(Mutation(name, deep, first_item(argument)))
    return found


def _changed_arguments(node: ast.Call, last: str) -> Iterator[ast.expr]:
    called = dotted(node.func) or last
    position = known.changed_argument(called)
    if position is not None and len(node.args) > position:
        yield node.args[position]
    for keyword in node.keywords:
        if keyword.arg == known.OUT_KEYWORD and known.writes_out(called, last):
            yield keyword.value


def _changed(target: ast.expr, node: ast.Call, last: str) -> list[Mutation]:
    name, deep = root(target)
    if name is None:
        return []
    keys = literal_keys(node.args[0]) if node.args and isinstance(target, ast.Name) else None
    if last == "pop" and keys:
        return [Mutation(name, False, keys, "del")]
    return [Mutation(name, deep, first_item(target))]


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)
