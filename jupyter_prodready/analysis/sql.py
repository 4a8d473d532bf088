"""What a statement of SQL does, as far as it is written as a text (DB-API 2.0, PEP 249)."""

from __future__ import annotations

import ast
import re

from .words import words

EXECUTES = words("execute executemany executescript")
"""Methods of a connection or a cursor that are given SQL, and those that take its results."""
FETCHES = words("fetchall fetchmany fetchone")
_READS = words("select pragma explain show describe desc values summarize from begin with")
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
_CHANGES = re.compile(r"\b(insert|update|delete|merge|into)\b")
_ONCE = re.compile(r"\b(if (not )?exists|or (replace|ignore))\b")


def text_of(call: ast.Call) -> str:
    """The SQL without its comments, or what an f-string begins with; empty where it is in a
    name."""
    first: ast.expr | None = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr):
        first = first.values[0] if first.values else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return ""
    return " ".join(_COMMENT.sub(" ", first.value).lower().split())


def changes_data(text: str) -> bool:
    """Does it change what is stored? Not the transaction alone."""
    word = text.partition(" ")[0]
    if word in ("with", "explain"):
        return _CHANGES.search(text) is not None
    return bool(word) and word not in _READS


def once_is_enough(text: str) -> bool:
    """Does it change nothing more when it is executed again?"""
    return not changes_data(text) or _ONCE.search(text) is not None
