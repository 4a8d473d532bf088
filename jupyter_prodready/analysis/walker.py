"""Statements and definitions: the walk through one scope, to its facts."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from .expressions import Expressions
from .facts import DeferredFacts, Import, Read
from .mutation import RETURNS_NONE
from .patterns import sources_of
from .scope import FunctionNode, bound_in, parameters

_NAME_ERRORS = {"NameError", "Exception", "BaseException", "UnboundLocalError"}


class Walker(Expressions):
    """Collects the facts of one scope."""

    # --- definitions ----------------------------------------------------------------

    def _inner(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> DeferredFacts:
        params = frozenset(parameters(arguments))
        bound, declared = bound_in(body)
        inner = Walker((self.local | params | bound) - declared, params)
        for node in body:
            inner.visit(node)
        return inner.as_deferred(parameters(arguments))

    def as_deferred(self, params: tuple[str, ...]) -> DeferredFacts:
        """The facts of this scope, as what happens when it is called."""
        nested = [*self.deferred.values(), *self.anonymous]
        reads = dict(self.reads)
        for facts in nested:
            for read in facts.reads:
                if read.name not in self.local:
                    reads.setdefault(read.name, Read(read.name, read.line, certain=False))
        return DeferredFacts(
            kind="function",
            params=params,
            reads=tuple(reads.values()),
            writes=frozenset(self.bound | self.maybe) - self.local,
            mutates=frozenset(m.name for m in self.mutations).union(*[f.mutates for f in nested])
            - self.local,
            changes_params=frozenset(self.param_changes),
            returns=frozenset(
                name for name in self.returned if name in self.params or name not in self.local
            ),
            calls=tuple(self.calls),
            shows=self.shows or any(facts.shows for facts in nested),
            closures=self.closures or bool(self.deferred),
            consumable=self.yields or self.consumable,
            draws=frozenset(self.draws).union(*[facts.draws for facts in nested]),
            seeds=frozenset(self.seeds).union(*[facts.seeds for facts in nested]),
            unrepeatable=self.unrepeatable or any(facts.unrepeatable for facts in nested),
        )

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        self.invoke(node.decorator_list)
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        extra = [arg for arg in (node.args.vararg, node.args.kwarg) if arg]
        self.possibly([arg.annotation for arg in [*every, *extra]])
        self.possibly([node.returns])
        self.deferred[node.name] = self._inner(node.args, node.body)
        self.bind(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.invoke([*node.decorator_list, *node.bases, *[k.value for k in node.keywords]])
        bound, _ = bound_in(node.body)
        body = Walker(self.local | bound)
        body.certain, body.invoking = self.certain, self.invoking
        for child in node.body:
            body.visit(child)
        for read in body.reads.values():
            self._take_read(read)
        self.invoked |= body.invoked - bound
        self.effects += body.effects
        self.deferred[node.name] = _class_facts(body, self.local)
        self.bind(node.name)

    def _take_read(self, read: Read) -> None:
        before, self.certain = self.certain, read.certain
        self.read(read.name, read.line)
        self.certain = before

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        facts = self._inner(node.args, [node.body])
        self.closures = True
        self.anonymous.append(facts)

    # --- statements -----------------------------------------------------------------

    def visit_Assign(self, node: ast.Assign) -> None:
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            self.pure |= {id(call)} if call.func.attr in RETURNS_NONE else set()
        self.visit(node.value)
        self.visit_all(node.targets)
        self._name_lambda(node.targets, node.value)

    def _name_lambda(self, targets: list[ast.expr], value: ast.expr) -> None:
        if isinstance(value, ast.Lambda) and len(targets) == 1 and isinstance(targets[0], ast.Name):
            self.deferred[targets[0].id] = self.anonymous.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if not self.local:
            self.possibly([node.annotation])
        if node.value is not None:
            self.visit(node.value)
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.invoke([node.value])
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node.lineno)
            if node.target.id in self.params:
                self.param_changes.add(node.target.id)
            self.bind(node.target.id)
            self.augmented.add(node.target.id)
        else:
            self.invoke([node.target.value])
            self.visit(node.target)

    def visit_If(self, node: ast.If) -> None:
        self.invoke([node.test])
        self.branch(node.body, node.orelse)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.invoke([node.iter])
        self.visit(node.target)
        self._loop(node.body, node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.invoke([node.test])
        self._loop(node.body, node.orelse)

    def _loop(self, body: Sequence[ast.AST], orelse: Sequence[ast.AST]) -> None:
        dead = self.dead
        self.possibly(body)
        self.dead = dead
        self.branch(orelse, [])
        self.dead = dead

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.invoke([item.context_expr])
            self.visit_all([item.optional_vars])
        self.visit_all(node.body)

    visit_AsyncWith = visit_With

    def visit_Try(self, node: ast.Try) -> None:
        catches = any(_catches_names(handler) for handler in node.handlers)
        start = set(self.bound)
        before, self.certain = self.certain, self.certain and not catches
        self.visit_all([*node.body, *node.orelse])
        self.certain = before
        dead, normal = self.dead, set(self.bound)
        ends = [] if dead else [normal]
        every = set(normal)
        for handler in node.handlers:
            self.bound, self.dead = set(start), False
            self.possibly([handler])
            every |= self.bound
            if not self.dead:
                ends.append(self.bound)
        self.dead = not ends
        self.bound = set.intersection(*ends) if ends else every
        self.maybe |= every - self.bound
        self.visit_all(node.finalbody)

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.visit_all([node.type])
        if node.name:
            self.bind(node.name)
        self.visit_all(node.body)
        if node.name:
            self.bound.discard(node.name)

    def visit_Match(self, node: ast.Match) -> None:
        self.invoke([node.subject])
        catch_all = any(_matches_all(case) for case in node.cases)
        self.branch(*[[case] for case in node.cases], *([] if catch_all else [[]]))

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.visit_all([node.pattern])
        if node.name:
            self.bind(node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.visit_all([*node.keys, *node.patterns])
        if node.rest:
            self.bind(node.rest)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.imports.append(Import(alias.name, None, name, node.lineno))
            self.bind(name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            self.imports.append(Import(module, alias.name, alias.asname or alias.name, node.lineno))
            if alias.name == "*":
                self.opaque = f"`from {module} import *` defines names unseen"
            else:
                self.bind(alias.asname or alias.name)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.invoke([node.exc, node.cause])
        self.dead = True

    def visit_Return(self, node: ast.Return) -> None:
        self.visit_all([node.value])
        if node.value is not None:
            self.returned.update(name for name, _ in sources_of(node.value))
        self.dead = True

    def visit_Break(self, node: ast.Break) -> None:
        self.dead = True

    def visit_Continue(self, node: ast.Continue) -> None:
        self.dead = True

    def visit_Assert(self, node: ast.Assert) -> None:
        self.invoke([node.test])
        self.possibly([node.msg])


def _class_facts(body: Walker, local: frozenset[str]) -> DeferredFacts:
    """A class is used through its methods; only ``__init__`` certainly runs on a call."""
    methods = tuple(body.deferred.items())
    reads: dict[str, Read] = {}
    for _, facts in methods:
        for read in facts.reads:
            if read.name not in local:
                reads.setdefault(read.name, Read(read.name, read.line, certain=False))
    every = [facts for _, facts in methods] + body.anonymous
    return DeferredFacts(
        kind="class",
        reads=tuple(reads.values()),
        writes=frozenset().union(*[facts.writes for facts in every]),
        mutates=frozenset().union(*[facts.mutates for facts in every]),
        calls=tuple(call for facts in every for call in facts.calls),
        shows=any(facts.shows for facts in every),
        closures=True,
        draws=frozenset().union(*[facts.draws for facts in every]),
        seeds=frozenset().union(*[facts.seeds for facts in every]),
        unrepeatable=any(facts.unrepeatable for facts in every),
        methods=methods,
    )


def _catches_names(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {name.id for name in ast.walk(handler.type) if isinstance(name, ast.Name)}
    return bool(names & _NAME_ERRORS)


def _matches_all(case: ast.match_case) -> bool:
    return (
        isinstance(case.pattern, ast.MatchAs)
        and case.pattern.pattern is None
        and case.guard is None
    )
