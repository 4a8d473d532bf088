"""What one call expression does, looked up in the tables of `mutation` and
`effect_tables`."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from . import mutation as known
from .effects import effects_of, is_unrepeatable, random_state_of


@dataclass(frozen=True)
class CallFacts:
    """``mutates``: roots changed by the call, with whether through something held."""

    mutates: tuple[tuple[str, bool], ...] = ()
    shows: bool = False
    silent: bool = False
    effects: tuple[tuple[str, str], ...] = ()
    opaque: str | None = None
    draws: frozenset[str] = frozenset()
    seeds: frozenset[str] = frozenset()
    unrepeatable: bool = False
    consumable: bool = False


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
        if isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
            deep = True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in known.VIEWS | known.RETURNS_SELF:
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
        mutates=tuple(_mutated(node, last)),
        shows=last in known.SHOWING or name.startswith(("logging.", "logger.")),
        silent=last in known.SILENT_STATEMENTS,
        effects=tuple(effects_of(node, name, last)),
        opaque=None
        if "." in name and last in ("exec", "globals")
        else known.OPAQUE_CALLS.get(last),
        draws=draws,
        seeds=seeds,
        unrepeatable=unrepeatable,
        consumable=last in known.CONSUMABLE,
    )


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _mutated(node: ast.Call, last: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    if isinstance(node.func, ast.Attribute):
        name, deep = root(node.func.value)
        in_place = any(
            keyword.arg == known.INPLACE_KEYWORD and _is_true(keyword.value)
            for keyword in node.keywords
        )
        if name and (last in known.MUTATING_METHODS or in_place):
            found.append((name, deep))
    position = known.MUTATING_FUNCTIONS.get(last)
    if position is not None and len(node.args) > position:
        name, deep = root(node.args[position])
        if name:
            found.append((name, deep))
    return found


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)
