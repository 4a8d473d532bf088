"""Expressions: what is read, called and changed in place."""

from __future__ import annotations

import ast

from ..model import Effect
from .calls import CallFacts, call_facts, dotted, root
from .facts import Call
from .flow import Scope


class Expressions(Scope):
    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node.lineno)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id)
        else:
            self.delete(node.id, node.lineno)

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

    def visit_Call(self, node: ast.Call) -> None:
        self.called = True
        facts = call_facts(node)
        self.invoke([node.func, *node.args, *[keyword.value for keyword in node.keywords]])
        self._call_effects(node, facts)
        for name, deep in () if id(node) in self.pure else facts.mutates:
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
