"""Context managers of the page that may swallow an error: what their block binds may be missing."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..analysis.nodes import walk
from .flow import leaves, lets_errors_through
from .page import DEFINITIONS, Page

_EXITS = frozenset({"__exit__", "__aexit__"})


def enters_any(trees: Iterable[ast.AST]) -> bool:
    """Is there a `with` in them?"""
    return any(isinstance(node, ast.With | ast.AsyncWith) for tree in trees for node in walk(tree))


def swallowing(page: Page) -> frozenset[str]:
    """Names of functions and classes of the page that, used by `with`, may swallow errors."""
    made = [node for statement in page.statements for node in statement.definitions]
    return frozenset(node.name for node in made if isinstance(node, DEFINITIONS) and _may(node))


def _may(made: ast.AST) -> bool:
    if isinstance(made, ast.ClassDef):
        exits = [one for one in made.body if getattr(one, "name", "") in _EXITS]
        return not exits or any(_gives(one) for one in exits)
    return not _yields([made]) or any(_goes_on(node) for node in walk(made))


def _gives(node: ast.AST) -> bool:
    """Does it return anything that may be true?"""
    returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
    return any(not isinstance(one, ast.Constant) or bool(one.value) for one in returned)


def _goes_on(node: ast.AST) -> bool:
    """After an error where it yields."""
    handlers = getattr(node, "handlers", ())
    if handlers:
        return _yields(getattr(node, "body", ())) and not all(leaves(h.body) for h in handlers)
    if isinstance(node, ast.With | ast.AsyncWith):
        through = all(lets_errors_through(item.context_expr) for item in node.items)
        return _yields(node.body) and not through
    return False


def _yields(nodes: Iterable[ast.AST]) -> bool:
    return any(isinstance(one, ast.Yield) for node in nodes for one in walk(node))
