"""Expressions over known values: a small part of Python, walked as syntax trees.

Nothing of the page is executed; `value_calls` says what is called. Whatever is beyond that, or
takes more than a few steps, raises `Unknown`. Other errors are those that the page would raise.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from . import value_calls as known
from .builtin_names import is_builtin
from .harmless import only_looks
from .nodes import walk
from .objects import Function, Stand, Yielded
from .value_calls import Unknown, small
from .values import Part, is_plain, readable

MOST_STEPS = 2000
MOST_CALLS = 20
_ABSENT = object()
SHOWING = frozenset({"print", "display"})
Scope = dict[str, Any]


class Comprehended(dict[str, Any]):
    """The scope of a comprehension, to which a walrus does not write."""


class Body(dict[str, Any]):
    """The scope of the body of a class, which functions and comprehensions do not see."""


class Evaluator:
    """``names`` are those of the page, ``unbound`` those that it is known not to have."""

    def __init__(self, names: dict[str, Any], unbound: frozenset[str]) -> None:
        self.names = names
        self.unbound = unbound
        self.shown: list[str] = []
        self.scopes: tuple[Scope, ...] = ()
        self.depth = 0
        self._left = MOST_STEPS

    def evaluate(self, node: ast.expr) -> Any:
        found = self.gone_through(node)
        if isinstance(found, Yielded):
            raise Unknown
        return found

    def gone_through(self, node: ast.expr) -> Any:
        """The value, for one who goes through it before anything else is done."""
        self.count()
        method = _METHODS.get(type(node))
        if method is None:
            raise Unknown
        return small(method(self, node))

    def count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unknown

    def all(self, nodes: Sequence[ast.expr]) -> list[Any]:
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                found += self.iterated(self.gone_through(node.value))
            else:
                found.append(self.evaluate(node))
        return found

    def iterated(self, value: Any) -> Iterator[Any]:
        """What a value gives one after the other."""
        if isinstance(value, Yielded):
            return iter(value.items)
        if isinstance(value, (Part, Function, Stand)):
            raise Unknown
        return iter(known.ordered(value))

    def bind(self, target: ast.expr, value: Any) -> None:
        raise NotImplementedError

    def attribute_of(self, node: ast.Attribute) -> Any:
        raise NotImplementedError

    def call_node(self, node: ast.Call) -> Any:
        raise NotImplementedError

    def function(self, node: ast.Lambda | ast.FunctionDef) -> Function:
        raise NotImplementedError

    def length(self, owner: Stand) -> int:
        raise NotImplementedError

    # --- names and parts ----------------------------------------------------------------

    def _name(self, node: ast.Name) -> Any:
        name = node.id
        for scope in (*self.scopes[::-1], self.names):
            if (value := scope.get(name, _ABSENT)) is not _ABSENT:
                return value
        if name not in self.unbound:
            raise Unknown
        if name in known.BUILTINS:
            return known.BUILTINS[name]
        if name == "print":
            return known.print_of_python
        if name in known.ERRORS:
            return known.ERRORS[name]
        if is_builtin(name):
            raise Unknown
        raise NameError(f"name {name!r} is not defined", name=name)

    def _subscript(self, node: ast.Subscript) -> Any:
        owner = self.evaluate(node.value)
        return self.item(owner, self.place(node.slice))

    def item(self, owner: Any, place: Any) -> Any:
        if isinstance(owner, Part) and place not in owner and place not in owner.absent:
            raise Unknown
        if not isinstance(owner, (list, tuple, dict, str, range, deque)):
            raise Unknown
        return owner[place]

    def place(self, node: ast.expr) -> Any:
        """What stands in the brackets."""
        if isinstance(node, ast.Slice):
            ends = (node.lower, node.upper, node.step)
            return slice(*[None if one is None else self.evaluate(one) for one in ends])
        return self.evaluate(node)

    # --- literals and operators ---------------------------------------------------------

    def _dict(self, node: ast.Dict) -> Any:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                made = self.evaluate(key)
                found[made] = self.evaluate(value)
            elif type(more := self.evaluate(value)) is dict:
                found.update(more)
            else:
                raise Unknown
        return found

    def _formatted(self, node: ast.FormattedValue) -> Any:
        value = readable(self.evaluate(node.value))
        spec = "" if node.format_spec is None else self.evaluate(node.format_spec)
        if node.conversion >= 0:
            value = _CONVERSIONS[node.conversion](value)
        return known.formatted(value, spec)

    def _unary(self, node: ast.UnaryOp) -> Any:
        value = self.evaluate(node.operand)
        if isinstance(node.op, ast.Not):
            return not self.test(value)
        return known.UNARY[type(node.op)](value)

    def _binary(self, node: ast.BinOp) -> Any:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        return self.apply(known.OPERATORS, node.op, left, right)

    def apply(
        self,
        table: Mapping[type, Callable[[Any, Any], Any]],
        operator: ast.operator,
        left: Any,
        right: Any,
    ) -> Any:
        function = table.get(type(operator))
        if function is None or not (is_plain(left) and is_plain(right)):
            raise Unknown
        if isinstance(left, str) and isinstance(operator, ast.Mod):
            readable(right)
        return function(left, right)

    def _compare(self, node: ast.Compare) -> Any:
        left = self.evaluate(node.left)
        result: Any = True
        for operator, one in zip(node.ops, node.comparators, strict=True):
            right = self.evaluate(one)
            types = isinstance(left, type) and isinstance(right, type)
            if not types and not (is_plain(left) and is_plain(right)):
                raise Unknown
            result = known.COMPARISONS[type(operator)](left, right)
            if not result:
                break
            left = right
        return result

    def _boolean(self, node: ast.BoolOp) -> Any:
        value: Any = None
        for one in node.values:
            value = self.evaluate(one)
            if self.test(value) is isinstance(node.op, ast.Or):
                break
        return value

    def test(self, value: Any) -> bool:
        """Does it count as true?"""
        if isinstance(value, Stand):
            return self.length(value) > 0
        if not is_plain(value):
            raise Unknown
        return bool(value)

    def _either(self, node: ast.IfExp) -> Any:
        return self.evaluate(node.body if self.test(self.evaluate(node.test)) else node.orelse)

    def _walrus(self, node: ast.NamedExpr) -> Any:
        value = self.evaluate(node.value)
        before = self.scopes
        self.scopes = tuple([one for one in before if not isinstance(one, Comprehended)])
        self.bind(node.target, value)
        self.scopes = before
        return value

    # --- comprehensions -----------------------------------------------------------------

    def _comprehended(self, node: Any, *results: ast.expr) -> Iterator[list[Any]]:
        """Lazily, as Python does it."""
        if any(isinstance(one, Body) for one in self.scopes):
            raise Unknown
        first: ast.comprehension = node.generators[0]
        scopes = (*self.scopes, Comprehended())
        values = self.gone_through(first.iter)
        inside = [first.target, *first.ifs, *node.generators[1:], *results]
        lazy = isinstance(node, ast.GeneratorExp)
        if isinstance(values, Yielded) and (lazy or not self.leaves(values, *inside)):
            raise Unknown
        return self._rounds(node.generators, self.iterated(values), scopes, results)

    def leaves(self, values: Yielded, *nodes: ast.AST) -> bool:
        """Is it plain that the code changes nothing that the generator looks at?"""
        for node in nodes:
            if not only_looks(node):
                return False
            for one in walk(node):
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                    name = one.func.id
                    if not self.is_free(name) or name not in (*known.BUILTINS, "print"):
                        return False
                elif isinstance(one, ast.Call) and not isinstance(one.func, ast.Attribute):
                    return False
                stored = isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
                if stored and getattr(one, "id", None) in values.names:
                    return False
        return True

    def is_free(self, name: str) -> bool:
        """Is it a name that neither the page nor a function of it binds?"""
        return name in self.unbound and not any(name in one for one in self.scopes)

    def _rounds(
        self,
        generators: list[ast.comprehension],
        values: Iterator[Any],
        scopes: tuple[Scope, ...],
        results: Sequence[ast.expr],
    ) -> Iterator[list[Any]]:
        first, rest = generators[0], generators[1:]
        for value in values:
            before, self.scopes = self.scopes, scopes
            self.count()
            self.bind(first.target, value)
            kept = all(self.test(self.evaluate(one)) for one in first.ifs)
            inner = self.iterated(self.evaluate(rest[0].iter)) if kept and rest else iter(())
            made = self.all(results) if kept and not rest else []
            self.scopes = before
            if rest:
                yield from self._rounds(rest, inner, scopes, results)
            elif kept:
                yield made

    def _each(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Iterator[Any]:
        return (made[0] for made in self._comprehended(node, node.elt))


_CONVERSIONS: Mapping[int, Callable[[Any], str]] = {115: str, 114: repr, 97: ascii}
_METHODS: Mapping[type, Callable[[Evaluator, Any], Any]] = {
    ast.Constant: lambda self, node: node.value,
    ast.Name: Evaluator._name,
    ast.Attribute: lambda self, node: self.attribute_of(node),
    ast.Subscript: Evaluator._subscript,
    ast.List: lambda self, node: self.all(node.elts),
    ast.Tuple: lambda self, node: tuple(self.all(node.elts)),
    ast.Set: lambda self, node: set(self.all(node.elts)),
    ast.Dict: Evaluator._dict,
    ast.JoinedStr: lambda self, node: "".join(map(str, self.all(node.values))),
    ast.FormattedValue: Evaluator._formatted,
    ast.BinOp: Evaluator._binary,
    ast.UnaryOp: Evaluator._unary,
    ast.Compare: Evaluator._compare,
    ast.BoolOp: Evaluator._boolean,
    ast.IfExp: Evaluator._either,
    ast.NamedExpr: Evaluator._walrus,
    ast.ListComp: lambda self, node: list(self._each(node)),
    ast.SetComp: lambda self, node: set(self._each(node)),
    ast.GeneratorExp: Evaluator._each,
    ast.DictComp: lambda self, node: dict(self._comprehended(node, node.key, node.value)),
    ast.Call: lambda self, node: self.call_node(node),
    ast.Lambda: lambda self, node: self.function(node),
}
