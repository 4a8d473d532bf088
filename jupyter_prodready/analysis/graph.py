"""Which cell feeds which, by which names, in a clean run."""

from __future__ import annotations

from ..model import Edge, Graph, Notebook, Surroundings
from .ambient import label_of
from .bindings import root_name, suppliers
from .deeds import ANY
from .memory import Memory
from .submodules import package_of
from .timeline import Plan, walk_plan


def graph_of(notebook: Notebook, surroundings: Surroundings | None = None) -> Graph:
    """Edges from each cell that supplies or changes a value to the cells that use it."""
    memory = Memory()
    memory.know(surroundings)
    return graph_of_plan(walk_plan(notebook, None, memory))


def graph_of_plan(plan: Plan) -> Graph:
    index = {planned.cell.id: planned.cell.index for planned in plan.cells}
    names: dict[tuple[int, int], set[str]] = {}
    for planned in plan.cells:
        for step in planned.steps:
            for name, binding in step.reads.items():
                if name.startswith(ANY):
                    continue  # it may read any name, and may read none
                for source in suppliers(binding) if binding is not None else ():
                    place = (index[source], planned.cell.index)
                    if source != planned.cell.id:
                        names.setdefault(place, set()).add(label_of(package_of(root_name(name))))
    edges = [
        Edge(source, target, tuple(sorted(found))) for (source, target), found in names.items()
    ]
    return Graph(plan.notebook.path, tuple(sorted(edges, key=lambda e: (e.source, e.target))))


def dependents(plan: Plan, cell_id: str) -> tuple[str, ...]:
    """Cells below that use, directly or through others, what ``cell_id`` supplies."""
    tainted = {cell_id}
    for planned in plan.cells:
        if not tainted.isdisjoint(planned.suppliers):
            tainted.add(planned.cell.id)
    return tuple(
        planned.cell.id for planned in plan.cells if planned.cell.id in tainted - {cell_id}
    )
