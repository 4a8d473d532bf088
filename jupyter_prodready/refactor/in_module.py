"""What tells code of a module from code of the notebook, wherever it stands in the module."""

from __future__ import annotations

import ast
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
_MADE = (*DEFINITIONS, ast.Lambda)


def refuse_in_module(parts: Parts, moves: Moves, page: Page, project: Project) -> Iterator[Refusal]:
    """Why what runs in the module would be told from what ran in the notebook."""
    places = {statement.place for statement in parts.body}
    body = [s for s in page.statements if s.place in places]
    moved = [s for s in page.statements if s.place in moves.places]
    yield from refuse_made_types([*body, *moved], page)
    yield from _refuse_inner(body, page)


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
