"""Methods that hand out what their object has: ``def all(self): return self.items``."""

from __future__ import annotations

import ast

from .arguments import Arguments, Look
from .bindings import Binding
from .calls import given_by, reached_by
from .deeds import CHANGED
from .facts import Call, DeferredFacts
from .nodes import walk
from .patterns import is_immutable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def hands_out(of: Binding, method: str, look: Look) -> bool:
    """May the method give the object itself, or something that it has?"""
    return any(_gives_own(body) for body in _bodies(of, method, look))


def is_handed_out(node: ast.AST, call: Call, of: Binding, look: Look) -> bool:
    """Is what ``node`` assigns the result of this call of a method, and no plain value of the
    object ``of``?"""
    value = node.value if isinstance(node, ast.Assign) else None
    called = value.func if isinstance(value, ast.Call) else None
    if not isinstance(called, ast.Attribute) or called.attr != call.method:
        return False
    if not isinstance(called.value, ast.Name) or called.value.id != call.func:
        return False
    for body in _bodies(of, called.attr, look):
        if _gives_own(body) and not _gives_plain(body, of):
            return True
    return False


def with_results(call: Call, node: ast.AST) -> Call:
    """The call, with ``d.all`` for what it is given as ``go(d.all())``."""
    for one in walk(node):
        if isinstance(one, ast.Call) and len(one.args) == len(call.args) and _is(one.func, call):
            pairs = zip(call.args, one.args, strict=True)
            return call._replace(args=tuple([name or _asked(given) for name, given in pairs]))
    return call


def _is(called: ast.expr, call: Call) -> bool:
    if isinstance(called, ast.Name):
        return call.method is None and called.id == call.func
    return reached_by(called) == (call.func, call.method)


def _asked(given: ast.expr) -> str | None:
    name = given_by(given, CHANGED) if isinstance(given, ast.Call) else None
    return name if name is not None and "." in name else None


def _bodies(of: Binding, method: str, look: Look) -> list[DeferredFacts]:
    classes = [one for one in of.deferred if one.kind == "class"]
    found = [Arguments(look).method(one, method) for one in classes]
    return [body for body in found if body is not None]


def _gives_own(body: DeferredFacts) -> bool:
    own = body.params[:1]
    return bool(own) and not body.returns.isdisjoint((*own, *body.keeps))


def _gives_plain(body: DeferredFacts, of: Binding) -> bool:
    """Does it return an attribute alone that is a number or a text wherever it is set?"""
    if not isinstance(body.node, _FUNCTIONS):
        return False
    given = [one.value for one in walk(body.node) if isinstance(one, ast.Return)]
    names = {one.attr for one in given if isinstance(one, ast.Attribute)}
    if len(names) != 1 or not all(isinstance(one, ast.Attribute) for one in given):
        return False
    return any(_is_plain(names.copy().pop(), one.node) for one in of.deferred)


def _is_plain(attribute: str, defined: ast.AST | None) -> bool:
    """Is the attribute set to plain values in the class, or counted up and down?"""
    found = False
    for one in walk(defined) if defined is not None else ():
        if isinstance(one, ast.Assign):
            if attribute in [getattr(target, "attr", None) for target in one.targets]:
                if not is_immutable(one.value) and not isinstance(one.value, ast.Name):
                    return False
                found = found or is_immutable(one.value)
        elif isinstance(one, ast.AugAssign) and getattr(one.target, "attr", None) == attribute:
            found = found or not isinstance(one.value, (ast.List, ast.ListComp))
    return found
