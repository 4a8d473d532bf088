"""Texts that follow from the page alone: literals, constants of the page, joined paths."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Iterable, Mapping

from .builtin_names import BUILTINS, is_builtin
from .said import WrittenCall

_AS_IT_IS = frozenset({"resolve", "absolute", "as_posix", "expanduser"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"})
_HERE = frozenset({"os.getcwd", "pathlib.Path.cwd"})
_SAME = frozenset({"str", "os.fspath", "os.path.abspath", "os.path.normpath", "os.path.realpath"})

Attribute, BinOp, Call = ast.Attribute, ast.BinOp, ast.Call
Constant, Name = ast.Constant, ast.Name
_JOINS = frozenset({ast.Add, ast.Div})

BUILT_IN = dict(zip(BUILTINS, BUILTINS, strict=True))
"""What the names of Python stand for at the top of a page."""
_LAST = (
    _AS_IT_IS
    | {"joinpath", "join"}
    | {name.rpartition(".")[2] for name in (*_PATHS, *_HERE, *_SAME)}
)
"""The last names of calls that can give a text."""


def full_name(node: ast.expr, imports: Mapping[str, str | None]) -> str:
    """The dotted name of what is called, through its import: ``numpy.random.rand``.

    ``imports`` maps a name to what it stands for, as `BUILT_IN` does, and a name to None that
    the page binds to something else. A call in between is ``()``, as in
    ``pathlib.Path().read_text``. What is not known has no root: ``.sample``. The empty text
    for a function of the page.
    """
    after = ""
    while type(node) is not Name:
        if type(node) is Attribute:
            after, node = f".{node.attr}{after}", node.value
        elif type(node) is Call:
            after, node = f"(){after}", node.func
        else:
            return after[after.find(".") :] if "." in after else ""
    name = node.id
    known = imports.get(name)
    if known:
        return known + after
    if name[0] == "_" and name not in imports and is_builtin(name):
        return name + after
    return after if after[:1] == "." else ""


def full_names(calls: Iterable[WrittenCall], names: Mapping[str, str | None]) -> list[str]:
    """The full name of each call, and of what it looks into with ``[]`` behind it."""
    found: list[str] = []
    for node, _ in calls:
        if isinstance(node, ast.Subscript):
            found.append(full_name(node.value, names) + "[]")
        elif type(node.func) is Name and (known := names.get(node.func.id)):
            found.append(known)  # as most are called, in a third of the time
        else:
            found.append(full_name(node.func, names))
    return found


def may_be_text(node: ast.expr | None) -> bool:
    """Can `text_of` find anything, whatever the names stand for?"""
    if type(node) is Call:
        return type(node.func) is not Attribute or node.func.attr in _LAST
    if type(node) is BinOp:
        return type(node.op) in _JOINS and may_be_text(node.left) and may_be_text(node.right)
    if type(node) is Constant:
        return type(node.value) is str
    return type(node) is Name or type(node) is ast.JoinedStr


def text_of(
    node: ast.expr | None, constants: Mapping[str, str], imports: Mapping[str, str | None]
) -> str | None:
    """The text or path that ``node`` certainly is, None where that cannot be told."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.JoinedStr):
        parts = [_piece(part, constants, imports) for part in node.values]
        return _all("".join, parts)
    if isinstance(node, ast.BinOp) and type(node.op) in _JOINS:
        both = [text_of(side, constants, imports) for side in (node.left, node.right)]
        return _all("".join if isinstance(node.op, ast.Add) else _joined, both)
    if isinstance(node, ast.Call):
        return _call(node, constants, imports)
    return None


def _call(
    node: ast.Call, constants: Mapping[str, str], imports: Mapping[str, str | None]
) -> str | None:
    name = full_name(node.func, imports)
    given = [text_of(arg, constants, imports) for arg in node.args]
    if name in _HERE:
        return "."
    if name in _PATHS or name == "os.path.join" or name in _SAME:
        return _all(_joined, given or ["."])
    if isinstance(node.func, ast.Attribute):
        start = text_of(node.func.value, constants, imports)
        if node.func.attr == "joinpath":
            return _all(_joined, [start, *given])
        if node.func.attr in _AS_IT_IS and not (start or "").startswith("~"):
            return start
    return None


def _piece(
    part: ast.expr, constants: Mapping[str, str], imports: Mapping[str, str | None]
) -> str | None:
    if isinstance(part, ast.FormattedValue):
        plain = part.format_spec is None and part.conversion == -1
        return text_of(part.value, constants, imports) if plain else None
    return text_of(part, constants, imports)


def _joined(parts: list[str]) -> str:
    return posixpath.join(*parts)


def _all(join: Callable[[list[str]], str], parts: list[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return join(known) if len(known) == len(parts) else None
