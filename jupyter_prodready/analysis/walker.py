"""One top-level statement's AST to its facts, following the flow through its branches.

Loops are taken to run at least once: a name bound in a loop body counts as bound after
it. A branch that ends in ``raise`` or ``return`` binds nothing for what follows.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence

from ..model import Effect
from .calls import CallFacts, call_facts, dotted, root
from .facts import Call, DeferredFacts, Import, Mutation, Read, StatementFacts
from .magics import MagicLine
from .patterns import aliases_of, is_immutable, replays_of
from .scope import FunctionNode, bound_in, parameters

_NAME_ERRORS = {"NameError", "Exception", "BaseException", "UnboundLocalError"}


def statement_facts(
    node: ast.stmt, lines: Sequence[str], magics: tuple[MagicLine, ...], *, last: bool, binds: bool
) -> StatementFacts:
    """Facts of ``node``, a top-level statement of a cell whose code is ``lines``."""
    walker = Walker()
    walker.visit(node)
    end = node.end_lineno or node.lineno
    hushed = isinstance(node, ast.Expr) and _ends_in_semicolon(node, lines)
    shows = walker.shows or _shows_value(node, last=last, hushed=hushed, walker=walker)
    shows = shows or any(magic.kind in ("shell", "other", "python", "binds") for magic in magics)
    opaque = walker.opaque or _opaque_magic(magics)
    extra = (";" if hushed and last else "") + "".join(f"\n{m.text}" for m in magics)
    return StatementFacts(
        line=node.lineno,
        end_line=end,
        text="\n".join(lines[node.lineno - 1 : end]),
        node=node,
        extra=extra,
        reads=tuple(walker.reads.values()),
        writes=frozenset(walker.bound) if binds else frozenset(),
        maybe_writes=frozenset(walker.maybe - walker.bound) if binds else frozenset(),
        mutations=tuple(walker.mutations),
        deletes=frozenset(walker.deleted),
        aliases=tuple(aliases_of(node)) if binds else (),
        augmented=frozenset(walker.augmented),
        deferred=tuple(walker.deferred.items()),
        anonymous=tuple(walker.anonymous),
        invoked=frozenset(walker.invoked),
        calls=tuple(walker.calls),
        imports=tuple(walker.imports),
        effects=(*walker.effects, *_magic_effects(magics)),
        replays=tuple(replays_of(node)),
        shows=shows,
        opaque=opaque,
        resets=any(magic.kind == "resets" for magic in magics),
        immutable=is_immutable(node),
        consumable=walker.consumable,
        draws=frozenset(walker.draws),
        seeds=frozenset(walker.seeds),
        unrepeatable=walker.unrepeatable,
    )


def _ends_in_semicolon(node: ast.stmt, lines: Sequence[str]) -> bool:
    end = (node.end_lineno or node.lineno) - 1
    rest = lines[end].encode()[node.end_col_offset or 0 :].decode(errors="replace")
    return rest.lstrip().startswith(";")


def _shows_value(node: ast.stmt, *, last: bool, hushed: bool, walker: Walker) -> bool:
    if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant):
        return isinstance(node, ast.Expr) and last and not hushed
    if last:
        return not hushed or walker.called
    return walker.called and not walker.silent


def _opaque_magic(magics: tuple[MagicLine, ...]) -> str | None:
    for magic in magics:
        if magic.kind == "binds" or (magic.kind == "other" and not magic.name.startswith("%%")):
            return f"`{magic.name}` can define names unseen"
        if magic.kind == "other":
            return f"`{magic.name}` is not known: it can define names unseen"
    return None


def _magic_effects(magics: tuple[MagicLine, ...]) -> tuple[Effect, ...]:
    kinds = {"shell": "shell", "writes-file": "writes-file", "binds": "opaque", "other": "opaque"}
    return tuple(Effect(kinds[m.kind], m.line, m.name) for m in magics if m.kind in kinds)


class Walker:
    """Collects the facts of one scope. ``local`` are the names that belong to a function
    or class scope (None at the top level); ``hidden`` those of enclosing functions."""

    def __init__(self, local: frozenset[str] = frozenset(), params: frozenset[str] = frozenset()) -> None:
        self.local = local
        self.params = params
        self.bound: set[str] = set()
        self.maybe: set[str] = set()
        self.deleted: set[str] = set()
        self.dead = False
        self.certain = True
        self.invoking = 0
        self.reads: dict[str, Read] = {}
        self.mutations: list[Mutation] = []
        self.param_changes: set[str] = set()
        self.augmented: set[str] = set()
        self.invoked: set[str] = set()
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.effects: list[Effect] = []
        self.deferred: dict[str, DeferredFacts] = {}
        self.anonymous: list[DeferredFacts] = []
        self.draws: set[str] = set()
        self.seeds: set[str] = set()
        self.opaque: str | None = None
        self.shows = self.called = self.unrepeatable = self.consumable = False
        self.silent = True
        self.yields = self.closures = False

    # --- dispatch -------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        method: Callable[[ast.AST], None] | None = getattr(self, "visit_" + type(node).__name__, None)
        if method is not None:
            method(node)
        else:
            self.visit_all(ast.iter_child_nodes(node))

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def possibly(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit what may be left out at run time."""
        before, self.certain = self.certain, False
        self.visit_all(nodes)
        self.certain = before

    def invoke(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit what may be called, converted or iterated here."""
        self.invoking += 1
        self.visit_all(nodes)
        self.invoking -= 1

    def branch(self, *bodies: Sequence[ast.AST]) -> None:
        """Alternative paths: bound afterwards is what every surviving path binds."""
        start, deleted = set(self.bound), set(self.deleted)
        ends: list[set[str]] = []
        every: set[str] = set(start)
        removed: set[str] = set(deleted)
        for body in bodies:
            self.bound, self.dead, self.deleted = set(start), False, set(deleted)
            self.possibly(body)
            every |= self.bound
            removed |= self.deleted
            if not self.dead:
                ends.append(self.bound)
        self.dead = not ends
        self.bound = set.intersection(*ends) if ends else set(every)
        self.deleted = deleted | (removed & set()) if ends else removed
        self.maybe |= every - self.bound

    # --- names ----------------------------------------------------------------------

    def read(self, name: str, line: int) -> None:
        if name in self.local or name in self.bound:
            if self.invoking:
                self.invoked.add(name)
            return
        certain = self.certain and not self.dead
        old = self.reads.get(name)
        if old is None or (certain and not old.certain):
            self.reads[name] = Read(name, line if old is None else old.line, certain)
        if self.invoking:
            self.invoked.add(name)

    def bind(self, name: str) -> None:
        if name not in self.local:
            self.bound.add(name)
            self.deleted.discard(name)

    def mutate(self, name: str, *, deep: bool) -> None:
        if name in self.params:
            self.param_changes.add(name)
        if name not in self.local:
            self.mutations.append(Mutation(name, deep))

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node.lineno)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id)
        else:
            self.delete(node.id, node.lineno)

    def delete(self, name: str, line: int) -> None:
        self.read(name, line)
        self.bound.discard(name)
        if name not in self.local:
            self.deleted.add(name)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        if not isinstance(node.ctx, ast.Load):
            self._changes(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.invoke([node.value, node.slice])
        if not isinstance(node.ctx, ast.Load):
            self._changes(node.value)

    def _changes(self, target: ast.expr) -> None:
        if isinstance(target, ast.Call) and dotted(target.func) in ("globals", "locals", "vars"):
            self.opaque = self.opaque or f"`{dotted(target.func)}()` can define names unseen"
        name, deep = root(target)
        if name is not None:
            self.mutate(name, deep=deep)

    # --- expressions ----------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> None:
        self.called = True
        facts = call_facts(node)
        self.invoke([node.func, *node.args, *[keyword.value for keyword in node.keywords]])
        self._call_effects(node, facts)
        for name, deep in facts.mutates:
            self.mutate(name, deep=deep)
        self._direct_call(node)

    def _call_effects(self, node: ast.Call, facts: CallFacts) -> None:
        self.shows = self.shows or facts.shows
        self.silent = self.silent and facts.silent
        self.effects += [Effect(kind, node.lineno, detail) for kind, detail in facts.effects]
        for location in facts.draws:
            self.effects.append(Effect("random", node.lineno, dotted(node.func) or location))
        self.draws |= facts.draws
        self.seeds |= facts.seeds
        self.unrepeatable = self.unrepeatable or facts.unrepeatable
        self.consumable = self.consumable or facts.consumable
        if facts.opaque:
            self.opaque = self.opaque or facts.opaque
            self.effects.append(Effect("opaque", node.lineno, dotted(node.func)))

    def _direct_call(self, node: ast.Call) -> None:
        method = None
        func: str | None
        if isinstance(node.func, ast.Attribute):
            func, method = root(node.func.value)[0], node.func.attr
        else:
            func = node.func.id if isinstance(node.func, ast.Name) else None
        if func is None:
            return
        args = tuple(root(arg)[0] for arg in node.args)
        keywords = tuple(
            (keyword.arg, name)
            for keyword in node.keywords
            if keyword.arg and (name := root(keyword.value)[0])
        )
        self.calls.append(Call(func, method, args, keywords, self.certain and not self.dead))

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.invoke([node.left, node.right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self.invoke([node.operand])

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.invoke(node.values)

    def visit_Compare(self, node: ast.Compare) -> None:
        self.invoke([node.left, *node.comparators[:1]])
        self.invoking += 1
        self.possibly(node.comparators[1:])
        self.invoking -= 1

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.invoke(node.values[:1])
        self.possibly(node.values[1:])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self.possibly([node.body, node.orelse])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        if self.certain:
            self.bind(node.target.id)
        elif node.target.id not in self.local:
            self.maybe.add(node.target.id)
            self.bound.add(node.target.id)

    def visit_Await(self, node: ast.Await) -> None:
        self.invoke([node.value])

    def visit_Yield(self, node: ast.Yield) -> None:
        self.yields = True
        self.visit_all([node.value])

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self.yields = True
        self.invoke([node.value])

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def _comprehension(self, generators: list[ast.comprehension], results: list[ast.expr]) -> None:
        self.invoke([generators[0].iter])
        targets = frozenset(
            name.id
            for generator in generators
            for name in ast.walk(generator.target)
            if isinstance(name, ast.Name)
        )
        outer, self.local = self.local, self.local | targets
        self.invoking += 1
        for number, generator in enumerate(generators):
            self.possibly([generator.iter] if number else [])
            self.possibly(generator.ifs)
        self.possibly(results)
        self.invoking -= 1
        self.local = outer

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        facts = self._inner(node.args, [node.body])
        self.closures = True
        self.anonymous.append(facts)

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
            mutates=frozenset(m.name for m in self.mutations).union(*[f.mutates for f in nested]) - self.local,
            changes_params=frozenset(self.param_changes),
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

    # --- statements -----------------------------------------------------------------

    def visit_Assign(self, node: ast.Assign) -> None:
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
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None
