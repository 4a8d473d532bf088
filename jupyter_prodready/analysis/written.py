"""The calls, imports and absolute paths of one cell, as they are written; cached by source."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

from ..records import dataclass, field
from .facts import StatementFacts, facts_of
from .kept import by_source
from .nodes import children

ABSOLUTE = re.compile(r"[/\\]{1,2}\w|[A-Za-z]:[\\/]")
_OPTIONAL = frozenset({"ImportError", "ModuleNotFoundError", "Exception"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class WrittenImport:
    """``from module import name as asname``; ``optional`` if the page does without it."""

    module: str
    name: str | None
    asname: str
    line: int
    optional: bool


@dataclass(slots=True, eq=False)
class Written:
    """What one scope says. ``calls`` are in the order of evaluation, with whether a run
    must reach them; ``names`` are all that it loads; ``texts`` may be absolute paths."""

    calls: list[tuple[ast.Call | ast.Subscript, bool]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    imports: tuple[WrittenImport, ...] = ()
    texts: tuple[ast.Constant, ...] = ()


@dataclass(slots=True, eq=False)
class WrittenStatement:
    """A top-level statement: what it does itself, and the functions and classes that it
    defines, each with all that stands in its body."""

    facts: StatementFacts
    node: ast.stmt
    body: Written
    functions: tuple[tuple[str, Written], ...]


@by_source
def written(source: str) -> tuple[WrittenStatement, ...]:
    """One for each statement of ``facts_of(source)``. Never raises."""
    return tuple([_statement(one, one.node) for one in facts_of(source).statements])


@by_source
def bound_in_cell(source: str) -> tuple[tuple[str, ast.expr | None], ...]:
    """(name, value) for each time that a statement binds or changes a name: the value of a
    plain assignment, else None."""
    found: list[tuple[str, ast.expr | None]] = []
    for facts in facts_of(source).statements:
        node, names = facts.node, facts.writes
        if facts.maybe_writes or facts.mutations:
            changed = [mutation.name for mutation in facts.mutations]
            names = names.union(facts.maybe_writes, changed)
        bound, value = None, None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
            bound = target.id if isinstance(target, ast.Name) else None
        found += [(name, value if name == bound else None) for name in names]
    return tuple(found)


@by_source
def loaded(source: str) -> frozenset[str]:
    """Every name that the cell loads, in its functions, too."""
    found: set[str] = set()
    for one in written(source):
        found |= one.body.names
        for _, inner in one.functions:
            found |= inner.names
    return frozenset(found)


@by_source
def mentioned(source: str) -> tuple[str, ...]:
    """Every name that the cell loads, binds or imports, those in its functions, too."""
    names = set(loaded(source))
    for one in written(source):
        facts = one.facts
        names |= facts.writes
        if facts.maybe_writes:
            names |= facts.maybe_writes
        if one.body.imports:
            names.update([item.asname for item in one.body.imports])
        for name, inner in one.functions:
            names.add(name)
            names.update([item.asname for item in inner.imports])
    return tuple(sorted(names))


def _statement(facts: StatementFacts, node: ast.stmt) -> WrittenStatement:
    reader = _Reader(Written(), {})
    try:
        reader.visit(node)
    except RecursionError:
        return WrittenStatement(facts, node, Written(), ())
    return WrittenStatement(facts, node, reader.into, tuple(reader.functions.items()))


_METHODS: dict[type, Callable[[_Reader, Any], None]] = {}


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
        kind = type(node)
        method = _METHODS.get(kind)
        if method is None:
            name = f"visit_{kind.__name__}"
            method = _METHODS[kind] = getattr(_Reader, name, _Reader.visit_children)
        method(self, node)

    def visit_children(self, node: ast.AST) -> None:
        for child in children(node):
            while isinstance(child, ast.Attribute):
                child = child.value
            if isinstance(child, ast.Name):
                if isinstance(child.ctx, ast.Load):
                    self.into.names.add(child.id)
            else:
                self.visit(child)

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

    def visit_Call(self, node: ast.Call) -> None:
        self.visit_children(node)
        self.into.calls.append((node, self.certain))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit_children(node)
        if isinstance(node.value, (ast.Attribute, ast.Name)):
            last = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id
            if last == "environ":
                self.into.calls.append((node, self.certain))

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.into.names.add(node.id)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and ABSOLUTE.match(node.value):
            self.into.texts += (node,)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.visit_all(node.values[:1])
        self.visit_all(part for part in node.values[1:] if not isinstance(part, ast.Constant))

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

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self.possibly([node.body, node.orelse])

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        self.possibly(node.values[1:])

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

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.possibly([node.body])

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    visit_SetComp = visit_GeneratorExp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def _comprehension(self, generators: list[ast.comprehension], parts: list[ast.expr]) -> None:
        self.visit(generators[0].iter)
        rest = [one.iter for one in generators[1:]]
        self.possibly([*rest, *[test for one in generators for test in one.ifs], *parts])


def _is_type_checking(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in (getattr(test, "id", ""), getattr(test, "attr", ""))


def _catches_imports(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in _OPTIONAL for n in ast.walk(handler.type))
