"""Names in annotations that are written as texts: `def f(x: "Price")`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .reads import FUNCTIONS

_TEXT_ONLY = frozenset({"Literal", "Annotated"})


def quoted_names(tree: ast.AST) -> dict[str, int]:
    """Names that annotations of functions and classes in ``tree`` quote, with a line. Those of
    variables are not kept anywhere."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        for annotation in annotations_of(node):
            for name in _names(annotation):
                found.setdefault(name, annotation.lineno)
    return found


def annotations_of(node: ast.AST) -> Iterator[ast.expr]:
    """Of a function its parameters and result, of a class its attributes."""
    if isinstance(node, FUNCTIONS[:2]):
        returns = getattr(node, "returns", None)
        every = [a.annotation for a in ast.walk(node.args) if isinstance(a, ast.arg)]
        yield from (one for one in (*every, returns) if one is not None)
    elif isinstance(node, ast.ClassDef):
        yield from (one.annotation for one in node.body if isinstance(one, ast.AnnAssign))


def _names(node: ast.expr, *, quoted: bool = False) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _names(_parsed(node.value), quoted=True)
    elif isinstance(node, ast.Name) and quoted:
        yield node.id
    elif isinstance(node, ast.Subscript) and _last_name(node.value) in _TEXT_ONLY:
        yield from _names(node.value, quoted=quoted)
        first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else None
        if first is not None and _last_name(node.value) == "Annotated":
            yield from _names(first, quoted=quoted)
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _names(child, quoted=quoted)


def _parsed(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return ast.Constant(None)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
