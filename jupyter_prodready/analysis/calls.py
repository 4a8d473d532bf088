"""What one call expression does, looked up in the tables of `mutation` and
`effect_tables`."""

from __future__ import annotations

import ast

from ..records import dataclass, replace
from . import mutation as known
from .ambient import is_ambient
from .column_reads import READERS
from .deeds import CHANGED, ON_THE_SPOT
from .effects import (
    begins_anywhere,
    effects_of,
    is_unrepeatable,
    may_draw,
    may_reach_out,
    random_state_of,
)
from .facts import RESULT, Mutation
from .items import first_item, literal_keys
from .nodes import dotted as dotted
from .nodes import last_name as last_name
from .sql import EXECUTES, FETCHES, changes_data, name_of, text_of
from .words import NOTHING, made

_HANDED_ON = known.VIEWS | known.RETURNS_SELF
_OWN_METHODS = known.MUTATING_METHODS | EXECUTES
_GIVES_PART = frozenset({"getattr", "next", "memoryview", "type", "vars"})
_NAMED_GIVING = _GIVES_PART | known.SHALLOW_COPIES
_GIVING = _HANDED_ON | known.VIEW_FUNCTIONS | {"copy"}
"""Methods that may give a part of what they are given, or called on."""
_TYPES = frozenset({"list", "dict", "set", "bytearray", "object"})
_WRITTEN_TO = frozenset({known.OUT_KEYWORD, known.FILE_KEYWORD, known.CONNECTION_KEYWORD})
_CHANGING_KEYWORDS = _WRITTEN_TO | {known.INPLACE_KEYWORD}


@dataclass(slots=True, eq=False)
class CallFacts:
    """What a call does beside changing objects. ``beside``: may it do any of it, or show
    anything?"""

    silent: bool = False
    beside: bool = False
    shows: bool = False
    opaque: str | None = None
    unrepeatable: bool = False
    effects: tuple[tuple[str, str], ...] = ()
    draws: frozenset[str] = NOTHING
    seeds: frozenset[str] = NOTHING


@dataclass(slots=True, eq=False)
class CallKind:
    """What the name of a call says by itself, and what its arguments must be asked for.

    ``changes``: may it change the object that it is called on (``own``), or the argument at
    ``position``? ``writes_out``: it changes what it is given as ``out``.
    """

    facts: CallFacts
    draws: bool
    reaches_out: bool
    changes: bool
    own: bool
    position: int | None
    writes_out: bool
    columns: bool
    """Is it a method that names columns of a table?"""
    does_more: bool
    """May it do any of this, if no keyword says so?"""


def root(node: ast.expr) -> tuple[str | None, bool]:
    """(name at the root of an access path, does the path go through an element?)"""
    deep = False
    while True:
        if type(node) is ast.Name:
            return node.id, deep
        if type(node) is ast.Attribute or type(node) is ast.Subscript:
            node = node.value
            deep = True
        elif type(node) is ast.Call:
            func = node.func
            if type(func) is ast.Name:
                if func.id not in _NAMED_GIVING:
                    return None, False
            elif type(func) is ast.Attribute and func.attr not in _GIVING:
                return None, False
            behind = _behind(node, func, deep)
            if behind is None:
                return None, False
            node = behind
            deep = True
        elif type(node) is ast.NamedExpr:
            node = node.value
        else:
            return None, False


def _behind(call: ast.Call, func: ast.expr, deep: bool) -> ast.expr | None:
    """What the result of a call is a part of; ``deep``: is a part of the result meant?"""
    given = call.args
    if type(func) is ast.Attribute:
        if type(func.value) is ast.Name and func.value.id in known.ARRAY_MODULES:
            return given[0] if func.attr in known.VIEW_FUNCTIONS and given else None
        if func.attr in _HANDED_ON:
            return func.value
        return func.value if func.attr == "copy" and deep else None
    if type(func) is ast.Name:
        copied = deep and func.id in known.SHALLOW_COPIES
        return given[0] if given and (copied or func.id in _GIVES_PART) else None
    gets = type(func) is ast.Call and last_name(func.func) in known.GETTERS
    return given[0] if gets and given else None


def reached_by(called: ast.expr) -> tuple[str | None, str | None]:
    """The name and the method that a call goes by, of what is no plain name."""
    if type(called) is ast.Attribute:
        value, method = called.value, called.attr
        if type(value) is ast.Name:
            return value.id, method
        func = root(value)[0]
        if func is None and type(value) is ast.Call and (giver := given_by(value, method)):
            return giver, f"{RESULT}.{method}"
        return func, method
    if type(called) is ast.Call and type(called.func) is ast.Name:
        return called.func.id, RESULT
    if type(called) is ast.Subscript:
        name = root(called)[0]
        return name and f"*{name}", None
    return (ON_THE_SPOT if type(called) is ast.Lambda else None), None


def given_by(call: ast.Call, method: str) -> str | None:
    """The name that is called where a method of the result is: ``f`` of ``f(a).go()``; ``d.all`` of
    ``d.all().append(1)``, where that changes the result."""
    called = call.func
    if type(called) is ast.Name:
        return called.id
    if type(called) is not ast.Attribute or type(called.value) is not ast.Name:
        return None
    changes = method == CHANGED or method in known.MUTATING_METHODS
    return f"{called.value.id}.{called.attr}" if changes else None


class _Kinds(dict[str, CallKind]):
    """By the name of what is called as it is `dotted`; ``().last`` where it has no such name."""

    def __missing__(self, called: str) -> CallKind:
        if len(self) > 4096:
            self.clear()
        name, _, last = called.rpartition(".")
        self[called] = kind = _kind_of("" if name == "()" else called, last)
        return kind


KINDS = _Kinds()


def _kind_of(name: str, last: str) -> CallKind:
    """``name`` is that of what is called as it is `dotted`, ``last`` its `last_name`."""
    unseen = "." in name and last in ("exec", "globals")
    draws, reaches_out = may_draw(name, last), may_reach_out(name, last)
    shows = last in known.SHOWING or name.startswith(("logging.", "logger."))
    opaque = None if unseen else known.OPAQUE_CALLS.get(last)
    unrepeatable = is_unrepeatable(name, last)
    beside = draws or reaches_out or shows or opaque is not None or unrepeatable
    silent = last in known.SILENT_STATEMENTS
    facts = CallFacts(silent, beside or is_ambient(name or last), shows, opaque, unrepeatable)
    own, position = last in _OWN_METHODS, known.changed_argument(name or last)
    writes_out = known.writes_out(name or last, last)
    changes = own or position is not None
    columns = last in READERS
    does_more = facts.beside or changes or columns
    return CallKind(
        facts, draws, reaches_out, changes, own, position, writes_out, columns, does_more
    )


def call_facts(node: ast.Call, kind: CallKind, name: str, last: str) -> CallFacts:
    """What the call does beside changing objects."""
    facts = kind.facts
    if kind.draws:
        draws, seeds = random_state_of(node, name, last)
        once = facts.unrepeatable or begins_anywhere(node, name, last)
        facts = replace(facts, draws=draws, seeds=seeds, unrepeatable=once)
    if kind.reaches_out:
        facts = replace(facts, effects=tuple(effects_of(node, name, last)))
    return facts


def changes_by_keyword(keywords: list[ast.keyword]) -> bool:
    """May the call change anything because of a keyword?"""
    return not _CHANGING_KEYWORDS.isdisjoint([keyword.arg for keyword in keywords])


def mutated(node: ast.Call, kind: CallKind, last: str) -> list[Mutation]:
    """Objects that the call changes in place."""
    found: list[Mutation] = []
    func, keywords = node.func, node.keywords
    if type(func) is ast.Attribute and (kind.own or (keywords and _is_in_place(keywords))):
        found = _changed(func.value, node, last)
    if keywords or kind.position is not None:
        for argument in _changed_arguments(node, kind):
            name, deep = root(argument)
            if name:
                found.append(Mutation(name, deep, first_item(argument)))
    return found


def _is_in_place(keywords: list[ast.keyword]) -> bool:
    for keyword in keywords:
        if keyword.arg == known.INPLACE_KEYWORD and _is_true(keyword.value):
            return True
    return False


def _changed_arguments(node: ast.Call, kind: CallKind) -> list[ast.expr]:
    found: list[ast.expr] = []
    position = kind.position
    if position is not None and len(node.args) > position:
        found.append(node.args[position])
    if kind.writes_out:
        found += [one.value for one in node.keywords if one.arg in _WRITTEN_TO]
        found += [part for one in found if isinstance(one, ast.Tuple) for part in one.elts]
    return found


def _changed(target: ast.expr, node: ast.Call, last: str) -> list[Mutation]:
    if type(target) is ast.Name:
        if target.id in _TYPES and node.args:
            target = node.args[0]  # `list.append(a, 1)`
        else:
            return [_changed_name(target.id, node, last)]
    name, deep = root(target)
    return [] if name is None else [Mutation(name, deep, first_item(target))]


def _changed_name(name: str, node: ast.Call, last: str) -> Mutation:
    if last in EXECUTES:
        if held := name_of(node):
            return Mutation(name, True, how="told", guess=held)
        return (
            Mutation(name, deep=True) if changes_data(text_of(node)) else Mutation(name, how="ask")
        )
    if last in FETCHES:
        return Mutation(name, how="fetch")
    if last in known.FITS:
        return Mutation(name, how="fit")
    if last == "update" and (put := updated_keys(node)):
        return Mutation(name, False, put, "put")
    if last == "pop" and node.args and (keys := literal_keys(node.args[0])):
        return Mutation(name, False, keys, "del")
    return made(Mutation, (name, False, None, "change", False, False, ""))


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
