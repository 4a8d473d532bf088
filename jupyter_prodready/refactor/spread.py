"""Where the instances of a class may go on a page, and where the class itself goes.

It errs on the side of "may": names are taken for the whole page, whatever function they belong
to, and what is not known of a call gives back what it was given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from ..analysis.nodes import walk
from .exact import Exact
from .page import Page, PageStatement
from .reads import FUNCTIONS

NOTHING, INSTANCE, CLASS = 0, 1, 2
"""What a value may be or hold; both at once is their sum."""

_PLAIN_TEXT = (
    "len int float bool complex id hash isinstance issubclass callable hasattr print repr str "
    "format ascii ord chr bin hex oct range all any open input round divmod"
)
_PLAIN_CALLS = frozenset(_PLAIN_TEXT.split())
"""What they give is no object of the page."""

_METHODS_TEXT = (
    "append extend insert remove clear sort reverse discard update write writelines join format "
    "startswith endswith index count mean std sum round tolist head describe strip split lower "
    "upper replace title encode isdigit"
)
_PLAIN_METHODS = frozenset(_METHODS_TEXT.split())
_ITERATING = frozenset({"list", "tuple", "set", "sorted", "sum", "min", "max", "enumerate"})
_STORING = frozenset({"append", "extend", "insert", "update"})
_OF_CONTAINERS = frozenset({"get", "pop", "popitem", "values", "items", "keys", "copy", "add"})
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


class Spread:
    """Follows one class through all statements of a page, to the end.

    ``names`` says what variables, parameters, functions (by what they return) and methods may
    give; ``held`` are the attributes into which an instance was put.
    """

    def __init__(self, page: Page, tree: ast.ClassDef) -> None:
        self.page, self.tree = page, tree
        self.names = {tree.name: CLASS}
        self.given: dict[str, int] = {}
        self.held: set[str] = set()
        self.raised = NOTHING
        self.me: str | None = None
        self.my_kind = INSTANCE
        self.functions = _defined(page, FUNCTIONS[:2])
        self.classes = _defined(page, (ast.ClassDef,))
        self.methods = {
            name for many in self.classes.values() for one in many for name in _methods(one)
        }
        self.exact = Exact(page, tree)
        family = bases_of(tree, self.classes)
        self.own = {name for one in family for name in _methods(one)}
        self.known = _members(tree, self.classes) | self._set_from_outside()
        before: tuple[object, ...] = ()
        while before != (before := self._state()):
            for statement in tuple(self.touched()):
                self._visit(statement.tree, None)

    def _set_from_outside(self) -> set[str]:
        """Attributes that the page gives to the class or to what surely is an instance."""
        nodes = (n for s in self.page.statements for n in walk(s.tree))
        stored = (n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
        return {
            one.attr
            for one in stored
            if self.exact.is_class(one.value) or self.exact.is_instance(one.value)
        }

    def _state(self) -> tuple[object, ...]:
        return dict(self.names), dict(self.given), len(self.held), self.raised

    def touched(self) -> Iterator[PageStatement]:
        """Statements that name anything that may be an instance or the class."""
        marks = {*self.names, *self.given}
        for statement in self.page.statements:
            may_catch = self.raised and isinstance(statement.tree, ast.Try)
            is_own = self.tree in statement.definitions
            if may_catch or is_own or not marks.isdisjoint(statement.words):
                yield statement

    # --- walking --------------------------------------------------------------------

    @contextmanager
    def inside(self, node: ast.AST) -> Iterator[None]:
        """``self`` is an instance in the methods of the class, ``cls`` the class."""
        before = self.me, self.my_kind
        if isinstance(node, ast.ClassDef):
            self.me = "" if node is self.tree else None
        elif isinstance(node, ast.FunctionDef) and self.me == "":
            marks = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
            arguments = [*node.args.posonlyargs, *node.args.args]
            self.my_kind = CLASS if "classmethod" in marks else INSTANCE
            self.me = arguments[0].arg if arguments else ""
            self.me = None if "staticmethod" in marks else self.me
        yield
        self.me, self.my_kind = before

    def _visit(self, node: ast.AST, function: str | None) -> None:
        with self.inside(node):
            inner = node.name if isinstance(node, FUNCTIONS[:2]) else function
            for child in ast.iter_child_nodes(node):
                self._visit(child, inner)
            self._bindings(node)
            if isinstance(node, ast.Call):
                self._handed(node)
            elif isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value:
                self._add(self.given, function or "", self.kind(node.value))
            elif isinstance(node, ast.Raise) and node.exc:
                self.raised |= INSTANCE if self.kind(node.exc) else NOTHING
            elif isinstance(node, ast.ExceptHandler) and node.name:
                self._add(self.names, node.name, self.raised)

    def _bindings(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._put(target, self.kind(node.value))
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            self._put(node.target, self.kind(node.value) if node.value else NOTHING)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._put(node.target, self._special(node.iter, "__iter__", self.kind(node.iter)))
        elif isinstance(node, ast.withitem) and node.optional_vars:
            self._put(node.optional_vars, self.kind(node.context_expr))
        elif isinstance(node, ast.Match):
            bound = (n.name for n in ast.walk(node) if isinstance(n, ast.MatchAs | ast.MatchStar))
            for name in bound:
                self._add(self.names, name or "", self.kind(node.subject))

    def _put(self, target: ast.expr, kind: int) -> None:
        if not kind:
            return
        if isinstance(target, ast.Name):
            if target.id != self.me:
                self._add(self.names, target.id, kind)
        elif isinstance(target, ast.Tuple | ast.List):
            for item in target.elts:
                self._put(item, kind)
        elif isinstance(target, ast.Attribute):
            self.held.add(target.attr)
            self._put(target.value, kind)
        elif isinstance(target, ast.Starred | ast.Subscript):
            self._put(target.value, kind)

    def _handed(self, call: ast.Call) -> None:
        """What a call is given goes to parameters of the page's functions, and into what it
        is a method of."""
        kind = self._arguments(call)
        if not kind:
            return
        func = call.func
        name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
        made = self.classes.get(name, ())
        makers = [method for one in made for method in _methods(one).get("__init__", ())]
        self.held |= {field for one in made for field in _fields(one)}
        by_name = {keyword.arg: self.kind(keyword.value) for keyword in call.keywords}
        rest = self._any(iter(call.args)) | by_name.get(None, NOTHING)
        for function in (*self.functions.get(name, ()), *makers):
            known = frozenset(_parameters(function))
            unnamed = self._any(k.value for k in call.keywords if k.arg not in known)
            for arg in known:
                self._add(self.names, arg, rest | unnamed | by_name.get(arg, NOTHING))
        stores = name in _STORING or name in self.methods or name not in _PLAIN_METHODS
        if isinstance(func, ast.Attribute) and stores and not self._is_module(func.value):
            self._put(func.value, kind)

    def _is_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and self.page.everywhere(node.id) == "import"

    @staticmethod
    def _add(found: dict[str, int], name: str, kind: int) -> None:
        if kind and name:
            found[name] = found.get(name, NOTHING) | kind

    # --- values ---------------------------------------------------------------------

    def kind(self, node: ast.expr) -> int:
        """What a value may be, or hold."""
        if isinstance(node, ast.Name):
            is_me = self.me and node.id == self.me
            return self.my_kind if is_me else self.names.get(node.id, NOTHING)
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.Compare):
            return NOTHING
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return self._special(node.value, "__getitem__", self.kind(node.value))
        if isinstance(node, ast.IfExp):
            return self.kind(node.body) | self.kind(node.orelse)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return NOTHING
        if isinstance(node, ast.BinOp) and is_text(node.left):
            return NOTHING
        if isinstance(node, ast.Lambda):
            return self.kind(node.body)
        if isinstance(node, _COMPREHENSIONS):
            return self.kind(node.elt)
        if isinstance(node, ast.DictComp):
            return self.kind(node.key) | self.kind(node.value)
        return self._any(n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))

    def _any(self, nodes: Iterator[ast.expr]) -> int:
        found = NOTHING
        for node in nodes:
            found |= self.kind(node)
        return found

    def _arguments(self, call: ast.Call) -> int:
        return self._any(iter([*call.args, *(keyword.value for keyword in call.keywords)]))

    def _attribute(self, node: ast.Attribute) -> int:
        kind = self.kind(node.value)
        if node.attr == "__class__":
            return CLASS if kind & INSTANCE else NOTHING
        if node.attr.startswith("__") and node.attr != "__dict__":
            return NOTHING
        if node.attr in self.known:
            return self.given.get(node.attr, NOTHING) | (INSTANCE if node.attr in self.held else 0)
        return kind

    def _special(self, node: ast.expr, method: str, other: int) -> int:
        """What an own method gives that Python calls on what surely is an instance."""
        me = self.me if self.my_kind == INSTANCE else None
        is_own = method in self.own and self.exact.is_instance(node, me)
        return self.given.get(method, NOTHING) if is_own else other

    def _call(self, call: ast.Call) -> int:
        func, given = call.func, self._arguments(call)
        if isinstance(func, ast.Name) and func.id in _ITERATING and len(call.args) == 1:
            given = self._special(call.args[0], "__iter__", given)
        if isinstance(func, ast.Attribute):
            found = self._method(func, given)
            return found | CLASS if found & INSTANCE and _gives_type(call) else found
        if not isinstance(func, ast.Name):
            return _called(self.kind(func)) | given
        if func.id == "type":
            return CLASS if given & INSTANCE else NOTHING
        if func.id == "map" and call.args and isinstance(call.args[0], ast.Name):
            first = ast.Call(call.args[0], call.args[1:], [])
            return self._call(first)
        if func.id in _PLAIN_CALLS and func.id not in self.functions:
            return NOTHING
        if func.id in self.functions:
            return self.given.get(func.id, NOTHING) | self.names.get(func.id, NOTHING)
        called = _called(self.names.get(func.id, NOTHING))
        return self._special(func, "__call__", called) | given

    def _method(self, func: ast.Attribute, given: int) -> int:
        if is_text(func.value):
            return NOTHING
        kind = self.kind(func.value)
        if func.attr in self.own and self._is_receiver(func.value):
            return self.given.get(func.attr, NOTHING)
        if func.attr in self.methods:
            held = kind if func.attr in _OF_CONTAINERS else NOTHING
            return self.given.get(func.attr, NOTHING) | held
        if func.attr in _PLAIN_METHODS:
            return NOTHING
        return kind | _called(kind) | given

    def _is_receiver(self, node: ast.expr) -> bool:
        return self.exact.is_class(node) or self.exact.is_instance(node, self.me)


def _gives_type(call: ast.Call) -> bool:
    """``series.map(type)``"""
    return any(isinstance(one, ast.Name) and one.id == "type" for one in call.args)


def _called(kind: int) -> int:
    """Calling a class makes an instance."""
    return INSTANCE if kind & CLASS else kind


def is_text(node: ast.expr) -> bool:
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, ast.JoinedStr)


# --- what the page defines ------------------------------------------------------------


def _defined(page: Page, kinds: tuple[type[ast.AST], ...]) -> dict[str, list[ast.AST]]:
    """Every function, or class, of the page by its name, wherever it stands."""
    found: dict[str, list[ast.AST]] = {}
    for statement in page.statements:
        for node in statement.definitions:
            if isinstance(node, kinds):
                found.setdefault(node.name, []).append(node)  # type: ignore[attr-defined]
    return found


def _methods(tree: ast.AST) -> dict[str, list[ast.AST]]:
    found: dict[str, list[ast.AST]] = {}
    for node in getattr(tree, "body", ()):
        if isinstance(node, FUNCTIONS[:2]):
            found.setdefault(node.name, []).append(node)
    return found


def _fields(tree: ast.AST) -> set[str]:
    body = getattr(tree, "body", ())
    return {
        node.target.id
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def _parameters(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(getattr(function, "args", function)):
        if isinstance(node, ast.arg):
            yield node.arg


def _members(tree: ast.ClassDef, classes: dict[str, list[ast.AST]]) -> set[str]:
    """Attributes that the class, or a class of the page above it, is seen to have."""
    found = {*_methods(tree), *_fields(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found |= {one.id for one in node.targets if isinstance(one, ast.Name)}
    return found | {
        name for one in bases_of(tree, classes) if one is not tree for name in _members(one, {})
    }


def bases_of(tree: ast.ClassDef, classes: dict[str, list[ast.AST]]) -> list[ast.ClassDef]:
    """The class and the classes of the page that it inherits from."""
    found = [tree]
    for one in found:
        for base in one.bases:
            named = classes.get(base.id, ()) if isinstance(base, ast.Name) else ()
            found += [b for b in named if isinstance(b, ast.ClassDef) and b not in found]
    return found
