"""Which special methods of an object a statement runs, by the way that it uses the name.

From the Python reference, Data model (3.3. Special method names).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from .nodes import children, last_name, walk
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
_COMPARED = words("__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__")
_SOUGHT = _ITERATED | words("__contains__ __eq__")
_AWAITED = words("__await__")
_OPERATIONS = words("add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor")
_OPERATED = frozenset([f"__{side}{name}__" for name in _OPERATIONS for side in ("", "r")])
_SIGNED = words("__neg__ __pos__ __invert__")
_IN_PLACE = frozenset([f"__i{name}__" for name in _OPERATIONS]) | _OPERATED
_BY_CALL: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(words("print str repr format display ascii"), _SHOWN),
    **dict.fromkeys(
        words("list tuple enumerate zip map iter reversed deque extend join chain islice"),
        _ITERATED,
    ),
    **dict.fromkeys(
        words("set frozenset dict Counter update sorted min max"), _ITERATED | _COMPARED
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

_GIVING = words("get pop popitem popleft setdefault values items copy")
"""Methods of containers that give elements, or another container with these."""
_ORDERING = words("max min sorted")
_COMPARING = words("index count remove")
"""Methods of containers that compare what is in there."""
USING = frozenset(_BY_CALL)
"""Functions of which it is known what they run of what they are given."""


def special_used(name: str, node: ast.AST) -> set[str]:
    """The names of the special methods that ``node`` may run of what ``name`` stands for."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for used, methods in _READERS.get(type(one), _nothing)(one):
            if isinstance(used, ast.Name) and used.id == name:
                found |= methods
        waiting += children(one)
    return found


_MAKING = words("__init__ __new__ __post_init__ __init_subclass__ __class_getitem__ __set_name__")


def is_special(name: str) -> bool:
    """May Python call the method of an object that there is already?"""
    return (name[:2] == "__" and name not in _MAKING) or name in _SHOWN


def methods_named(name: str, node: ast.AST, back: Collection[str] | None = None) -> set[str] | None:
    """The names of the methods that ``node`` may run of what ``name`` stands for, or of its
    elements, ``back`` if it hands that back; None where it hands it on, to what may run others."""
    found: set[str] = set()
    uses, known = set[int](), set[int]()
    for one in walk(node):
        if isinstance(one, ast.Name):
            if one.id == name and isinstance(one.ctx, ast.Load):
                uses.add(id(one))
            continue
        if isinstance(one, (ast.Subscript, ast.Call)) and _is_element(one, name):
            uses.add(id(one))
        uses_here = _READERS.get(type(one), _nothing)(one)
        if isinstance(one, (ast.Return, ast.Yield)) and back is not None:
            uses_here = iter([(one.value, frozenset(back))])
        for used, methods in uses_here:
            if type(one) is ast.BoolOp or used is None:
                continue
            if isinstance(used, ast.Name):
                if used.id != name:
                    continue
            elif not _is_of(used, name) or (methods >= _ITERATED and type(one) is not ast.Compare):
                continue
            found |= methods
            known.add(id(used))
    return found if uses <= known else None


def _is_of(node: ast.AST, name: str) -> bool:
    """Is it an element of what ``name`` stands for, or an attribute of such a thing?"""
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Load) and _begins_with(node.value, name)
    return _is_element(node, name)


def _is_element(node: ast.AST, name: str) -> bool:
    """``xs[0]``, ``xs.pop()``, ``d.get("k")``, but not where it is set or deleted."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Load) and _begins_with(node.value, name)
    func = node.func if isinstance(node, ast.Call) else None
    if not isinstance(func, ast.Attribute) or func.attr not in _GIVING:
        return False
    return _begins_with(func.value, name)


def _begins_with(node: ast.AST, name: str) -> bool:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return isinstance(node, ast.Name) and node.id == name


_Uses = Iterator[tuple[ast.AST | None, frozenset[str]]]


def _nothing(node: Any) -> _Uses:
    return iter(())


def _call(node: ast.Call) -> _Uses:
    yield node.func, words("__call__")
    name = last_name(node.func)
    methods, by_key = _BY_CALL.get(name), any(one.arg == "key" for one in node.keywords)
    if by_key and name in _ORDERING:
        methods = _ITERATED
    elif name == "sort" and not by_key and isinstance(node.func, ast.Attribute):
        yield node.func.value, _COMPARED
    for argument in node.args if methods is not None else ():
        yield argument, methods or frozenset()


def _with(node: ast.With) -> _Uses:
    for item in node.items:
        yield item.context_expr, _ENTERED


def _with_later(node: ast.AsyncWith) -> _Uses:
    for item in node.items:
        yield item.context_expr, _ENTERED_LATER


def _comprehension(node: ast.comprehension) -> _Uses:
    yield node.iter, _ITERATED_LATER if node.is_async else _ITERATED
    yield from ((one, _TESTED) for one in node.ifs)


def _compare(node: ast.Compare) -> _Uses:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        yield right, _SOUGHT if isinstance(operator, (ast.In, ast.NotIn)) else _COMPARED
    yield node.left, _COMPARED


def _subscript(node: ast.Subscript) -> _Uses:
    methods = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}
    yield node.value, frozenset([methods[type(node.ctx)], "__missing__"])


def _augmented(node: ast.AugAssign) -> _Uses:
    yield node.target, _IN_PLACE
    yield node.value, _OPERATED
    if isinstance(node.target, ast.Subscript):
        yield node.target.value, words("__getitem__ __setitem__")


def _assigned(node: ast.Assign) -> _Uses:
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


def _attribute(node: ast.Attribute) -> _Uses:
    methods = {ast.Load: _FOUND, ast.Store: words("__setattr__"), ast.Del: words("__delattr__")}
    of_elements = _COMPARED if node.attr in _COMPARING else frozenset()
    yield node.value, methods[type(node.ctx)] | of_elements | {node.attr}


_READERS: Mapping[type, Callable[[Any], _Uses]] = {
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
