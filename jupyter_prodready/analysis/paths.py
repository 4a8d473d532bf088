"""Paths of files as they are written: ``Path("a") / name``, ``os.path.join(...)``, f-strings."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable
from functools import lru_cache

from .bindings import UNKNOWN, Binding
from .nodes import dotted

MAKES_PATH = frozenset({"Path", "pathlib.Path", "PurePath", "PosixPath", "pathlib.PurePath"})
_JOINS = frozenset({"os.path.join", "path.join", "posixpath.join"})
_FORMS = (ast.Constant, ast.Name, ast.BinOp, ast.JoinedStr, ast.Call)
MOST_NESTED = 8
Look = Callable[[str], Binding | None]


def location_of(node: ast.expr) -> str | None:
    """The location of the file that ``node`` names: ``@file:a/b``, or ``@file$`` and an expression
    that tells it once the names are known."""
    if type(node) is ast.Name:
        return f"@file${node.id}"
    if not isinstance(node, _FORMS):
        return None
    text = path_of(node, _nothing)
    if text is not None:
        return f"@file:{text}"
    if type(node) is ast.Constant or not any(type(one) is ast.Name for one in ast.walk(node)):
        return None
    return f"@file${ast.unparse(node)}"


def file_at(expression: str, look: Look) -> str | None:
    """The path that an expression of `location_of` comes to."""
    node = _parsed(expression)
    return path_of(node, look) if node is not None else None


def locations(location: str, look: Look) -> tuple[str, ...]:
    """Where ``location`` really is: of a file, whose path a name may hold."""
    if location.startswith("@file$"):
        path = file_at(location[6:], look)
        return (f"@file:{path}",) if path is not None else ()
    if location.startswith("@environ:"):
        return (location, "@environ:")
    return (location,)


def path_of(node: ast.expr, look: Look, depth: int = 0) -> str | None:
    """The path, as far as it follows from texts, and from names that hold texts or paths."""
    text = _text(node, look, depth)
    return None if text is None else text.removeprefix("./")


def _text(node: ast.expr, look: Look, depth: int) -> str | None:
    if depth > MOST_NESTED:
        return None
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return _held(look(node.id), depth)
    if isinstance(node, ast.JoinedStr):
        return _formatted(node, look)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Add)):
        parts = [_text(one, look, depth + 1) for one in (node.left, node.right)]
        return _joined(parts) if isinstance(node.op, ast.Div) else _added(parts)
    if isinstance(node, ast.Call) and not node.keywords:
        name = dotted(node.func)
        if name in MAKES_PATH or name in _JOINS:
            return _joined([_text(one, look, depth + 1) for one in node.args] or [""])
        if name in ("str", "os.fspath") and len(node.args) == 1:
            return _text(node.args[0], look, depth + 1)
    return None


def _joined(parts: list[str | None]) -> str | None:
    known = [part.removeprefix("./") for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return posixpath.join(*["" if part == "." else part for part in known])


def _added(parts: list[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return "".join(known) if len(known) == len(parts) else None


def _formatted(node: ast.JoinedStr, look: Look) -> str | None:
    found = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            found += str(part.value)
            continue
        if not isinstance(part, ast.FormattedValue) or part.conversion != -1:
            return None
        holder = look(part.value.id) if isinstance(part.value, ast.Name) else None
        spec = part.format_spec
        value = holder.constant if holder is not None else UNKNOWN
        if spec is not None or not isinstance(value, (str, int)):
            return None
        found += str(value)
    return found


def _held(holder: Binding | None, depth: int) -> str | None:
    """The path that a name holds: a text, or what a plain assignment made of known ones."""
    if holder is None:
        return None
    if isinstance(holder.constant, str):
        return holder.constant
    step, node = holder.chain.step, holder.chain.step.facts.node
    if holder.chain.before is not None or holder.base != holder.provenance:
        return None
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return None
    if not isinstance(node.targets[0], ast.Name) or isinstance(node.value, ast.Constant):
        return None
    return _text(node.value, step.reads.get, depth + 1)


def _nothing(name: str) -> None:
    """No name is known."""


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> ast.expr | None:
    try:
        return ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
