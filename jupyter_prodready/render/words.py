"""Phrases that every renderer shares, so that all doors say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import CellReport, Finding, Report

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WIDTH = 60


def cell_name(execution_count: int | None, first_line: str) -> str:
    """How people name a cell: ``[12] `test_X = test_data[features]` ``."""
    prompt = "[ ]" if execution_count is None else f"[{execution_count}]"
    return f"{prompt} `{shortened(first_line)}`" if first_line else prompt


def name_of(report: Report, cell_id: str | None) -> str:
    """The cell's name as the report knows it, else its id."""
    cell = cell_of(report, cell_id)
    return cell_name(cell.execution_count, cell.first_line) if cell else f"cell {cell_id}"


def cell_of(report: Report, cell_id: str | None) -> CellReport | None:
    return next((cell for cell in report.cells if cell.id == cell_id), None)


def shortened(text: str) -> str:
    """One plain line of at most `WIDTH` characters."""
    line = plain(text.strip().splitlines()[0] if text.strip() else "")
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def plain(text: str) -> str:
    """Without the control characters by which a notebook could steer a terminal."""
    return _CONTROL.sub("", text)


def hedge(finding: Finding) -> str:
    return finding.severity.value if finding.certain else "possible"


def sentence(finding: Finding) -> str:
    """What follows, and why: ``will fail after a restart: `x` comes from ...``."""
    if not finding.consequence:
        return finding.message
    return f"{finding.consequence}: {finding.message}"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)
