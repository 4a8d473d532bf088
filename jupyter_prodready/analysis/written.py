"""The calls, imports and absolute paths of one cell, as they are written; cached by source."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

from ..records import dataclass, field
from .builtin_names import BUILTINS, is_builtin
from .facts import StatementFacts, facts_of
from .kept import by_source
from .literals import may_be_text
from .nodes import children
from .rare import PLAIN
from .said import Written, WrittenImport
from .words import NOTHING

ABSOLUTE = re.compile(r"[/\\]{1,2}\w|[A-Za-z]:[\\/]")
_BEGIN = r"""(?:[/\\]|[A-Za-z](?:[:\\]|["']\s*["'rRbBuUfF#\\]))"""
_MAY_BE_ABSOLUTE = [re.compile(quote + _BEGIN) for quote in "\"'"]
"""One is found in all code that has a text as `ABSOLUTE` has them: there a quote is followed by a
slash, a backslash, or a letter with a colon, which may be written by a backslash or begin another
text. A pattern for each quote: what begins with one character is searched for in half the
time."""
_OPTIONAL = frozenset({"ImportError", "ModuleNotFoundError", "Exception"})
Attribute, BinOp, Call, Constant = ast.Attribute, ast.BinOp, ast.Call, ast.Constant
Name, Store, Subscript, Assign = ast.Name, ast.Store, ast.Subscript, ast.Assign
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True, eq=False)
class WrittenCell:
    """The statements of ``facts_of(source)``; every name that the cell ``loaded``, in its
    functions, too; every name that it gives a meaning to, by binding, import or
    definition (``given``), and that it imports of these, in its functions, too; and (name,
    value, what is called by its name there) of each plain assignment of what may be a text."""

    statements: tuple[StatementFacts, ...]
    loaded: set[str] = field(init=False, default_factory=set)
    given: set[str] = field(init=False, default_factory=set)
    imported: frozenset[str] = field(init=False, default=NOTHING)
    texts: tuple[tuple[str, ast.expr, str], ...] = field(init=False, default=())
    plain: bool = field(init=False, default=True)
    """Has it no imports, definitions, magics, and no texts that may be absolute paths?"""

    @property
    def rebinds(self) -> bool:
        """Does it give a meaning to a name that has one without it?"""
        if not BUILTINS.isdisjoint(self.given):
            return True
        return bool([1 for name in self.given if name[0] == "_" and is_builtin(name)])


@by_source
def written(source: str) -> WrittenCell:
    """Never raises."""
    found = facts_of(source)
    statements = found.statements
    has_paths = _may_have_path(found.code)
    plain = not (has_paths or found.magics)
    cell = WrittenCell(statements)
    loaded, given = cell.loaded, cell.given
    for facts in statements:
        body, node = facts.said, facts.node
        if body.odd or facts.functions or has_paths:
            _complete(facts)
            body = facts.said
            for name, inner in facts.functions:
                plain = False
                loaded |= inner.names
                given.add(name)
                cell.imported = cell.imported.union([item.asname for item in inner.imports])
        loaded |= body.names
        if facts.writes:
            given |= facts.writes
        if facts.rare is not PLAIN:
            given |= facts.rare.maybe_writes
        if body.imports:
            plain = False
            cell.imported = cell.imported.union([item.asname for item in body.imports])
        if type(node) is Assign and may_be_text(node.value):
            target = node.targets[0]
            if type(target) is Name and len(node.targets) == 1 and target.id in facts.writes:
                cell.texts += ((target.id, node.value, _called(node.value)),)
    given |= cell.imported
    cell.plain = plain
    return cell


def _called(value: ast.expr) -> str:
    return value.func.id if type(value) is Call and type(value.func) is Name else ""


def _complete(facts: StatementFacts) -> None:
    """Walk again where the reader of facts met what it does not gather."""
    is_odd = facts.said.odd
    for _, said in facts.functions:
        is_odd = is_odd or said.odd
    if is_odd or _may_have_path(facts.text):
        facts.said, facts.functions = _walked(facts.node)


def _may_have_path(code: str) -> bool:
    if not ('"/' in code or "'/" in code or "\\" in code or ":/" in code):
        return False  # told in a tenth of the time, for most code
    double, single = _MAY_BE_ABSOLUTE
    return double.search(code) is not None or single.search(code) is not None


def _walked(node: ast.stmt) -> tuple[Written, tuple[tuple[str, Written], ...]]:
    """What a top-level statement says itself, and the functions and classes that it defines,
    each with all that stands in its body."""
    into = Written()
    if isinstance(node, ast.Expr):
        if type(node.value) is not Constant:
            _collect(node.value, into, certain=True)
        return into, ()
    if type(node) not in _METHODS:
        _collect(node, into, certain=True)
        return into, ()
    reader = _Reader(into, {})
    try:
        reader.visit(node)
    except RecursionError:
        return Written(), ()
    return into, tuple(reader.functions.items())


class _Reader:
    """Reads one scope ``into``; ``functions`` is None inside of a function, whose own
    functions count as its body."""

    def __init__(self, into: Written, functions: dict[str, Written] | None) -> None:
        self.into = into
        self.functions: dict[str, Written] = {} if functions is None else functions
        self.nested = functions is None
        self.certain = True
        self.optional = False

    def visit(self, node: ast.AST) -> None:
        method = _METHODS.get(type(node))
        if method is None:
            _collect(node, self.into, certain=self.certain)
        else:
            method(self, node)

    def visit_children(self, node: ast.AST) -> None:
        self.visit_all(children(node))

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def possibly(self, nodes: Iterable[ast.AST | None]) -> None:
        before, self.certain = self.certain, False
        self.visit_all(nodes)
        self.certain = before

    # --- scopes -----------------------------------------------------------------------

    def visit_FunctionDef(self, node: _Function) -> None:
        self.visit_all([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults])
        self._define(node.name, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_all([*node.decorator_list, *node.bases, *node.keywords])
        methods = [child for child in node.body if isinstance(child, _Function)]
        self.visit_all(child for child in node.body if not isinstance(child, _Function))
        self._define(node.name, methods)
        self.into.names |= {base.id for base in node.bases if isinstance(base, ast.Name)}

    def _define(self, name: str, body: Iterable[ast.AST]) -> None:
        inner = self.into if self.nested else self.functions.setdefault(name, Written())
        reader = _Reader(inner, None)
        reader.optional = self.optional
        reader.possibly(body)

    # --- what is collected -------------------------------------------------------------

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._import(alias.name, None, name, node.lineno)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            self._import(module, alias.name, alias.asname or alias.name, node.lineno)

    def _import(self, module: str, name: str | None, asname: str, line: int) -> None:
        self.into.imports += (WrittenImport(module, name, asname, line, self.optional),)

    # --- paths that a run may not take --------------------------------------------------

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        before, self.optional = self.optional, self.optional or _is_type_checking(node.test)
        self.possibly(node.body)
        self.optional = before
        self.possibly(node.orelse)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.possibly([node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self.possibly([*node.body, *node.orelse])

    def visit_Try(self, node: ast.Try) -> None:
        before = self.optional
        self.optional = before or any(_catches_imports(one) for one in node.handlers)
        self.possibly([*node.body, *node.handlers])
        self.optional = before
        self.possibly(node.orelse)
        self.visit_all(node.finalbody)

    visit_TryStar = visit_Try

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        self.possibly(node.cases)

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        self.visit_all(item.context_expr for item in node.items)
        swallows = any("suppress" in ast.dump(item.context_expr) for item in node.items)
        (self.possibly if swallows else self.visit_all)(node.body)

    visit_AsyncWith = visit_With

    visit_ExceptHandler = visit_match_case = visit_children


_METHODS: dict[type, Callable[[_Reader, Any], None]] = {
    getattr(ast, name[6:]): method
    for name, method in vars(_Reader).items()
    if name.startswith("visit_") and hasattr(ast, name[6:])
}
"""The method for each kind of node that has one."""


# --- what has no statements in it ------------------------------------------------------------


def _collect(node: ast.AST, into: Written, *, certain: bool) -> None:
    """What has no statements in it, in one loop: from the right to the left, then turned
    round. A truth value among the nodes says whether a run must reach those left of it."""
    add, calls, texts = into.names.add, [], []
    waiting: list[Any] = [node]
    while waiting:
        one = waiting.pop()
        kind = type(one)
        while kind is Attribute:
            one = one.value
            kind = type(one)
        if kind is Name:
            if type(one.ctx) is not Store:
                add(one.id)
        elif kind is Call:
            calls.append((one, certain))
            waiting.append(one.func)
            waiting += one.args
            waiting += [keyword.value for keyword in one.keywords]
        elif kind is Constant:
            if type(one.value) is str and ABSOLUTE.match(one.value):
                texts.append(one)
        elif kind is Subscript:
            if _is_environ(one.value):
                calls.append((one, certain))
            waiting += one.value, one.slice
        elif kind is Assign:
            waiting += one.targets
            waiting.append(one.value)
        elif kind is BinOp:
            waiting += one.left, one.right
        elif kind is bool:
            certain = one
        elif kind in _PATHS:
            waiting += _PATHS[kind](one, certain)
        else:
            waiting += children(one)
    into.calls += reversed(calls)
    if texts:
        into.texts += tuple(reversed(texts))


def _of_choice(node: ast.IfExp, certain: bool) -> list[object]:
    return [node.test, certain, node.body, node.orelse, False]


def _of_logic(node: ast.BoolOp, certain: bool) -> list[object]:
    return [node.values[0], certain, *node.values[1:], False]


def _of_lambda(node: ast.Lambda, certain: bool) -> list[object]:
    return [certain, node.body, False]


def _of_elements(node: ast.ListComp | ast.DictComp, certain: bool) -> list[object]:
    first, *rest = node.generators
    tests = [test for one in node.generators for test in one.ifs]
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    return [first.iter, certain, *[one.iter for one in rest], *tests, *parts, False]


def _of_text(node: ast.JoinedStr, certain: bool) -> list[object]:
    """Only its first text may be the start of a path."""
    rest = [part for part in node.values[1:] if not isinstance(part, ast.Constant)]
    return [*node.values[:1], *rest]


_PATHS: dict[type, Callable[[Any, bool], list[object]]] = {
    ast.IfExp: _of_choice,
    ast.BoolOp: _of_logic,
    ast.Lambda: _of_lambda,
    ast.ListComp: _of_elements,
    ast.SetComp: _of_elements,
    ast.GeneratorExp: _of_elements,
    ast.DictComp: _of_elements,
    ast.JoinedStr: _of_text,
}


def _is_environ(value: ast.expr) -> bool:
    last = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return last == "environ"


def _is_type_checking(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in (getattr(test, "id", ""), getattr(test, "attr", ""))


def _catches_imports(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in _OPTIONAL for n in ast.walk(handler.type))
