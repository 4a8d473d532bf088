"""Expressions that surely are an instance of one class of the page, and nothing that holds some."""

from __future__ import annotations

import ast
from collections import Counter

from ..analysis.nodes import walk
from ..analysis.scope import parameters
from .page import Page
from .reads import FUNCTIONS


class Exact:
    """``names`` are bound by calling the class, or to a literal, and in no other way, in
    functions neither."""

    def __init__(self, page: Page, tree: ast.ClassDef) -> None:
        self.own = tree.name
        self.is_one_class = True
        every, made = Counter[str](), Counter[str]()
        for statement in page.statements:
            for node in walk(statement.tree):
                every.update(_bound(node))
                if isinstance(node, ast.Assign) and self._is_plain(node.value):
                    made.update(one.id for one in node.targets if isinstance(one, ast.Name))
        self.names = {name for name, count in made.items() if every[name] == count}
        self.is_one_class = every[tree.name] == 1
        self.names = self.names if self.is_one_class else set()

    def is_class(self, node: ast.expr) -> bool:
        return self.is_one_class and isinstance(node, ast.Name) and node.id == self.own

    def is_instance(self, node: ast.expr, me: str | None = None) -> bool:
        """``me`` is what a method of the class calls its instance."""
        if isinstance(node, ast.Name):
            return node.id in self.names if not me or node.id != me else self.is_one_class
        return self._makes(node)

    def _is_plain(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) or self._makes(node)

    def _makes(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self.is_class(node.func)


def _bound(node: ast.AST) -> list[str]:
    """Names that one node binds, whatever scope it stands in."""
    if isinstance(node, ast.Name):
        return [node.id] if isinstance(node.ctx, ast.Store) else []
    if isinstance(node, FUNCTIONS):
        own = [node.name] if isinstance(node, FUNCTIONS[:2]) else []
        return [*own, *parameters(node.args)]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    name = getattr(node, "name", None) or getattr(node, "rest", None)
    return [name] if isinstance(name, str) else []
