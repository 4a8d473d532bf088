"""Other ways to write a call or an attribute: `getattr`, `partial`, a method under a name."""

from __future__ import annotations

import ast

from .facts import DeferredFacts
from .mutation import MUTATING_METHODS
from .nodes import last_name

BOUND = DeferredFacts("bound")
"""What a method that changes its object does when it is called by a name of its own."""
BOUND.changes_params = BOUND.own_state = frozenset({"self"})
GETTER = DeferredFacts("function", ("thing",))
"""``itemgetter("k")``, once it has a name."""
GETTER.returns = frozenset({"thing"})


def changing_method(value: ast.expr) -> ast.expr | None:
    """The object of a method that changes it and is not called here: ``a`` of ``a.append``,
    of ``getattr(a, "append")`` and of ``partial(a.append, 1)``."""
    if isinstance(value, ast.Call):
        if last_name(value.func) == "partial" and value.args:
            return changing_method(value.args[0])
        value = as_attribute(value) or value
    if isinstance(value, ast.Attribute) and value.attr in MUTATING_METHODS:
        return value.value
    return None


def as_attribute(call: ast.Call) -> ast.Attribute | None:
    """``a.x`` for ``getattr(a, "x")``."""
    if not isinstance(call.func, ast.Name) or call.func.id != "getattr" or len(call.args) < 2:
        return None
    name = call.args[1]
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        return None
    return ast.copy_location(ast.Attribute(call.args[0], name.value, ast.Load()), call)


def direct(call: ast.Call, called: ast.Call) -> ast.Call | None:
    """``a.append(1)`` for ``getattr(a, "append")(1)``, ``f(1, 2)`` for ``partial(f, 1)(2)``;
    ``called`` is what ``call`` calls."""
    func: ast.expr | None = as_attribute(called)
    args, keywords = call.args, call.keywords
    if last_name(called.func) == "partial" and called.args:
        func, *first = called.args
        args, keywords = [*first, *args], [*called.keywords, *keywords]
    return None if func is None else ast.copy_location(ast.Call(func, args, keywords), call)
