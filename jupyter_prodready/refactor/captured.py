"""Notebook variables that a moved function reads: which of them can become its keywords.

A function reads a global when it runs, a keyword is read when it is called. Both are the
same object only if the variable is bound once, above every call, and every use of the
function is a call that is written on the page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..analysis.facts import facts_of
from ..analysis.scope import bound_in, parameters
from ..model import Refusal
from .page import Page, PageStatement, named
from .reads import comprehension_targets, immediate_parts


@dataclass(frozen=True)
class Captured:
    """``function`` defines ``owner``, which reads the notebook variable ``name``."""

    function: PageStatement
    owner: str
    name: str


def why_not(page: Page, captured: Captured) -> str | None:
    """What stands against a keyword, to follow "`f` reads `v`"; None where nothing does."""
    function, name = captured.function, captured.name
    tree = function.tree
    if not isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        return "and a class cannot be given it"
    (writer, *others) = page.writers[name]
    if others or name not in writer.flow.bound or name in writer.flow.deleted:
        return f"which is not bound once and for sure in {named(writer.cell)}"
    if tree.decorator_list:
        return "and its decorator would see one more argument"
    if name in _names(immediate_parts(tree)):
        return "already where it is defined"
    if function.flow.depth.get(name, 0) > 1:
        return "and a text inside of an inner function does"
    return unseen_or_wrong_use(page, captured, writer)


def remedy_of(page: Page, captured: Captured) -> str:
    """What helps where no parameter could; ``""`` where one might."""
    owner, name, tree = captured.owner, captured.name, captured.function.tree
    if not isinstance(tree, ast.ClassDef) and name in _names(immediate_parts(tree)):
        return f"Write there what `{name}` stands for, or leave `{owner}` in the notebook."
    nodes = (node for s in page.statements for node in s.definitions)
    for node in nodes:
        if owner in _names([*getattr(node, "decorator_list", ())]):
            decorated = getattr(node, "name", "")
            return f"Leave `{decorated}`, and what calls it, in the notebook."
    return ""


def unseen_or_wrong_use(page: Page, captured: Captured, writer: PageStatement) -> str | None:
    """What stands against a keyword in each call, with ``writer`` the first to bind the name."""
    return _unseen(page, captured, writer) or _wrong_use(page, captured, writer)


def refuse_captured(left: Iterable[Captured]) -> Iterator[Refusal]:
    """What functions would still read of the notebook, for a call cannot be rewritten."""
    for one in left:
        where = one.function.cell.id
        message = f"`{one.owner}` reads `{one.name}`, and a line that calls it cannot be rewritten."
        remedy = f"Make `{one.name}` a parameter of `{one.owner}`."
        yield Refusal(where, one.function.facts.line, message, remedy)


def _unseen(page: Page, captured: Captured, writer: PageStatement) -> str | None:
    """Code that may use the function, or bind the variable, without being Python that is read."""
    hidden = page.hidden_by((writer,))
    if hidden is not None:
        return f"which {hidden.tree_text} in {named(hidden.cell)} may bind anew"
    for statement in page.statements:
        if statement.sees_all:
            return f"and {statement.tree_text} in {named(statement.cell)} may call it unseen"
    word = re.compile(rf"\b{re.escape(captured.owner)}\b")
    for statement in page.statements:
        if statement.opaque and not statement.is_star:
            return f"and {statement.tree_text} in {named(statement.cell)} may call it unseen"
        if captured.owner in statement.flow.soft:
            return f"and a text in {named(statement.cell)} may call it"
    for cell in dict.fromkeys(statement.cell for statement in page.statements):
        magics = (one for one in facts_of(cell.source).magics if one.name != "%time")
        if any(word.search(magic.text) for magic in magics):
            return f"and a magic in {named(cell)} names it"
    broken = next((cell for cell in page.unreadable if word.search(cell.source)), None)
    return None if broken is None else f"and {named(broken)}, which cannot be read, names it"


def _wrong_use(page: Page, captured: Captured, writer: PageStatement) -> str | None:
    owner, name = captured.owner, captured.name
    for statement in page.statements:
        where = named(statement.cell)
        inner = inner_names(statement.tree)
        if owner in inner:
            return f"and `{owner}` means something else inside of {where}"
        found = tuple(uses(statement.tree, owner))
        if any(call is None for call in found):
            return f"and is used without a call in {where}"
        if found and _shows_text(statement.tree, owner):
            return f"and {where} shows the text of a call"
        if found and name in inner:
            return f"and {where} calls it where `{name}` means something else"
        if any(call is not None and _may_pass(call, name) for call in found):
            return f"and {where} may pass it a `{name}` of another kind"
    called = page.used_above(owner, writer.place)
    return None if called is None else f"and is called above that, in {named(called.cell)}"


def uses(tree: ast.AST, name: str) -> Iterator[ast.Call | None]:
    """Each time ``name`` is read: the call of it, or None."""
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            yield calls.get(id(node))


def _shows_text(tree: ast.AST, name: str) -> bool:
    """``f"{name(1)=}"``: the text of an expression stands before its value, up to the ``=``."""
    texts = (
        part.value
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    )
    return any(str(one).rstrip().endswith("=") and name in str(one) for one in texts)


def _may_pass(call: ast.Call, name: str) -> bool:
    return any(keyword.arg in (None, name) for keyword in call.keywords)


def inner_names(tree: ast.AST) -> set[str]:
    """Names bound by the functions, classes and comprehensions in ``tree``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        found |= comprehension_targets(node)
        if isinstance(node, ast.Lambda):
            found |= set(parameters(node.args))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= set(parameters(node.args)) | bound_in(node.body)[0]
        elif isinstance(node, ast.ClassDef):
            found |= bound_in(node.body)[0]
    return found


def _names(nodes: list[ast.AST]) -> set[str]:
    return {inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}
