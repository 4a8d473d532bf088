"""Every check's page: well formed, and its examples are true."""

from __future__ import annotations

import re

import pytest

from jupyter_prodready import checks
from jupyter_prodready.analysis.rule import Check

from .pages import Example, examples

ALL = checks.load()
FLAGGED = [(c, n, e) for c in ALL for n, e in enumerate(examples(c.page, "Flagged"), 1)]
SILENT = [(c, n, e) for c in ALL for n, e in enumerate(examples(c.page, "Not flagged"), 1)]


def name(value: object) -> str:
    return value.name if isinstance(value, Check) else str(value) if isinstance(value, int) else ""


@pytest.mark.parametrize(("check", "number", "example"), FLAGGED, ids=name)
def test_flagged_example_gives_exactly_its_findings(
    check: Check, number: int, example: Example
) -> None:
    report = example.report()
    found = [
        (f.cell_id, f.line, f.severity.value, f.message)
        for f in report.findings
        if f.check == check.name
    ]
    assert found == list(example.expected), report.findings
    others = [f for f in report.findings if f.check != check.name]
    assert others == []


@pytest.mark.parametrize(("check", "number", "example"), SILENT, ids=name)
def test_near_miss_is_silent(check: Check, number: int, example: Example) -> None:
    report = example.report()
    assert [f for f in report.findings if f.check == check.name] == []
    others = [f for f in report.findings if f.certain and f.check != "failing-cell"]
    assert others == []  # a run that failed is told as such


@pytest.mark.parametrize(("check", "number", "example"), FLAGGED, ids=name)
def test_what_follows_and_why_are_one_sentence(check: Check, number: int, example: Example) -> None:
    for finding in example.report().findings:
        if finding.consequence:
            assert re.match(r"`|it ", finding.message)
            assert ": " not in finding.message


@pytest.mark.parametrize("check", ALL, ids=name)
def test_page_is_well_formed(check: Check) -> None:
    headings = re.findall(r"^## (.+)$", check.page, re.M)
    assert re.fullmatch(r"[A-Z][^\n]+\.", check.summary)
    assert headings[0] == "Why it matters"
    others = {"Flagged", "Not flagged", "What to do", "Known limits"}
    assert set(headings) == {"Why it matters"} | others
    assert all(example.expected for example in examples(check.page, "Flagged"))
    assert not any(example.expected for example in examples(check.page, "Not flagged"))


def test_the_checks_of_the_foundation_are_there() -> None:
    assert {check.name for check in ALL} >= {
        "deleted-definition", "outdated-definition", "outside-definition", "definition-below",
        "undefined-name", "edited-since-run", "stale-input", "repeated-run", "out-of-order-run",
        "lingering-effect", "never-run", "old-session-output", "unparsable-cell",
    }  # fmt: skip
