"""Arguments that are kept by other ways than under their own names: in a list that is written down,
by a function that makes the instance, as a function that is called later."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .arguments import Arguments, Look
from .bindings import Binding
from .facts import Call, DeferredFacts, StatementFacts
from .given import given_for
from .nodes import last_name, names_in, walk

_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)


def keeps_any(deferred: DeferredFacts, call: Call) -> bool:
    """Does what the call runs of the class, or the function, keep any of its arguments?"""
    if deferred.kind != "class":
        return bool(deferred.keeps)
    if call.method is not None and deferred.bases:
        return True
    body = deferred.method(call.method or "__init__")
    return "*" in deferred.keeps or (body is not None and bool(body.keeps))


def displayed(facts: StatementFacts, call: Call) -> list[str]:
    """The names in the lists and dicts that are written down in the call."""
    found: list[str] = []
    if "[" not in facts.text and "{" not in facts.text:
        return found
    for one in _written(facts.node, call):
        if isinstance(one, _DISPLAYS):
            found += names_in(one)
    return found


def is_given_function(node: ast.AST, call: Call) -> bool:
    """Is a function without a name written down in the call?"""
    return any(isinstance(one, ast.Lambda) for one in _written(node, call))


def _written(node: ast.AST, call: Call) -> Iterator[ast.expr]:
    value = getattr(node, "value", None)
    for one in [value] if isinstance(value, ast.Call) else walk(node):
        if isinstance(one, ast.Call) and last_name(one.func) == (call.method or call.func):
            yield from one.args
            yield from (option.value for option in one.keywords)


def gives_function(facts: StatementFacts, look: Look) -> bool:
    """Does an object of the page keep a function that is written down there?"""
    for call in facts.calls:
        binding = look(call.func)
        if binding is not None and any(keeps_any(one, call) for one in binding.deferred):
            return is_given_function(facts.node, call)
    return False


def kept_inside(facts: StatementFacts, look: Look) -> Iterator[tuple[Binding, str]]:
    """What a function of the page puts into the instance that it makes and hands back."""
    call = facts.result_of
    binding = look(call.func) if call is not None else None
    for function in binding.deferred if binding is not None else ():
        for given in _inside(call, function, look) if call is not None else ():
            source = look(given.lstrip("*"))
            if source is not None and not source.immutable and not source.module:
                yield source, "holds"


def _inside(call: Call, function: DeferredFacts, look: Look) -> Iterator[str]:
    """What the instances keep that a function makes: ``def train(x): return Model(x)``."""
    made = [inner for inner in function.calls if inner.method is None]
    classes = [one for inner in made for one in _classes(inner.func, look)]
    for inner in function.calls if classes else ():
        for one in _classes(inner.func, look) if inner.method is None else classes:
            kept = set(_kept(inner, one, look)).intersection(function.params)
            if kept:
                yield from given_for(call, function, frozenset(kept))


def _classes(name: str, look: Look) -> list[DeferredFacts]:
    binding = look(name)
    every = binding.deferred if binding is not None and not binding.bare else ()
    return [one for one in every if one.kind == "class"]


def _kept(inner: Call, made: DeferredFacts, look: Look) -> Iterator[str]:
    if inner.method is None and "*" in made.keeps:
        yield from (name for name in inner.args if name is not None)
    body = Arguments(look).method(made, inner.method or "__init__")
    if body is not None:
        yield from given_for(inner, body, body.keeps, offset=1)
