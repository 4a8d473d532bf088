"""Run a notebook with other parameters: papermill's convention, a cell tagged `parameters`."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Mapping

from ..analysis.facts import facts_of
from ..errors import BadInputError
from ..fixes import pages
from ..model import Cell, Notebook

TAG = "parameters"


def parsed(texts: list[str]) -> dict[str, object]:
    """``k=v`` each; a value that is no Python literal is text. `BadInputError` for others."""
    found: dict[str, object] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.isidentifier() or keyword.iskeyword(name):
            raise BadInputError(
                f"`--param {text}` is not a name and a value.", "Write --param alpha=0.5."
            )
        found[name] = _value(value)
    return found


def _value(text: str) -> object:
    plain = {"true": True, "false": False, "null": None}
    if text in plain:
        return plain[text]
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def with_parameters(notebook: Notebook, values: Mapping[str, object]) -> Notebook:
    """The page whose `parameters` cell ends with these assignments.

    `BadInputError` where no cell has the tag, or where it does not set one of the names: a
    misspelt parameter would do nothing.
    """
    cell = next((one for one in notebook.code_cells if TAG in one.tags), None)
    if cell is None:
        raise BadInputError(
            f"No cell of `{notebook.path}` has the tag `{TAG}`.",
            "Tag the cell that sets the parameters (property inspector, or `+ Tag`).",
        )
    _refuse_unknown(cell, values)
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    source = "\n".join([cell.source, "# Parameters of this run", *lines])
    return pages.edited(notebook, [pages.replacement(cell, source)])


def _refuse_unknown(cell: Cell, values: Mapping[str, object]) -> None:
    known = {name for one in facts_of(cell.source).statements for name in one.writes}
    for name in values:
        if name not in known:
            raise BadInputError(
                f"The cell tagged `{TAG}` does not set `{name}`.",
                f"It sets: {', '.join(sorted(known)) or 'nothing'}.",
            )
