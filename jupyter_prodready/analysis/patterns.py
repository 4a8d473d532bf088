"""Shapes of statements that matter to provenance: aliases, constants, replays."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from . import mutation as known
from .calls import dotted, root
from .facts import Alias, Replay

_CONSTRUCTORS = frozenset(
    {"int", "float", "str", "bool", "len", "sum", "min", "max", "round", "tuple", "frozenset"}
)


def is_immutable(node: ast.stmt) -> bool:
    """Does this assignment certainly bind a value that cannot be changed in place?"""
    return (
        isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and _immutable(node.value)
    )


def _immutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.Compare):
        return True
    if isinstance(node, ast.UnaryOp):
        return _immutable(node.operand)
    if isinstance(node, ast.BinOp):
        return _immutable(node.left) and _immutable(node.right)
    if isinstance(node, ast.Tuple):
        return all(_immutable(element) for element in node.elts)
    return isinstance(node, ast.Call) and dotted(node.func) in _CONSTRUCTORS


# --- aliases ------------------------------------------------------------------------------


def aliases_of(node: ast.stmt) -> Iterator[Alias]:
    """Which names share their object, or something in it, after ``node``."""
    for inner in _assignments(node):
        yield from inner


def _assignments(node: ast.AST) -> Iterator[Iterator[Alias]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield _pair(target, node.value)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield _pair(node.target, node.value)
    elif isinstance(node, ast.For):
        yield _elements(node.target, node.iter)
    elif isinstance(node, ast.NamedExpr):
        yield _pair(node.target, node.value)
    if isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try):
        for child in ast.iter_child_nodes(node):
            yield from _assignments(child)
    elif isinstance(node, ast.ExceptHandler):
        for child in node.body:
            yield from _assignments(child)


def _pair(target: ast.expr, value: ast.expr) -> Iterator[Alias]:
    if isinstance(target, ast.Tuple | ast.List):
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
            for left, right in zip(target.elts, value.elts, strict=True):
                yield from _pair(left, right)
        else:
            for left in target.elts:
                yield from _pair(left, value)
    elif isinstance(target, ast.Name):
        yield from (Alias(target.id, source, holds) for source, holds in sources_of(value))
    else:
        name, _ = root(target)
        if name is not None:
            yield from (Alias(name, source, True) for source, _ in sources_of(value))


def _elements(target: ast.expr, iterable: ast.expr) -> Iterator[Alias]:
    arguments = [iterable]
    if isinstance(iterable, ast.Call) and dotted(iterable.func) in (
        "zip",
        "enumerate",
        "reversed",
        "sorted",
    ):
        arguments = list(iterable.args)
    names = [name.id for name in ast.walk(target) if isinstance(name, ast.Name)]
    for argument in arguments:
        source, _ = root(argument)
        if source is not None:
            yield from (Alias(name, source) for name in names)


def sources_of(value: ast.expr) -> Iterator[tuple[str, bool]]:
    """(name, is it only held?) of each object that the value may be, or hold."""
    if isinstance(value, ast.Name):
        yield value.id, False
    elif isinstance(value, ast.Attribute) or (
        isinstance(value, ast.Subscript) and _simple_key(value.slice)
    ):
        name, _ = root(value)
        if name is not None:
            yield name, False
    elif isinstance(value, ast.List | ast.Tuple | ast.Set):
        for element in value.elts:
            yield from ((name, True) for name, _ in sources_of(element))
    elif isinstance(value, ast.Dict):
        for element in value.values:
            yield from ((name, True) for name, _ in sources_of(element))
    elif isinstance(value, ast.IfExp):
        yield from sources_of(value.body)
        yield from sources_of(value.orelse)
    elif isinstance(value, ast.BoolOp):
        for element in value.values:
            yield from sources_of(element)
    elif isinstance(value, ast.Starred | ast.NamedExpr):
        yield from sources_of(value.value)
    elif isinstance(value, ast.Call):
        yield from _call_sources(value)


def _call_sources(value: ast.Call) -> Iterator[tuple[str, bool]]:
    if (
        isinstance(value.func, ast.Attribute)
        and value.func.attr in known.VIEWS | known.RETURNS_SELF
    ):
        name, _ = root(value.func.value)
        if name is not None:
            yield name, False
    elif dotted(value.func) in (
        "list",
        "tuple",
        "dict",
        "set",
        "copy.copy",
        "iter",
        "partial",
        "functools.partial",
    ):
        for argument in value.args:
            yield from ((name, True) for name, _ in sources_of(argument))


def _simple_key(node: ast.expr) -> bool:
    """An index that may share memory or an element: a constant, a name's slice, a slice."""
    if isinstance(node, ast.UnaryOp):
        return _simple_key(node.operand)
    if isinstance(node, ast.Tuple):
        return all(_simple_key(element) for element in node.elts)
    return isinstance(node, ast.Constant | ast.Slice)


# --- replays --------------------------------------------------------------------------------


def replays_of(node: ast.stmt) -> Iterator[Replay]:
    """For each name that ``node`` changes so that doing it again changes nothing."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if isinstance(target, ast.Subscript):
            yield from _column_replay(target, node.value)
        elif isinstance(target, ast.Name) and _idempotent_on(node.value, ast.dump(_loaded(target))):
            yield Replay(target.id, frozenset(), None)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if isinstance(call.func, ast.Attribute) and call.func.attr in known.IDEMPOTENT:
            name, _ = root(call.func.value)
            if name is not None:
                yield Replay(name, frozenset(), None)


def _column_replay(target: ast.Subscript, value: ast.expr) -> Iterator[Replay]:
    name, deep = root(target.value)
    written = _literals(target.slice)
    if name is None or deep or written is None:
        return
    if _idempotent_on(value, ast.dump(_loaded(target))):
        yield Replay(name, frozenset(), written)
        return
    read = _columns_read(value, name)
    if read is not None and not read & written:
        yield Replay(name, read, written)


def _loaded(target: ast.expr) -> ast.expr:
    """``target`` as it looks where it is read."""
    return ast.parse(ast.unparse(target), mode="eval").body


def _idempotent_on(value: ast.expr, target: str) -> bool:
    """Is ``value`` a chain of idempotent calls that starts at the target itself?"""
    while isinstance(value, ast.Call):
        if isinstance(value.func, ast.Attribute) and value.func.attr in known.IDEMPOTENT:
            inner = value.func.value
            value = (
                inner.value
                if isinstance(inner, ast.Attribute) and inner.attr in ("str", "dt")
                else inner
            )
        elif (
            isinstance(value.func, ast.Name)
            and value.func.id in known.IDEMPOTENT
            and len(value.args) >= 1
        ) or (
            isinstance(value.func, ast.Attribute)
            and value.func.attr in known.IDEMPOTENT
            and value.args
        ):
            value = value.args[0]
        else:
            return False
        if ast.dump(value) == target:
            return True
    return False


def _literals(node: ast.expr) -> frozenset[str] | None:
    if isinstance(node, ast.Constant):
        return frozenset({repr(node.value)})
    if isinstance(node, ast.List) and all(
        isinstance(element, ast.Constant) for element in node.elts
    ):
        return frozenset(
            repr(element.value) for element in node.elts if isinstance(element, ast.Constant)
        )
    return None


def _columns_read(value: ast.expr, name: str) -> frozenset[str] | None:
    """The string keys by which ``value`` reads ``name``; None if it reads it otherwise."""
    columns: set[str] = set()
    whole = sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))
    for node in ast.walk(value):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id == name
        ):
            keys = _literals(node.slice)
            if keys is None:
                return None
            columns |= keys
            whole -= 1
    return frozenset(columns) if whole == 0 else None
