"""Definitions without what tells people about them: docstrings, annotations of functions."""

from __future__ import annotations

import ast
import re

from .bindings import Step
from .calls import last_name
from .facts import StatementFacts

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_PLAIN = frozenset({"staticmethod", "classmethod", "property", "setter"})
"""Decorators that look at no annotation and no docstring."""
_LOOKS = re.compile(
    r"__doc__|__annotations__|signature|type_hints|doctest|pinfo|\bhelp\(|inspect\."
)


def are_definitions(one: Step, two: Step) -> bool:
    """Do both define a function, or both a class?"""
    first, second = one.facts.node, two.facts.node
    return isinstance(first, (_Function, ast.ClassDef)) and type(first) is type(second)


def do_the_same(one: Step, two: Step) -> bool:
    """Do both definitions define the same, but for what is said about it?"""
    first, second = one.facts.node, two.facts.node
    if one.facts.extra != two.facts.extra:
        return False
    return _essence(first) == _essence(second)


def _essence(node: ast.stmt) -> str:
    from copy import deepcopy  # seldom needed

    return ast.dump(_Essence().visit(deepcopy(node)))


def needed(step: Step) -> set[str]:
    """Names that a definition reads, those apart that stand in its annotations alone."""
    reads = {read.name for read in step.facts.reads}
    notes = {read.name for read in step.facts.annotations}
    return {name for name in step.reads if name in reads or name not in notes}


def looks_into(facts: StatementFacts) -> bool:
    """May the statement show what is said about a function?"""
    return _LOOKS.search(facts.text) is not None


class _Essence(ast.NodeTransformer):
    """Only where no decorator could look: some read annotations and docstrings."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._without_notes(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._without_notes(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        if not node.decorator_list:
            node.body = _without_docstring(node.body)
        return node

    def _without_notes(self, node: _Function) -> ast.AST:
        self.generic_visit(node)
        if all(last_name(one) in _PLAIN for one in node.decorator_list):
            node.returns, node.body = None, _without_docstring(node.body)
            for one in ast.walk(node.args):
                if isinstance(one, ast.arg):
                    one.annotation = None
        return node


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0].value if isinstance(body[0], ast.Expr) else None
    told = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return (body[1:] or [ast.Pass()]) if told else body
