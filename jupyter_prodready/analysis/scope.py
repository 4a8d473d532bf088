"""Which names a function or class body binds for itself (Python's scoping rules)."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .nodes import children
from .words import NOTHING

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parameters(arguments: ast.arguments) -> tuple[str, ...]:
    """All parameter names, positional ones first."""
    return tuple([argument.arg for argument in all_arguments(arguments)])


def stars(arguments: ast.arguments) -> tuple[str, str]:
    """The names of ``*args`` and ``**options``."""
    rest, named = arguments.vararg, arguments.kwarg
    return rest.arg if rest else "", named.arg if named else ""


def all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters, positional ones first."""
    every, rest, named = arguments.args, arguments.vararg, arguments.kwarg
    if arguments.posonlyargs or arguments.kwonlyargs:
        every = [*arguments.posonlyargs, *every, *arguments.kwonlyargs]
    return [*every, *[one for one in (rest, named) if one]] if rest or named else every


def bound_in(body: Iterable[ast.AST]) -> tuple[frozenset[str], frozenset[str]]:
    """(names bound in this scope, names declared ``global``), nested scopes left out."""
    bound: set[str] = set()
    outer: set[str] = set()
    declared: set[str] = set()
    for node in body:
        _collect(node, bound, outer, declared, in_comprehension=False)
    return frozenset(bound - outer), frozenset(declared)


def _collect(
    node: ast.AST, bound: set[str], outer: set[str], declared: set[str], *, in_comprehension: bool
) -> None:
    if isinstance(node, ast.Global):
        declared.update(node.names)
        outer.update(node.names)
        return
    if isinstance(node, ast.Nonlocal):
        return
    bound.update(_bound_here(node, in_comprehension=in_comprehension))
    if isinstance(node, _SCOPES):
        return
    inside = in_comprehension or isinstance(node, _COMPREHENSIONS)
    for child in children(node):
        _collect(child, bound, outer, declared, in_comprehension=inside)


def _bound_here(node: ast.AST, *, in_comprehension: bool) -> Iterable[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return () if in_comprehension else (node.id,)
    if isinstance(node, ast.NamedExpr):
        return (node.target.id,)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return (node.name,)
    if isinstance(node, ast.alias):
        return ((node.asname or node.name).split(".")[0],)
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        return (node.name,) if node.name else ()
    if isinstance(node, ast.MatchMapping):
        return (node.rest,) if node.rest else ()
    return ()


MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
"""Decorators of `contextlib`: what the function yields is what `with` binds."""


def yielded(node: FunctionNode) -> frozenset[str]:
    """Parameters and names of the page that the function yields."""
    own = bound_in(node.body)[0].difference(parameters(node.args))
    found = {
        one.value.id
        for one in ast.walk(node)
        if isinstance(one, ast.Yield) and isinstance(one.value, ast.Name)
    }
    return frozenset(found - own)


def mutable_defaults(arguments: ast.arguments) -> frozenset[str]:
    """Parameters whose default is a list, dict or set, made once for all calls."""
    for one in (*arguments.defaults, *arguments.kw_defaults):
        if type(one) in _MUTABLE:
            every = all_defaults(arguments)
            return frozenset([name for name, default in every if type(default) in _MUTABLE])
    return NOTHING


_MUTABLE = frozenset({ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp})


def named_defaults(arguments: ast.arguments) -> tuple[tuple[str, str], ...]:
    """(parameter, name) where the default is what a name stands for."""
    defaults = arguments.defaults
    if arguments.kw_defaults or arguments.posonlyargs:
        every = all_defaults(arguments)
        return tuple([(name, one.id) for name, one in every if isinstance(one, ast.Name)])
    plain = arguments.args[-len(defaults) :]
    return tuple(
        [
            (at.arg, one.id)
            for at, one in zip(plain, defaults, strict=False)
            if type(one) is ast.Name
        ]
    )


def all_defaults(arguments: ast.arguments) -> list[tuple[str, ast.expr]]:
    """(parameter, its default) for each that has one."""
    plain = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(plain), reversed(arguments.defaults), strict=False)]
    pairs += [(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d]
    return [(argument.arg, default) for argument, default in pairs]
