"""Functions that set a notebook variable by `global`, as functions that return it.

``bump()`` becomes ``n = bump(n=n)``. Both do the same if each call is a line of the page, which
ends where the function ends, and nothing that it calls looks at the variable meanwhile.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from ..model import Notebook
from .captured import Captured, unseen_or_wrong_use
from .flow import Flow, flow_of
from .keywords import in_parentheses, keyword, rewritten
from .page import Page, PageStatement
from .reads import comprehension_targets
from .shown_values import sets_what_is_shown

_LAZY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp, ast.ClassDef)
_LEAVES = (ast.Return, ast.Yield, ast.YieldFrom, ast.Await)


@dataclass(frozen=True)
class Returning:
    """``owner`` is to return ``name``, and takes it if it ``needs`` it."""

    owner: str
    name: str
    needs: bool


def may_be_returned(page: Page, name: str) -> bool:
    """Can all functions of the page that set ``name`` return it instead?"""
    return bool(_all_of(page, name))


def returning(notebook: Notebook, names: Collection[str]) -> tuple[Notebook, tuple[str, ...]]:
    """``notebook`` with functions that return those of ``names`` that they can, line for line,
    and a note for each; as it is where a line that would change is not plain Python."""
    if not names:
        return notebook, ()
    page = Page.of(notebook)
    wanted = {one.owner: one for name in names for one in _all_of(page, name)}
    cells = []
    for cell in notebook.cells:
        source = rewritten(cell, wanted, _Returns(wanted)) if cell.is_code else cell.source
        if source is None:
            return notebook, ()
        cells.append(replace(cell, source=source))
    notes = [f"`{s.owner}` returns `{s.name}`; its calls are changed." for s in wanted.values()]
    return replace(notebook, cells=tuple(cells)), tuple(notes)


def _all_of(page: Page, name: str) -> tuple[Returning, ...]:
    """All functions that set it; none where one of them cannot return it, or another one of the
    page looks at it."""
    own = [s for s in page.statements if name in s.flow.declared]
    made = [_returning(page, statement, name) for statement in own]
    found = tuple(one for one in made if one is not None)
    others = (s for s in page.statements if s not in own)
    watched = any(name in s.flow.late or name in s.flow.deleted for s in others)
    return () if watched or len(found) < len(made) else found


def _returning(page: Page, statement: PageStatement, name: str) -> Returning | None:
    tree = statement.tree
    if not isinstance(tree, ast.FunctionDef) or not _is_plain(tree, name):
        return None
    body = [node for node in tree.body if not isinstance(node, ast.Global)]
    flow = flow_of(body)
    needs = name in flow.exposed or name not in flow.bound
    sure = _first_bound(page, name)
    captured = Captured(statement, tree.name, name)
    if name not in flow.written or name in flow.deleted or _cannot_be(page, tree.name, name, flow):
        return None
    if needs and (sure is None or page.used_above(tree.name, sure.place)):
        return None
    if unseen_or_wrong_use(page, captured, sure or statement) is not None:
        return None
    return Returning(tree.name, name, needs)


def _is_plain(tree: ast.FunctionDef, name: str) -> bool:
    """With one `global name` on a line of its own, that ends at its end and keeps nothing."""
    declared = [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    lines = [node.lineno for node in tree.body]
    if tree.decorator_list or len(declared) != 1 or declared[0] not in tree.body:
        return False
    if declared[0].names != [name] or lines.count(declared[0].lineno) > 1:
        return False
    inner = [node for one in tree.body for node in ast.walk(one)]
    lazy = [node for node in inner if isinstance(node, _LAZY)]
    names = {node.id for one in lazy for node in ast.walk(one) if isinstance(node, ast.Name)}
    own = {target for node in inner for target in comprehension_targets(node)}
    return name not in names | own and not any(isinstance(node, _LEAVES) for node in inner)


def _first_bound(page: Page, name: str) -> PageStatement | None:
    """The first statement of the page that binds it, if it does for sure."""
    first = next((s for s in page.writers[name] if name not in s.flow.declared), None)
    return first if first is not None and name in first.flow.bound else None


def _cannot_be(page: Page, owner: str, name: str, flow: Flow) -> bool:
    """Is there a call that is no line of the page, or that may be left half-way unseen?"""
    if len(page.writers.get(owner, ())) > 1 or sets_what_is_shown(page):
        return True
    setters = {n for s in page.statements if name in s.flow.declared for n in s.flow.bound}
    if setters & {*flow.exposed, *flow.late}:
        return True
    calling = [s for s in page.statements if owner in s.words and not _defines(s, owner)]
    if any("raises-exception" in s.cell.tags for s in calling):
        return True
    return any(len(_mentions(s.tree, owner)) != len([*_calls(s.tree, owner)]) for s in calling)


def _defines(statement: PageStatement, owner: str) -> bool:
    return statement.is_definition and owner in statement.flow.bound


def _mentions(tree: ast.AST, owner: str) -> list[ast.Name]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == owner]


def _calls(tree: ast.AST, owner: str) -> Iterator[ast.Call]:
    """Calls that are a statement of the page, where an error ends the cell."""
    if isinstance(tree, (*_LAZY, ast.Try, ast.With, ast.AsyncWith)):
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Call):
        arguments = [*tree.value.args, *tree.value.keywords]
        again = any(_mentions(one, owner) for one in arguments)
        if isinstance(tree.value.func, ast.Name) and tree.value.func.id == owner and not again:
            yield tree.value
        return
    for child in ast.iter_child_nodes(tree):
        yield from _calls(child, owner)


class _Returns(cst.CSTTransformer):
    def __init__(self, wanted: dict[str, Returning]) -> None:
        super().__init__()
        self.wanted = wanted

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        one = self.wanted.get(updated_node.name.value)
        block = updated_node.body
        if one is None or not isinstance(block, cst.IndentedBlock):
            return updated_node
        body = [*_without_global(block.body)]
        body.append(cst.SimpleStatementLine([cst.Return(cst.Name(one.name))]))
        params = updated_node.params
        if one.needs:
            only = [*params.kwonly_params, cst.Param(cst.Name(one.name))]
            params = params.with_changes(kwonly_params=only)
        return updated_node.with_changes(body=block.with_changes(body=body), params=params)

    def leave_Expr(self, original_node: cst.Expr, updated_node: cst.Expr) -> cst.BaseSmallStatement:
        call = updated_node.value
        if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Name):
            return updated_node
        one = self.wanted.get(call.func.value)
        if one is None:
            return updated_node
        args = [in_parentheses(arg) for arg in call.args] if one.needs else [*call.args]
        args += [keyword(one.name)] if one.needs else []
        target = cst.AssignTarget(cst.Name(one.name))
        return cst.Assign([target], call.with_changes(args=args), updated_node.semicolon)


def _without_global(body: Sequence[cst.BaseStatement]) -> Iterator[cst.BaseStatement]:
    """What stands above the line, or behind it, stands above the next one."""
    waiting: list[cst.EmptyLine] = []
    for line in body:
        if isinstance(line, cst.SimpleStatementLine) and isinstance(line.body[0], cst.Global):
            comment = line.trailing_whitespace.comment
            waiting += [*line.leading_lines, *([cst.EmptyLine(comment=comment)] if comment else [])]
        elif waiting and isinstance(line, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            yield line.with_changes(leading_lines=[*waiting, *line.leading_lines])
            waiting = []
        else:
            yield line
