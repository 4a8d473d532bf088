"""Generators of the page where values are followed.

One runs to its end as soon as it is called. That comes to the same where it is gone through at
once, looks at things alone, and nobody who goes through it changes what it looks at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from .attributes import Attributes
from .evaluator import Scope
from .harmless import only_looks
from .nodes import walk
from .objects import Function, Yielded
from .value_calls import Unknown, small
from .values import is_fixed

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


class Generators(Attributes):
    """``ahead`` are the generators that run."""

    def __init__(self, names: dict[str, Any], unbound: frozenset[str]) -> None:
        super().__init__(names, unbound)
        self.ahead: list[Yielded] = []

    def yielded(self, function: Function, scopes: tuple[Scope, ...]) -> Yielded:
        node = function.node
        if isinstance(node, ast.Lambda) or any(isinstance(one, ast.Try) for one in walk(node)):
            raise Unknown
        made, shown, before = Yielded(), len(self.shown), self.scopes
        self.ahead.append(made)
        self.scopes = scopes
        self.depth += 1
        try:
            self.check_ahead(node)
            self.run(node)
        except Exception as error:  # when it came would tell what was done before
            raise Unknown from error
        finally:
            self.scopes, self.depth = before, self.depth - 1
            self.ahead.pop()
        if len(self.shown) > shown:
            raise Unknown
        for outer in self.ahead:
            outer.names |= made.names
        return made

    def run(self, node: ast.FunctionDef) -> None:
        raise NotImplementedError

    def expression(self, node: ast.expr) -> None:
        """A statement that is one: `yield` has no value here."""
        if isinstance(node, ast.Yield):
            value = None if node.value is None else self.evaluate(node.value)
            self._ahead().items.append(value)
            small(self._ahead().items)
        elif isinstance(node, ast.YieldFrom):
            self._ahead().items += self.iterated(self.gone_through(node.value))
            small(self._ahead().items)
        else:
            self.evaluate(node)

    def _ahead(self) -> Yielded:
        if not self.ahead:
            raise Unknown
        return self.ahead[-1]

    def check_ahead(self, node: ast.FunctionDef | ast.Lambda) -> None:
        """Refuse code that changes anything, where it runs ahead of its time."""
        if not self.ahead:
            return
        if not only_looks(node):
            raise Unknown
        names = _looked_at(node)
        for one in self.ahead:
            one.names.update(names)

    def check_added(self, old: Any) -> None:
        """Refuse to change in place what may have been given out."""
        if self.ahead and not is_fixed(old):
            raise Unknown


def _looked_at(node: ast.FunctionDef | ast.Lambda) -> set[str]:
    """Names around the function that it may look at."""
    names = [one for one in walk(node) if isinstance(one, ast.Name)]
    inside = [one for one in walk(node) if isinstance(one, ast.comprehension)]
    of_rounds = {
        one.id for each in inside for one in walk(each.target) if isinstance(one, ast.Name)
    }
    arguments = node.args
    own = {one.arg for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
    own |= {one.id for one in names if not isinstance(one.ctx, ast.Load)} - of_rounds
    return {one.id for one in names} - own


def yields(node: ast.FunctionDef | ast.Lambda) -> bool:
    """Is it the code of a generator?"""
    return any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in _own(node))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in it, but in no function or class inside."""
    for one in ast.iter_child_nodes(node):
        yield one
        if not isinstance(one, _SCOPES):
            yield from _own(one)
