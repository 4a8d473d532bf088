"""Which cells a person means: ``--cells ID_OR_RANGE``.

A comma-separated list of

- a cell id (``c3``, ``8f2b...``) as it stands in the file,
- an index counting all cells from 0, as in all JSON of this product: ``3``,
- a range of indices, both ends included: ``3-5``; text cells in it are skipped,
- an execution count in brackets, as the notebook shows it: ``[12]``, ``[4]-[6]``.
"""

from __future__ import annotations

import re

from ..errors import BadInputError
from ..model import Cell, Notebook

_HINT = "Give an id, an index (3), a range (3-5), a count ([12]), or a list of these."


def select(notebook: Notebook, text: str) -> tuple[str, ...]:
    """Ids of the code cells that ``text`` names, in page order.

    Raises `BadInputError` for a cell that does not exist and a count that is not unique.
    """
    chosen: list[Cell] = []
    for part in text.split(","):
        chosen += _part(notebook, part.strip())
    ids = {cell.id for cell in chosen}
    found = tuple(cell.id for cell in notebook.code_cells if cell.id in ids)
    if not found:
        raise BadInputError(f"`{text}` names no code cell.", _HINT)
    return found


def _part(notebook: Notebook, part: str) -> list[Cell]:
    by_id = notebook.cell(part)
    if by_id is not None:
        return [by_id]
    ends = re.fullmatch(r"(\[?\d+\]?)\s*[-:]\s*(\[?\d+\]?)", part)
    if ends:
        first, last = _one(notebook, ends[1]), _one(notebook, ends[2])
        if first.index > last.index:
            raise BadInputError(f"The range `{part}` runs backwards.", _HINT)
        return list(notebook.cells[first.index : last.index + 1])
    return [_one(notebook, part)]


def _one(notebook: Notebook, part: str) -> Cell:
    if re.fullmatch(r"\d+", part):
        index = int(part)
        if index < len(notebook.cells):
            return notebook.cells[index]
        raise BadInputError(
            f"There is no cell {index}: the last one is {len(notebook.cells) - 1}.", _HINT
        )
    count = re.fullmatch(r"\[(\d+)\]", part)
    if not count:
        raise BadInputError(f"There is no cell `{part}`.", _HINT)
    found = [cell for cell in notebook.code_cells if cell.execution_count == int(count[1])]
    if len(found) != 1:
        many = "More than one cell shows" if found else "No cell shows"
        raise BadInputError(f"{many} {part}.", "Use the index or the id of the cell.")
    return found[0]
