"""What the form of a statement says of the objects that it binds or changes.

Most statements bind a name to a literal, a sum or a call of which nothing is known: these say
little, and what they cannot say is not looked for.
"""

from __future__ import annotations

import ast

from . import mutation as known
from .aliases import ADDING, SHARING, aliases_of
from .facts import Alias, Shape, StatementFacts
from .folding import FOLDED, folded_part
from .nodes import last_name
from .patterns import (
    CONSTRUCTORS,
    SAYING,
    consumables_of,
    defined_unless,
    is_immutable,
    is_sequence,
    replays_of,
)
from .shapes import SHAPING, closed_keys, shapes_of

_MADE_ANEW = frozenset({ast.List, ast.ListComp, ast.Dict, ast.DictComp, ast.Subscript, ast.Set})
"""Kinds of values that are changeable, or of which nothing is known."""
_WITH_KEYS = frozenset({ast.Call, ast.Dict})
_LISTS = frozenset({ast.Call, ast.List, ast.ListComp})
_SHAPED = frozenset({ast.Call, ast.Subscript, ast.Name})
_CONSUMED = frozenset({ast.Call, ast.IfExp, ast.GeneratorExp})
_BINDING = frozenset({ast.Assign, ast.AnnAssign, ast.AugAssign})
_TELLING = (
    frozenset({"SimpleNamespace", "DataFrame", "sorted", "list"})
    | CONSTRUCTORS | SAYING | SHAPING | SHARING | known.CONSUMABLE | known.IDEMPOTENT
)  # fmt: skip
"""Last names of calls whose result is not only what may be folded."""
_REPEATED = ADDING | known.IDEMPOTENT
"""Methods of which a call by itself says something."""


def read_form(facts: StatementFacts, node: ast.stmt) -> None:
    """Add to ``facts`` what can be told without walking the statement."""
    kind = type(node)
    if kind is ast.Assign and _is_plain(facts, node):  # type: ignore[arg-type]
        return
    if kind in _BINDING:
        _of_value(facts, node, type(node.value))  # type: ignore[attr-defined]
    elif kind is ast.Expr:
        _of_call(facts, node.value, node)  # type: ignore[attr-defined]
    elif facts.is_compound:
        facts.unless = defined_unless(node)
        if consumables := consumables_of(node):
            facts.consumables = frozenset(consumables)
        _shared(facts, node)


def _is_plain(facts: StatementFacts, node: ast.Assign) -> bool:
    """Does it bind one name to what says nothing more than is added here?"""
    target, value = node.targets[0], node.value
    if type(target) is not ast.Name or len(node.targets) > 1:
        return False
    kind = type(value)
    if kind is ast.Constant:
        facts.immutable = True
        facts.folded = value
    elif kind is ast.Name:
        facts.folded = value
        facts.shapes = (Shape(target.id, value.id),)  # type: ignore[attr-defined]
        facts.aliases = (Alias(target.id, value.id, "exact"),)  # type: ignore[attr-defined]
    elif kind is ast.BinOp or (
        kind is ast.Call and last_name(value.func) not in _TELLING  # type: ignore[attr-defined]
    ):
        facts.immutable = kind is ast.BinOp and is_immutable(node)
        facts.folded = folded_part(node)
    else:
        return False
    return True


def _of_value(facts: StatementFacts, node: ast.stmt, kind: type) -> None:
    if kind not in _MADE_ANEW:
        facts.immutable = is_immutable(node)
        if kind in FOLDED:
            facts.folded = folded_part(node)
    if kind in _WITH_KEYS and (closed := closed_keys(node)):
        facts.closed = closed
    if kind in _LISTS:
        facts.sequence = is_sequence(node)
    if kind is ast.Constant and facts.folded is not None:
        return  # a name for a literal shares nothing
    if type(node) is ast.Assign:
        _repetition(facts, node, kind)
    if kind in _CONSUMED and (consumables := consumables_of(node)):
        facts.consumables = frozenset(consumables)
    _shared(facts, node)


def _of_call(facts: StatementFacts, value: ast.expr, node: ast.stmt) -> None:
    """A call by itself says something if it is one of a method that is known."""
    if type(value) is not ast.Call or type(value.func) is not ast.Attribute:
        return
    if value.keywords or value.func.attr in _REPEATED:
        _repetition(facts, node, ast.Call)
        _shared(facts, node)


def _repetition(facts: StatementFacts, node: ast.stmt, kind: type) -> None:
    if kind in _SHAPED and (shapes := shapes_of(node)):
        facts.shapes = shapes
    if replays := replays_of(node):
        facts.replays = replays


def _shared(facts: StatementFacts, node: ast.stmt) -> None:
    if aliases := aliases_of(node):
        facts.aliases = tuple(aliases)
