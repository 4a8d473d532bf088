"""Which names a run of statements needs from outside, binds for sure, or only maybe.

The checks may take a loop to run once, for they only warn. A rewrite may not: a loop
that never runs, or a `with` block that swallows an error, must leave the same names as
before. So this walk counts as bound only what every normal path binds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .known import NOTHING, Known, lets_errors_through, surely_runs
from .paths import Loop, deleted, leaves, matches_all
from .reads import comprehension_targets, free_reads, immediate_parts
from .texts import looked_up

_AT_ONCE_TEXT = (
    "sorted max min sum any all list tuple set dict frozenset join sort apply map applymap agg "
    "aggregate transform assign pipe sort_values groupby fromiter array mean"
)
_USE_AT_ONCE = frozenset(_AT_ONCE_TEXT.split())
"""Calls that are done with a lambda or generator when they return."""

_LAZY = (ast.Lambda, ast.GeneratorExp)
_FRAMES = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


@dataclass(frozen=True)
class Exposed:
    """A name that may be read before these statements bind it."""

    line: int
    certain: bool


@dataclass
class Flow:
    """What statements, run in a row, do to the names around them.

    ``exposed`` may be read with the value from before; ``late`` are read by functions, lambdas
    and generators made here, at a time that is not known; ``deleted`` are names removed;
    ``declared`` are declared global by a function; ``soft`` stand in strings that may be evaluated
    here, ``depth`` says inside of how many functions; ``unbound`` may be removed by an
    ``except ... as``; of ``bound``, ``looped`` are bound in a loop alone; ``unseen`` are calls
    that evaluate a string that is not written here; ``order`` lists names as first bound.
    """

    exposed: dict[str, Exposed] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    looped: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    late: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    declared: dict[str, int] = field(default_factory=dict)
    soft: dict[str, int] = field(default_factory=dict)
    depth: dict[str, int] = field(default_factory=dict)
    unseen: dict[str, int] = field(default_factory=dict)
    unbound: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    @property
    def written(self) -> set[str]:
        """Names that may be bound at the end."""
        return self.bound | self.maybe


def flow_of(nodes: Iterable[ast.AST], known: Known = NOTHING) -> Flow:
    """Walk top-level statements in order; ``known`` is what the page says of names in them."""
    walk = _Walk(known)
    for node in nodes:
        walk.visit(node)
    return walk.flow


class _Walk(ast.NodeVisitor):
    """Fills a `Flow`; ``hidden`` are names of comprehensions around the present node."""

    def __init__(self, known: Known = NOTHING) -> None:
        self.flow = Flow()
        self.known = known
        self.loops: list[Loop] = []
        self.hidden: frozenset[str] = frozenset()
        self.certain = True
        self.late = False
        self.at_once = False

    # --- names ----------------------------------------------------------------------

    def read(self, name: str, line: int) -> None:
        if name in self.hidden:
            return
        if self.late:
            self.flow.late.setdefault(name, line)
        if name in self.flow.bound:
            return
        old = self.flow.exposed.get(name)
        certain = self.certain or (old is not None and old.certain)
        self.flow.exposed[name] = Exposed(old.line if old else line, certain)

    def bind(self, name: str) -> None:
        if name not in self.flow.order:
            self.flow.order.append(name)
        self.flow.bound.add(name)
        if not self.loops:
            self.flow.looped.discard(name)
        if self.certain:
            self.flow.deleted.pop(name, None)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node.lineno)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id)
        else:
            self._delete(node.id, node.lineno)

    def _delete(self, name: str, line: int) -> None:
        self.read(name, line)
        self.flow.deleted[name] = line
        self.flow.bound.discard(name)
        if self.certain:
            self.flow.maybe.discard(name)

    # --- paths ----------------------------------------------------------------------

    def possibly(self, *bodies: Sequence[ast.AST | None]) -> None:
        """Alternative paths; at the end only what all of them bind is bound."""
        start, before = set(self.flow.bound), self.certain
        self.certain = False
        ends: list[set[str]] = []
        every: set[str] = set()
        for body in bodies:
            self.flow.bound = set(start)
            for node in body:
                if node is not None:
                    self.visit(node)
            every |= self.flow.bound
            if not leaves(body):
                ends.append(self.flow.bound)
        self.certain = before
        self.flow.bound = set.intersection(*ends) if ends else start
        self.flow.maybe = (self.flow.maybe | every) - self.flow.bound

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self.possibly(node.body, node.orelse)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        body = [node.target, *node.body]
        if surely_runs(node.iter, self.known):
            loop = self._loop(body)
            self._end_of_loop([self.flow.bound, *loop.breaks, *loop.continues], loop)
        else:
            self._loop(body, [])
        self.possibly(node.orelse, [])

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        loop = self._loop(node.body, [])
        if isinstance(node.test, ast.Constant) and node.test.value and loop.breaks:
            self._end_of_loop(loop.breaks, loop)
        self.possibly(node.orelse, [])

    def _loop(self, *bodies: Sequence[ast.AST]) -> Loop:
        self.loops.append(Loop(set(self.flow.bound)))
        self.possibly(*bodies)
        return self.loops.pop()

    def _end_of_loop(self, ends: Sequence[set[str]], loop: Loop) -> None:
        """Only by these ways does it end, with what is bound then."""
        some, self.flow.bound = self.flow.bound, set.intersection(*ends)
        self.flow.maybe = (self.flow.maybe | some) - self.flow.bound
        self.flow.looped |= self.flow.bound - loop.before

    def visit_Break(self, node: ast.Break) -> None:
        if self.loops:
            self.loops[-1].breaks.append(set(self.flow.bound))

    def visit_Continue(self, node: ast.Continue) -> None:
        if self.loops:
            self.loops[-1].continues.append(set(self.flow.bound))

    def _unbound(self, names: Iterable[str]) -> None:
        """Whoever leaves a loop from here on, or left it in a `try`, has lost these."""
        for loop in self.loops[-1:]:
            for end in (*loop.breaks, *loop.continues):
                end.difference_update(names)

    def visit_Try(self, node: ast.Try) -> None:
        """After a `try`: what the whole body binds, or what each handler that goes on binds."""
        start = set(self.flow.bound)
        handlers = [handler for handler in node.handlers if not leaves(handler.body)]
        if handlers:
            self.possibly([*node.body, *node.orelse], *([h] for h in handlers))
            self.possibly(*([h] for h in node.handlers if h not in handlers), [])
        else:
            for statement in [*node.body, *node.orelse]:
                self.visit(statement)
            after, self.flow.bound = self.flow.bound, set(start)
            self.possibly(*([handler] for handler in node.handlers), [])
            self.flow.bound = after
        after, self.flow.bound = self.flow.bound, start
        before, self.certain = self.certain, False
        for statement in node.finalbody:
            self.visit(statement)
        self.certain = before
        self.flow.bound |= after
        self._unbound(deleted(node.finalbody))

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        for part in [*([node.type] if node.type else []), *node.body]:
            if part is node.body[0] and node.name:
                self.bind(node.name)
            self.visit(part)
        if node.name:
            self.flow.bound.discard(node.name)
            self.flow.unbound[node.name] = node.lineno
            self._unbound([node.name])

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item)
        if all(lets_errors_through(item.context_expr, self.known) for item in node.items):
            for statement in node.body:
                self.visit(statement)
        else:
            self.possibly(node.body, [])

    visit_AsyncWith = visit_With

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        catch_all = any(matches_all(case) for case in node.cases)
        self.possibly(*([case] for case in node.cases), *([] if catch_all else [[]]))

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        self.possibly(node.values[1:], [])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        self.possibly([node.body], [node.orelse])

    def visit_Compare(self, node: ast.Compare) -> None:
        self.visit(node.left)
        self.visit(node.comparators[0])
        if node.comparators[1:]:
            self.possibly(node.comparators[1:], [])

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        self.possibly([node.msg], [])

    # --- binding forms --------------------------------------------------------------

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node.lineno)
        self.visit(node.target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        hidden, self.hidden = self.hidden, frozenset()
        self.visit(node.target)
        self.hidden = hidden

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                self.bind((alias.asname or alias.name).partition(".")[0])

    visit_ImportFrom = visit_Import

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self.flow.declared[name] = node.lineno

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.generic_visit(node)
        if node.name:
            self.bind(node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest)

    # --- scopes ---------------------------------------------------------------------

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._function(node, node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _function(self, node: ast.AST, name: str | None = None) -> None:
        for part in immediate_parts(node):
            self.visit(part)
        if name is not None:
            self.bind(name)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Global):
                self.visit_Global(inner)
        self._inner_strings(node, 1)
        self._later(free_reads(node))

    def _inner_strings(self, node: ast.AST, depth: int) -> None:
        """Texts that are evaluated when a function runs, in its own frame."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                self._strings(child, _last_name(child.func), depth)
            self._inner_strings(child, depth + isinstance(child, _FRAMES))

    def _later(self, names: dict[str, int]) -> None:
        before = self.certain, self.late
        self.certain, self.late = False, self.late or not self.at_once
        for name, line in names.items():
            self.read(name, line)
        self.certain, self.late = before

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]:
            self.visit(part)
        inner = flow_of(node.body)
        for name, exposed in inner.exposed.items():
            if name not in inner.late:
                self.read(name, exposed.line)
        self.flow.declared.update(inner.declared)
        self.bind(node.name)
        self._later(inner.late)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> None:
        self.visit(node.generators[0].iter)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        before = self.hidden, self.late
        self.hidden = self.hidden | comprehension_targets(node)
        self.late = self.late or (isinstance(node, ast.GeneratorExp) and not self.at_once)
        rest = [g.iter for g in node.generators[1:]]
        tests = [test for g in node.generators for test in g.ifs]
        self.possibly([*rest, *tests, *results], [])
        self.hidden, self.late = before

    def visit_Call(self, node: ast.Call) -> None:
        """A lambda given to a call that uses it at once does not outlive the statement."""
        last = _last_name(node.func)
        at_once = last in _USE_AT_ONCE and not (isinstance(node.func, ast.Name) and last == "map")
        for child in ast.iter_child_nodes(node):
            value = child.value if isinstance(child, ast.keyword) else child
            before, self.at_once = self.at_once, at_once and isinstance(value, _LAZY)
            self.visit(child)
            self.at_once = before
        self._strings(node, last, int(bool(self.hidden)))

    def _strings(self, node: ast.Call, last: str, depth: int) -> None:
        words, is_unseen = looked_up(node, last)
        for name in words:
            if (depth or name not in self.flow.bound) and name not in self.hidden:
                self.flow.soft.setdefault(name, node.lineno)
                self.flow.depth[name] = max(depth, self.flow.depth.get(name, 0))
        if is_unseen:
            self.flow.unseen.setdefault(last, node.lineno)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""
