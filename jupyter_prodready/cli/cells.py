"""Cells as people name them on the command line: ids, and prompts such as `[4]`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import BadInputError, MissingError
from ..model import Cell, Notebook

_PROMPT = re.compile(r"\[(\d+)\]|(\d+)")


def cell_named(notebook: Notebook, name: str) -> Cell:
    """The cell with this id, or else the code cell that shows this prompt.

    A bare number is a prompt: an index would name another cell than the one people see.
    Raises `MissingError` for no cell, `BadInputError` where two cells show the prompt.
    """
    cell = notebook.cell(name)
    if cell is not None:
        return cell
    prompt = _PROMPT.fullmatch(name)
    count = int(prompt[1] or prompt[2]) if prompt else None
    shown = [cell for cell in notebook.code_cells if cell.execution_count == count]
    if count is None or not shown:
        raise MissingError(f"`{notebook.path}` has no cell `{name}`.", _known(notebook))
    if len(shown) > 1:
        ids = ", ".join(cell.id for cell in shown)
        raise BadInputError(
            f"{len(shown)} cells of `{notebook.path}` show [{count}].", f"Use {ids}."
        )
    return shown[0]


def cells_named(notebook: Notebook, names: Iterable[str]) -> tuple[str, ...]:
    """Ids of the code cells named, in page order; ``A:B`` is all code cells from A to B."""
    chosen: set[str] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        if not name:
            continue
        chosen.update(_range(notebook, name))
    return tuple(cell.id for cell in notebook.code_cells if cell.id in chosen)


def _range(notebook: Notebook, name: str) -> Iterable[str]:
    first_name, colon, last_name = name.partition(":")
    if not colon or notebook.cell(name) is not None:
        cell = cell_named(notebook, name)
        if not cell.is_code:
            raise BadInputError(f"`{name}` is no code cell.", _known(notebook))
        return (cell.id,)
    first = cell_named(notebook, first_name.strip())
    last = cell_named(notebook, last_name.strip())
    if first.index > last.index:
        raise BadInputError(
            f"`{first_name}` stands below `{last_name}`.", f"Write {last_name}:{first_name}."
        )
    between = notebook.code_cells
    return tuple(cell.id for cell in between if first.index <= cell.index <= last.index)


def _known(notebook: Notebook) -> str:
    cells = [f"{cell.label} {cell.id}" for cell in notebook.code_cells]
    shown = ", ".join(cells[:8]) + (", ..." if len(cells) > 8 else "")
    return f"Code cells: {shown}." if cells else "It has no code cell."
