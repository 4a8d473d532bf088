"""Renaming in f-strings: what they show stays as it is, or nothing is renamed."""

from __future__ import annotations

import ast
import sys

import pytest
from analysis.sessions import Session

from .played import fixed, offered

NAMED = [
    'print(f"rate={rate}")',
    'print(f"rate={rate:.2f} {rate!r}")',
    'print(f"{rate!r:>{rate + 9}}")',
    "print(f\"é {[rate for _ in 'ab']}\", rate)",
    'print(f"{rate == 2} {rate!r:=>9}")',
]
SHOWN = [
    'print(f"{rate=}")',
    'print(f"{rate = !s:>{9}}")',
    'print(f"{(rate)=}", rate)',
    'print(f"{max(rate, 1)=:>{rate}}")',
    'import datetime\nprint(f"{datetime.date(2020, 1, 1):{rate=}}")',
    'print(f"""{\nrate\n=}""")',
    'def show():\n    return f"{rate=}"\nprint(show())',
]


def renamed(use: str) -> tuple[str, list[str]]:
    """What the cell showed, and what each renaming of the page makes of that."""
    session = Session.of("raw = 1", "rate = raw + 1", use)
    assert session.run_all(), session.shown
    shown = session.shown[session.cells[2].id]
    session.edit(1, "price = raw + 1")
    session.run(1)
    fixes = offered(session, "outdated-definition").values()
    after = [fixed(session, fix) for fix in fixes if fix.kind == "rename"]
    assert all(one.clean()[1] is None for one in after)
    return shown, [one.clean()[0][session.cells[2].id] for one in after]


def test_a_name_that_a_line_uses_twice():
    shown, after = renamed("print(rate, rate + 1)\nprint(rate)")
    assert after == [shown]


@pytest.mark.parametrize("use", NAMED)
def test_the_text_around_a_value_stays(use: str) -> None:
    shown, after = renamed(use)
    assert after == ([shown] if sys.version_info >= (3, 12) else [])


@pytest.mark.parametrize("use", SHOWN)
def test_no_rename_of_what_is_shown_as_it_is_written(use: str) -> None:
    try:
        ast.parse(use)
    except (SyntaxError, ValueError):
        pytest.skip("new in 3.12, or one of the faults of its first releases")
    assert renamed(use)[1] == []
