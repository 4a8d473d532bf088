"""What IPython reads in the text of a shell line or a magic: ``{x + 1}`` and ``$name``."""

from __future__ import annotations

import ast
import keyword
import re
from string import Formatter

from ..records import dataclass

_DOLLAR = re.compile(r"\$(\$?[\w.]+)")
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Expanded:
    """The expressions that IPython evaluates, and the names in them. Where one of them
    fails, IPython leaves the whole text as it is: no name here is certainly needed."""

    expressions: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


def expanded(text: str) -> Expanded:
    """What IPython's ``var_expand`` evaluates in ``text``; nothing where it must fail."""
    if "{" not in text and "$" not in text:
        return Expanded()
    expressions: list[str] = []
    names: set[str] = set()
    for field in _fields(text) or ():
        tree = _parsed(field)
        if tree is None:
            return Expanded()
        try:
            expressions.append(ast.unparse(tree))
        except RecursionError:
            return Expanded()
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Expanded(tuple(dict.fromkeys(expressions)), frozenset(names))


def _fields(text: str) -> list[str] | None:
    found: list[str] = []
    try:
        for literal, field, spec, conversion in Formatter().parse(text):
            found += _dollars(literal)
            if field is None:
                continue
            if conversion not in (None, "r", "s", "a"):
                return None
            found.append(f"{field}:{spec}" if spec else field)
    except ValueError:
        return None
    return found


def _dollars(literal: str) -> list[str]:
    """``$x`` and ``$x.y``, but not ``$$x``, nor inside single quotes."""
    found: list[str] = []
    quotes, position = literal.count("'"), 0
    for match in _DOLLAR.finditer(literal):
        quotes -= literal.count("'", position, match.end())
        position = match.end()
        if quotes % 2 == 0 and not match[1].startswith("$"):
            found.append(match[1])
    return found


def _parsed(field: str) -> ast.expr | None:
    if field.isidentifier() and not keyword.iskeyword(field):
        return ast.Name(field, ast.Load())
    try:
        return ast.parse(field.lstrip(" \t"), filename="<cell>", mode="eval").body
    except _UNREADABLE:
        return None
