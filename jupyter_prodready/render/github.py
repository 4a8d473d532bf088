"""Annotations of a GitHub workflow run.

A line number would be that of the cell, not of the file, so the cell is named in words.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Finding, Report, VerifyReport
from .words import name_of, plain, sentence

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def check(reports: Iterable[Report]) -> str:
    """One annotation for each finding; *possible* ones are notices."""
    return "".join(
        _annotation(_level(finding), report.path, finding.check, _sentence(report, finding))
        for report in reports
        for finding in report.findings
    )


def verify(reports: Iterable[VerifyReport]) -> str:
    """One annotation for each notebook that does not reproduce."""
    levels = {"differs": "error", "fails": "error", "unverified": "warning"}
    return "".join(
        _annotation(
            levels.get(report.verdict, "notice"), report.path, report.verdict, report.message
        )
        for report in reports
        if report.verdict != "reproduces"
    )


def _level(finding: Finding) -> str:
    return LEVELS[finding.severity.value] if finding.certain else "notice"


def _sentence(report: Report, finding: Finding) -> str:
    return f"{name_of(report, finding.cell_id)}, line {finding.line}: {sentence(finding)}"


def _annotation(level: str, path: str, title: str, message: str) -> str:
    keys = f"file={_property(path)},title={_property(title)}"
    return f"::{level} {keys}::{_data(message)}\n"


def _data(text: str) -> str:
    return plain(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
