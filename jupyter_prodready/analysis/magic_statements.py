"""Statements and the magics that stand on their lines."""

from __future__ import annotations

import ast

from .facts import Read
from .magics import MagicLine


def with_magics(
    body: list[ast.stmt], magics: tuple[MagicLine, ...]
) -> dict[ast.stmt, tuple[MagicLine, ...]]:
    """Each statement with the magics on its lines; a cell that is nothing but another
    language's cell magic gets one empty statement to carry it."""
    if not body:
        line = magics[0].line
        return {ast.Pass(lineno=line, col_offset=0, end_lineno=line, end_col_offset=0): magics}
    found: dict[ast.stmt, tuple[MagicLine, ...]] = {}
    for number, node in enumerate(body):
        start = 0 if number == 0 else node.lineno
        end = node.end_lineno or node.lineno
        found[node] = tuple([m for m in magics if start <= m.line <= end])
    return found


def if_there(read: Read, optional: frozenset[tuple[int, str]], *, hidden: bool) -> Read:
    """Shell lines and magics are passed on as they stand where a name is not there, and
    ``%%capture`` keeps the error of its body to itself."""
    if (read.line, read.name) not in optional and not hidden:
        return read
    return read._replace(certain=False, reached=False)
