"""Literals that differ from place to place become keywords of the one function."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import libcst as cst

from ..analysis.facts import facts_of
from .alike import expressions
from .function import is_path
from .naming import free
from .page import BUILTINS
from .planner import Planner
from .source import Node, with_own_indent
from .words import lines_of

_KINDS = (
    (bool, "flag"),
    ((int, float, complex), "number"),
    (str, "text"),
)
_PLAIN = (bool, int, float, str)


@dataclass(frozen=True)
class Keyword:
    """``numbers`` are the expressions of the body (as `expressions` counts) that it stands
    for, ``texts`` what each place passes."""

    name: str
    numbers: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The type that all places pass, ``""`` where it is not one plain type."""
        values = [ast.literal_eval(text) for text in self.texts]
        kinds = {type(value).__name__ if isinstance(value, _PLAIN) else "" for value in values}
        return "".join(kinds) if len(kinds) == 1 else ""


def keywords_of(
    planners: Sequence[Planner], literals: Sequence[Mapping[int, ast.expr]]
) -> tuple[Keyword, ...]:
    """One keyword for all literals that vary alike. ``literals`` has for each place, the
    first one included, those that differ from the first."""
    trees = [s.tree for s in planners[0].parts.body]
    nodes = list(expressions(trees))
    alike: dict[tuple[str, ...], list[int]] = {}
    for number in sorted({number for one in literals for number in one}):
        values = (ast.dump(one.get(number, nodes[number])) for one in literals)
        alike.setdefault(tuple(values), []).append(number)
    owners = {id(child): node for t in trees for node in ast.walk(t) for child in _children(node)}
    first = planners[0]
    avoided = {*first.words, *first.signature.flow.soft, *BUILTINS}
    found = []
    for numbers in alike.values():
        node = nodes[numbers[0]]
        name = free(_called(node, owners[id(node)]), avoided)
        avoided.add(name)
        places = zip(planners, literals, strict=True)
        texts = (_text(planner, one.get(numbers[0], node)) for planner, one in places)
        found.append(Keyword(name, tuple(numbers), tuple(texts)))
    return tuple(found)


def generalized(body: Sequence[Node], keywords: Iterable[Keyword]) -> tuple[Node, ...]:
    """The statements with the keywords instead of the literals; all else as it was written."""
    names = {number: one.name for one in keywords for number in one.numbers}
    if not names:
        return tuple(body)
    text = cst.Module(body=list(body)).code
    nodes = list(expressions(ast.parse(text).body))
    lines = [line.encode("utf-8") for line in lines_of(text)]
    starts = [sum(map(len, lines[:n])) for n in range(len(lines))]
    data = b"".join(lines)
    spans = [(_span(nodes[number], starts), name) for number, name in names.items()]
    for (start, end), name in sorted(spans, reverse=True):
        before, after = data[:start], data[end:]
        data = before + _apart(before, name, after).encode("utf-8") + after
    module = cst.parse_module(data.decode("utf-8"))
    return tuple(_with_header(module))


def comments_in(body: Sequence[Node], footer: Sequence[cst.EmptyLine]) -> list[str]:
    """The comments that travel with statements."""
    text = cst.Module(body=list(body), footer=list(footer)).code
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _with_header(module: cst.Module) -> Iterator[Node]:
    lines = list(module.header)
    for node in module.body:
        own = with_own_indent(node, module.default_indent)
        assert isinstance(own, cst.SimpleStatementLine | cst.BaseCompoundStatement)
        yield own.with_changes(leading_lines=[*lines, *own.leading_lines])
        lines = []


def _span(node: ast.expr, starts: Sequence[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (
        starts[node.lineno - 1] + node.col_offset,
        starts[node.end_lineno - 1] + node.end_col_offset,
    )


def _apart(before: bytes, name: str, after: bytes) -> str:
    """``in"abc"`` needs no space, a name does."""
    left = " " if re.search(rb"\w$", before) else ""
    right = " " if re.match(rb"\w", after) else ""
    return left + name + right


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of a node; the value of a keyword belongs to the call."""
    if not isinstance(node, ast.keyword):
        for child in ast.iter_child_nodes(node):
            yield child.value if isinstance(child, ast.keyword) else child


def _called(node: ast.expr, owner: ast.AST) -> str:
    """What a person would call this literal."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(owner, ast.Call):
        if isinstance(value, str) and is_path(value, _last_name(owner.func)):
            return "path"
        keyword = next((k.arg for k in owner.keywords if k.value is node), None)
        if keyword is not None:
            return keyword
    if isinstance(owner, ast.Subscript) and isinstance(value, str):
        return "column"
    if not isinstance(node, ast.Constant | ast.UnaryOp):
        return "values"
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "value")


def _last_name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _text(planner: Planner, node: ast.expr) -> str:
    """The literal as it was written, if that is one line and can stand anywhere."""
    for statement in planner.parts.body:
        if any(one is node for one in ast.walk(statement.tree)):
            text = ast.get_source_segment(facts_of(statement.cell.source).code, node) or "\n"
            if "\n" not in text and not isinstance(node, ast.Tuple):
                return text
    return ast.unparse(node)
