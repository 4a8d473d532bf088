"""Expressions over known values: a small part of Python, walked as syntax trees.

Nothing of the page is executed; `value_calls` says what is called. Whatever is beyond that, or
takes more than a few steps, raises `Unknown`. Other errors are those that the page would raise.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from . import value_calls as known
from .builtin_names import is_builtin
from .value_calls import Unknown, small
from .values import Function, Part, is_fixed, is_plain, readable

MOST_STEPS = 2000
MOST_CALLS = 20
_ABSENT = object()
SHOWING = frozenset({"print", "display"})
Scope = dict[str, Any]


class Comprehended(dict[str, Any]):
    """The scope of a comprehension, to which a walrus does not write."""


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
                found += self.iterated(self.evaluate(node.value))
            else:
                found.append(self.evaluate(node))
        return found

    def iterated(self, value: Any) -> Iterator[Any]:
        """What a value gives one after the other."""
        if isinstance(value, (Part, Function)):
            raise Unknown
        return iter(known.ordered(value))

    def bind(self, target: ast.expr, value: Any) -> None:
        raise NotImplementedError

    def call_of_page(self, function: Function, given: list[Any], options: Mapping[str, Any]) -> Any:
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
        if name in known.ERRORS:
            return known.ERRORS[name]
        if is_builtin(name):
            raise Unknown
        raise NameError(f"name {name!r} is not defined", name=name)

    def _attribute(self, node: ast.Attribute) -> Any:
        owner = self.evaluate(node.value)
        if isinstance(owner, type) and node.attr == "__name__":
            return owner.__name__
        if type(owner) in (int, Fraction) and node.attr in ("numerator", "denominator"):
            return getattr(owner, node.attr)
        return _of_module(owner, node.attr)

    def _subscript(self, node: ast.Subscript) -> Any:
        owner = self.evaluate(node.value)
        place = self.place(node.slice)
        if isinstance(owner, Part) and place not in owner and place not in owner.absent:
            raise Unknown
        if not isinstance(owner, (list, tuple, dict, str, range)):
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
        first: ast.comprehension = node.generators[0]
        scopes = (*self.scopes, Comprehended())
        return self._rounds(
            node.generators, self.iterated(self.evaluate(first.iter)), scopes, results
        )

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

    # --- calls --------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Any:
        options = {one.arg: self.evaluate(one.value) for one in node.keywords if one.arg}
        if len(options) < len(node.keywords):
            raise Unknown
        func = node.func
        if isinstance(func, ast.Name) and func.id in SHOWING and func.id in self.unbound:
            return self._show(func.id, self.all(node.args), options)
        if isinstance(func, ast.Attribute):
            owner = self.evaluate(func.value)
            if id(owner) not in _MODULE_IDS:
                return self._method(owner, func.attr, self.all(node.args), options)
            return self.call(_of_module(owner, func.attr), self.all(node.args), options)
        return self.call(self.evaluate(func), self.all(node.args), options)

    def call(self, function: Any, given: list[Any], options: Mapping[str, Any]) -> Any:
        if isinstance(function, Function):
            return self.call_of_page(function, given, options)
        name = known.BUILTIN_OF.get(id(function))
        if name is None or known.is_wide(name, options):
            raise Unknown
        every = [*given, *options.values()]
        for one in every:
            if known.needs_order(name, options):
                known.ordered(one)
        _check_arguments(name, every)
        return function(*map(self._callable, given), **self._callables(options))

    def _callables(self, options: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self._callable(one) for key, one in options.items()}

    def _callable(self, value: Any) -> Any:
        """A function of the page, as one that a builtin can call."""
        if not isinstance(value, Function):
            return value
        return lambda *given: self.call_of_page(value, list(given), {})

    def _method(self, owner: Any, name: str, given: list[Any], options: Mapping[str, Any]) -> Any:
        if isinstance(owner, Part):
            found = self._method_of_part(owner, name, given)
        else:
            found = known.method(owner, name, given)
            for one in [*given, *options.values()] if name == "format" else ():
                readable(one)
        result = found(*map(self._callable, given), **self._callables(options))
        small(owner)
        return result

    def _method_of_part(self, owner: Part, name: str, given: list[Any]) -> Callable[..., Any]:
        asked = given[0] if given and name in ("get", "pop") else None
        if name != "update" and asked not in owner and asked not in owner.absent:
            raise Unknown
        found: Callable[..., Any] = getattr(owner, name)
        return found

    def _show(self, called: str, given: list[Any], options: Mapping[str, Any]) -> None:
        if options.keys() - {"sep", "end"} or (called == "display" and options):
            raise Unknown
        texts = [
            repr(readable(one)) if called == "display" else str(readable(one)) for one in given
        ]
        sep, end = options.get("sep", " "), options.get("end", "\n")
        self.shown.append((" " if sep is None else sep).join(texts))
        self.shown.append("\n" if end is None else end)

    def function(self, node: ast.Lambda | ast.FunctionDef) -> Function:
        arguments = node.args
        plain = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
        defaults = self.all(arguments.defaults)
        given = dict(zip(plain[len(plain) - len(defaults) :], defaults, strict=True))
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if default is not None:
                given[one.arg] = self.evaluate(default)
        if not all(map(is_fixed, given.values())):
            raise Unknown
        return Function(node, given, self.scopes)


def _check_arguments(name: str, given: Sequence[Any]) -> None:
    """Refuse what a builtin would take for something else than the page's."""
    called = [known.BUILTIN_OF[id(one)] for one in given if id(one) in known.BUILTIN_OF]
    if called and name in known.CALLING and not known.ON_EACH.issuperset(called):
        raise Unknown
    shown = name in known.READING or not known.READING.isdisjoint(called)
    for one in given:
        if isinstance(one, Part) or (isinstance(one, Function) and name not in known.CALLING):
            raise Unknown
        if name in known.OF_TYPE and isinstance(one, known.Stream):
            raise Unknown
        if shown and id(one) not in known.BUILTIN_OF:
            readable(one)


_CONVERSIONS: Mapping[int, Callable[[Any], str]] = {115: str, 114: repr, 97: ascii}
_MODULE_IDS = frozenset(map(id, known.MODULES.values()))


def _of_module(owner: Any, name: str) -> Any:
    if id(owner) not in _MODULE_IDS or name not in owner:
        raise Unknown
    return owner[name]


_METHODS: Mapping[type, Callable[[Evaluator, Any], Any]] = {
    ast.Constant: lambda self, node: node.value,
    ast.Name: Evaluator._name,
    ast.Attribute: Evaluator._attribute,
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
    ast.Call: Evaluator._call,
    ast.Lambda: Evaluator.function,
}
