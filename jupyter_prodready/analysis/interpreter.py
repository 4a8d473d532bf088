"""Statements over known values: what one binds, shows and gives."""

from __future__ import annotations

import ast
import contextlib
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import value_calls as known
from .attributes import Local
from .classes import made_of
from .evaluator import MOST_CALLS
from .generators import Generators, yields
from .objects import Class, Function, Stand, Yielded
from .value_calls import Unknown, small
from .values import is_plain, readable


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class _Return(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Interpreter(Generators):
    """Executes statements; the names of the page are left in ``names``."""

    def execute(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self.count()
            method = _METHODS.get(type(statement))
            if method is None:
                raise Unknown
            method(self, statement)

    def call_of_page(
        self,
        function: Function,
        given: list[Any],
        options: Mapping[str, Any],
        home: Class | None = None,
    ) -> Any:
        if self.depth >= MOST_CALLS:
            raise Unknown
        self.check_ahead(function.node)
        if yields(function.node):
            scope = _scope_of(function, given, options)
            return self.yielded(function, (*function.around, scope))
        before = self.scopes
        scope = _scope_of(function, given, options)
        scope.home, scope.first = home, given[0] if given else None
        self.scopes = (*function.around, scope)
        self.depth += 1
        try:
            if isinstance(function.node, ast.Lambda):
                return self.evaluate(function.node.body)
            self.execute(function.node.body)
        except _Return as returned:
            return returned.value
        finally:
            self.scopes, self.depth = before, self.depth - 1
        return None

    def run(self, node: ast.FunctionDef) -> None:
        with contextlib.suppress(_Return):
            self.execute(node.body)

    # --- what is bound ------------------------------------------------------------------

    def _scope(self, name: str) -> dict[str, Any]:
        """Where an assignment writes the name."""
        scope = self.scopes[-1] if self.scopes else self.names
        if isinstance(scope, Local) and name in scope.shared:
            return self.names
        return scope

    def bind(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self._scope(target.id)[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target.elts, list(self.iterated(value)))
        elif isinstance(target, ast.Subscript):
            owner = self.evaluate(target.value)
            _put(owner, self.place(target.slice), value)
        elif isinstance(target, ast.Attribute):
            self.set_attribute(self.evaluate(target.value), target.attr, value)
        else:
            raise Unknown

    def _unpack(self, targets: Sequence[ast.expr], values: list[Any]) -> None:
        starred = next((i for i, one in enumerate(targets) if isinstance(one, ast.Starred)), None)
        if starred is not None:
            end = len(values) - (len(targets) - starred - 1)
            if end < starred:
                raise ValueError("not enough values to unpack")
            values = [*values[:starred], values[starred:end], *values[end:]]
        if len(values) != len(targets):
            raise ValueError("wrong number of values to unpack")
        for target, value in zip(targets, values, strict=True):
            self.bind(target.value if isinstance(target, ast.Starred) else target, value)

    def _assign(self, node: ast.Assign) -> None:
        value = self.evaluate(node.value)
        for target in node.targets:
            self.bind(target, value)

    def _annotated(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, self.evaluate(node.value))

    def _augmented(self, node: ast.AugAssign) -> None:
        target = node.target
        if isinstance(target, ast.Name):
            old = self.evaluate(ast.copy_location(ast.Name(target.id, ast.Load()), target))
            self.bind(target, self._added(node, old))
        elif isinstance(target, ast.Subscript):
            owner, place = self.evaluate(target.value), self.place(target.slice)
            _put(owner, place, self._added(node, self.item(owner, place)))
        else:
            owner = self.evaluate(target.value)
            if not isinstance(owner, Stand):
                raise Unknown
            new = self._added(node, self.attribute(owner, target.attr))
            self.set_attribute(owner, target.attr, new)

    def _added(self, node: ast.AugAssign, old: Any) -> Any:
        self.check_added(old)
        return small(self.apply(known.IN_PLACE, node.op, old, self.evaluate(node.value)))

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in self._scope(target.id):
                del self._scope(target.id)[target.id]
            elif isinstance(target, ast.Subscript):
                owner = self.evaluate(target.value)
                if type(owner) not in (list, dict, deque, Counter, OrderedDict):
                    raise Unknown
                del owner[self.place(target.slice)]
            elif isinstance(target, ast.Attribute):
                self.delete_attribute(self.evaluate(target.value), target.attr)
            else:
                raise Unknown

    # --- control ------------------------------------------------------------------------

    def _if(self, node: ast.If) -> None:
        self.execute(node.body if self.test(self.evaluate(node.test)) else node.orelse)

    def _for(self, node: ast.For) -> None:
        values = self.gone_through(node.iter)
        if isinstance(values, Yielded) and not self.leaves(values, node.target, *node.body):
            raise Unknown
        for value in self.iterated(values):
            self.count()
            self.bind(node.target, value)
            if self._breaks(node.body):
                return
        self.execute(node.orelse)

    def _while(self, node: ast.While) -> None:
        while self.test(self.evaluate(node.test)):
            if self._breaks(node.body):
                return
        self.execute(node.orelse)

    def _with(self, node: ast.With) -> None:
        if len(node.items) > 1 or self.scopes_of_class():
            raise Unknown
        item = node.items[0]
        owner = self.evaluate(item.context_expr)
        leave = self.special(owner, "__exit__")
        entered = self.call(self.special(owner, "__enter__"), [], {})
        if item.optional_vars is not None:
            self.bind(item.optional_vars, entered)
        try:
            self.execute(node.body)
        except (_Break, _Continue, _Return):
            self.call(leave, [None, None, None], {})
            raise
        except Exception as error:  # what `__exit__` would be given is not followed
            raise Unknown from error
        self.call(leave, [None, None, None], {})

    def _breaks(self, body: Sequence[ast.stmt]) -> bool:
        """One round of a loop; does it end the loop?"""
        try:
            self.execute(body)
        except _Continue:
            pass
        except _Break:
            return True
        return False

    def _try(self, node: ast.Try) -> None:
        try:
            self.execute(node.body)
        except (Unknown, _Break, _Continue, _Return):
            raise
        except Exception as error:
            self._handle(node.handlers, error)
        else:
            self.execute(node.orelse)
        self.execute(node.finalbody)

    def _handle(self, handlers: Sequence[ast.ExceptHandler], error: Exception) -> None:
        for handler in handlers:
            caught = (Exception,) if handler.type is None else self.evaluate(handler.type)
            kinds = caught if isinstance(caught, tuple) else (caught,)
            if not all(one in known.ERRORS.values() for one in kinds):
                raise Unknown
            if isinstance(error, kinds):
                if handler.name:
                    self._scope(handler.name)[handler.name] = error
                self.execute(handler.body)
                if handler.name:
                    self._scope(handler.name).pop(handler.name, None)
                return
        raise error

    def _raise(self, node: ast.Raise) -> None:
        call = node.exc if isinstance(node.exc, ast.Call) else None
        raised = call.func if call is not None else node.exc
        kind = None if raised is None else self.evaluate(raised)
        if not isinstance(kind, type) or kind not in known.ERRORS.values():
            raise Unknown
        given = self.all(call.args) if call is not None else []
        raise kind(*[readable(one) for one in given])

    def _assert(self, node: ast.Assert) -> None:
        if not self.test(self.evaluate(node.test)):
            raise AssertionError(*([] if node.msg is None else [self.evaluate(node.msg)]))

    def _match(self, node: ast.Match) -> None:
        subject = self.evaluate(node.subject)
        if not is_plain(subject):
            raise Unknown
        for case in node.cases:
            if self._fits(case.pattern, subject) and (
                case.guard is None or self.test(self.evaluate(case.guard))
            ):
                self.execute(case.body)
                return

    def _fits(self, pattern: ast.pattern, value: Any) -> bool:
        """Binds the names of the pattern as far as it fits."""
        if isinstance(pattern, ast.MatchValue):
            return bool(value == self.evaluate(pattern.value))
        if isinstance(pattern, ast.MatchSingleton):
            return value is pattern.value
        if isinstance(pattern, ast.MatchOr):
            return any(self._fits(one, value) for one in pattern.patterns)
        if isinstance(pattern, ast.MatchAs):
            fits = pattern.pattern is None or self._fits(pattern.pattern, value)
            if fits and pattern.name:
                self._scope(pattern.name)[pattern.name] = value
            return fits
        if isinstance(pattern, ast.MatchSequence):
            plain = not any(isinstance(one, ast.MatchStar) for one in pattern.patterns)
            if plain and isinstance(value, (list, tuple)):
                pairs = list(zip(pattern.patterns, value, strict=False))
                same = len(value) == len(pattern.patterns)
                return same and all(self._fits(*pair) for pair in pairs)
            if plain:
                return False
        raise Unknown

    # --- functions ----------------------------------------------------------------------

    def _define(self, node: ast.FunctionDef) -> None:
        if node.decorator_list:
            raise Unknown
        self._scope(node.name)[node.name] = self.function(node)

    def _class(self, node: ast.ClassDef) -> None:
        self._scope(node.name)[node.name] = made_of(self, node)

    def _return(self, node: ast.Return) -> None:
        raise _Return(None if node.value is None else self.evaluate(node.value))

    def _global(self, node: ast.Global) -> None:
        scope = self.scopes[-1] if self.scopes else None
        if not isinstance(scope, Local):
            raise Unknown
        scope.shared |= frozenset(node.names)

    def _end(self, node: ast.Break | ast.Continue) -> None:
        raise _Break if isinstance(node, ast.Break) else _Continue


def can_execute(node: ast.stmt) -> bool:
    """Is it a kind of statement that is known here?"""
    return type(node) in _METHODS


def _scope_of(function: Function, given: list[Any], options: Mapping[str, Any]) -> Local:
    arguments = function.node.args
    plain = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
    names = {*plain, *[one.arg for one in arguments.kwonlyargs]}
    rest, more = given[len(plain) :], {key: options[key] for key in options.keys() - names}
    twice = options.keys() & {*plain[: len(given)], *[one.arg for one in arguments.posonlyargs]}
    if twice or (rest and not arguments.vararg) or (more and not arguments.kwarg):
        raise Unknown
    scope = Local({**function.given, **dict(zip(plain, given, strict=False)), **options})
    for key in more:
        del scope[key]
    if scope.keys() != names:
        raise Unknown
    if arguments.vararg:
        scope[arguments.vararg.arg] = tuple(rest)
    if arguments.kwarg:
        scope[arguments.kwarg.arg] = {key: one for key, one in options.items() if key in more}
    return scope


def _put(owner: Any, place: Any, value: Any) -> None:
    if not isinstance(owner, (list, dict, deque)) or isinstance(place, slice):
        raise Unknown
    owner[place] = value
    small(owner)


_METHODS: Mapping[type, Callable[[Interpreter, Any], object]] = {
    ast.Expr: lambda self, node: self.expression(node.value),
    ast.Assign: Interpreter._assign,
    ast.AnnAssign: Interpreter._annotated,
    ast.AugAssign: Interpreter._augmented,
    ast.Delete: Interpreter._delete,
    ast.Pass: lambda self, node: None,
    ast.If: Interpreter._if,
    ast.For: Interpreter._for,
    ast.While: Interpreter._while,
    ast.Try: Interpreter._try,
    ast.Match: Interpreter._match,
    ast.Raise: Interpreter._raise,
    ast.Assert: Interpreter._assert,
    ast.With: Interpreter._with,
    ast.FunctionDef: Interpreter._define,
    ast.ClassDef: Interpreter._class,
    ast.Return: Interpreter._return,
    ast.Global: Interpreter._global,
    ast.Break: Interpreter._end,
    ast.Continue: Interpreter._end,
}
