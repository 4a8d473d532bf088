"""What one call expression does, looked up in the tables of `mutation` and
`effect_tables`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import mutation as known
from .ambient import is_ambient
from .effects import effects_of, is_unrepeatable, may_draw, may_reach_out, random_state_of
from .facts import Mutation
from .items import first_item, literal_keys
from .nodes import dotted as dotted
from .nodes import last_name as last_name
from .words import NOTHING

_HANDED_ON = known.VIEWS | known.RETURNS_SELF
_CHANGED_BY = frozenset({known.INPLACE_KEYWORD, known.OUT_KEYWORD})


class CallFacts(NamedTuple):
    """``mutations``: objects that the call changes in place. ``beside``: may it show
    anything, or do anything that is no change of an object?"""

    mutations: tuple[Mutation, ...] = ()
    silent: bool = False
    beside: bool = False
    shows: bool = False
    opaque: str | None = None
    unrepeatable: bool = False
    effects: tuple[tuple[str, str], ...] = ()
    draws: frozenset[str] = NOTHING
    seeds: frozenset[str] = NOTHING


def root(node: ast.expr) -> tuple[str | None, bool]:
    """(name at the root of an access path, does the path go through an element?)"""
    deep = False
    while True:
        if type(node) is ast.Name:
            return node.id, deep
        if type(node) is ast.Attribute or type(node) is ast.Subscript:
            node = node.value
            deep = True
        elif type(node) is ast.Call and type(node.func) is ast.Attribute:
            if node.func.attr not in _HANDED_ON:
                return None, False
            node = node.func.value
            deep = True
        else:
            return None, False


def call_facts(node: ast.Call, name: str, last: str) -> CallFacts:
    """``name`` is that of what is called as it is `dotted`, ``last`` its `last_name`."""
    kind = _kind(name, last)
    if kind.is_settled and not (node.keywords and _matter(node.keywords)):
        return kind.facts
    facts = kind.facts
    if found := _mutated(node, name, last):
        facts = CallFacts(tuple(found), *facts[1:])
    if kind.draws:
        draws, seeds = random_state_of(node, name, last)
        facts = facts._replace(draws=draws, seeds=seeds)
    if kind.reaches_out:
        facts = facts._replace(effects=tuple(effects_of(node, name, last)))
    return facts


def _matter(keywords: list[ast.keyword]) -> bool:
    """May one of them name what the call changes?"""
    return bool([1 for keyword in keywords if keyword.arg in _CHANGED_BY])


class _Kind(NamedTuple):
    """What the name of a call says by itself, and what its arguments must be asked for."""

    facts: CallFacts
    draws: bool
    reaches_out: bool
    is_settled: bool
    """Do the arguments matter by their keywords alone?"""


@lru_cache(maxsize=4096)
def _kind(name: str, last: str) -> _Kind:
    unseen = "." in name and last in ("exec", "globals")
    draws, reaches_out = may_draw(name, last), may_reach_out(name, last)
    shows = last in known.SHOWING or name.startswith(("logging.", "logger."))
    opaque = None if unseen else known.OPAQUE_CALLS.get(last)
    unrepeatable = is_unrepeatable(name, last)
    beside = draws or reaches_out or shows or opaque is not None or unrepeatable
    beside = beside or is_ambient(name)
    silent = last in known.SILENT_STATEMENTS
    facts = CallFacts((), silent, beside, shows, opaque, unrepeatable)
    changes = last in known.MUTATING_METHODS or known.changed_argument(name or last) is not None
    return _Kind(facts, draws, reaches_out, not (draws or reaches_out or changes))


def _mutated(node: ast.Call, called: str, last: str) -> list[Mutation]:
    found: list[Mutation] = []
    if isinstance(node.func, ast.Attribute):
        in_place = [
            keyword
            for keyword in node.keywords
            if keyword.arg == known.INPLACE_KEYWORD and _is_true(keyword.value)
        ]
        if last in known.MUTATING_METHODS or in_place:
            found += _changed(node.func.value, node, last)
    for argument in _changed_arguments(node, called or last, last):
        name, deep = root(argument)
        if name:
            found.append(Mutation(name, deep, first_item(argument)))
    return found


def _changed_arguments(node: ast.Call, called: str, last: str) -> Iterator[ast.expr]:
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
    if isinstance(target, ast.Name) and last in known.FITS:
        return [Mutation(name, how="fit")]
    if last == "update" and isinstance(target, ast.Name) and (put := updated_keys(node)):
        return [Mutation(name, False, put, "put")]
    keys = literal_keys(node.args[0]) if node.args and isinstance(target, ast.Name) else None
    if last == "pop" and keys:
        return [Mutation(name, False, keys, "del")]
    return [Mutation(name, deep, first_item(target))]


def updated_keys(node: ast.Call) -> tuple[str, ...]:
    """The keys of ``d.update(a=1)`` and ``d.update({"a": 1})``; none for any other form."""
    names = tuple([keyword.arg for keyword in node.keywords if keyword.arg])
    given = node.args[0] if len(node.args) == 1 else None
    if isinstance(given, ast.Dict):
        texts = [one.value for one in given.keys if isinstance(one, ast.Constant)]
        names += tuple([text for text in texts if isinstance(text, str)])
        return names if len(names) == len(given.keys) + len(node.keywords) else ()
    plain = not node.args and len(names) == len(node.keywords) and "other" not in names
    return names if plain else ()


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)
