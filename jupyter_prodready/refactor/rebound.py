"""Notebook variables that are bound anew, and that a moved function can be given all the same.

The function reads the variable while it runs, a keyword is read just before. Both are the same
object if nothing that runs in between can bind it, and if the function reads it only then.
"""

from __future__ import annotations

import ast

from .captured import Captured, unseen_or_wrong_use, uses
from .flow import flow_of
from .page import Page, PageStatement

_PLAIN = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.If, ast.While, ast.With, ast.Expr)
_GOES_ON = (ast.Yield, ast.YieldFrom, ast.Await)


def may_be_given(page: Page, captured: Captured) -> bool:
    """Can each call pass what the page holds by that name then?"""
    tree, name = captured.function.tree, captured.name
    first, *others = page.writers.get(name, (captured.function,))
    if not isinstance(tree, ast.FunctionDef) or tree.decorator_list or not others:
        return False
    if any(isinstance(node, _GOES_ON) for node in ast.walk(tree)):
        return False
    if not all(_only_binds(one, name) for one in (first, *others)):
        return False
    if name not in first.flow.bound or any(uses(first.tree, captured.owner)):
        return False
    body = flow_of(tree.body)
    if name in body.late or name in body.written or name in body.soft or _at_definition(tree, name):
        return False
    return unseen_or_wrong_use(page, captured, first) is None


def _only_binds(writer: PageStatement, name: str) -> bool:
    """In the page's own order, and never to an import, a function or nothing."""
    flow = writer.flow
    gone = name in flow.deleted or name in flow.declared or name in flow.unbound
    return isinstance(writer.tree, _PLAIN) and not gone


def _at_definition(tree: ast.FunctionDef, name: str) -> bool:
    """Does the `def` itself read it?"""
    parts = (tree.args, tree.returns)
    nodes = (node for part in parts if part is not None for node in ast.walk(part))
    return any(isinstance(node, ast.Name) and node.id == name for node in nodes)
