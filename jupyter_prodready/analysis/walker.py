"""Statements and definitions: the walk through one scope, to its facts."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence

from .aliases import added, element_aliases, pair_aliases, sources_by_name, sources_of
from .expressions import Expressions
from .facts import Alias, Call, DeferredFacts, Import, Read
from .mutation import RETURNS_NONE
from .patterns import is_consumable
from .scope import FunctionNode, parameters

_NAME_ERRORS = {"NameError", "Exception", "BaseException", "UnboundLocalError"}


class Walker(Expressions):
    """Collects the facts of one scope."""

    in_class = False

    # --- definitions ----------------------------------------------------------------

    def _inner(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> DeferredFacts:
        params = parameters(arguments)
        inner = Walker(self.hidden | (self.own or frozenset()), frozenset(params))
        for node in body:
            inner.visit(node)
        return inner.as_deferred(params)

    def as_deferred(self, params: tuple[str, ...]) -> DeferredFacts:
        """The facts of this scope, as what happens when it is called."""
        nested = [*self.deferred.values(), *self.anonymous]
        own = self.own or set()
        reads = {name: read for name, read in self.reads.items() if name not in own}
        mutations = [m for m in self.mutations if m.name not in own]
        for facts in nested:
            for read in facts.reads:
                if read.name not in own:
                    reads.setdefault(read.name, read._replace(certain=False))
            mutations += [m for m in facts.mutations if m.name not in own]
        local = own - self.params
        return DeferredFacts(
            kind="function",
            params=params,
            reads=tuple(reads.values()),
            writes=frozenset(self.bound | self.maybe).union(*[facts.writes for facts in nested]),
            mutations=tuple(mutations),
            changes_params=frozenset(self.param_changes),
            returns=frozenset(self._handed_back(local)),
            calls=tuple(_without(call, local) for call in self.calls),
            shows=self.shows or any(facts.shows for facts in nested),
            closures=self.closures or bool(self.deferred),
            consumable=self.yields or self.hands_out,
            keeps=frozenset(self._kept(params)),
            stateful=self.stateful,
            draws=frozenset(self.draws).union(*[facts.draws for facts in nested]),
            seeds=frozenset(self.seeds).union(*[facts.seeds for facts in nested]),
            ambient_reads=frozenset(self.ambient_reads),
            ambient_writes=frozenset(self.ambient_writes),
            unrepeatable=self.unrepeatable or any(facts.unrepeatable for facts in nested),
        )

    def _kept(self, params: tuple[str, ...]) -> set[str]:
        """Parameters that end up in the first one."""
        return self.alias.get(params[0], set()) & self.params if params else set()

    def _handed_back(self, local: set[str]) -> set[str]:
        """Parameters and globals that a call may return, itself or under a local name."""
        names = set(self.returned)
        for name in self.returned & local:
            names |= self.alias.get(name, set())
        return names - local

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        if node.decorator_list:
            self.invoke(node.decorator_list)
            self._decorators_called(node)
        self.visit_all(node.args.defaults)
        self.visit_all(node.args.kw_defaults)
        self._annotations(node)
        if self.own is not None:
            self.bind(node.name)
        self.deferred[node.name] = self._inner(node.args, node.body)
        if self.own is None:
            self.bind(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _decorators_called(self, node: FunctionNode | ast.ClassDef) -> None:
        sure, reached = self.certain and not self.dead, self.reached and not self.dead
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Name):
                self.calls.append(Call(decorator.id, None, (None,), (), sure, reached))

    def _annotations(self, node: FunctionNode) -> None:
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [arg for arg in (arguments.vararg, arguments.kwarg) if arg]
        notes = [arg.annotation for arg in every if arg.annotation is not None]
        if notes or node.returns is not None:
            self._note([*notes, node.returns])

    def _note(self, notes: list[ast.expr | None]) -> None:
        """Annotations at the top level are evaluated at once, unless that is put off."""
        if self.own is not None and not self.in_class:
            self.possibly(notes)
            return
        self.notes, before = self.annotations, self.notes
        if sys.version_info < (3, 14):
            self.visit_all(notes)
        else:
            self.possibly(notes)
        self.notes = before

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.invoke([*node.decorator_list, *node.bases, *[k.value for k in node.keywords]])
        self._decorators_called(node)
        hidden = self.hidden | (self.own or frozenset())
        body = ClassBody(hidden, frozenset())
        body.certain, body.reached = self.certain, self.reached
        body.invoking = self.invoking
        body.made_by_fields = "dataclass" in "".join(map(ast.dump, node.decorator_list))
        for child in node.body:
            body.visit(child)
        for read in body.reads.values():
            self._take_read(read)
        for read in body.annotations.values():
            self.notes, before = self.annotations, self.notes
            self._take_read(read)
            self.notes = before
        self.invoked |= body.invoked - (body.own or set())
        self.looked_at |= body.looked_at - (body.own or set())
        self.effects += body.effects
        self.draws |= body.draws
        self.unrepeatable = self.unrepeatable or body.unrepeatable
        bases = tuple(base.id for base in node.bases if isinstance(base, ast.Name))
        self.deferred[node.name] = _class_facts(body, bases)
        self.bind(node.name)

    def _take_read(self, read: Read) -> None:
        before = self.certain, self.reached
        self.certain, self.reached = read.certain, read.reached
        self.read(read.name, read.line, read.items)
        self.certain, self.reached = before

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        facts = self._inner(node.args, [node.body])
        self.closures = True
        self.anonymous.append(facts)

    # --- statements -----------------------------------------------------------------

    def visit_Global(self, node: ast.Global) -> None:
        self.declared.update(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.outer.update(node.names)

    def visit_Assign(self, node: ast.Assign) -> None:
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            self.pure |= {id(call)} if call.func.attr in RETURNS_NONE else set()
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)
        self._name_lambda(node.targets, node.value)
        if is_consumable(node.value):
            self.iterators |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        if self.own is not None:
            for target in node.targets:
                self._local_aliases(pair_aliases(target, node.value))

    def _local_aliases(self, aliases: Iterable[Alias]) -> None:
        for alias in aliases:
            known = self.alias.setdefault(alias.target, set())
            known |= {alias.source} | self.alias.get(alias.source, set())

    def _name_lambda(self, targets: list[ast.expr], value: ast.expr) -> None:
        if isinstance(value, ast.Lambda) and len(targets) == 1 and isinstance(targets[0], ast.Name):
            self.deferred[targets[0].id] = self.anonymous.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        self.visit(node.value)
        if self.own is not None:
            self._local_aliases(added(node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if self.own is None or self.in_class:
            self._note([node.annotation])
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
            self.invoke([as_read(node.target)])
            self.visit(node.target)

    def visit_If(self, node: ast.If) -> None:
        self.invoke([node.test])
        self.branch(node.body, node.orelse)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.invoke([node.iter])
        self.visit(node.target)
        elements = element_aliases(node.target, node.iter)
        if self.own is not None:
            self._local_aliases(elements)
        outer, self.loops = self.loops, self.loops | sources_by_name(elements)
        self._loop(node.body, node.orelse)
        self.loops = outer

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.invoke([node.test])
        self._loop(node.body, node.orelse)

    def _loop(self, body: Sequence[ast.AST], orelse: Sequence[ast.AST]) -> None:
        dead = self.dead
        self.possibly(body, looped=True)
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
        before = self.certain, self.reached
        self.certain, self.reached = self.certain and not catches, self.reached and not catches
        self.visit_all([*node.body, *node.orelse])
        self.certain, self.reached = before
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
        self._first_pattern(node.cases[0].pattern)
        catch_all = any(_matches_all(case) for case in node.cases)
        self.branch(*[[case] for case in node.cases], *([] if catch_all else [[]]))

    def _first_pattern(self, pattern: ast.pattern) -> None:
        """What the first pattern reads is read whatever the subject is."""
        if isinstance(pattern, ast.MatchValue):
            self.visit(pattern.value)
        elif isinstance(pattern, ast.MatchClass):
            self.visit(pattern.cls)

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
            if (module, alias.name) == ("__future__", "annotations"):
                self.ambient_writes.add("@future:annotations")
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
            self.hands_out = self.hands_out or self._hands_out(node.value)
        self.dead = True

    def _hands_out(self, value: ast.expr) -> bool:
        """Does it return an iterator, or a function with a state of its own?"""
        if is_consumable(value):
            return True
        if isinstance(value, ast.Name):
            return value.id in self.iterators or self._has_state(self.deferred.get(value.id))
        if isinstance(value, ast.Lambda):
            return self._has_state(self.anonymous[-1])
        return isinstance(value, ast.Tuple | ast.List) and any(map(self._hands_out, value.elts))

    def _has_state(self, inner: DeferredFacts | None) -> bool:
        own = self.own or set()
        if inner is None:
            return False
        return inner.stateful or any(m.name in own for m in inner.mutations)

    def visit_Break(self, node: ast.Break) -> None:
        self.dead = True

    def visit_Continue(self, node: ast.Continue) -> None:
        self.dead = True

    def visit_Assert(self, node: ast.Assert) -> None:
        self.invoke([node.test])
        self.possibly([node.msg])


class ClassBody(Walker):
    """The body of a class: its names are no names of the methods."""

    in_class = True
    made_by_fields = False

    def _inner(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> DeferredFacts:
        own, self.own = self.own, None
        facts = super()._inner(arguments, body)
        self.own = own
        return facts


def _class_facts(body: ClassBody, bases: tuple[str, ...]) -> DeferredFacts:
    """A class is used through its methods; only ``__init__`` certainly runs on a call."""
    methods = tuple(body.deferred.items())
    reads: dict[str, Read] = {}
    for _, facts in methods:
        for read in facts.reads:
            reads.setdefault(read.name, read._replace(certain=False))
    every = [facts for _, facts in methods] + body.anonymous
    keeps_all = "__init__" not in body.deferred and (body.made_by_fields or "NamedTuple" in bases)
    return DeferredFacts(
        kind="class",
        keeps=frozenset(["*"]) if keeps_all else frozenset(),
        reads=tuple(reads.values()),
        writes=frozenset().union(*[facts.writes for facts in every]),
        mutations=tuple(m for facts in every for m in facts.mutations),
        calls=tuple(call for facts in every for call in facts.calls),
        shows=any(facts.shows for facts in every),
        closures=True,
        draws=frozenset().union(*[facts.draws for facts in every]),
        seeds=frozenset().union(*[facts.seeds for facts in every]),
        ambient_reads=frozenset().union(*[facts.ambient_reads for facts in every]),
        ambient_writes=frozenset().union(*[facts.ambient_writes for facts in every]),
        unrepeatable=any(facts.unrepeatable for facts in every),
        methods=methods,
        bases=bases,
    )


def _without(call: Call, local: set[str]) -> Call:
    """``call`` with its arguments that are local names left out."""
    if not local.intersection(call.args) and not any(name in local for _, name in call.keywords):
        return call
    args = tuple(None if name in local else name for name in call.args)
    return call._replace(
        args=args, keywords=tuple(pair for pair in call.keywords if pair[1] not in local)
    )


def as_read(target: ast.Attribute | ast.Subscript) -> ast.expr:
    """``target`` of an augmented assignment, as it is read."""
    if isinstance(target, ast.Attribute):
        read: ast.expr = ast.Attribute(target.value, target.attr, ast.Load())
    else:
        read = ast.Subscript(target.value, target.slice, ast.Load())
    return ast.copy_location(read, target)


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
