"""A statement of whose calls the walk makes short work needs and does what it would need and do
if all that it calls were followed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from jupyter_prodready import formats
from jupyter_prodready.analysis import changes
from jupyter_prodready.analysis.arguments import Look
from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.facts import Read, StatementFacts
from jupyter_prodready.analysis.needs import Use
from jupyter_prodready.analysis.quiet import needed_by
from jupyter_prodready.analysis.use import use_of
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run

PAGES = sorted((Path(__file__).parents[1] / "oracle" / "pages").iterdir())
SCALE = "rate = 2\ndef scale(x, by=1):\n    return x * rate * by\n"
THING = "class Thing:\n    def __init__(self):\n        self.n = 1\n    def go(self):\n        log.append(1)\nlog = []\nt = Thing()\n"
SHORT = (
    (SCALE, "y = scale(3)"),
    (SCALE, "y = [scale(k) for k in range(3)]"),
    (SCALE, "y = scale(3, by=scale(2))"),
    (SCALE, "log = []\nlog.append(scale(1))"),
    (SCALE + "def other(x):\n    return x + rate\n", "y = scale(1) + other(2)"),
    (THING, "y = sum([t.n, 1])"),
    ("class Thing:\n    n = 1\n    def go(self):\n        pass\n", "print(Thing.n)"),
)
LONG = (
    ("rate = 2\ndef inner(x):\n    return x * rate\ndef scale(x):\n    return inner(x)\n", "y = scale(3)"),
    ("log = []\ndef note(x):\n    log.append(x)\n", "y = note(3)"),
    ("def change(rows):\n    rows.append(1)\nrows = []\n", "y = change(rows)"),
    ("import random\ndef draw():\n    return random.random()\n", "y = draw()"),
    ("def same(x):\n    return x\nrows = []\n", "y = same(rows)"),
    (SCALE + THING, "y = scale(t)"),
    (SCALE + "def apply(f):\n    return f(1) + 1\n", "y = apply(scale)"),
    (THING, "y = max(t.go(), 1)"),
    (THING, "y = max(t.n, len([t]))"),
    (THING + "t.n = [].append\n", "y = getattr(t, 'go')()"),
    ("def rows():\n    yield 1\n", "y = rows()"),
    ("def print(x):\n    return rate\nrate = 1\n", "print(len([1]))"),
)  # fmt: skip


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the statements that are walked so; each is compared."""
    texts: list[str] = []

    def compared(facts: StatementFacts, look: Look) -> Collection[Read] | None:
        needed = needed_by(facts, look)
        if needed is not None:
            use = use_of(facts, look, known=True)
            assert list(needed) == list(use.reads.values()), facts.text
            assert does_what_it_says(use, facts), facts.text
            texts.append(facts.text)
        return needed

    monkeypatch.setattr(changes, "needed_by", compared)
    forget_all()
    return texts


def does_what_it_says(use: Use, facts: StatementFacts) -> bool:
    """Does it do no more than what is written in the statement itself?"""
    rare = facts.rare
    return (
        (use.writes, use.maybe_writes, tuple(use.mutations))
        == (facts.writes, rare.maybe_writes, facts.mutations)
        and (use.shows, use.looked_at, use.identifies)
        == (facts.shows, facts.looked_at, rare.identifies)
        and not (use.draws or use.seeds or use.ambient_reads or use.ambient_writes)
        and not (use.unrepeatable or use.consumable or use.caches)
    )


def walk(*sources: str) -> None:
    cells = tuple(Cell(f"c{n}", n, "code", source, n + 1) for n, source in enumerate(sources))
    runs = [Run(cell.execution_count, cell.source, "ok", cell.id) for cell in cells]
    notebook = Notebook("page.ipynb", cells)
    analyse(notebook, from_runs(notebook, runs))


@pytest.mark.parametrize(("before", "statement"), SHORT)
def test_short_work(taken: list[str], before: str, statement: str) -> None:
    walk(before, statement)
    assert statement.split("\n")[-1] in taken


@pytest.mark.parametrize(("before", "statement"), LONG)
def test_what_may_do_more_is_followed(taken: list[str], before: str, statement: str) -> None:
    walk(before, statement)
    assert statement not in taken


def test_pages(taken: list[str]) -> None:
    for path in PAGES:
        sources = [cell.source for cell in formats.read(path).code_cells]
        walk(*sources)
        walk(*sources, *reversed(sources))
    assert len(taken) > 20
