"""Something that cannot be moved exactly, and the nearest harmless code beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from refactor.running import assert_kept, extract


@dataclass(frozen=True)
class Case:
    """``refused`` and ``kept`` are cells; ``at`` is the selection in both."""

    refused: tuple[str, ...]
    at: tuple[int, ...]
    cell: str | None
    line: int | None
    message: str
    kept: tuple[str, ...]


def assert_refused(root: Path, case: Case) -> None:
    """Refused with the line, the reason and a remedy, and nothing is changed."""
    extraction = extract(root, case.refused, case.at)
    told = [(found.cell_id, found.line, found.message) for found in extraction.refusals]
    assert (case.cell, case.line, case.message) in told, told
    assert extraction.status == "refused"
    assert all(found.remedy for found in extraction.refusals)
    assert extraction.change.files == ()
    assert extraction.change.cells == ()
    assert extraction.diff == "", extraction.diff


def assert_near_miss_kept(root: Path, case: Case) -> None:
    """The harmless code is extracted and does what it did."""
    assert_kept(root, case.kept, case.at)
