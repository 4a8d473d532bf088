"""Statements over known values: what one binds, shows and gives."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import value_calls as known
from .evaluator import MOST_CALLS, Evaluator
from .nodes import walk
from .value_calls import Unknown, small
from .values import Function, is_plain, readable


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class _Return(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Local(dict[str, Any]):
    """The scope of a function that is being called; ``shared`` are the page's names in it."""

    shared: frozenset[str] = frozenset()


class Interpreter(Evaluator):
    """Executes statements; the names of the page are left in ``names``."""

    def execute(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self.count()
            method = _METHODS.get(type(statement))
            if method is None:
                raise Unknown
            method(self, statement)

    def call_of_page(self, function: Function, given: list[Any], options: Mapping[str, Any]) -> Any:
        if self.depth >= MOST_CALLS:
            raise Unknown
        before = self.scopes
        self.scopes = (*function.around, _scope_of(function, given, options))
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
            place = self.place(target.slice)
            if not isinstance(owner, (list, dict)) or isinstance(place, slice):
                raise Unknown
            owner[place] = value
            small(owner)
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
        elif isinstance(target, ast.Subscript):
            old = self.evaluate(
                ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)
            )
        else:
            raise Unknown
        self.bind(
            target, small(self.apply(known.IN_PLACE, node.op, old, self.evaluate(node.value)))
        )

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in self._scope(target.id):
                del self._scope(target.id)[target.id]
            elif isinstance(target, ast.Subscript):
                owner = self.evaluate(target.value)
                if type(owner) not in (list, dict):
                    raise Unknown
                del owner[self.place(target.slice)]
            else:
                raise Unknown

    # --- control ------------------------------------------------------------------------

    def _if(self, node: ast.If) -> None:
        self.execute(node.body if self.test(self.evaluate(node.test)) else node.orelse)

    def _for(self, node: ast.For) -> None:
        for value in self.iterated(self.evaluate(node.iter)):
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
        if node.decorator_list or _is_generator(node):
            raise Unknown
        self._scope(node.name)[node.name] = self.function(node)

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
    if arguments.vararg or arguments.kwarg or len(given) > len(plain):
        raise Unknown
    scope = Local({**function.given, **dict(zip(plain, given, strict=False)), **options})
    if scope.keys() != names or options.keys() & set(plain[: len(given)]):
        raise Unknown
    return scope


def _is_generator(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in walk(node))


_METHODS: Mapping[type, Callable[[Interpreter, Any], object]] = {
    ast.Expr: lambda self, node: self.evaluate(node.value),
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
    ast.FunctionDef: Interpreter._define,
    ast.Return: Interpreter._return,
    ast.Global: Interpreter._global,
    ast.Break: Interpreter._end,
    ast.Continue: Interpreter._end,
}
