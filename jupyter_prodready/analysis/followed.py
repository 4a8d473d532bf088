"""Where an instance goes inside of a statement, and which of its methods may run on the way:
elements of containers, loop variables, what functions hand on."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator

from .calls import root
from .facts import Call
from .nodes import children, last_name, walk
from .special import BY_CALL, COMPARED, GIVING, read_by
from .words import words

Functions = Callable[[str], ast.FunctionDef | None]
_KEPT: frozenset[str] = frozenset()
_HANDING = words(
    "list tuple set frozenset dict sorted reversed enumerate zip iter next max min filter groupby "
    "deque islice chain Counter nlargest nsmallest map replace copy deepcopy"
)
"""Functions that give what they are given, some of it, or a container of it."""
_PUTTING = words("append appendleft extend insert add update setdefault put")
"""Methods of containers that keep what they are given."""
_APPLYING = words("map filter sorted max min sort groupby reduce nlargest nsmallest")
"""What calls a function with each of what it goes through."""
_COMPREHENDED = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
_SOURCES = {
    **dict.fromkeys([ast.For, ast.AsyncFor, ast.comprehension], "iter"),
    **dict.fromkeys([ast.NamedExpr, ast.AnnAssign, ast.Assign], "value"),
    ast.withitem: "context_expr",
}
"""Where that stands which these bind."""
MOST_NESTED = 3


def nothing_known(name: str) -> None:
    """Where no function of the page is followed."""


def methods_named(
    name: str,
    node: ast.AST,
    back: Collection[str] | None = None,
    functions: Functions = nothing_known,
    nested: int = 0,
) -> set[str] | None:
    """The names of the methods that ``node`` may run of what ``name`` stands for, or of its
    elements, ``back`` if it hands that back; None where it hands it on, to what may run others.
    ``functions`` has the definition of a function of the page."""
    return _Followed(name, node, back, functions, nested).methods()


class _Followed:
    def __init__(
        self,
        name: str,
        node: ast.AST,
        back: Collection[str] | None,
        functions: Functions,
        nested: int,
    ) -> None:
        self.names = {name}
        self.nodes = walk(node)
        self.back = back
        self.functions = functions
        self.nested = nested

    def methods(self) -> set[str] | None:
        before = 0
        while before < len(self.names):
            before = len(self.names)
            for one in self.nodes:
                self._bind(one)
        found: set[str] = set()
        uses, known = set[int](), set[int]()
        for one in self.nodes:
            if self.holds(one):
                uses.add(id(one))
            for used, methods in self._used_by(one):
                if used is None:
                    continue
                if methods is None and self.holds(used):
                    return None
                handed_back = isinstance(one, (ast.Return, ast.Yield))
                if methods and (self.holds(used) or (self._may_hold(used) and not handed_back)):
                    found |= methods
                known.add(id(used))
        return found if uses <= known else None

    # --- where it goes ------------------------------------------------------------------

    def holds(self, node: ast.AST | None) -> bool:
        """Is it the object, an element of it, or a container that these stand in?"""
        if isinstance(node, ast.Name):
            return node.id in self.names and isinstance(node.ctx, ast.Load)
        if isinstance(node, ast.Subscript):
            return isinstance(node.ctx, ast.Load) and self.holds(node.value)
        if isinstance(node, ast.Call):
            return self._given_by(node)
        if isinstance(node, _COMPREHENDED):
            return self.holds(node.elt)
        parts: list[ast.expr | None] = []
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            parts = [*node.elts] if not isinstance(getattr(node, "ctx", None), ast.Store) else []
        elif isinstance(node, ast.Dict):
            parts = [*node.keys, *node.values]
        elif isinstance(node, ast.DictComp):
            parts = [node.key, node.value]
        elif isinstance(node, ast.IfExp):
            parts = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            parts = [*node.values]
        elif isinstance(node, (ast.Starred, ast.NamedExpr)):
            parts = [node.value]
        return any(map(self.holds, parts))

    def _given_by(self, call: ast.Call) -> bool:
        func, name = call.func, last_name(call.func)
        if isinstance(func, ast.Attribute) and name in GIVING and self.holds(func.value):
            return True
        return name in _HANDING and any(map(self.holds, call.args))

    def _may_hold(self, node: ast.AST) -> bool:
        """Is it an attribute of it, or a part of one? That may be another such object."""
        while isinstance(node, (ast.Subscript, ast.Attribute)):
            node = node.value
            if self.holds(node):
                return True
        return False

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            if last_name(node.func) in _APPLYING:
                self._bind_given(node)
            return
        source = getattr(node, _SOURCES.get(type(node), ""), None)
        if source is not None and self.holds(source):
            targets = node.targets if isinstance(node, ast.Assign) else [_target(node)]
            for target in targets:
                self._bind_to(target)

    def _bind_to(self, target: ast.AST | None) -> None:
        for one in walk(target) if target is not None else ():
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                self.names.add(one.id)

    def _bind_given(self, call: ast.Call) -> None:
        """The parameters of lambdas that are called with elements."""
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        if self.holds(of) or any(map(self.holds, call.args)):
            for one in [*call.args, *[option.value for option in call.keywords]]:
                if isinstance(one, ast.Lambda):
                    self.names.update([arg.arg for arg in one.args.args])

    # --- what is done with it -----------------------------------------------------------

    def _used_by(self, node: ast.AST) -> Iterator[tuple[ast.AST | None, frozenset[str] | None]]:
        """What ``node`` uses, each with the methods that this may run; None: any."""
        if isinstance(node, (ast.Return, ast.Yield)):
            if self.back is not None:
                yield node.value, frozenset(self.back)
        elif isinstance(node, ast.Call):
            yield from read_by(node)
            yield from self._given_to(node)
        elif isinstance(node, (ast.Set, ast.SetComp)):
            yield from ((one, COMPARED) for one in children(node))
        elif isinstance(node, (ast.Dict, ast.DictComp)):
            keys = node.keys if isinstance(node, ast.Dict) else [node.key]
            yield from ((one, COMPARED) for one in keys)
            yield from ((one, _KEPT) for one in _values(node))
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            yield node.value, _KEPT
            yield from read_by(node)
        elif isinstance(node, (ast.List, ast.Tuple)):
            yield from ((one, _KEPT) for one in node.elts)
        elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
            yield node.elt, _KEPT
        elif isinstance(node, ast.IfExp):
            yield from read_by(node)
            yield from ((one, _KEPT) for one in (node.body, node.orelse))
        elif isinstance(node, ast.Lambda):
            yield node.body, COMPARED
        else:
            yield from read_by(node)

    def _given_to(self, call: ast.Call) -> Iterator[tuple[ast.AST | None, frozenset[str] | None]]:
        """What the call is given to, where that is not known by the name of what is called."""
        name = last_name(call.func)
        if name in _PUTTING and isinstance(call.func, ast.Attribute):
            yield from ((one, _KEPT if name != "add" else COMPARED) for one in call.args)
        if name in _APPLYING:
            yield from self._applied(call)
        body = self.functions(name) if isinstance(call.func, ast.Name) and name else None
        if body is not None:
            for one, param in zip(call.args, body.args.args, strict=False):
                yield one, self._inside(body, param.arg)

    def _applied(self, call: ast.Call) -> Iterator[tuple[ast.AST | None, frozenset[str] | None]]:
        """A function that is called with each of what the call goes through."""
        over = [one for one in call.args if self.holds(one)]
        if isinstance(call.func, ast.Attribute) and self.holds(call.func.value):
            over.append(call.func.value)
        given = [*call.args, *[option.value for option in call.keywords]]
        for one in given if over else ():
            if isinstance(one, ast.Lambda) or one in over or isinstance(one, ast.Constant):
                continue
            yield over[0], self._run_with_each(one)

    def _run_with_each(self, function: ast.expr) -> frozenset[str] | None:
        name = last_name(function)
        if isinstance(function, ast.Name) and name in BY_CALL:
            return BY_CALL[name]
        body = self.functions(name) if isinstance(function, ast.Name) and name else None
        return (
            None
            if body is None or not body.args.args
            else self._inside(body, body.args.args[0].arg)
        )

    def _inside(self, body: ast.FunctionDef, param: str) -> frozenset[str] | None:
        if self.nested >= MOST_NESTED or body.decorator_list:
            return None
        found = methods_named(param, body, None, self.functions, self.nested + 1)
        return None if found is None else frozenset(found)


def _values(node: ast.Dict | ast.DictComp) -> list[ast.expr]:
    return node.values if isinstance(node, ast.Dict) else [node.value]


def _target(node: ast.AST) -> ast.AST | None:
    return getattr(node, "optional_vars" if isinstance(node, ast.withitem) else "target", None)


def run_on_parts(name: str, keys: Collection[str], node: ast.AST, *, is_made: bool) -> bool:
    """May one of these methods run of an element, or of an attribute, of what the name stands for?
    ``is_made``: that is an instance itself, and may run it where it is handed on."""
    nodes = walk(node)
    called = [one for one in nodes if isinstance(one, ast.Attribute) and one.attr in keys]
    if called:
        return any(not isinstance(one.value, ast.Name) for one in called)
    if not is_made:
        return True
    whole = {id(one) for one in nodes if isinstance(one, ast.Name) and one.id == name}
    parts = [one for one in nodes if isinstance(one, (ast.Subscript, ast.Attribute))]
    return any(id(inner) in whole for one in parts for inner in walk(one))


def gives_part(call: Call, name: str, node: ast.AST) -> bool:
    """Is the function, or method, given a part of what the name stands for: ``go(xs[0])``?"""
    for one in walk(node):
        if not isinstance(one, ast.Call) or last_name(one.func) != (call.method or call.func):
            continue
        given = [*one.args, *[option.value for option in one.keywords]]
        if any(root(argument) == (name, True) for argument in given):
            return True
    return False
