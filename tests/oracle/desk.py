"""A person's session at the front end: the page as it is edited, and what is sent to run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from jupyter_prodready.model import Cell, Notebook, Run, RunStatus

from .fork import Answer
from .page import Page


@dataclass
class DeskCell:
    """One cell as the person sees it; `last` is its last run's place in the plan of runs."""

    id: str
    source: str
    origin: str
    last: int | None = None
    life: int = 0


@dataclass(frozen=True)
class Sent:
    """One run that was asked for."""

    cell_id: str | None
    source: str
    life: int
    group: int


@dataclass
class Desk:
    """Edits are done at once; runs are written down and really executed afterwards."""

    page: Page
    rng: random.Random
    cells: list[DeskCell] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    life: int = 0
    groups: int = 0

    @classmethod
    def of(cls, page: Page, rng: random.Random) -> Desk:
        cells = [
            DeskCell(f"c{place}", source, origin)
            for place, (source, origin) in enumerate(zip(page.sources, page.origins, strict=True))
        ]
        return cls(page, rng, cells)

    # --- what a person does -----------------------------------------------------------

    def run(self, *places: int) -> None:
        """Cells that are queued at once: a failure stops those behind it."""
        for place in places:
            cell = self.cells[place]
            cell.last, cell.life = len(self.sent), self.life
            self.sent.append(Sent(cell.id, cell.source, self.life, self.groups))
        self.groups += 1
        self.story.append(f"run {', '.join(self.cells[place].id for place in places)}")

    def run_all(self) -> None:
        self.run(*range(len(self.cells)))

    def console(self, source: str) -> None:
        self.sent.append(Sent(None, source, self.life, self.groups))
        self.groups += 1
        self.story.append(f"console {source!r}")

    def edit(self, place: int, source: str) -> None:
        self.story.append(f"edit {self.cells[place].id}")
        self.cells[place].source = source

    def delete(self, place: int) -> DeskCell:
        self.story.append(f"delete {self.cells[place].id}")
        return self.cells.pop(place)

    def move(self, place: int, to: int) -> None:
        self.story.append(f"move {self.cells[place].id} to {to}")
        self.cells.insert(to, self.cells.pop(place))

    def insert(self, place: int, source: str, origin: str = "inserted") -> None:
        cell = DeskCell(f"n{len(self.story)}", source, origin)
        self.story.append(f"insert {cell.id} at {place}")
        self.cells.insert(place, cell)

    def paste(self, cut: DeskCell, place: int) -> None:
        """The front end gives a pasted cell a new id; its output comes with it."""
        self.story.append(f"paste {cut.id} at {place} as p{len(self.story)}")
        self.cells.insert(place, replace(cut, id=f"p{len(self.story) - 1}"))

    def restart(self) -> None:
        self.story.append("restart")
        self.life += 1

    # --- what comes of it ---------------------------------------------------------------

    def job_groups(self, life: int) -> list[list[str]]:
        """The sources of one kernel session, parted where the queue was empty."""
        groups: dict[int, list[str]] = {}
        for one in self.sent:
            if one.life == life:
                groups.setdefault(one.group, []).append(one.source)
        return list(groups.values())


@dataclass(frozen=True)
class Played:
    """A session that really ran: the page, the runs of its last kernel, and what is shown."""

    desk: Desk
    results: tuple[Answer | None, ...]
    probes: dict[int, Answer]
    """By place: what a cell gives if it is run once more now."""

    @property
    def notebook(self) -> Notebook:
        cells = [self._cell(place, cell) for place, cell in enumerate(self.desk.cells)]
        return Notebook("session.ipynb", tuple(cells), kernel_name="python3")

    @property
    def runs(self) -> tuple[Run, ...]:
        """As the server knows them: those of the present kernel session."""
        pairs = zip(self.desk.sent, self.results, strict=True)
        return tuple(_run(one, result) for one, result in pairs if one.life == self.desk.life)

    def last(self, cell: DeskCell) -> Answer | None:
        """What the last run of a cell gave, if it was not skipped."""
        return None if cell.last is None else self.results[cell.last]

    def source_run(self, cell: DeskCell) -> str | None:
        return None if cell.last is None else self.desk.sent[cell.last].source

    def _cell(self, place: int, cell: DeskCell) -> Cell:
        last = self.last(cell)
        count = last["count"] if last else None
        return Cell(cell.id, place, "code", cell.source, count, bool(last and last["text"]))


def _run(one: Sent, result: Answer | None) -> Run:
    if result is None:
        return Run(None, one.source, "aborted", one.cell_id)
    status: RunStatus = "ok" if result["ok"] else "error"
    return Run(result["count"], one.source, status, one.cell_id, result["line"])
