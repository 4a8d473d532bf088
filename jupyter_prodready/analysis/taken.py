"""Which branch of an ``if`` a clean run takes, where its test follows from literal values."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping

from .bindings import UNKNOWN, Binding

Bindings = Mapping[str, Binding | None]
_COMPARE: Mapping[type, Callable[[object, object], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_DEFERRED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def is_taken(node: ast.stmt, name: str, reads: Bindings) -> bool:
    """Does the ``if`` statement ``node`` surely come to where it reads ``name``?"""
    if not isinstance(node, ast.If):
        return False
    test = value_of(node.test, reads)
    return test is not UNKNOWN and _reads(node.body if test else node.orelse, name, reads)


def _reads(body: Iterable[ast.stmt], name: str, reads: Bindings) -> bool:
    for statement in body:
        if isinstance(statement, ast.If):
            if is_taken(statement, name, reads):
                return True
        elif isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign) and _loads(
            statement, name
        ):
            return True
    return False


def _loads(statement: ast.stmt, name: str) -> bool:
    """Does it load the name at once, whatever else is true?"""
    for node in ast.walk(statement):
        if isinstance(node, (*_DEFERRED, ast.IfExp, ast.BoolOp, ast.comprehension)):
            return False
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(statement))


def value_of(node: ast.expr, reads: Bindings) -> object:
    """The value of a test over literals and names of literals, else `UNKNOWN`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        binding = reads.get(node.id)
        return UNKNOWN if binding is None else binding.constant
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = value_of(node.operand, reads)
        return UNKNOWN if inner is UNKNOWN else not inner
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node, reads)
    return UNKNOWN


def _compared(node: ast.Compare, reads: Bindings) -> object:
    left, right = value_of(node.left, reads), value_of(node.comparators[0], reads)
    compare = _COMPARE.get(type(node.ops[0]))
    if compare is None or left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    try:
        return compare(left, right)
    except TypeError:
        return UNKNOWN
