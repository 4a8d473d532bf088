"""Edits of a page: making them, and the page that they give."""

from __future__ import annotations

import json
from bisect import bisect_left
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


def edits_between(before: Notebook, after: Notebook) -> tuple[CellEdit, ...]:
    """Edits, with indices of ``before``, that make ``after`` of it; the fewest moves.

    A cell that moves and changes comes as a new one in place of the old.
    """
    old = {cell.id: cell for cell in before.cells}
    kept = [cell for cell in after.cells if cell.id in old]
    rise = longest_rise([old[cell.id].index for cell in kept])
    staying = {cell.id for place, cell in enumerate(kept) if place in rise}
    edits = [deletion(cell) for cell in before.cells if after.cell(cell.id) is None]
    place = len(before.cells)
    arriving: list[CellEdit] = []
    for cell in reversed(after.cells):
        was = old.get(cell.id)
        if was is not None and cell.id in staying:
            place = was.index
            edits += [replacement(was, cell.source)] if was.source != cell.source else []
        elif was is not None and was.source == cell.source:
            arriving.append(move(was, place))
        else:
            edits += [] if was is None else [deletion(was)]
            arriving.append(CellEdit("insert", cell.id, place, None, cell.source))
    return (*reversed(arriving), *edits)


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """Places of a longest increasing subsequence (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [place]
    places: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        places.add(last)
        last = before[last]
    return places


def insertion(notebook: Notebook, index: int, source: str) -> CellEdit:
    """A new code cell in front of the cell at ``index``; the same source, the same id."""
    taken = {cell.id for cell in notebook.cells}
    new_id = _digest([source, index, sorted(taken)])[:8]
    while new_id in taken:
        new_id += "0"
    return CellEdit("insert", new_id, index, None, source)


def replacement(cell: Cell, source: str) -> CellEdit:
    return CellEdit("replace", cell.id, cell.index, cell.source, source)


def deletion(cell: Cell) -> CellEdit:
    return CellEdit("delete", cell.id, cell.index, cell.source, None)


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
    does = change_id(kind, cells, run)
    return Fix(title, id=does, kind=kind, checked=True, cells=cells, run=run)


def change_id(kind: str, edits: Sequence[CellEdit], others: Sequence[str] = ()) -> str:
    """A hash of what a change does; ``others`` are cells that it touches without editing."""
    return _digest([kind, [asdict(edit) for edit in edits], list(others)])[:12]


def base_of(notebook: Notebook, fix: Fix) -> str:
    """A hash of everything that a fix rests on."""
    return _digest([[[c.id, c.kind, c.source] for c in notebook.cells], fix.id])


def _digest(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True)
    import hashlib  # it loads a large library, and most pages have no fix

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
