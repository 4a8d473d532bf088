"""The graph as a Mermaid flow chart, to be pasted into a README or an issue."""

from __future__ import annotations

from ..model import Graph, Notebook
from .words import cell_name, listed


def graph(notebook: Notebook, edges: Graph) -> str:
    """All code cells as boxes, in page order, and an arrow for each edge."""
    lines = ["flowchart TD"]
    for cell in notebook.code_cells:
        name = cell_name(cell.execution_count, cell.first_line)
        lines.append(f'  c{cell.index}["{_escaped(name)}"]')
    for edge in edges.edges:
        names = _escaped(listed(edge.names))
        lines.append(f'  c{edge.source} -->|"{names}"| c{edge.target}')
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Mermaid reads quotes, brackets and Markdown in labels: spell them as entities."""
    return "".join(
        char if char.isalnum() or char in " _.,=[]()+-/" else f"#{ord(char)};" for char in text
    )
