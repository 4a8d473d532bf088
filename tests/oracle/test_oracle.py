"""The engine against the truth: a seeded sample of what `python -m tests.oracle` plays."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import genuine, misses, tables
from .__main__ import play
from .desk import Desk
from .fork import Zygotes
from .judge import Judged, Row, judge
from .page import Page, hand_written
from .play import execute, session
from .templates import templates

SEED = 1
SESSIONS = int(os.environ.get("ORACLE_SESSIONS", "150"))
BARS = [bar.name for bar in tables.bars(())]
REACHED: dict[str, float] = {
    "name-caused failures: recall": 0.97,
    "flagged after runs: precision": 0.66,
}
"""Bars that the sample does not meet, with what it must not fall below: it is small (one of 47
failures missed, 17 of 56 cells flagged in vain). All hold for the larger one of `docs/oracle.md`.
A bar that is met leaves the list."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def zygotes() -> Iterator[Zygotes]:
    with Zygotes() as started:
        yield started


@pytest.fixture(scope="module")
def sample(zygotes: Zygotes) -> list[Judged]:
    return play(range(SESSIONS), SEED, zygotes)


@pytest.mark.parametrize("name", BARS)
def test_bar(sample: list[Judged], name: str, tmp_path: Path):
    rows = [row for one in sample for row in one.rows]
    bar = next(one for one in tables.bars(rows) if one.name == name)
    assert not (bar.holds and name in REACHED), f"{name} is met: take it off the list"
    if not bar.holds:
        misses.dump(sample, tmp_path / "misses.txt")
    enough = bar.holds or bar.value >= REACHED.get(name, 2)
    assert enough, f"{bar.value:.4g} of {bar.cells}, not {bar.line:g}; see {tmp_path}"


def test_every_bar_has_cells(sample: list[Judged]):
    rows = [row for one in sample for row in one.rows]
    assert [bar.name for bar in tables.bars(rows) if not bar.cells] == []


def test_forked_shells_agree_with_genuine_kernels(zygotes: Zygotes):
    for number in (3, 14, 15):
        played, _ = session(SEED, number, zygotes)
        if played.desk.life:
            continue
        pairs = genuine.agreement(played)
        assert [pair for pair in pairs if not genuine.agree(*pair)] == []


@pytest.mark.parametrize("page", hand_written(), ids=lambda page: page.name)
def test_page_runs_from_the_top(page: Page, zygotes: Zygotes):
    (first,) = zygotes.clean(list(page.sources), dict(page.files), go_on=True)
    runs = first["runs"][0]
    assert [run["text"] for run in runs if not run["ok"]] == []
    assert sum(bool(run["text"]) for run in runs) >= 5
    assert 6 <= len(page.sources) <= 20


def test_templates_are_told_apart():
    assert len(templates()) > 100
    assert all(one.cells[0] for one in templates().values())


# --- the oracle itself: sessions whose truth a person can see --------------------------


def _judged(zygotes: Zygotes, sources: list[str], play_it: list[tuple[str, object]]) -> Judged:
    page = Page("known", tuple(sources), tuple(f"known[{i}]" for i in range(len(sources))))
    desk = Desk.of(page, random.Random(0))
    desk.run_all()
    for action, arguments in play_it:
        getattr(desk, action)(*arguments)  # type: ignore[misc]
    desk.kinds.append("known")
    return judge(*execute(desk, zygotes))


def _truth(judged: Judged, question: str) -> dict[str, str]:
    return {row.cell: row.truth for row in judged.rows if row.question.startswith(question)}


def test_truth_of_a_deletion(zygotes: Zygotes):
    judged = _judged(zygotes, ["x = 1", "y = 2", "print(x)", "y"], [("delete", (0,))])
    assert _truth(judged, "restart") == {"c1": "ok", "c2": "fails: NameError", "c3": "ok"}
    assert _truth(judged, "state") == {}


def test_truth_of_an_edit_that_ran(zygotes: Zygotes):
    edit = [("edit", (0, "x = 5")), ("run", (0,))]
    judged = _judged(zygotes, ["x = 1", "x + 1", "'same'"], edit)
    assert _truth(judged, "state") == {"c1": "changed", "c2": "same"}
    assert _truth(judged, "inputs") == {"c0": "fresh", "c1": "stale", "c2": "fresh"}


def test_truth_of_running_now(zygotes: Zygotes):
    sources = ["x = [1]", "x.append(2)", "len(x)", "del x"]
    judged = _judged(zygotes, sources, [])
    assert _truth(judged, "now") == {"c0": "ok", "c1": "fails", "c2": "fails", "c3": "fails"}


def test_truth_of_chance_is_not_judged(zygotes: Zygotes):
    judged = _judged(zygotes, ["import random", "random.random()", "print(hash('a'))"], [])
    assert _truth(judged, "state") == {}


def test_a_wrong_answer_is_counted():
    row = Row("state", "re-run", "known[0]", "c0", "changed", "reproducible")
    right = Row("state", "re-run", "known[0]", "c0", "changed", "stale")
    unknown = Row("state", "re-run", "known[0]", "c0", "changed", "unknown")
    loud = Row("state", "re-run", "known[0]", "c0", "same", "stale")
    found = tables.score([row, right, unknown, loud])
    assert (found.recall, found.precision, found.unknown) == (1 / 3, 1 / 2, 1)
    assert [misses.kind(one) for one in (row, right, unknown, loud)] == [
        "missed change",
        None,
        "missed change",
        "false alarm",
    ]
