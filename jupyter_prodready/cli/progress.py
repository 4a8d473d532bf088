"""Cells ticking off on stderr while a notebook is verified; nothing where no one looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..model import Notebook
from ..render.words import cell_name
from ..verify.verification import Progress


@contextmanager
def ticking(notebook: Notebook) -> Iterator[Callable[[Progress], None]]:
    """What to call with each step; a progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(
        *columns,
        TextColumn("{task.description}"),
        console=Console(file=sys.stderr, highlight=False),
        transient=True,
    ) as bar:
        task = bar.add_task("starting a kernel", total=len(notebook.code_cells))

        def tick(progress: Progress) -> None:
            cell = notebook.cell(progress.running)
            name = cell_name(cell.execution_count, cell.first_line) if cell else ""
            bar.update(task, completed=progress.done, description=escape(name))

        yield tick
