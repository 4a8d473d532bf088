"""Which special methods of an object a statement runs, by the way that it uses the name.

From the Python reference, Data model (3.3. Special method names).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .nodes import children, last_name
from .words import words

_ENTERED = words("__enter__ __exit__")
_ENTERED_LATER = words("__aenter__ __aexit__")
_ITERATED = words("__iter__ __next__ __getitem__ __len__")
_ITERATED_LATER = words("__aiter__ __anext__")
_TESTED = words("__bool__ __len__")
_SHOWN = words(
    "__str__ __repr__ __format__ _repr_html_ _repr_mimebundle_ _repr_pretty_ _ipython_display_ "
    "_repr_markdown_ _repr_latex_ _repr_svg_ _repr_png_ _repr_jpeg_ _repr_json_"
)
_FOUND = words("__getattr__ __getattribute__")
COMPARED = words("__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__")
_SOUGHT = _ITERATED | words("__contains__ __eq__")
_AWAITED = words("__await__")
_OPERATIONS = words("add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor")
_OPERATED = frozenset([f"__{side}{name}__" for name in _OPERATIONS for side in ("", "r")])
_SIGNED = words("__neg__ __pos__ __invert__")
_IN_PLACE = frozenset([f"__i{name}__" for name in _OPERATIONS]) | _OPERATED
BY_CALL: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(words("print str repr format display ascii"), _SHOWN),
    **dict.fromkeys(
        words("list tuple enumerate zip map iter reversed deque extend join chain islice"),
        _ITERATED,
    ),
    **dict.fromkeys(
        words("set frozenset dict Counter update sorted min max groupby nlargest nsmallest"),
        _ITERATED | COMPARED,
    ),
    **dict.fromkeys(words("any all filter"), _ITERATED | _TESTED),
    "sum": _ITERATED | _OPERATED,
    "next": words("__next__"),
    **dict.fromkeys(words("replace asdict astuple"), words("__init__ __post_init__")),
    "len": words("__len__"),
    "bool": _TESTED,
    "hash": words("__hash__"),
    **{name: frozenset([f"__{name}__"]) for name in words("abs int float complex round dir")},
}  # fmt: skip

GIVING = words("get pop popitem popleft setdefault values items copy")
"""Methods of containers that give elements, or another container with these."""
ORDERING = words("max min sorted groupby nlargest nsmallest")
"""Functions that call what their ``key`` is, and not what they go through."""
_COMPARING = words("index count remove")
"""Methods of containers that compare what is in there."""
USING = frozenset(BY_CALL)
"""Functions of which it is known what they run of what they are given."""


def special_used(name: str, node: ast.AST) -> set[str]:
    """The names of the special methods that ``node`` may run of what ``name`` stands for."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for used, methods in read_by(one):
            if isinstance(used, ast.Name) and used.id == name:
                found |= methods
        waiting += children(one)
    return found


_MAKING = words("__init__ __new__ __post_init__ __init_subclass__ __class_getitem__ __set_name__")


def is_special(name: str) -> bool:
    """May Python call the method of an object that there is already?"""
    return (name[:2] == "__" and name not in _MAKING) or name in _SHOWN


def read_by(node: ast.AST) -> Uses:
    """What ``node`` itself uses, each with the methods that Python may run of it for that."""
    return _READERS.get(type(node), _nothing)(node)


Uses = Iterator[tuple[ast.AST | None, frozenset[str]]]


def _nothing(node: Any) -> Uses:
    return iter(())


def _call(node: ast.Call) -> Uses:
    yield node.func, words("__call__")
    name = last_name(node.func)
    methods, by_key = BY_CALL.get(name), any(one.arg == "key" for one in node.keywords)
    if by_key and name in ORDERING:
        methods = _ITERATED
    elif name == "sort" and not by_key and isinstance(node.func, ast.Attribute):
        yield node.func.value, COMPARED
    for argument in node.args if methods is not None else ():
        yield argument, methods or frozenset()


def _with(node: ast.With) -> Uses:
    for item in node.items:
        yield item.context_expr, _ENTERED


def _with_later(node: ast.AsyncWith) -> Uses:
    for item in node.items:
        yield item.context_expr, _ENTERED_LATER


def _comprehension(node: ast.comprehension) -> Uses:
    yield node.iter, _ITERATED_LATER if node.is_async else _ITERATED
    yield from ((one, _TESTED) for one in node.ifs)


def _compare(node: ast.Compare) -> Uses:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        yield right, _SOUGHT if isinstance(operator, (ast.In, ast.NotIn)) else COMPARED
    yield node.left, COMPARED


def _subscript(node: ast.Subscript) -> Uses:
    methods = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}
    yield node.value, frozenset([methods[type(node.ctx)], "__missing__"])
    yield node.slice, COMPARED


def _augmented(node: ast.AugAssign) -> Uses:
    yield node.target, _IN_PLACE
    yield node.value, _OPERATED
    if isinstance(node.target, ast.Subscript):
        yield node.target.value, words("__getitem__ __setitem__")


def _assigned(node: ast.Assign) -> Uses:
    if any(isinstance(target, (ast.Tuple, ast.List)) for target in node.targets):
        yield node.value, _ITERATED
    for one in put_into(node.value):
        yield one, frozenset()


def put_into(value: ast.expr) -> list[ast.expr]:
    """What a list, a tuple or the values of a dict are written down of: it is kept, nothing of it
    runs."""
    if isinstance(value, ast.Dict):
        return value.values
    return value.elts if isinstance(value, (ast.List, ast.Tuple)) else []


def _attribute(node: ast.Attribute) -> Uses:
    methods = {ast.Load: _FOUND, ast.Store: words("__setattr__"), ast.Del: words("__delattr__")}
    of_elements = COMPARED if node.attr in _COMPARING else frozenset()
    yield node.value, methods[type(node.ctx)] | of_elements | {node.attr}


_READERS: Mapping[type, Callable[[Any], Uses]] = {
    ast.Call: _call,
    ast.With: _with,
    ast.AsyncWith: _with_later,
    ast.For: lambda node: iter([(node.iter, _ITERATED)]),
    ast.AsyncFor: lambda node: iter([(node.iter, _ITERATED_LATER)]),
    ast.comprehension: _comprehension,
    ast.Starred: lambda node: iter([(node.value, _ITERATED)]),
    ast.YieldFrom: lambda node: iter([(node.value, _ITERATED)]),
    ast.Await: lambda node: iter([(node.value, _AWAITED)]),
    ast.Compare: _compare,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.AugAssign: _augmented,
    ast.Assign: _assigned,
    ast.BinOp: lambda node: iter([(node.left, _OPERATED), (node.right, _OPERATED | _SHOWN)]),
    ast.UnaryOp: lambda node: iter([(node.operand, _SIGNED | _TESTED)]),
    ast.BoolOp: lambda node: iter([(one, _TESTED) for one in node.values]),
    **dict.fromkeys([ast.If, ast.While, ast.IfExp], lambda node: iter([(node.test, _TESTED)])),
    ast.Assert: lambda node: iter([(node.test, _TESTED)]),
    ast.FormattedValue: lambda node: iter([(node.value, _SHOWN)]),
    ast.Expr: lambda node: iter([(node.value, _SHOWN)]),
}
