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
    return beginning(call.args[0]) if call.args else ""


def beginning(value: ast.expr) -> str:
    """What a text begins with, as far as it is written there: ``"select " + rest``."""
    if isinstance(value, ast.JoinedStr):
        return beginning(value.values[0]) if value.values else ""
    if isinstance(value, ast.BinOp):
        return beginning(value.left)
    if isinstance(value, ast.Call):
        method = value.func.value if isinstance(value.func, ast.Attribute) else None
        found = beginning(method) if method is not None else ""
        return found or (beginning(value.args[0]) if value.args else "")
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return ""
    return " ".join(_COMMENT.sub(" ", value.value).lower().split())


def name_of(call: ast.Call) -> str:
    """The name that holds the SQL; empty where it is written in the call."""
    first = call.args[0] if call.args else None
    return first.id if isinstance(first, ast.Name) else ""


def changes_data(text: str) -> bool:
    """Does it change what is stored? Not the transaction alone."""
    word = text.partition(" ")[0]
    if word in ("with", "explain"):
        return _CHANGES.search(text) is not None
    return bool(word) and word not in _READS


def once_is_enough(text: str) -> bool:
    """Does it change nothing more when it is executed again?"""
    return not changes_data(text) or _ONCE.search(text) is not None
