"""The page as it would be if functions took what they read as keywords, all calls included."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import libcst as cst

from ..analysis.facts import facts_of
from ..model import Cell, CellEdit, Notebook
from .captured import Captured

_TIMED = re.compile(r"\s*%time\s+")
Wanted = Mapping[str, tuple[str, ...]]
"""By function: the names that become its keywords."""


def wanted_of(captured: Sequence[Captured]) -> Wanted:
    names: dict[str, tuple[str, ...]] = {}
    for one in captured:
        names[one.owner] = (*names.get(one.owner, ()), one.name)
    return names


def with_keywords(notebook: Notebook, wanted: Wanted) -> Notebook | None:
    """``notebook`` with new signatures and calls, line for line; None where a line that
    would change is not plain Python."""
    cells = []
    for cell in notebook.cells:
        source = rewritten(cell, wanted, _Keywords(wanted)) if cell.is_code else cell.source
        if source is None:
            return None
        cells.append(cell if source == cell.source else replace(cell, source=source))
    return replace(notebook, cells=tuple(cells))


def on_original(
    edits: Sequence[CellEdit], original: Notebook, rewritten: Notebook
) -> tuple[CellEdit, ...]:
    """Edits of ``rewritten`` as edits of ``original``."""
    own = {edit.cell_id: edit for edit in edits}
    found = [
        replace(edit, before=cell.source) if (cell := original.cell(edit.cell_id)) else edit
        for edit in edits
    ]
    for before, after in zip(original.cells, rewritten.cells, strict=True):
        if before.source != after.source and before.id not in own:
            found.append(CellEdit("replace", before.id, before.index, before.source, after.source))
    order = {"insert": 0, "replace": 1, "delete": 1}
    return tuple(sorted(found, key=lambda edit: (edit.index, order[edit.action])))


def rewritten(cell: Cell, names: Collection[str], by: cst.CSTTransformer) -> str | None:
    """The cell's source, rewritten line for line if it has one of ``names``; None where a line
    that would change is not plain Python."""
    facts = facts_of(cell.source)
    if facts.error or not facts.python or not any(name in facts.code for name in names):
        return cell.source
    after = cst.parse_module(facts.code).visit(by).code
    old, new = facts.code.split("\n"), after.split("\n")
    lines = cell.source.split("\n")
    if after == facts.code:
        return cell.source
    if len(old) != len(new) or len(lines) > len(old):
        return None
    for number, (before, now) in enumerate(zip(old, new, strict=True)):
        if before != now and number < len(lines):
            lines[number] = _line(lines[number], before, now)
    ast.parse(after)
    source = "\n".join(lines)
    return source if facts_of(source).code == after else None


def _line(line: str, before: str, now: str) -> str:
    """The line with ``now`` for ``before``, below a `%time` or alone; as it is elsewhere."""
    found = _TIMED.match(line)
    lead = "" if found is None else found[0]
    same = line == lead + (before.lstrip() if lead else before)
    return lead + (now.lstrip() if lead else now) if same else line


class _Keywords(cst.CSTTransformer):
    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        func = updated_node.func
        names = self.wanted.get(func.value, ()) if isinstance(func, cst.Name) else ()
        if not names:
            return updated_node
        args = [in_parentheses(arg) for arg in updated_node.args]
        return updated_node.with_changes(args=[*args, *(keyword(name) for name in names)])

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        names = self.wanted.get(updated_node.name.value, ())
        if not names:
            return updated_node
        params = updated_node.params
        only = [*params.kwonly_params, *(cst.Param(cst.Name(name)) for name in names)]
        return updated_node.with_changes(params=params.with_changes(kwonly_params=only))


def keyword(name: str) -> cst.Arg:
    tight = cst.SimpleWhitespace("")
    equal = cst.AssignEqual(whitespace_before=tight, whitespace_after=tight)
    return cst.Arg(keyword=cst.Name(name), equal=equal, value=cst.Name(name))


def in_parentheses(arg: cst.Arg) -> cst.Arg:
    """A generator that was the only argument needs parentheses beside another one."""
    value = arg.value
    if not isinstance(value, cst.GeneratorExp) or value.lpar:
        return arg
    return arg.with_changes(
        value=value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    )
