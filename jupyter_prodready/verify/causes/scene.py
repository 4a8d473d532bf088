"""What there is to find a cause with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...analysis.effects import file_use
from ...analysis.site_walk import sites_of
from ...analysis.sites import Site
from ...model import Cell, Notebook, Report, Run, Surroundings, VerifyCause
from ..imported import Versions
from ..judge import Judge
from ..suppliers import slice_of
from ..trouble import Trouble


@dataclass(frozen=True, eq=False)
class Scene:
    """``version`` is that of the kernel's language, ``imported`` those of its modules;
    ``judge`` is None where nothing is known."""

    trouble: Trouble
    notebook: Notebook
    judge: Judge | None = None
    version: str | None = None
    imported: Versions = field(default_factory=dict)

    @cached_property
    def report(self) -> Report | None:
        return None if self.judge is None else self.judge.report(self.notebook)

    @cached_property
    def around(self) -> Surroundings | None:
        return None if self.judge is None else self.judge.around(self.notebook)

    @cached_property
    def cell(self) -> Cell | None:
        return self.notebook.cell(self.trouble.cell_id)

    @property
    def runs(self) -> Sequence[Run]:
        return () if self.judge is None else self.judge.runs

    @cached_property
    def needed(self) -> tuple[Cell, ...]:
        """The cell and those that it needs, in page order."""
        if self.cell is None:
            return ()
        wanted = slice_of(self.notebook, self.cell.id, self.around)
        return tuple(cell for cell in self.notebook.code_cells if cell.id in wanted)

    @cached_property
    def gone(self) -> tuple[Run, ...]:
        """Runs whose source stands on no cell of the page."""
        kept = {cell.source.strip() for cell in self.notebook.code_cells}
        return tuple(run for run in self.runs if run.source and run.source.strip() not in kept)

    def names(self, error: str) -> bool:
        return self.trouble.error == error

    def because(
        self, check: str, message: str, remedy: str = "", source: str | None = None
    ) -> VerifyCause:
        """A cause at the place of the trouble."""
        cell_id, line = self.trouble.cell_id, self.trouble.line
        return VerifyCause(check, cell_id, line, message, source, remedy)

    def bare(self) -> VerifyCause | None:
        """The error itself, where there is one."""
        error = self.trouble.error
        return None if error is None else self.because(error, self.trouble.detail)


def writes(notebook: Notebook) -> Iterator[Site]:
    """Calls of the page that write a file whose path is known."""
    for site in sites_of(notebook).calls:
        use = file_use(site.call, site.name) if site.call is not None else None
        if use is not None and use.kind == "writes" and site.path is not None:
            yield site


def as_page(runs: Sequence[Run]) -> Notebook:
    """Runs as if they were cells; the index is their number."""
    cells = (Cell(f"run{n}", n, "code", run.source or "") for n, run in enumerate(runs))
    return Notebook("", tuple(cells))
