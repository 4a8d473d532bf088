"""The selected cells as LibCST statements, each beside the facts of the same statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import libcst as cst

from ..analysis.facts import CellFacts, StatementFacts, facts_of
from ..analysis.magics import MagicLine
from ..model import Cell

STAYING_MAGICS = frozenset(
    {"%matplotlib", "%config", "%load_ext", "%reload_ext", "%autoreload", "%precision", "%pdb"}
)
"""Line magics that configure the session and stay in the notebook, above the call."""
STAYING_CELL_MAGICS = frozenset({"%%time", "%%capture"})
"""Cell magics under which a call does what the cell did."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Lines = tuple[int, int]
Ranges = Mapping[str, Sequence[Lines]]
"""By cell: the first and last line, from 1, of what is selected in part; several parts of one
cell are places of the same code."""
Node = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True)
class Statement:
    """One top-level statement of a cell. ``place`` is that of `PageStatement`."""

    cell: Cell
    place: tuple[int, int]
    facts: StatementFacts
    tree: ast.stmt
    node: Node = field(repr=False, compare=False)
    muted: bool = False
    """True where a trailing semicolon hides the value."""

    @property
    def line(self) -> int:
        return self.facts.line

    @property
    def is_definition(self) -> bool:
        return isinstance(self.tree, DEFINITIONS)

    @property
    def is_import(self) -> bool:
        return isinstance(self.tree, ast.Import | ast.ImportFrom)

    @property
    def first_line(self) -> int:
        """Where it starts, decorators included."""
        decorators: list[ast.expr] = getattr(self.tree, "decorator_list", [])
        return min([self.line, *(node.lineno for node in decorators)])


@dataclass(frozen=True)
class SelectedCell:
    """A cell, the magic lines that stay in it, and its statements.

    ``lines`` (first and last, from 1) are those that were selected, None: all of them.
    ``cut`` are statements that lie in them with a part only. ``is_end`` says that no
    statement of the cell follows.
    """

    cell: Cell
    facts: CellFacts
    magics: tuple[MagicLine, ...] = ()
    statements: tuple[Statement, ...] = ()
    footer: tuple[cst.EmptyLine, ...] = field(default=(), repr=False, compare=False)
    lines: Lines | None = None
    cut: tuple[Statement, ...] = ()
    is_end: bool = True

    @property
    def timed(self) -> MagicLine | None:
        """The one ``%time`` under which all that the selected lines run stands: the call can
        stand there, too."""
        own = [m for m in self.magics if m.name == "%time" and self.holds(m.line)]
        if len(own) != 1 or own[0].captured or own[0].text[len("%time") :].lstrip()[:1] == "-":
            return None
        below = [s for s in self.statements if s.line == own[0].line]
        running = [s for s in self.statements if not (s.is_import or s.is_definition)]
        return own[0] if below and below == running else None

    @property
    def kept_magics(self) -> tuple[str, ...]:
        """Those that stand above the call."""
        kept = [magic for magic in self.magics if self.holds(magic.line)]
        return tuple(magic.text for magic in kept if magic != self.timed)

    @property
    def whole_lines(self) -> Lines:
        """The selected lines, with all of each statement that they touch."""
        touched = (*self.statements, *self.cut)
        first, last = self.lines or (1, 1)
        first = min([first, *(s.first_line for s in touched)])
        return first, max([last, *(s.facts.end_line for s in touched)])

    def holds(self, line: int) -> bool:
        """Was this line of the cell selected?"""
        return self.lines is None or self.lines[0] <= line <= self.lines[1]


def read_parts(cell: Cell, lines: Ranges) -> tuple[SelectedCell, ...]:
    """The cell, or those parts of it that are selected."""
    return tuple(read_cell(cell, one) for one in lines.get(cell.id, ())) or (read_cell(cell),)


@lru_cache(maxsize=512)
def read_cell(cell: Cell, lines: Lines | None = None) -> SelectedCell:
    """The cell's statements, of ``lines`` only; none where it does not parse or is not
    Python."""
    facts = facts_of(cell.source)
    if facts.error or not facts.python:
        return SelectedCell(cell, facts, facts.magics, lines=lines)
    module = cst.parse_module(facts.code)
    magic_lines = {magic.line for magic in facts.magics}
    captures = {magic.line for magic in facts.magics if magic.name == "%%capture"}
    statements: list[Statement] = []
    waiting: list[cst.EmptyLine] = list(module.header)
    body = [with_own_indent(node, module.default_indent) for node in module.body]
    pairs = zip(_exploded(body), facts.statements, strict=False)
    for number, (node, fact) in enumerate(pairs):
        tree = fact.node if fact.node is not None else ast.Pass()
        if fact.line in captures or (isinstance(tree, ast.Pass) and fact.line in magic_lines):
            waiting += node.leading_lines
            continue
        node = node.with_changes(leading_lines=[*waiting, *node.leading_lines])
        waiting = []
        place = (cell.index, number)
        statements.append(Statement(cell, place, fact, tree, node, _is_muted(node)))
    whole = SelectedCell(
        cell=cell,
        facts=facts,
        magics=facts.magics,
        statements=tuple(statements),
        footer=(*waiting, *module.footer),
    )
    return whole if lines is None else _within(whole, lines)


def _within(whole: SelectedCell, lines: Lines) -> SelectedCell:
    """The statements that lie in ``lines``, with the comments that do."""
    first, last = lines
    touched = [s for s in whole.statements if s.first_line <= last and s.facts.end_line >= first]
    inside = [s for s in touched if s.first_line >= first and s.facts.end_line <= last]
    after = [s for s in whole.statements if s.first_line > last]
    below = after[0].node.leading_lines if after else whole.footer
    end = after[0].first_line if after else len(whole.facts.code.split("\n")) + 1
    count = max(0, last + 1 - (end - len(below)))
    return replace(
        whole,
        statements=tuple(_without_lines_above(s, first) for s in inside),
        footer=tuple(below[:count]),
        lines=lines,
        cut=tuple(s for s in touched if s not in inside),
        is_end=not after,
    )


def _without_lines_above(statement: Statement, first: int) -> Statement:
    """Comments above the selected lines stay where they are."""
    lines = list(statement.node.leading_lines)
    kept = lines[max(0, len(lines) - (statement.first_line - first)) :]
    return replace(statement, node=statement.node.with_changes(leading_lines=kept))


def with_own_indent(node: cst.BaseStatement, indent: str) -> cst.BaseStatement:
    """Blocks keep the indent they were written with when they move to another file."""
    rewritten = node.visit(_OwnIndent(indent))
    assert isinstance(rewritten, cst.BaseStatement)
    return rewritten


class _OwnIndent(cst.CSTTransformer):
    def __init__(self, indent: str) -> None:
        super().__init__()
        self.indent = indent

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        if updated_node.indent is not None:
            return updated_node
        return updated_node.with_changes(indent=self.indent)


def _exploded(body: Sequence[cst.BaseStatement]) -> Iterator[Node]:
    """Each statement by itself: ``a; b`` becomes two lines, as it is two statements."""
    for node in body:
        if not isinstance(node, cst.SimpleStatementLine) or len(node.body) < 2:
            assert isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement)
            yield node
            continue
        last = len(node.body) - 1
        for index, small in enumerate(node.body):
            part = small if index == last else small.with_changes(semicolon=_NO_SEMICOLON)
            yield cst.SimpleStatementLine(
                body=[part],
                leading_lines=node.leading_lines if index == 0 else [],
                trailing_whitespace=node.trailing_whitespace
                if index == last
                else cst.TrailingWhitespace(),
            )


_NO_SEMICOLON = cst.MaybeSentinel.DEFAULT


def _is_muted(node: Node) -> bool:
    if not isinstance(node, cst.SimpleStatementLine):
        return False
    return isinstance(node.body[-1].semicolon, cst.Semicolon)


def text_of(nodes: Sequence[Node], footer: Sequence[cst.EmptyLine] = ()) -> str:
    """Statements as they were written, without blank lines around them."""
    code = cst.Module(body=list(nodes), footer=list(footer)).code
    return code.strip("\n")
