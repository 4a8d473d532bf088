"""Which cells a cell needs in a clean run."""

from __future__ import annotations

from collections.abc import Mapping

from ..analysis.graph import graph_of
from ..errors import MissingError
from ..model import Notebook, Surroundings

Suppliers = Mapping[int, frozenset[int]]
"""The cells that supply a cell's values, by index."""

PYTHON = ("python", "python3", "ipython")


def suppliers_of(notebook: Notebook, around: Surroundings | None = None) -> Suppliers:
    """For each cell the cells whose values it uses in a clean run, by index.

    In a language that we do not read: all cells above it.
    """
    if notebook.language.lower() not in PYTHON:
        above: list[int] = []
        everything = {}
        for cell in notebook.code_cells:
            everything[cell.index] = frozenset(above)
            above.append(cell.index)
        return everything
    suppliers: dict[int, set[int]] = {}
    for edge in graph_of(notebook, around).edges:
        suppliers.setdefault(edge.target, set()).add(edge.source)
    return {target: frozenset(sources) for target, sources in suppliers.items()}


def slice_of(
    notebook: Notebook, cell_id: str, around: Surroundings | None = None
) -> frozenset[str]:
    """Ids of the cells that this cell needs, directly or through others, and its own.

    `MissingError` where it is not a code cell of the page.
    """
    target = next((cell for cell in notebook.code_cells if cell.id == cell_id), None)
    if target is None:
        raise MissingError(
            f"There is no code cell {cell_id!r} in `{notebook.path}`.", "Reload the page."
        )
    suppliers = suppliers_of(notebook, around)
    needed = {target.index}
    todo = [target.index]
    while todo:
        new = suppliers.get(todo.pop(), frozenset()) - needed
        needed |= new
        todo += new
    return frozenset(cell.id for cell in notebook.code_cells if cell.index in needed)
