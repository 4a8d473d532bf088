"""What stands below each heading of a page, and which cells of it can be taken together."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from ..model import Notebook
from .labels import shown_by
from .naming import heading_of
from .page import Page
from .parts import split
from .source import SelectedCell, read_cell


def sections_of(notebook: Notebook) -> Iterator[tuple[str, list[SelectedCell]]]:
    """Each heading with the code below it that can be read; ``""`` above the first."""
    heading, cells = "", list[SelectedCell]()
    for cell in notebook.cells:
        below = heading_of(cell.source) if cell.kind == "markdown" else ""
        if below:
            yield heading, cells
            heading, cells = below, []
        if cell.is_code:
            selected = read_cell(cell)
            if selected.statements:
                cells.append(selected)
    yield heading, cells


def quiet_runs(cells: Sequence[SelectedCell], page: Page) -> Iterator[tuple[SelectedCell, ...]]:
    """Cells in a row that show no value but below the last, for a function could not, and
    nothing else but below the first, which takes the call and keeps what it showed."""
    run: list[SelectedCell] = []
    for cell in cells:
        if run and (cell.cell.has_output or shown_by(s.tree for s in cell.statements)):
            yield tuple(run)
            run = []
        run.append(cell)
        if split((cell,), page).display is not None or split((cell,), page).result:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def trimmed(run: tuple[SelectedCell, ...], page: Page) -> tuple[SelectedCell, ...]:
    """Without imports, settings, one-liners and what only prints at either end."""
    sizes = [_size([s.tree for s in split((cell,), page).body]) for cell in run]
    large = [place for place, size in enumerate(sizes) if size > 1]
    return run[large[0] : large[-1] + 1] if large else ()


def _size(trees: Sequence[ast.stmt]) -> int:
    return 0 if only_settings(trees) else statements_in(trees)


def only_settings(trees: Iterable[ast.stmt]) -> bool:
    """Names for literals alone: people read and change them on the page."""
    return all(isinstance(tree, ast.Assign) and _is_literal(tree.value) for tree in trees)


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def statements_in(trees: Iterable[ast.stmt]) -> int:
    """How many there are, those in blocks included."""
    return sum(isinstance(node, ast.stmt) for tree in trees for node in ast.walk(tree))
