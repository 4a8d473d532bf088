"""Which names share their object, or a part of it, after a statement."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from . import mutation as known
from .calls import dotted, root
from .facts import Alias, Sharing
from .nodes import children, walk

_PASSING = frozenset({"zip", "enumerate", "reversed", "sorted", "list", "tuple", "iter"})
_ADDING = frozenset(
    ["append", "appendleft", "add", "insert", "extend", "update", "setdefault", "put", "push"]
)
_TAKING = frozenset({"extend", "update"})
_COPYING = frozenset(
    ["list", "tuple", "dict", "set", "sorted", "reversed", "copy.copy", "filter", "deque"]
)
_HOLDING = frozenset(["iter", "partial", "functools.partial", "zip", "enumerate", "map"])


def aliases_of(node: ast.AST) -> list[Alias]:
    """Which names share their object, or something in it, after ``node``."""
    if isinstance(node, ast.Assign):
        return [alias for target in node.targets for alias in pair_aliases(target, node.value)]
    if isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
        return [] if node.value is None else list(pair_aliases(node.target, node.value))
    if isinstance(node, ast.Expr):
        return list(added(node.value))
    found: list[Alias] = []
    if isinstance(node, (ast.For, ast.AsyncFor)):
        found += element_aliases(node.target, node.iter)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        for item in node.items:
            if item.optional_vars is not None:
                found += pair_aliases(item.optional_vars, item.context_expr)
    if isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.ExceptHandler)):
        for child in children(node):
            found += aliases_of(child)
    return found


def pair_aliases(target: ast.expr, value: ast.expr) -> Iterator[Alias]:
    """Aliases made by ``target = value``."""
    if isinstance(target, ast.Starred):
        target = target.value
    if isinstance(target, (ast.Tuple, ast.List)):
        if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
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
    called = dotted(iterable.func) if isinstance(iterable, ast.Call) else ""
    given = iterable.args if isinstance(iterable, ast.Call) else []
    pair = target.elts if isinstance(target, ast.Tuple) and len(target.elts) == 2 else None
    if called == "enumerate" and given and pair:
        return element_aliases(pair[1], given[0])
    if called == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(given):
        pairs = zip(target.elts, given, strict=True)
        return [alias for left, right in pairs for alias in element_aliases(left, right)]
    if called in _PASSING:
        return [alias for argument in given for alias in element_aliases(target, argument)]
    if pair and isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Attribute):
        target = pair[1] if iterable.func.attr in ("items", "groupby") else target
    source, _ = root(iterable)
    names = [name.id for name in walk(target) if isinstance(name, ast.Name)]
    return [] if source is None else [Alias(name, source, "element") for name in names]


def sources_by_name(aliases: Iterable[Alias]) -> dict[str, str]:
    """For each loop variable what it is an element of."""
    return {alias.target: alias.source for alias in aliases}


def added(node: ast.expr) -> Iterator[Alias]:
    """Aliases made by a call that puts its arguments into the object: ``a.append(b)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    name, _ = root(node.func.value)
    if name is None or node.func.attr not in _ADDING:
        return
    for argument in node.args:
        for source, how in sources_of(argument):
            taken = how == "copies" or node.func.attr in _TAKING
            yield Alias(name, source, "copies" if taken else "holds")


def sources_of(value: ast.expr) -> Iterator[tuple[str, Sharing]]:
    """(name, how) for each object that the value may be, be part of, hold or copy."""
    if isinstance(value, ast.Constant):
        return
    if isinstance(value, ast.Name):
        yield value.id, "exact"
    elif isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice):
        name, deep = root(value.value)
        if name is not None:
            yield name, "part" if deep else "slice"
    elif isinstance(value, ast.Attribute) or (
        isinstance(value, ast.Subscript) and _simple_key(value.slice)
    ):
        name, _ = root(value)
        if name is not None:
            yield name, "part"
    elif isinstance(value, (ast.List, ast.Tuple, ast.Set)):
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
    elif isinstance(value, (ast.Starred, ast.NamedExpr)):
        yield from sources_of(value.value)
    elif isinstance(value, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
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
    return isinstance(node, (ast.Constant, ast.Slice))
