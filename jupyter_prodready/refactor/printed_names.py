"""Classes whose name, and with it that of their module, people may see."""

from __future__ import annotations

import ast

from .page import BUILTINS, Page, PageStatement

_WITH_REPR = frozenset(
    {
        "dataclass",
        "Enum",
        "IntEnum",
        "StrEnum",
        "Flag",
        "NamedTuple",
        "TypedDict",
        "Protocol",
        "define",
        "attrs",
    }
)
_SHOWING_CALLS = frozenset({"print", "repr", "str", "display", "format", "pprint", "type"})


def words(tree: ast.AST) -> set[str]:
    """Every name and attribute in ``tree``."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def shown_instance(page: Page, tree: ast.ClassDef) -> PageStatement | None:
    """A statement that may show the class, or an instance whose text names its module."""
    holders = {tree.name}
    for statement in page.statements:
        if not statement.is_definition and holders & set(statement.flow.exposed):
            holders |= statement.flow.written
    itself = next((s for s in page.statements if _shows_class(s, tree.name, holders)), None)
    if itself is not None:
        return itself
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    marks = set().union(*(words(node) for node in [*tree.bases, *tree.decorator_list]))
    if own & {"__repr__", "__str__"} or marks & _WITH_REPR or marks & _exceptions():
        return None
    return next((s for s in page.statements if holders & _shown_names(s)), None)


def module_reader(page: Page) -> PageStatement | None:
    """A statement that asks where something was defined."""
    return next((s for s in page.statements if "__module__" in words(s.tree)), None)


def _shows_class(statement: PageStatement, name: str, holders: set[str]) -> bool:
    """``print(A)``, ``f"{A}"``, ``type(a)`` or ``a.__class__``: a class shows its module."""
    for node in ast.walk(statement.tree):
        if isinstance(node, ast.Call) and _called(node) in _SHOWING_CALLS - {"type"}:
            given = node.args
        elif isinstance(node, ast.FormattedValue | ast.Expr):
            given = [node.value]
        else:
            continue
        if any(_is_class(one, name, holders) for one in given):
            return True
    return False


def _is_class(node: ast.expr, name: str, holders: set[str]) -> bool:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(_is_class(one, name, holders) for one in node.elts)
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return bool(_whole(node.value) & holders)
    if isinstance(node, ast.Call) and _called(node) == "type" and len(node.args) == 1:
        return bool(_whole(node.args[0]) & holders)
    return isinstance(node, ast.Name) and node.id == name


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _exceptions() -> set[str]:
    return {name for name in BUILTINS if name.endswith(("Error", "Exception", "Warning"))}


def _shown_names(statement: PageStatement) -> set[str]:
    """Names given whole to a call that shows, to an f-string, or left as the value."""
    tree = statement.tree
    found: set[str] = set()
    if isinstance(tree, ast.Expr) and not isinstance(tree.value, ast.Attribute):
        found |= _whole(tree.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            found |= _whole(node.value)
        if isinstance(node, ast.Call) and _called(node) in _SHOWING_CALLS:
            found |= {name for arg in node.args for name in _whole(arg)}
    return found


def _whole(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Call):
        return {node.func.id} if isinstance(node.func, ast.Name) else set()
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return {name for item in node.elts for name in _whole(item)}
    return _whole(node.value) if isinstance(node, ast.Subscript | ast.Starred) else set()
