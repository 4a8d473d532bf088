"""Which branch of an ``if`` a clean run takes, where its test follows from literal values."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Mapping

from .bindings import UNKNOWN, Binding
from .folding import value_of

Bindings = Mapping[str, Binding | None]
_DEFERRED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def is_taken(node: ast.stmt, name: str, reads: Bindings) -> bool:
    """Does the ``if`` statement ``node`` surely come to where it reads ``name``?"""
    if not isinstance(node, ast.If):
        return False
    test = value_of(node.test, reads.get)
    return test is not UNKNOWN and _reads(node.body if test else node.orelse, name, reads)


def is_left_out(node: ast.stmt, name: str, reads: Bindings) -> bool:
    """Does the ``if`` statement ``node`` mention ``name`` in a branch alone that is not taken?"""
    if not isinstance(node, ast.If) or (test := value_of(node.test, reads.get)) is UNKNOWN:
        return False
    return not any(
        _may_run(one) or _names(one, name)
        for one in [node.test, *(node.body if test else node.orelse)]
    )


def reached(
    node: ast.If, names: Collection[str], value_of: Callable[[ast.expr], object]
) -> Collection[str]:
    """Those of ``names`` that ``node`` may bind, as far as its test is known: names of the branch
    that is not taken stay what they are."""
    if (test := value_of(node.test)) is UNKNOWN:
        return names
    if test:
        left_out, taken = node.orelse, node.body
    else:
        left_out, taken = node.body, node.orelse
    gone = _bound_in(left_out) - _bound_in(taken) - _bound_in([ast.Expr(node.test)])
    return [name for name in names if name not in gone]


def _bound_in(body: Iterable[ast.stmt]) -> set[str]:
    """Every name that is bound somewhere in it, by itself: not by what it calls."""
    found: set[str] = set()
    for node in (inner for statement in body for inner in ast.walk(statement)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return found


def _reads(body: Iterable[ast.stmt], name: str, reads: Bindings) -> bool:
    for statement in body:
        if isinstance(statement, ast.If):
            if _mentions(statement.test, name) or is_taken(statement, name, reads):
                return True
        elif isinstance(statement, (ast.Expr, ast.Assign, ast.AugAssign)) and _loads(
            statement, name
        ):
            return True
    return False


def _loads(statement: ast.stmt, name: str) -> bool:
    """Does it load the name at once, whatever else is true?"""
    return _mentions(statement, name)


def _may_run(part: ast.AST) -> bool:
    """May it come to code that is written elsewhere?"""
    return any(isinstance(node, (ast.Call, ast.Attribute, ast.With)) for node in ast.walk(part))


def _names(part: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(part))


def _mentions(part: ast.AST, name: str) -> bool:
    for node in ast.walk(part):
        if isinstance(node, (*_DEFERRED, ast.IfExp, ast.BoolOp, ast.comprehension)):
            return False
    return _names(part, name)
