"""Which branch of an ``if`` a clean run takes, where its test follows from literal values."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

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


def _mentions(part: ast.AST, name: str) -> bool:
    for node in ast.walk(part):
        if isinstance(node, (*_DEFERRED, ast.IfExp, ast.BoolOp, ast.comprehension)):
            return False
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(part))
