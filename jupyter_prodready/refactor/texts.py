"""Texts that a call evaluates where it stands: pandas, numexpr and formulas look names up in the
frame that calls them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..analysis.calls import dotted

_WORD = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(r".*[bdoxXnfFeEgG%]")
_NUMEXPR = frozenset({"ne", "numexpr", "evaluate"})
_NO_TEXT = frozenset(
    {
        *("array", "asarray", "to_numpy", "reshape", "atleast_2d", "vstack", "hstack", "stack"),
        *("column_stack", "toarray", "transpose", "astype", "deg2rad", "radians", "rand", "randn"),
        *("list", "tuple", "zip", "tensor", "len", "int", "float", "range", "values", "T"),
    }
)
"""Calls and attributes that give arrays and numbers."""
_SAYING = frozenset({"print", "write", "append", "debug", "info", "warning", "error", "title"})
_TEXTS = (ast.JoinedStr, ast.BinOp, ast.Name)
_MAYBE_TEXTS = (
    *(ast.Call, ast.Attribute, ast.Subscript, ast.IfExp, ast.BoolOp, ast.Starred),
    *(ast.NamedExpr, ast.Await),
)


def looked_up(call: ast.Call, last: str) -> tuple[list[str], bool]:
    """Words of the texts that ``call``, by its ``last`` name, may look up as names; and whether
    it may evaluate a text that is not written there."""
    is_method = isinstance(call.func, ast.Attribute)
    evaluates = last == "evaluate" or (is_method and last in ("query", "eval"))
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg in ("expr", "formula"))]
    words: list[str] = []
    is_unseen = False
    for arg in given:
        text = _text(arg)
        if text is not None and (evaluates or "~" in text):
            words += _WORD.findall(text)
        elif isinstance(arg, ast.JoinedStr) and not evaluates and last not in _SAYING:
            words += _words_of_formula(arg)
        elif text is None and evaluates:
            root = dotted(call.func).partition(".")[0]
            is_known = last != "evaluate" or root in _NUMEXPR
            is_unseen |= isinstance(arg, _TEXTS) or (is_known and _may_be_text(arg))
    return words, is_unseen


def _words_of_formula(node: ast.JoinedStr) -> Iterator[str]:
    """Of what is written of it; what is filled in are columns, as far as one sees."""
    parts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
    if any("~" in part for part in parts):
        for part in parts:
            yield from _WORD.findall(part)


def _may_be_text(node: ast.expr) -> bool:
    if isinstance(node, ast.Call | ast.Attribute):
        func = node.func if isinstance(node, ast.Call) else node
        last = func.attr if isinstance(func, ast.Attribute) else dotted(func)
        return last not in _NO_TEXT
    if isinstance(node, ast.Subscript):
        return not isinstance(node.slice, ast.List | ast.Tuple)
    return isinstance(node, _MAYBE_TEXTS)


def _text(node: ast.expr) -> str | None:
    """The text that an expression gives, wherever it runs; numbers in it may be others."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return _joined("", [_filled(part) for part in node.values])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined("", [_text(node.left), _text(node.right)])
    if isinstance(node, ast.IfExp):
        return _joined(" ", [_text(node.body), _text(node.orelse)])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _method(node.func, node)
    return None


def _method(func: ast.Attribute, call: ast.Call) -> str | None:
    """``" and ".join([...])`` and ``"a > {}".format("@k")`` of literals."""
    own = _text(func.value)
    if own is None or call.keywords or not call.args:
        return None
    if func.attr == "join" and isinstance(call.args[0], ast.List | ast.Tuple):
        return _joined(own, [_text(one) for one in call.args[0].elts])
    if func.attr != "format":
        return None
    given = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
    if any(value is None for value in given):
        return None
    try:
        return own.format(*given)
    except (ValueError, IndexError, KeyError, AttributeError):
        return None


def _filled(part: ast.expr) -> str | None:
    """A number, by how it is written, names nothing."""
    if not isinstance(part, ast.FormattedValue):
        return _text(part)
    spec = _text(part.format_spec) if part.format_spec else None
    return "0" if spec and _NUMBER.fullmatch(spec) else _text(part.value)


def _joined(between: str, parts: list[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return between.join(known) if len(known) == len(parts) else None
