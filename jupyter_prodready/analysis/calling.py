"""Calls over known values, and what stands behind a dot."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import value_calls as known
from .evaluator import Body, Evaluator
from .known_modules import BUILTIN_OF, MODULES, is_wide
from .objects import Bound, Class, Function, Instance, Stand, Yielded
from .value_calls import Unknown, small
from .values import Part, is_fixed, readable

_MODULE_IDS = frozenset(map(id, [*MODULES.values(), MODULES["os"]["path"]]))

_AT_ONCE = frozenset(
    {"all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple"}
)


def _of_module(owner: Any, name: str) -> Any:
    if id(owner) not in _MODULE_IDS or name not in owner:
        raise Unknown
    return owner[name]


class Calling(Evaluator):
    """Calls builtins, methods and functions of the library; those of the page are for others."""

    def call_of_page(self, function: Function, given: list[Any], options: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def method_above(self, node: ast.Call) -> Stand:
        raise NotImplementedError

    def call_object(
        self, called: Stand | known.Marker, given: list[Any], options: Mapping[str, Any]
    ) -> Any:
        raise NotImplementedError

    def attribute(self, owner: Stand, name: str) -> Any:
        raise NotImplementedError

    def attribute_of(self, node: ast.Attribute) -> Any:
        owner = self.evaluate(node.value)
        if isinstance(owner, Stand):
            return self.attribute(owner, node.attr)
        if known.has_method(owner, node.attr):
            return Bound(owner, node.attr)
        if isinstance(owner, type) and node.attr == "__name__":
            return owner.__name__
        if known.has_part(owner, node.attr):
            return getattr(owner, node.attr)
        return _of_module(owner, node.attr)

    def call_node(self, node: ast.Call) -> Any:
        func = node.func
        if isinstance(func, ast.Name) and func.id == "display" and self.is_free(func.id):
            return self._show(func.id, self.all(node.args), self._options(node))
        if isinstance(func, ast.Name) and func.id == "super" and self.is_free(func.id):
            return self.method_above(node)
        if isinstance(func, ast.Attribute):
            owner = self.evaluate(func.value)
            if isinstance(owner, Stand):
                return self._called(self.attribute(owner, func.attr), node)
            if id(owner) not in _MODULE_IDS:
                at_once = isinstance(owner, str) and func.attr == "join"
                given = self._arguments(node, at_once=at_once)
                return self.method(owner, func.attr, given, self._options(node))
            return self._called(_of_module(owner, func.attr), node)
        return self._called(self.evaluate(func), node)

    def _called(self, function: Any, node: ast.Call) -> Any:
        at_once = BUILTIN_OF.get(id(function)) in _AT_ONCE and not node.keywords
        given = self._arguments(node, at_once=at_once)
        return self._call(function, given, self._options(node))

    def _arguments(self, node: ast.Call, *, at_once: bool) -> list[Any]:
        """``at_once``: what is called goes through the one that it is given, and calls nothing."""
        if not at_once or len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            return self.all(node.args)
        found = self.gone_through(node.args[0])
        return [found.items if isinstance(found, Yielded) else found]

    def _options(self, node: ast.Call) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for one in node.keywords:
            value = self.evaluate(one.value)
            more = value if one.arg is None else {one.arg: value}
            if type(more) is not dict or more.keys() & options.keys():
                raise Unknown
            if not all(isinstance(key, str) for key in more):
                raise Unknown
            options.update(more)
        return options

    def call(self, function: Any, given: list[Any], options: Mapping[str, Any]) -> Any:
        found = self._call(function, given, options)
        if isinstance(found, Yielded):
            raise Unknown
        return found

    def _call(self, function: Any, given: list[Any], options: Mapping[str, Any]) -> Any:
        if isinstance(function, Function):
            return self.call_of_page(function, given, options)
        if isinstance(function, (Stand, known.Marker)):
            return self.call_object(function, given, options)
        name = BUILTIN_OF.get(id(function))
        if name is None or is_wide(name, options):
            raise Unknown
        if name == "print":
            return self._show(name, given, options)
        if name == "len" and len(given) == 1 and isinstance(given[0], Instance):
            return self.length(given[0])
        if name == "isinstance" and not _are_types(given[1:]):
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
        if not isinstance(value, (Function, Bound, Class)):
            return value
        return lambda *given: self.call(value, list(given), {})

    def method(self, owner: Any, name: str, given: list[Any], options: Mapping[str, Any]) -> Any:
        if isinstance(owner, Part):
            found = self._method_of_part(owner, name, given)
        else:
            found = known.method(owner, name, given)
            if type(owner) not in (list, dict, deque) and not all(map(_is_known_to_python, given)):
                raise Unknown
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
        around = tuple([one for one in self.scopes if not isinstance(one, Body)])
        return Function(node, given, around)


def _check_arguments(name: str, given: Sequence[Any]) -> None:
    """Refuse what a builtin would take for something else than the page's."""
    called = [BUILTIN_OF[id(one)] for one in given if id(one) in BUILTIN_OF]
    if called and name in known.CALLING and not known.ON_EACH.issuperset(called):
        raise Unknown
    shown = name in known.READING or not known.READING.isdisjoint(called)
    for one in given:
        if isinstance(one, (Part, Instance)):
            raise Unknown
        if isinstance(one, (Function, Stand, known.Marker)) and name not in known.CALLING:
            raise Unknown
        if name in known.OF_TYPE and isinstance(one, known.Stream):
            raise Unknown
        if shown and id(one) not in BUILTIN_OF:
            readable(one)


def _are_types(given: Sequence[Any]) -> bool:
    return all(
        _are_types(one) if isinstance(one, tuple) else isinstance(one, type) for one in given
    )


def _is_known_to_python(value: Any) -> bool:
    """Would a method of a text tell it as what it is, should it not be what is asked for?"""
    inside = value if isinstance(value, (list, tuple)) else [value]
    return not any(isinstance(one, (Stand, Function)) for one in inside)
