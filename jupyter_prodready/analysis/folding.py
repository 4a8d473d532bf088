"""Constant folding: what an expression over literal values comes to.

Two assignments of the same value are the same to all that follows, however the value was
written. Only numbers, texts, truth values, None and small tuples of these are folded, by
operators, a few builtins and the functions of `math`: nothing of the page is run.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, cast

from .bindings import UNKNOWN, Binding
from .nodes import children

Look = Callable[[str], Binding | None]
MOST_NODES = 40
MOST_DIGITS = 1e15
MOST_ITEMS = 200
_SCALARS = (int, float, str, bool, type(None))
_OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
_UNARY: Mapping[type, Callable[[Any], Any]] = {
    ast.UAdd: operator.pos, ast.USub: operator.neg, ast.Not: operator.not_,
}  # fmt: skip
_BUILTINS: Mapping[str, Callable[..., Any]] = {
    one.__name__: one for one in (abs, bool, float, int, len, max, min, round, str, sum)
}
_ENDLESS = frozenset({"factorial", "comb", "perm", "ldexp"})
_MATH = {name: one for name, one in vars(math).items() if callable(one) and name not in _ENDLESS}
FOLDED = frozenset({
    ast.Constant, ast.Name, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Tuple, ast.Call,
    ast.Attribute, ast.IfExp,
})  # fmt: skip
"""Kinds of expressions that may be folded."""


def folded_part(node: ast.stmt) -> ast.expr | None:
    """The expression whose value a plain assignment binds, if it may be folded."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        before = ast.Name(node.target.id, ast.Load())
        value: ast.expr = ast.BinOp(before, node.op, node.value)
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        value = node.value
        if not isinstance(node.targets[0], ast.Name):
            return None
    else:
        return None
    return value if may_fold(value) else None


def may_fold(value: ast.expr) -> bool:
    """May its value follow from literals?"""
    if type(value) is ast.Call:
        func = value.func
        if type(func) is ast.Attribute and func.attr not in _MATH:
            return False
    parts: list[Any] = [value]
    for part in parts:
        kind = type(part)
        if kind is ast.Name or kind is ast.Constant:
            continue
        if kind is ast.BinOp:
            parts += part.left, part.right
        elif kind is ast.Call and not part.keywords:
            parts.append(part.func)
            parts += part.args
        elif kind not in FOLDED or (kind is ast.Attribute and not _may_be_function(part)):
            return False
        else:
            parts += children(part)
        if len(parts) > MOST_NODES + 1:
            return False
    return True


def _may_be_function(node: ast.AST) -> bool:
    """Can a call of it be folded?"""
    return type(node) is not ast.Attribute or node.attr in _MATH


def value_of(node: ast.expr, look: Look) -> object:
    """The value of an expression over literals and names of literals, else `UNKNOWN`."""
    try:
        value = _value(node, look)
    except (ArithmeticError, TypeError, ValueError, LookupError):  # as the page will raise
        return UNKNOWN
    return value if _is_small(value) else UNKNOWN


def _is_small(value: object) -> bool:
    if isinstance(value, tuple):
        return len(value) <= MOST_ITEMS and all(isinstance(one, _SCALARS) for one in value)
    if isinstance(value, str):
        return len(value) <= MOST_ITEMS
    return isinstance(value, _SCALARS) and (
        not isinstance(value, (int, float)) or abs(value) < MOST_DIGITS
    )


def _value(node: ast.expr, look: Look) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        binding = look(node.id)
        return UNKNOWN if binding is None else binding.constant
    if isinstance(node, ast.Tuple):
        return _all([value_of(one, look) for one in node.elts])
    if isinstance(node, ast.UnaryOp):
        return _apply(_UNARY.get(type(node.op)), value_of(node.operand, look))
    if isinstance(node, ast.BinOp):
        left, right = value_of(node.left, look), value_of(node.right, look)
        if not isinstance(node.op, ast.Add) and not _are_numbers(left, right):
            return UNKNOWN  # `"x" * 10**9` and `"%999999999d" % 1` would fill the memory
        return _apply(_OPERATORS.get(type(node.op)), left, right)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = value_of(node.left, look), value_of(node.comparators[0], look)
        return _apply(_OPERATORS.get(type(node.ops[0])), left, right)
    if isinstance(node, ast.IfExp):
        test = value_of(node.test, look)
        return test if test is UNKNOWN else _value(node.body if test else node.orelse, look)
    if isinstance(node, ast.Call) and not node.keywords:
        given = [value_of(one, look) for one in node.args]
        function = _function(node.func, look)
        if function is round and len(given) > 1 and not -20 < cast(int, given[1]) < 20:
            return UNKNOWN  # `round(1, -10**9)` would not end
        return _apply(function, *given)
    return UNKNOWN


def _are_numbers(*values: object) -> bool:
    return all(isinstance(value, (int, float)) for value in values)


def _all(values: list[object]) -> object:
    return UNKNOWN if any(one is UNKNOWN for one in values) else tuple(values)


def _apply(function: Callable[..., Any] | None, *values: Any) -> Any:
    if function is None or any(one is UNKNOWN for one in values):
        return UNKNOWN
    return function(*values)


def _function(node: ast.expr, look: Look) -> Callable[..., Any] | None:
    """The builtin, or the function of `math`, that ``node`` stands for."""
    if isinstance(node, ast.Name):
        binding = look(node.id)
        if binding is None:
            return _BUILTINS.get(node.id)
        found = [item.name for item in _imported(binding) if item.asname == node.id]
        return _MATH.get(found[0] or "") if found else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        binding = look(node.value.id)
        whole = binding is not None and any(
            item.asname == node.value.id and item.name is None for item in _imported(binding)
        )
        return _MATH.get(node.attr) if whole else None
    return None


def _imported(binding: Binding) -> list[Any]:
    return [item for item in binding.chain.step.facts.imports if item.module == "math"]
