"""Cells ticking off on stderr while notebooks are verified; nothing where no one looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..model import Notebook
from ..render.words import cell_name
from ..verify.verification import OnProgress, Progress

Tickers = Callable[[Notebook], OnProgress]
"""What to call with each step of a notebook's verification."""


@contextmanager
def ticking(notebooks: int) -> Iterator[Tickers]:
    """A progress bar for each notebook on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty() or not notebooks:
        yield lambda notebook: lambda progress: None
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

        def ticker(notebook: Notebook) -> OnProgress:
            prefix = f"{notebook.path}: " if notebooks > 1 else ""
            task = bar.add_task(
                escape(f"{prefix}starting a kernel"), total=len(notebook.code_cells)
            )

            def tick(progress: Progress) -> None:
                words = prefix + _words(notebook, progress)
                bar.update(task, completed=progress.done, description=escape(words))

            return tick

        yield ticker


def _words(notebook: Notebook, progress: Progress) -> str:
    if progress.phase == "repair":
        return "looking for a repair"
    cell = notebook.cell(progress.running)
    return cell_name(cell.execution_count, cell.first_line) if cell else ""
