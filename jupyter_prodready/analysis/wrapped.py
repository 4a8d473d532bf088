"""Decorated functions: does calling what a decorator of the page makes of one surely call it?"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from .bindings import Binding
from .consumed import body_of, calls_of, sure_parts
from .facts import DeferredFacts
from .nodes import last_name, unfolded, walk
from .scope import bound_in, parameters

_Sure = tuple[bool, bool]
_MAYBE: _Sure = (False, False)


def surely_called(name: str, binding: Binding, sure: _Sure) -> _Sure:
    """``sure`` for a call of the name, as it is for the one function that it stands for."""
    functions = [one for one in binding.deferred if one.kind == "function"]
    if sure == _MAYBE or (len(functions) < 2 and not any(one.decorated for one in functions)):
        return sure
    step = binding.chain.step
    own = dict(step.facts.deferred).get(name)
    if own not in functions or own is None or own.node is None:
        return _MAYBE
    used = own.node.decorator_list
    makers = [_maker(one, step.reads) for one in used]
    if len(functions) == 1 and makers == [None] * len(makers):
        return sure  # a library's
    through = _passes_on(makers[0], used[0]) if len(makers) == 1 else _MAYBE
    return sure[0] and through[0], sure[1] and through[1]


def _maker(decorator: ast.expr, reads: Mapping[str, Binding | None]) -> DeferredFacts | None:
    """The one function of the page that the decorator is, or that makes it."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    binding = reads.get(called.id) if isinstance(called, ast.Name) else None
    if binding is None or len(binding.deferred) != 1:
        return None
    return binding.deferred[0]


def _passes_on(maker: DeferredFacts | None, decorator: ast.expr) -> _Sure:
    """Does what the decorator returns surely call the function that it is given?"""
    made = maker.node if maker is not None else None
    if isinstance(decorator, ast.Call):
        made = _returned(made)[0]
    inner, name = _returned(made)
    if made is None or isinstance(made, ast.ClassDef):
        return _MAYBE
    params = parameters(made.args)[:1]
    if not params or params[0] in bound_in(made.body)[0]:
        return _MAYBE
    if name == params[0]:
        return True, True
    if inner is None or not _is_plain(inner, params[0]):
        return _MAYBE
    is_it = calls_of(params[0])
    for loops in (False, True):
        if any(map(is_it, sure_parts(body_of(inner), loops=loops))):
            return not loops, True
    return _MAYBE


_Function = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | None


def _returned(made: _Function) -> tuple[_Function, str]:
    """The function that ``made`` returns, whatever happens, and its name."""
    body: Sequence[ast.stmt] = made.body if isinstance(made, ast.FunctionDef) else ()
    last = body[-1] if body else None
    value = last.value if isinstance(last, ast.Return) else None
    every = [one for statement in body for one in unfolded(statement)]
    if not isinstance(value, ast.Name) or sum(isinstance(one, ast.Return) for one in every) != 1:
        return None, ""
    named = [one for one in every if getattr(one, "name", None) == value.id]
    inner = named[0] if len(named) == 1 else None
    return (inner if isinstance(inner, ast.FunctionDef) else None), value.id


def _is_plain(inner: _Function, function: str) -> bool:
    """Does it run when it is called, and mean by the name the function that was given?"""
    if not isinstance(inner, ast.FunctionDef):
        return False
    kept = [
        last_name(one.func) if isinstance(one, ast.Call) else "" for one in inner.decorator_list
    ]
    own = {*parameters(inner.args), *bound_in(inner.body)[0]}
    lazy = any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in walk(inner))
    return kept in ([], ["wraps"]) and function not in own and not lazy
