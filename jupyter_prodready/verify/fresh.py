"""What a fresh kernel showed where it is not what the page shows: kept for a look at both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import VerifiedCell
from .compare.widgets import WIDGET, without_models
from .plan import Output
from .run import CellRun

MAX_CHARACTERS = 8_000_000
"""Of all outputs of a verification together, as JSON."""

PLAIN = ("identical", "equivalent", "skipped", "blocked")


@dataclass(frozen=True)
class FreshOutputs:
    """The outputs of one cell, as nbformat has them; None where they were too large to keep."""

    cell_id: str
    outputs: tuple[Output, ...] | None

    @property
    def is_whole(self) -> bool:
        """Could the page show them as its own? Not a text that was cut, nor a widget: its
        state went with the kernel."""
        return self.outputs is not None and not any(
            "cut" in output or WIDGET in output.get("data", {}) for output in self.outputs
        )


def fresh_outputs(
    runs: Sequence[CellRun], cells: Sequence[VerifiedCell], most: int = MAX_CHARACTERS
) -> tuple[FreshOutputs, ...]:
    """Those of every cell that ran and is not what the page shows, in page order."""
    pairs = zip(runs, cells, strict=True)
    return within_bounds(
        ((cell.id, run.outputs) for run, cell in pairs if cell.verdict not in PLAIN), most
    )


def within_bounds(
    outputs: Iterable[tuple[str, tuple[Output, ...]]], most: int = MAX_CHARACTERS
) -> tuple[FreshOutputs, ...]:
    """These, by cell id; what does not fit into ``most`` characters is left out cell by cell."""
    found: list[FreshOutputs] = []
    for cell_id, shown in outputs:
        text = json.dumps(without_models(shown), default=str)
        fits = len(text) <= most
        most -= len(text) if fits else 0
        found.append(FreshOutputs(cell_id, tuple(json.loads(text)) if fits else None))
    return tuple(found)
