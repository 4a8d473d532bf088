"""Which cells a person means: ``--cells ID_OR_RANGE``.

A comma-separated list of

- a cell id (``c3``, ``8f2b...``) as it stands in the file,
- an index counting all cells from 0, as in all JSON of this product: ``3``,
- a range of indices, both ends included: ``3-5``; text cells in it are skipped,
- an execution count in brackets, as the notebook shows it: ``[12]``, ``[4]-[6]``,
- lines of one cell, counted from 1, both ends included: ``[4]:2-7``, ``c3:5``; twice for
  the same code in two places of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import BadInputError
from ..model import Cell, Notebook
from .source import Lines, Ranges

_HINT = "Give an id, an index (3), a range (3-5), a count ([12]), or a list of these."


@dataclass(frozen=True)
class Selection:
    """Ids of code cells in page order, and the lines of those that are selected in part."""

    cells: tuple[str, ...]
    lines: Ranges = field(default_factory=dict)


def select(notebook: Notebook, text: str) -> tuple[str, ...]:
    """Ids of the code cells that ``text`` names, in page order.

    Raises `BadInputError` for a cell that does not exist, a count that is not unique, and
    for lines of a cell.
    """
    found = select_lines(notebook, text)
    if found.lines:
        raise BadInputError(f"`{text}` names lines, and only whole cells can be meant.", _HINT)
    return found.cells


def select_lines(notebook: Notebook, text: str) -> Selection:
    """The cells, and lines of cells, that ``text`` names. Raises as `select` does."""
    chosen: list[Cell] = []
    lines: dict[str, tuple[Lines, ...]] = {}
    for part in text.split(","):
        cells, within = _part(notebook, part.strip())
        if any(_is_again(cell, within, chosen, lines) for cell in cells):
            message = f"`{text}` names lines twice."
            raise BadInputError(message, "Give ranges that share no line.")
        chosen += cells
        if within is not None:
            lines[cells[0].id] = tuple(sorted((*lines.get(cells[0].id, ()), within)))
    ids = {cell.id for cell in chosen}
    found = tuple(cell.id for cell in notebook.code_cells if cell.id in ids)
    if not found:
        raise BadInputError(f"`{text}` names no code cell.", _HINT)
    return Selection(found, lines)


def _is_again(cell: Cell, within: Lines | None, chosen: Sequence[Cell], lines: Ranges) -> bool:
    """Was any line of it named before? A whole cell may be."""
    own = lines.get(cell.id, ())
    if within is None or not own:
        return bool(own) or (within is not None and cell in chosen)
    return any(first <= within[1] and within[0] <= last for first, last in own)


def _part(notebook: Notebook, part: str) -> tuple[list[Cell], Lines | None]:
    by_id = notebook.cell(part)
    if by_id is not None:
        return [by_id], None
    ends = re.fullmatch(r"(\[?\d+\]?)\s*(?:-|:(?=\s*\[))\s*(\[?\d+\]?)", part)
    if ends:
        first, last = _one(notebook, ends[1]), _one(notebook, ends[2])
        if first.index > last.index:
            raise BadInputError(f"The range `{part}` runs backwards.", _HINT)
        return list(notebook.cells[first.index : last.index + 1]), None
    lines = re.fullmatch(r"(.+):\s*(\d+)(?:\s*-\s*(\d+))?", part)
    if lines:
        cell = notebook.cell(lines[1]) or _one(notebook, lines[1])
        return [cell], _lines(cell, part, int(lines[2]), int(lines[3] or lines[2]))
    return [_one(notebook, part)], None


def _lines(cell: Cell, part: str, first: int, last: int) -> Lines:
    count = cell.source.count("\n") + 1
    if not 1 <= first <= last <= count:
        hint = "Count lines from 1, and give the first one first."
        raise BadInputError(f"`{part}`: the cell has lines 1 to {count}.", hint)
    return first, last


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
