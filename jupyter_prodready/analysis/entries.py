"""Entries of a literal: each key of a dict, column of a frame made of one, attribute of a
`SimpleNamespace` follows from its own expression alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .bindings import Chain, Columns, Interner, Step, linked, number_of
from .nodes import names_in, walk

_PLAIN = (ast.Constant, ast.Name, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.BinOp, ast.UnaryOp)
"""What an entry may be made of: nothing that runs code of its own, or gives another value the
next time."""


def entry(columns: Columns, key: str, interner: Interner) -> Chain | None:
    """The link of an entry as it was written down; None where it hangs on more than its own
    expression, or was written since."""
    step, known = columns.literal, columns.entries
    if step is None or known is None or not columns.there.get(key):
        return None
    if key not in known:
        known[key] = _entry(step, key, interner)
    return known[key]


def of_one_object(columns: Columns, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys, and those under which the literal has the very objects that it has under these:
    ``{"a": x, "b": x}``."""
    node = columns.literal.facts.node if columns.literal is not None else None
    if not isinstance(node, ast.Assign):
        return keys
    named = {key: one.id for key, one in _entries(node.value) if isinstance(one, ast.Name)}
    if len(set(named.values())) == len(named):
        return keys
    meant = {named[key] for key in keys if key in named and key not in columns.written}
    others = [key for key, name in named.items() if name in meant and key not in columns.written]
    return (*keys, *[key for key in others if isinstance(key, str) and key not in keys])


def _entry(step: Step, key: str, interner: Interner) -> Chain | None:
    if not isinstance(step.facts.node, ast.Assign):
        return None
    value = step.facts.node.value
    around = _around(value)
    found = [given for name, given in _entries(value) if name == key]
    if not found or not all(isinstance(one, _PLAIN) for one in walk(found[-1])):
        return None
    if around and not isinstance(found[-1], (ast.List, ast.Tuple)):
        return None  # the other columns say how often a value stands in this one
    parts = [found[-1], *around]
    inputs = tuple(sorted(_inputs(parts, step)))
    number = interner.number("entry", key, tuple([ast.dump(part) for part in parts]), inputs)
    return linked(step, number)


def _entries(value: ast.expr) -> Iterator[tuple[object, ast.expr]]:
    if isinstance(value, ast.Call):
        if not value.args:
            yield from ((keyword.arg, keyword.value) for keyword in value.keywords)
            return
        value = value.args[0]
    if isinstance(value, ast.Dict):
        for name, given in zip(value.keys, value.values, strict=True):
            yield getattr(name, "value", None), given


def _around(value: ast.expr) -> list[ast.AST]:
    """What makes a frame of a dict: it has a say in every column."""
    if not isinstance(value, ast.Call) or not value.args:
        return []
    return [value.func, *value.keywords]


def _inputs(parts: Iterable[ast.AST], step: Step) -> set[tuple[str, int]]:
    names = {name for part in parts for name in names_in(part)}
    return {(name, number_of(name, step.reads.get(name))) for name in names}
