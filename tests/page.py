"""The panel's part in tests: a page whose cells are run in a real kernel and reported."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from kernels import Kernel


@dataclass
class Page:
    """A live notebook as the panel sees it. ``cells`` maps ids to sources, in page order; those
    of text cells begin with ``md ``."""

    fetch: Callable[..., Awaitable[Any]]
    cells: dict[str, str]
    kernel: Kernel | None = None
    path: str = "n.ipynb"
    language: str = "python"
    counts: dict[str, int] = field(default_factory=dict)
    unsent: list[dict[str, Any]] = field(default_factory=list)

    async def run(self, *ids: str) -> None:
        """Run these cells one after the other, as they stand now; all without ids."""
        assert self.kernel is not None
        for cell_id in ids or tuple(c for c in self.cells if not self.is_text(c)):
            reply = await self.kernel.run(self.cells[cell_id], cell_id)
            self.counts[cell_id] = reply["execution_count"]
            self.unsent.append(self.report(cell_id, reply["execution_count"], reply["status"]))

    def is_text(self, cell_id: str) -> bool:
        return self.cells[cell_id].startswith("md ")

    def report(self, cell_id: str, count: int | None, status: str) -> dict[str, Any]:
        return {
            "execution_count": count,
            "source": self.cells[cell_id],
            "status": status,
            "cell_id": cell_id,
            "error_line": None,
        }

    def body(self, **other: object) -> dict[str, Any]:
        """LIVE of docs/interface.md."""
        cells = [
            {
                "id": cell_id,
                "type": "markdown" if self.is_text(cell_id) else "code",
                "source": source.removeprefix("md "),
                "execution_count": self.counts.get(cell_id),
                "has_output": False,
                "tags": [],
            }
            for cell_id, source in self.cells.items()
        ]
        return {
            "path": self.path,
            "cells": cells,
            "language": self.language,
            "language_version": None,
            "kernel_id": self.kernel and self.kernel.id,
            "kernel_session": self.kernel and self.kernel.session,
            "runs": self.unsent,
            **other,
        }

    async def check(self, **other: object) -> dict[str, Any]:
        """POST check; what was reported is not reported again."""
        body = json.dumps(self.body(**other))
        response = await self.fetch("jupyter-prodready", "check", method="POST", body=body)
        self.unsent = []
        return dict(json.loads(response.body))


def told(report: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """(check, cell, certain) of every finding."""
    return [(one["check"], one["cell_id"], one["certain"]) for one in report["findings"]]
