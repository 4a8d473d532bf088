"""Verification as JUnit XML: a suite for each notebook, a case for each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from ..model import VerifiedCell, VerifyReport
from .words import plain

FAILURES = ("changed",)
ERRORS = ("error", "timeout", "kernel-died", "needs-input")
SKIPPED = ("skipped", "blocked")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def verify(reports: Iterable[VerifyReport]) -> str:
    """The whole document, without control characters or ANSI colours."""
    root = ElementTree.Element("testsuites", name="jupyter-prodready")
    for report in reports:
        root.append(_suite(report))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + (
        ElementTree.tostring(root, encoding="unicode") + "\n"
    )


def _suite(report: VerifyReport) -> ElementTree.Element:
    verdicts = [cell.verdict for cell in report.cells]
    unverified = report.verdict == "unverified"
    suite = ElementTree.Element(
        "testsuite",
        name=_clean(report.path),
        tests=str(len(verdicts) + unverified),
        failures=str(sum(verdict in FAILURES for verdict in verdicts)),
        errors=str(sum(verdict in ERRORS for verdict in verdicts) + unverified),
        skipped=str(sum(verdict in SKIPPED for verdict in verdicts)),
        time=f"{report.seconds:.3f}",
    )
    for cell in report.cells:
        suite.append(_case(report, cell))
    if unverified:
        case = ElementTree.SubElement(
            suite, "testcase", classname=_clean(report.path), name="notebook"
        )
        ElementTree.SubElement(case, "error", message=_clean(report.message))
    return suite


def _case(report: VerifyReport, cell: VerifiedCell) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=_clean(report.path),
        name=f"cell {cell.index} ({_clean(cell.id)})",
        time=f"{cell.seconds:.3f}",
    )
    kind = _kind(cell)
    if kind:
        found = ElementTree.SubElement(
            case, kind, message=_clean(f"{cell.verdict}: {cell.detail}".rstrip(": "))
        )
        if report.cause and report.cause.cell_id == cell.id:
            found.text = _clean(report.cause.message)
    return case


def _kind(cell: VerifiedCell) -> str | None:
    if cell.verdict in FAILURES:
        return "failure"
    if cell.verdict in ERRORS:
        return "error"
    return "skipped" if cell.verdict in SKIPPED else None


def _clean(text: str) -> str:
    return _NOT_XML.sub("", plain(text))
