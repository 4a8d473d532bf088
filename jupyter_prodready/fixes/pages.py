"""Edits of a page: making them, and the page that they give."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..model import Cell, CellEdit, Fix, FixKind, Notebook
from ..records import asdict, replace


def edited(notebook: Notebook, edits: Iterable[CellEdit], *, numbered: bool = True) -> Notebook:
    """The page after ``edits``, whose indices mean the page before.

    Cells that are not ``numbered`` keep the indices that they had.
    """
    edits = tuple(edits)
    leaving = {edit.cell_id for edit in edits if edit.action in ("delete", "move")}
    sources = {edit.cell_id: edit.after or "" for edit in edits if edit.action == "replace"}
    cells: list[Cell] = []
    arrivals = {edit.to if edit.action == "move" else edit.index for edit in edits}
    for place in range(len(notebook.cells) + 1):
        cells += _arriving(notebook, edits, place) if place in arrivals else ()
        if place < len(notebook.cells) and notebook.cells[place].id not in leaving:
            cell = notebook.cells[place]
            source = sources.get(cell.id)
            cells.append(cell if source is None else replace(cell, source=source))
    if numbered:
        cells = [c if c.index == at else replace(c, index=at) for at, c in enumerate(cells)]
    return replace(notebook, cells=tuple(cells))


def _arriving(notebook: Notebook, edits: Sequence[CellEdit], place: int) -> list[Cell]:
    found: list[Cell] = []
    for edit in edits:
        if edit.action == "insert" and edit.index == place:
            found.append(Cell(edit.cell_id, place, "code", edit.after or ""))
        elif edit.action == "move" and edit.to == place:
            found.append(notebook.cells[edit.index])
    return found


def insertion(notebook: Notebook, index: int, source: str) -> CellEdit:
    """A new code cell in front of the cell at ``index``; the same source, the same id."""
    taken = {cell.id for cell in notebook.cells}
    new_id = _digest([source, index, sorted(taken)])[:8]
    while new_id in taken:
        new_id += "0"
    return CellEdit("insert", new_id, index, None, source)


def replacement(cell: Cell, source: str) -> CellEdit:
    return CellEdit("replace", cell.id, cell.index, cell.source, source)


def move(cell: Cell, to: int) -> CellEdit:
    """``cell`` in front of the cell that stands at ``to`` now."""
    return CellEdit("move", cell.id, cell.index, cell.source, cell.source, to)


def with_lines(source: str, after: int, lines: Sequence[str]) -> str:
    """``source`` with ``lines`` below its line ``after`` (0: at the top)."""
    old = source.split("\n") if source else []
    return "\n".join([*old[:after], *lines, *old[after:]])


def fix_of(
    kind: FixKind, title: str, cells: tuple[CellEdit, ...] = (), run: tuple[str, ...] = ()
) -> Fix:
    """The fix with its id, a hash of what it does. One that edits the page has been tried."""
    does = _digest([kind, [asdict(edit) for edit in cells], run])[:12]
    return Fix(title, id=does, kind=kind, checked=True, cells=cells, run=run)


def base_of(notebook: Notebook, fix: Fix) -> str:
    """A hash of everything that a fix rests on."""
    return _digest([[[c.id, c.kind, c.source] for c in notebook.cells], fix.id])


def _digest(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True)
    import hashlib  # it loads a large library, and most pages have no fix

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
