"""What tells code of a module from code of the notebook, wherever it stands in the module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ..model import Refusal
from .made_types import refuse_made_types
from .moves import Moves
from .page import DEFINITIONS, Page, PageStatement, named
from .parts import Parts
from .pickled import sender
from .project import Project

_LEAVE = "Leave this line in the notebook."
_NAMES = ("__module__", "__qualname__")
_MODULE_ARGUMENT = 3
_MADE = (*DEFINITIONS, ast.Lambda)


def refuse_in_module(parts: Parts, moves: Moves, page: Page, project: Project) -> Iterator[Refusal]:
    """Why what runs in the module would be told from what ran in the notebook."""
    places = {statement.place for statement in parts.body}
    body = [s for s in page.statements if s.place in places]
    moved = [s for s in page.statements if s.place in moves.places]
    yield from refuse_made_types([*body, *moved], page)
    yield from _refuse_inner(body, page)
    yield from _refuse_filters(parts, page, project)
    yield from _refuse_subclasses(moved, page)


def _refuse_inner(body: Sequence[PageStatement], page: Page) -> Iterator[Refusal]:
    """Functions and classes of a branch: their long names get that of the function around them,
    and nobody finds them at the top level of a module."""
    asked = next(((n, s) for n in _NAMES for s in page.statements if n in s.words), None)
    sends = sender(page)
    for statement in body if asked or sends else ():
        made = next((node for node in ast.walk(statement.tree) if isinstance(node, _MADE)), None)
        if made is None:
            continue
        if asked is not None:
            message = f"{named(asked[1].cell)} reads `{asked[0]}` of what may be made here."
            yield Refusal(statement.cell.id, made.lineno, message, _LEAVE)
        elif sends is not None and not isinstance(made, ast.Lambda):
            message = f"What is made here cannot be pickled then, and {named(sends.cell)} pickles."
            yield Refusal(statement.cell.id, made.lineno, message, _LEAVE)


def _refuse_filters(parts: Parts, page: Page, project: Project) -> Iterator[Refusal]:
    """Warnings are let through by the name of the module whose line they are for."""
    for statement in page.statements:
        if "filterwarnings" in statement.words:
            for node in ast.walk(statement.tree):
                if isinstance(node, ast.Call) and _tells_apart(node, project.import_name):
                    where = named(statement.cell)
                    message = f"{where} lets warnings through by their module: it is another then."
                    remedy = f"Leave `module` out in {where}."
                    yield Refusal(parts.first.cell.id, None, message, remedy)


def _tells_apart(call: ast.Call, module: str) -> bool:
    """Does a filter for warnings treat this module otherwise than the notebook?"""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    named_so = [keyword.value for keyword in call.keywords if keyword.arg in ("module", None)]
    given = [*named_so, *call.args[_MODULE_ARGUMENT:]]
    if name != "filterwarnings" or not given:
        return False
    pattern = given[0]
    if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
        return True
    try:
        return bool(re.match(pattern.value, "__main__")) != bool(re.match(pattern.value, module))
    except re.error:
        return True


def _refuse_subclasses(moved: Sequence[PageStatement], page: Page) -> Iterator[Refusal]:
    lists = next((s for s in page.statements if "__subclasses__" in s.words), None)
    for statement in moved if lists else ():
        tree = statement.tree
        if lists is not None and isinstance(tree, ast.ClassDef) and tree.bases:
            message = f"{named(lists.cell)} lists subclasses: `{tree.name}` is made earlier then."
            remedy = f"Keep `{tree.name}` in the notebook."
            yield Refusal(statement.cell.id, tree.lineno, message, remedy)
