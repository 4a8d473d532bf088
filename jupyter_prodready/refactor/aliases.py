"""Names for types (`Row = dict[str, int]`): a module can hold them as it holds literals."""

from __future__ import annotations

import ast

from .page import Page, PageStatement
from .quoted import annotations_of


def named_by(statement: PageStatement, page: Page) -> set[str]:
    """Aliases that annotations of the definition need, or that an alias is made of."""
    tree = statement.tree
    asked: list[ast.AST] = [tree] if isinstance(tree, ast.Assign) else []
    if statement.is_definition:
        asked += [one for node in ast.walk(tree) for one in annotations_of(node)]
    names = {node.id for one in asked for node in ast.walk(one) if isinstance(node, ast.Name)}
    return {name for name in names if is_alias(name, page)}


def asked_for(page: Page) -> set[str]:
    """Aliases that annotations of the page's definitions need, and what those are made of."""
    waiting = [s for s in page.statements if s.is_definition]
    found: set[str] = set()
    while waiting:
        new = named_by(waiting.pop(), page) - found
        found |= new
        waiting += [page.writers[name][0] for name in new]
    return found


def is_alias(name: str, page: Page) -> bool:
    """Is it bound once, to what imports, classes of Python and literals alone are asked for?

    No cell may set anything of those imports: a module would ask them earlier.
    """
    writers = page.writers.get(name, ())
    if len(writers) != 1 or "parameters" in writers[0].cell.tags:
        return False
    tree = writers[0].tree
    is_plain = isinstance(tree, ast.Assign) and len(tree.targets) == 1
    if not isinstance(tree, ast.Assign) or not is_plain or not _is_type(tree.value):
        return False
    if not isinstance(tree.targets[0], ast.Name) or page.hidden_by(writers) is not None:
        return False
    read = {node.id for node in ast.walk(tree.value) if isinstance(node, ast.Name)}
    changed = {one.name for s in page.statements for one in s.facts.mutations}
    known = (page.everywhere(one) in ("import", "builtin") or is_alias(one, page) for one in read)
    return changed.isdisjoint({*read, name}) and all(known)


def _is_type(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return _is_type(node.value)
    if isinstance(node, ast.Subscript):
        return _is_type(node.value) and _is_argument(node.slice)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_argument(node.left) and _is_type(node.right)
    return isinstance(node, ast.Name)


def _is_argument(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List):
        return all(_is_argument(one) for one in node.elts)
    return isinstance(node, ast.Constant) or _is_type(node)
