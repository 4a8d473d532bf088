"""Which parts of a selection are places of the same code, and how messages name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Refusal
from .alike import Alike, Unlike, compare
from .page import Page, named
from .parts import split
from .source import SelectedCell

Group = tuple[SelectedCell, ...]
REMEDY = "Extract one of them."


def groups_of(selected: Sequence[SelectedCell], page: Page) -> tuple[Group, ...]:
    """The selection as places of the same code, ``()`` where it is not.

    They are what other code parts. Cells in a row are places of their own where each runs
    more than one line, and so are parts of one cell.
    """
    runs = runs_of(selected, page)
    if len(runs) > 1 and _are_alike(runs, page, least=1):
        return runs
    count = len(selected)
    least = 2 if len(_ids(selected)) == count else 1
    for size in (size for size in range(1, count) if count % size == 0):
        groups = tuple(tuple(selected[i : i + size]) for i in range(0, count, size))
        whole = all(any(_ids(group) <= _ids(run) for run in runs) for group in groups)
        if whole and _are_alike(groups, page, least):
            return groups
    return ()


def runs_of(selected: Sequence[SelectedCell], page: Page) -> tuple[Group, ...]:
    """Selected cells with no other code between them."""
    places = {s.place for cell in selected for s in cell.statements}
    runs: list[list[SelectedCell]] = []
    last: tuple[int, int] | None = None
    for cell in selected:
        first = min((s.place for s in cell.statements), default=(cell.cell.index, 0))
        between = last is not None and any(
            last < s.place < first and s.place not in places for s in page.statements
        )
        if not runs or between:
            runs.append([])
        runs[-1].append(cell)
        last = max((s.place for s in cell.statements), default=first)
    return tuple(tuple(run) for run in runs)


def nearly(selected: Sequence[SelectedCell], page: Page) -> tuple[Refusal, ...]:
    """Where runs of cells look like the same code, what tells them apart."""
    runs = runs_of(selected, page)
    first, *rest = (split(run, page) for run in runs)
    kinds = [type(s.tree) for s in first.body]
    for run, parts in zip(runs[1:], rest, strict=True):
        trees = [s.tree for s in parts.body]
        if not trees or [type(tree) for tree in trees] != kinds:
            return ()
        found = compare([s.tree for s in first.body], trees)
        if isinstance(found, Unlike):
            return (_unlike(runs[0], run, found),)
    return ()


def unlike(selected: Sequence[SelectedCell], page: Page) -> tuple[Refusal, ...]:
    """Why parts of one cell cannot be extracted together."""
    told = (*nearly(selected, page), *_shown(selected, page))
    ids = [one.cell.id for one in selected]
    twice = next(one.cell for one in selected if ids.count(one.cell.id) > 1)
    message = f"The parts of {named(twice)} are not the same code."
    return told[:1] or (Refusal(twice.id, None, message, "Give one range of its lines."),)


def _shown(selected: Sequence[SelectedCell], page: Page) -> Iterator[Refusal]:
    """A place that is the same code but for its last line, whose value its cell shows."""
    first, *rest = (split((one,), page) for one in selected)
    for parts in rest:
        last = parts.display
        trees = [s.tree for s in (*parts.body, *((last,) if last else ()))]
        if last and isinstance(compare([s.tree for s in first.body], trees), Alike):
            message = f"Line {last.line} of {named(last.cell)} shows its value, and its twin none."
            yield Refusal(last.cell.id, last.line, message, "End it with a semicolon.")


def _unlike(one: Group, other: Group, found: Unlike) -> Refusal:
    lines = [getattr(node, "lineno", None) for node in (found.one, found.other)]
    where = "" if None in lines else f": line {lines[0]} and line {lines[1]} differ"
    places = places_named((one, other))
    message = f"{places[0]} and {places[1]} are not the same code{where}."
    message = message[:1].upper() + message[1:]
    return Refusal(other[0].cell.id, lines[1], message, REMEDY)


def _are_alike(groups: Sequence[Group], page: Page, least: int) -> bool:
    bodies = [[s.tree for s in split(group, page).body] for group in groups]
    first, *rest = bodies
    if len(first) < least or not all(bodies) or any(len(_ids(g)) < len(g) for g in groups):
        return False
    return all(isinstance(compare(first, body), Alike) for body in rest)


# --- names ------------------------------------------------------------------------


def places_named(groups: Sequence[Sequence[SelectedCell]]) -> tuple[str, ...]:
    """How messages name each of them: by its lines where others are of the same cell."""
    ids = [cell.cell.id for group in groups for cell in group]
    return tuple(
        _lines_of(group[0]) if any(ids.count(c.cell.id) > 1 for c in group) else named_cells(group)
        for group in groups
    )


def named_cells(cells: Sequence[SelectedCell]) -> str:
    """``[3]``, or ``[3]-[5]``."""
    first, last = named(cells[0].cell), named(cells[-1].cell)
    return first if first == last else f"{first}-{last}"


def _lines_of(cell: SelectedCell) -> str:
    first, last = cell.whole_lines
    lines = f"lines {first} to {last}" if last > first else f"line {first}"
    return f"{lines} of {named(cell.cell)}"


def _ids(cells: Sequence[SelectedCell]) -> set[str]:
    return {cell.cell.id for cell in cells}
