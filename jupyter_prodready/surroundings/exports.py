"""Which names a file of the project binds at its top level, as far as its source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..records import dataclass

_HIDING_NAMES = frozenset({"exec", "globals", "locals", "vars", "get_ipython"})
_HIDING_ATTRIBUTES = frozenset({"exec", "modules", "__dict__", "__setattr__"})
"""Who uses one of these may bind names that no line shows."""
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Exports:
    """``names`` are all that may be bound, but for those that it takes from ``stars``, the
    modules of its own ``import *``. ``everything`` is a literal ``__all__``."""

    names: frozenset[str]
    stars: tuple[str, ...] = ()
    everything: tuple[str, ...] | None = None


def exports_of(tree: ast.Module, package: str) -> Exports | None:
    """None where the source does not tell."""
    reader = _Reader(package)
    reader.visit_all(tree.body)
    if reader.hides or (reader.everything is None and "__all__" in reader.names):
        return None
    return Exports(frozenset(reader.names), tuple(reader.stars), reader.everything)


class _Reader(ast.NodeVisitor):
    def __init__(self, package: str) -> None:
        self.package = package
        self.names: set[str] = set()
        self.stars: list[str] = []
        self.everything: tuple[str, ...] | None = None
        self.hides = False
        self.inside = False
        """Is it in a function or class, whose names are its own?"""

    def visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _bind(self, name: str | None) -> None:
        if name is not None and not self.inside:
            self.names.add(name)

    def visit_Name(self, node: ast.Name) -> None:
        self.hides = self.hides or node.id in _HIDING_NAMES
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.hides = self.hides or node.attr in _HIDING_ATTRIBUTES
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        targets = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if "__all__" in targets and not self.inside:
            again = "__all__" in self.names
            self.everything = None if again else _texts(node.value)
            self.hides = self.hides or self.everything is None
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        named = isinstance(node.target, ast.Name) and node.target.id == "__all__"
        self.hides = self.hides or named
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        self.hides = self.hides or (isinstance(owner, ast.Name) and owner.id == "__all__")
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> None:
        self.names.update(node.names)

    def visit_FunctionDef(self, node: _Definition) -> None:
        self._bind(node.name)
        inside, self.inside = self.inside, True
        self.generic_visit(node)
        self.inside = inside

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._bind(alias.asname or alias.name.split(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(absolute(node, self.package))
            else:
                self._bind(alias.asname or alias.name)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        self._bind(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._bind(node.rest)
        self.generic_visit(node)


def absolute(node: ast.ImportFrom, package: str) -> str:
    """The module that is imported from, by its full name."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([part for part in [*parts, node.module or ""] if part])


def _texts(node: ast.expr) -> tuple[str, ...] | None:
    if not isinstance(node, ast.List | ast.Tuple):
        return None
    found = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
    return tuple(found) if len(found) == len(node.elts) else None
