"""Shapes of statements that matter to provenance: aliases, constants, replays."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from . import mutation as known
from .calls import dotted, root
from .facts import Alias, Replay, Sharing
from .items import literal_keys

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


def constants_of(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> tuple[tuple[str, str], ...]:
    """(name, text) where the statement binds a plain name to a literal text."""
    value = node.value
    if not isinstance(node, ast.Assign) or not isinstance(value, ast.Constant):
        return ()
    if not isinstance(value.value, str):
        return ()
    return tuple([(t.id, value.value) for t in node.targets if isinstance(t, ast.Name)])


# --- aliases ------------------------------------------------------------------------------


_ITERATING = frozenset({"zip", "enumerate", "reversed", "sorted"})
_COPYING = frozenset(
    ["list", "tuple", "dict", "set", "sorted", "reversed", "copy.copy", "filter", "deque"]
)
_HOLDING = frozenset(["iter", "partial", "functools.partial", "zip", "enumerate", "map"])


def aliases_of(node: ast.AST) -> list[Alias]:
    """Which names share their object, or something in it, after ``node``."""
    if isinstance(node, ast.Assign):
        return [alias for target in node.targets for alias in pair_aliases(target, node.value)]
    if isinstance(node, ast.AnnAssign | ast.NamedExpr):
        return [] if node.value is None else list(pair_aliases(node.target, node.value))
    found: list[Alias] = []
    if isinstance(node, ast.For | ast.AsyncFor):
        found += element_aliases(node.target, node.iter)
    if isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if item.optional_vars is not None:
                found += pair_aliases(item.optional_vars, item.context_expr)
    if isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try | ast.ExceptHandler):
        for child in ast.iter_child_nodes(node):
            found += aliases_of(child)
    return found


def pair_aliases(target: ast.expr, value: ast.expr) -> Iterator[Alias]:
    """Aliases made by ``target = value``."""
    if isinstance(target, ast.Starred):
        target = target.value
    if isinstance(target, ast.Tuple | ast.List):
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
            for left, right in zip(target.elts, value.elts, strict=True):
                yield from pair_aliases(left, right)
        else:
            for left in target.elts:
                for alias in pair_aliases(left, value):
                    yield alias._replace(how="part")
    elif isinstance(target, ast.Name):
        for source, how in sources_of(value):
            yield Alias(target.id, source, how)
    else:
        name, _ = root(target)
        if name is not None:
            for source, how in sources_of(value):
                yield Alias(name, source, "copies" if how == "copies" else "holds")


def element_aliases(target: ast.expr, iterable: ast.expr) -> list[Alias]:
    """Aliases made by ``for target in iterable``."""
    arguments = [iterable]
    if isinstance(iterable, ast.Call) and dotted(iterable.func) in _ITERATING:
        arguments = list(iterable.args)
    names = [name.id for name in ast.walk(target) if isinstance(name, ast.Name)]
    sources = [root(argument)[0] for argument in arguments]
    return [
        Alias(name, source, "part") for source in sources if source is not None for name in names
    ]


def sources_of(value: ast.expr) -> Iterator[tuple[str, Sharing]]:
    """(name, how) for each object that the value may be, be part of, hold or copy."""
    if isinstance(value, ast.Constant):
        return
    if isinstance(value, ast.Name):
        yield value.id, "exact"
    elif isinstance(value, ast.Attribute) or (
        isinstance(value, ast.Subscript) and _simple_key(value.slice)
    ):
        name, _ = root(value)
        if name is not None:
            yield name, "part"
    elif isinstance(value, ast.List | ast.Tuple | ast.Set):
        for element in value.elts:
            yield from _held(element)
    elif isinstance(value, ast.Dict):
        for element in value.values:
            yield from _held(element)
    elif isinstance(value, ast.IfExp):
        yield from sources_of(value.body)
        yield from sources_of(value.orelse)
    elif isinstance(value, ast.BoolOp):
        for element in value.values:
            yield from sources_of(element)
    elif isinstance(value, ast.Starred | ast.NamedExpr):
        yield from sources_of(value.value)
    elif isinstance(value, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        yield from _collected(value)
    elif isinstance(value, ast.Call):
        yield from _call_sources(value)


def _held(element: ast.expr) -> Iterator[tuple[str, Sharing]]:
    """Sources of an element of a container; of ``*items`` or ``**items`` its elements."""
    starred = isinstance(element, ast.Starred)
    for name, how in sources_of(element):
        yield name, "copies" if starred or how == "copies" else "holds"


def _collected(
    value: ast.ListComp | ast.SetComp | ast.GeneratorExp,
) -> Iterator[tuple[str, Sharing]]:
    """``[v for v in items]`` holds what ``items`` holds; ``[x for _ in y]`` holds ``x``."""
    loops = {alias.target: alias.source for g in value.generators
             for alias in element_aliases(g.target, g.iter)}  # fmt: skip
    for name, _ in sources_of(value.elt):
        yield (loops[name], "copies") if name in loops else (name, "holds")


def _call_sources(value: ast.Call) -> Iterator[tuple[str, Sharing]]:
    func = value.func
    if isinstance(func, ast.Attribute) and func.attr in known.RETURNS_SELF:
        name, deep = root(func.value)
        if name is not None:
            yield name, "part" if deep else "exact"
    elif isinstance(func, ast.Attribute) and func.attr in known.VIEWS:
        name, _ = root(func.value)
        if name is not None:
            yield name, "part"
    elif isinstance(func, ast.Attribute) and func.attr == "copy" and not value.args:
        for name, _ in sources_of(func.value):
            yield name, "copies"
    elif (called := dotted(func)) in _COPYING:
        for argument in value.args:
            yield from ((name, "copies") for name, _ in sources_of(argument))
    elif called in _HOLDING:
        for argument in value.args:
            yield from _held(argument)


def _simple_key(node: ast.expr) -> bool:
    """An index that may share memory or an element: a constant, a name's slice, a slice."""
    if isinstance(node, ast.UnaryOp):
        return _simple_key(node.operand)
    if isinstance(node, ast.Tuple):
        return all(_simple_key(element) for element in node.elts)
    return isinstance(node, ast.Constant | ast.Slice)


# --- replays --------------------------------------------------------------------------------


def replays_of(node: ast.stmt) -> Iterator[Replay]:
    """For what ``node`` changes so that doing it again changes nothing."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if isinstance(target, ast.Subscript):
            keys = literal_keys(target.slice)
            if not isinstance(target.value, ast.Name) or not keys or len(keys) != 1:
                return
            if _idempotent_on(node.value, target):
                yield Replay(target.value.id, keys[0])
        elif isinstance(target, ast.Name) and _idempotent_on(node.value, target):
            yield Replay(target.id)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        func = node.value.func
        if not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Name):
            return
        if func.attr in known.IDEMPOTENT:
            yield Replay(func.value.id)


def _idempotent_on(value: ast.expr, target: ast.expr) -> bool:
    """Is ``value`` a chain of idempotent calls and filters that starts at the target?"""
    steps = 0
    while not _same_place(value, target):
        inner = _before(value)
        if inner is None:
            return False
        value, steps = inner, steps + 1
    return steps > 0


def _before(value: ast.expr) -> ast.expr | None:
    """What an idempotent step of a chain is applied to."""
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name):
        return value.value if is_mask(value.slice, value.value.id) else None
    if not isinstance(value, ast.Call):
        return None
    if isinstance(value.func, ast.Attribute) and value.func.attr in known.IDEMPOTENT:
        inner = value.func.value
        if isinstance(inner, ast.Attribute) and inner.attr in ("str", "dt"):
            return inner.value
        module = isinstance(inner, ast.Name) and inner.id in ("np", "pd", "numpy", "pandas")
        return value.args[0] if module and value.args else inner
    if isinstance(value.func, ast.Name) and value.func.id in known.IDEMPOTENT and value.args:
        return value.args[0]
    return None


def _same_place(value: ast.expr, target: ast.expr) -> bool:
    if isinstance(value, ast.Name) and isinstance(target, ast.Name):
        return value.id == target.id
    if isinstance(value, ast.Subscript) and isinstance(target, ast.Subscript):
        keys = literal_keys(target.slice)
        same = keys is not None and keys == literal_keys(value.slice)
        return same and _same_place(value.value, target.value)
    return False


_ROWWISE = frozenset(
    [
        "isin",
        "isna",
        "notna",
        "isnull",
        "notnull",
        "between",
        "contains",
        "startswith",
        "endswith",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
    ]
)


def is_mask(node: ast.expr, name: str) -> bool:
    """Is ``node`` a condition on each row of ``name`` by itself, so that filtering the
    result again keeps it all?"""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        return is_mask(node.left, name) and is_mask(node.right, name)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return is_mask(node.operand, name)
    if isinstance(node, ast.Compare):
        return all(_rowwise(side, name) for side in [node.left, *node.comparators])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = node.func.value
        if isinstance(value, ast.Attribute) and value.attr == "str":
            value = value.value
        return node.func.attr in _ROWWISE and _is_column(value, name)
    return _is_column(node, name)


def _rowwise(node: ast.expr, name: str) -> bool:
    if _is_column(node, name) or isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.BinOp):
        return _rowwise(node.left, name) and _rowwise(node.right, name)
    if isinstance(node, ast.UnaryOp):
        return _rowwise(node.operand, name)
    return isinstance(node, ast.Name) and node.id != name


def _is_column(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.Subscript) and literal_keys(node.slice) is None:
        return False
    if not isinstance(node, ast.Subscript | ast.Attribute):
        return False
    return isinstance(node.value, ast.Name) and node.value.id == name
