"""The search for a repair, over a page whose runs are told by a function."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyter_prodready.fixes import pages
from jupyter_prodready.model import (
    Cell,
    Finding,
    Fix,
    Notebook,
    Report,
    Run,
    Severity,
    Verdict,
    VerifiedCell,
)
from jupyter_prodready.verify.repair import Tried, find_repair
from jupyter_prodready.verify.trouble import Trouble


def page_of(*sources: str) -> Notebook:
    return Notebook("n.ipynb", tuple(Cell(f"c{i}", i, "code", s) for i, s in enumerate(sources)))


@dataclass(frozen=True)
class Judge:
    """Offers the same fixes for every page."""

    offers: Callable[[Notebook], tuple[Fix, ...]]
    runs: Sequence[Run] = ()
    folders: Sequence[Path] = ()
    kept: Mapping[str, str] = ()  # type: ignore[assignment]
    saved: float | None = None

    def around(self, page: Notebook) -> None:
        return None

    def report(self, page: Notebook) -> Report:
        finding = Finding(
            "missing", Severity.ERROR, True, "c1", 1, 1, ("x",), "", fixes=self.offers(page)
        )
        return Report(page.path, Verdict("broken", ""), (), (finding,))


def replacing(page: Notebook, cell_id: str, source: str) -> Fix:
    cell = page.cell(cell_id)
    assert cell is not None
    edit = pages.replacement(cell, source)
    return pages.fix_of("rename", f"{cell_id} := {source}", (edit,))


def test_a_step_that_a_later_one_makes_needless_is_left_out():
    """The first step mends one cell of two; the second mends both, and needs no first."""
    page = page_of("a = 0", "b = 0", "show")

    def failing(page: Notebook) -> int:
        a, b, _ = (cell.source for cell in page.cells)
        return 0 if b == "b = 1" else 1 if a == "a = 1" else 2

    def tried(page: Notebook) -> Tried:
        wrong = failing(page)
        verdicts = ["identical"] + ["identical"] * (2 - wrong) + ["error"] * wrong
        cells = tuple(
            VerifiedCell(cell.id, cell.index, verdict)  # type: ignore[arg-type]
            for cell, verdict in zip(page.cells, verdicts, strict=True)
        )
        first = next((cell for cell in cells if cell.verdict == "error"), None)
        trouble = None if first is None else Trouble(first.id, "NameError", "")
        return Tried(cells, "fails" if wrong else "reproduces", trouble)

    async def attempt(page: Notebook, before: Mapping[str, VerifiedCell]) -> Tried:
        return tried(page)

    def offers(page: Notebook) -> tuple[Fix, ...]:
        if page.cells[0].source == "a = 0":
            return (replacing(page, "c0", "a = 1"),)
        return (replacing(page, "c1", "b = 1"),)

    found = asyncio.run(find_repair(page, tried(page), Judge(offers), attempt))
    assert found is not None
    repair, last = found
    assert (repair.title, repair.verdict) == ("c1 := b = 1", "reproduces")
    assert [edit.cell_id for edit in repair.cells] == ["c1"]
    assert last.verdict == "reproduces"
