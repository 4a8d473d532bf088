"""What no display option changes: numbers, texts, shapes; no table and no array."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from .bindings import UNKNOWN, Binding, Step

OPTIONS = "@options"
_MEASURES = frozenset({"len", "int", "float", "bool", "type"})
_SIZES = frozenset({"shape", "size", "ndim", "empty"})
_OF_PYTHON = frozenset({"tolist", "item"})
_ALWAYS_BOOL = (ast.In, ast.NotIn, ast.Is, ast.IsNot)
_Reads = Mapping[str, Binding | None]


def looks_alike(step: Step) -> bool:
    """Does it show only what no option of NumPy, pandas or Matplotlib changes?"""
    node, reads = step.facts.node, step.reads
    if not isinstance(node, ast.Expr) or any(one and one.deferred for one in reads.values()):
        return False
    call = node.value
    prints = isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    if prints and isinstance(call, ast.Call) and ast.unparse(call.func) == "print":
        given = [*call.args, *[one.value for one in call.keywords]]
        return all(_is_plain(one, reads) for one in given)
    return _is_plain(call, reads)


def _is_plain(node: ast.expr, reads: _Reads) -> bool:
    rule = _RULES.get(type(node))
    return rule is not None and rule(node, reads)


def _all(nodes: list[ast.expr], reads: _Reads) -> bool:
    return all(_is_plain(one, reads) for one in nodes)


def _name(node: ast.Name, reads: _Reads) -> bool:
    binding = reads.get(node.id)
    if binding is None:
        return False
    if binding.module or binding.constant is not UNKNOWN:
        return True
    step, made = binding.chain.step, binding.chain.step.facts.node
    if binding.chain.before is not None or not isinstance(made, ast.Assign):
        return False
    alone = len(made.targets) == 1 and isinstance(made.targets[0], ast.Name)
    return alone and step.reads is not reads and _is_plain(made.value, step.reads)


def _call(node: ast.Call, reads: _Reads) -> bool:
    func = node.func
    if isinstance(func, ast.Name):
        return func.id in _MEASURES and reads.get(func.id) is None
    return isinstance(func, ast.Attribute) and func.attr in _OF_PYTHON


def _compare(node: ast.Compare, reads: _Reads) -> bool:
    if all(isinstance(one, _ALWAYS_BOOL) for one in node.ops):
        return True
    return _all([node.left, *node.comparators], reads)


def _formatted(node: ast.FormattedValue, reads: _Reads) -> bool:
    return node.format_spec is not None or _is_plain(node.value, reads)


_RULES: Mapping[type, Callable[..., bool]] = {
    ast.Constant: lambda node, reads: True,
    ast.Name: _name,
    ast.Attribute: lambda node, reads: node.attr in _SIZES,
    ast.Subscript: lambda node, reads: _is_plain(node.value, reads),
    ast.Call: _call,
    ast.Compare: _compare,
    ast.JoinedStr: lambda node, reads: _all(node.values, reads),
    ast.FormattedValue: _formatted,
    ast.Tuple: lambda node, reads: _all(node.elts, reads),
    ast.List: lambda node, reads: _all(node.elts, reads),
    ast.BinOp: lambda node, reads: _all([node.left, node.right], reads),
    ast.UnaryOp: lambda node, reads: isinstance(node.op, ast.Not) or _is_plain(node.operand, reads),
    ast.BoolOp: lambda node, reads: _all(node.values, reads),
}
