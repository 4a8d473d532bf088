"""Functions that people may see as values: their texts name where they were made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .page import DEFINITIONS, Page, PageStatement
from .printed_names import shown_instance

_KEEPING = frozenset({"dict", "list", "tuple", "set", "partial", "defaultdict"})
_PRINT = frozenset({"print", "repr", "str", "display", "pprint", "format"})
_WITH_MODULE = frozenset({"display", "help"})
_CONTAINERS = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Starred, ast.IfExp)


def shown_function(page: Page, name: str) -> PageStatement | None:
    """A statement that may show a function with its module: as a value, or by `help`."""
    return _Values(page, frozenset(), frozenset({name}), _WITH_MODULE).shown()


def shown_made_here(page: Page, places: frozenset[tuple[int, int]]) -> PageStatement | None:
    """A statement that may show a lambda, generator, function or class made by statements that
    become a function: its text names that function then."""
    own = [statement for statement in page.statements if statement.place in places]
    nodes = [node for statement in own for node in ast.walk(statement.tree)]
    lambdas = frozenset(node for node in nodes if isinstance(node, ast.Lambda))
    generators = frozenset(node for node in nodes if isinstance(node, ast.GeneratorExp))
    made = [node for statement in own for node in statement.definitions]
    names = frozenset(node.name for node in made if isinstance(node, DEFINITIONS[:2]))
    classes = (node for node in made if isinstance(node, ast.ClassDef))
    found = (
        _Values(page, lambdas, names, _PRINT).shown(),
        _Values(page, generators, frozenset(), _PRINT, kept_by_calls=False).shown(),
        *(shown_instance(page, node, in_function=True) for node in classes),
    )
    return next((statement for statement in found if statement is not None), None)


@dataclass(frozen=True)
class _Values:
    """``made`` and what is bound to ``names`` are followed through plain assignments, in page
    order; a generator is used up by a call, a function is kept by some."""

    page: Page
    made: frozenset[ast.AST]
    names: frozenset[str]
    showing: frozenset[str]
    kept_by_calls: bool = True

    def shown(self) -> PageStatement | None:
        if not self.made and not self.names:
            return None
        holders = set(self.names)
        for statement in self.page.statements:
            if self._concerns(statement, holders):
                for node in ast.walk(statement.tree):
                    if isinstance(node, ast.Assign) and self._holds(node.value, holders):
                        holders |= set(_bound(node))
        concerned = (s for s in self.page.statements if self._concerns(s, holders))
        return next((s for s in concerned if self._shows(s.tree, holders)), None)

    def _concerns(self, statement: PageStatement, holders: set[str]) -> bool:
        if not holders.isdisjoint(statement.words):
            return True
        return any(node in self.made for node in ast.walk(statement.tree)) if self.made else False

    def _shows(self, tree: ast.stmt, holders: set[str]) -> bool:
        if isinstance(tree, ast.Expr) and self._holds(tree.value, holders):
            return True
        for node in ast.walk(tree):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call) and _called(node) in self.showing:
                given = node.args
            elif isinstance(node, ast.FormattedValue) and "print" in self.showing:
                given = [node.value]
            if any(self._holds(one, holders) for one in given):
                return True
        return False

    def _holds(self, node: ast.AST, holders: set[str]) -> bool:
        """Does the text of this value show one of them?"""
        if isinstance(node, ast.Name):
            return node.id in holders
        if isinstance(node, ast.ListComp | ast.SetComp):
            return self._holds(node.elt, holders)
        if isinstance(node, ast.DictComp | ast.Subscript):
            return self._holds(node.value, holders)
        if isinstance(node, ast.Starred) and not self.kept_by_calls:
            return False  # a star uses it up, too
        if isinstance(node, _CONTAINERS):
            return any(self._holds(child, holders) for child in ast.iter_child_nodes(node))
        if isinstance(node, ast.Call) and self.kept_by_calls:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else _called(node)
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            keeps = name in _KEEPING or name[:1].isupper()
            return keeps and any(self._holds(one, holders) for one in given)
        return node in self.made


def _bound(node: ast.Assign) -> Iterator[str]:
    for target in node.targets:
        for one in ast.walk(target):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                yield one.id


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""
