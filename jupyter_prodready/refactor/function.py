"""Write a function from statements with LibCST: what was typed stays as it was typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

import libcst as cst

from ..analysis.calls import dotted
from ..analysis.effect_tables import READS_FILE, WRITES_FILE
from .annotations import Annotations
from .project import identifier
from .source import Node
from .words import LONGEST_LINE

INDENT = "    "
_CONTINUED = re.compile(r"\\\r?\n")
_FILE_CALLS = READS_FILE | WRITES_FILE | {"open", "Path", "load", "save", "dump"}
_JOINS = frozenset({"join", "joinpath", "print", "split", "endswith", "startswith", "replace"})
_NOT_A_PATH = re.compile(r"^[a-z][a-z0-9+.-]*://|[\n<>|\"%{}]")
_DATA_FILE = re.compile(
    r"[\w*\]]\.(csv|tsv|txt|dat|json|jsonl|parquet|feather|pkl|pickle|joblib|xlsx?|hdf5?|h5|npy|npz|"
    r"png|jpe?g|svg|pdf|html?|xml|ya?ml|toml|db|sqlite3?|zip|gz|bz2|arrow|orc|sas7bdat|dta|md)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PathLiteral:
    """A path in the code that becomes a parameter: the call passes ``literal``.

    ``kind`` is its type, ``""`` where it has more than one: other literals that differ from
    call to call are passed like this, too.
    """

    name: str
    literal: str
    kind: str = "str"


@dataclass(frozen=True)
class Default:
    """A keyword that may be left out of the call: ``literal`` is its value then."""

    name: str
    literal: str
    is_passed: bool = True


@dataclass(frozen=True)
class Function:
    """A function to be written. ``body`` are top-level statements, ``returns`` a text."""

    name: str
    parameters: tuple[str, ...]
    body: tuple[Node, ...]
    footer: tuple[cst.EmptyLine, ...] = ()
    returns: str = ""
    docstring: str = ""
    is_async: bool = False
    paths: tuple[PathLiteral, ...] = ()
    defaults: tuple[Default, ...] = ()
    annotations: Annotations | None = None
    copies: tuple[str, ...] = ()
    """Lines that the body begins with."""


def with_path_parameters(function: Function, taken: Collection[str]) -> Function:
    """The function with every path literal turned into a keyword parameter.

    ``'../data/train.csv'`` means another file from another working folder, so it stays in
    the notebook, in the call.
    """
    rewriter = _Paths(set(taken))
    body = tuple(cast(Node, node.visit(rewriter)) for node in function.body)
    return replace(function, body=body, paths=(*function.paths, *rewriter.found.values()))


def write(function: Function) -> str:
    """The function's text, ending without a newline."""
    word = "async def" if function.is_async else "def"
    told = function.annotations
    arrow = f" -> {told.returns}" if told is not None and told.returns else ""
    parts = _signature(function)
    lines = [f"{word} {function.name}({', '.join(parts)}){arrow}:"]
    if len(lines[0]) > LONGEST_LINE and parts:
        each = (f"{INDENT}{part}," for part in parts)
        lines = [f"{word} {function.name}(", *each, f"){arrow}:"]
    head = len(lines)
    lines += _docstring_lines(function.docstring)
    lines += [f"{INDENT}{line}" for line in function.copies]
    body = _body_text(function.body, function.footer)
    lines += [body] if body else []
    lines += [f"{INDENT}return {function.returns}"] if function.returns else []
    if len(lines) == head:
        lines.append(f"{INDENT}pass")
    return "\n".join(lines)


def _signature(function: Function) -> list[str]:
    told = function.annotations
    types = told.inputs if told is not None else {}
    names = [_typed(name, types.get(name)) for name in function.parameters]
    kinds = (path.kind if told is not None else "" for path in function.paths)
    only = [_typed(path.name, kind) for path, kind in zip(function.paths, kinds, strict=True)]
    for one in function.defaults:
        equal = " = " if one.name in types else "="
        only.append(f"{_typed(one.name, types.get(one.name))}{equal}{one.literal}")
    return [*names, *(["*", *only] if only else [])]


def _typed(name: str, kind: str | None) -> str:
    return f"{name}: {kind}" if kind else name


def call_arguments(function: Function) -> str:
    """The arguments with which the notebook calls the function."""
    given = [f"{path.name}={path.literal}" for path in function.paths]
    given += [f"{one.name}={one.name}" for one in function.defaults if one.is_passed]
    return ", ".join([*function.parameters, *given])


def _docstring_lines(text: str) -> list[str]:
    if not text:
        return []
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    first, *rest = text.strip().splitlines()
    if not rest:
        first = f"{first} " if first.endswith('"') else first
        return [f'{INDENT}"""{first}"""']
    body = [f"{INDENT}{line.rstrip()}" if line.strip() else "" for line in rest]
    body = body if body[0] == "" else ["", *body]
    return [f'{INDENT}"""{first}', *body, f'{INDENT}"""']


def _body_text(body: Sequence[Node], footer: Sequence[cst.EmptyLine]) -> str:
    """The statements one level deeper; strings over several lines are not touched."""
    if not body:
        return ""
    tidy = _Indented()
    nodes = [cast(Node, node.visit(tidy)) for node in body]
    nodes[0] = nodes[0].with_changes(leading_lines=without_blanks(nodes[0].leading_lines))
    block = cst.IndentedBlock(
        body=nodes, footer=[cast(cst.EmptyLine, e.visit(tidy)) for e in footer]
    )
    definition = cst.FunctionDef(name=cst.Name("f"), params=cst.Parameters(), body=block)
    code = cst.Module(body=[definition], default_indent=INDENT).code
    return code.partition("\n")[2].rstrip("\n")


def without_blanks(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """From the first comment on."""
    rest = list(lines)
    while rest and rest[0].comment is None:
        del rest[0]
    return rest


class _Indented(cst.CSTTransformer):
    """Blank lines carry no indent, so that no trailing space is written; what a backslash
    continues carries one more. Where an f-string shows its own text, nothing is touched."""

    def visit_FormattedStringExpression(self, node: cst.FormattedStringExpression) -> bool:
        return False

    def leave_SimpleWhitespace(
        self, original_node: cst.SimpleWhitespace, updated_node: cst.SimpleWhitespace
    ) -> cst.SimpleWhitespace:
        value = updated_node.value
        return updated_node.with_changes(value=_CONTINUED.sub(rf"\g<0>{INDENT}", value))

    def leave_EmptyLine(
        self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine
    ) -> cst.EmptyLine:
        if updated_node.comment is not None:
            return updated_node
        return updated_node.with_changes(indent=False, whitespace=cst.SimpleWhitespace(""))


class _Paths(cst.CSTTransformer):
    """Replaces path literals that are direct arguments of a call by names."""

    def __init__(self, taken: set[str]) -> None:
        super().__init__()
        self.taken = taken
        self.found: dict[str, PathLiteral] = {}

    def visit_FormattedStringExpression(self, node: cst.FormattedStringExpression) -> bool:
        return node.equal is None  # with `=` its text is shown

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        called = _last_name(original_node.func)
        if called in _JOINS:
            return updated_node
        arguments = [self._argument(arg, called) for arg in updated_node.args]
        return updated_node.with_changes(args=arguments)

    def _argument(self, arg: cst.Arg, called: str) -> cst.Arg:
        value = arg.value
        if arg.star or not isinstance(value, cst.SimpleString):
            return arg
        text = value.evaluated_value
        if not isinstance(text, str) or not is_path(text, called, arg.keyword):
            return arg
        if text not in self.found:
            self.found[text] = PathLiteral(self._name(text), value.value)
        return arg.with_changes(value=cst.Name(self.found[text].name))

    def _name(self, text: str) -> str:
        stem = re.split(r"[\\/]", text.rstrip("\\/"))[-1].rpartition(".")[0] or text
        name = base = f"{identifier(stem) or 'file'}_path".replace("__", "_")
        number = 2
        while name in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name)
        return name


def _last_name(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def called_with(tree: ast.AST, name: str) -> Iterator[str]:
    """The last names of what is called with ``name`` itself; joined paths are opened."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = (*node.args, *(keyword.value for keyword in node.keywords))
            if any(isinstance(one, ast.Name) and one.id == name for one in given):
                last = dotted(node.func).rpartition(".")[2]
                yield "open" if last in ("join", "joinpath") else last


def is_path(text: str, called: str, keyword: object = None) -> bool:
    """Does a text that is given to ``called`` name a file?"""
    if not text.strip() or _NOT_A_PATH.search(text):
        return False
    if _DATA_FILE.search(text):
        return True
    return called in _FILE_CALLS and keyword is None and bool(re.search(r"[\\/]", text))


def returned(node: Node) -> Node:
    """``expression`` as ``return expression``."""
    assert isinstance(node, cst.SimpleStatementLine)
    (small,) = node.body
    assert isinstance(small, cst.Expr)
    value = small.value
    return node.with_changes(
        body=[cst.Return(value=value, whitespace_after_return=cst.SimpleWhitespace(" "))]
    )
