"""Notebooks as people write them: nothing that is extracted may change what they do.

Here a sample, another one for each CELLS_SEED; `python -m refactor` in `tests/` tries every cell.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from oracle.fork import Zygote

from .realistic import NAMES, Original, try_all, try_cells, try_split, written

SEED = int(os.environ.get("CELLS_SEED", 1))
CHEAP = ("fable_words", "log_parsing", "library_db", "shop_queue", "warehouse")
"""Plain Python: they run in a fraction of a second."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    process = Zygote(0)
    yield process
    process.end()


def test_there_are_many():
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", [*CHEAP, "new_button", "sales_eda"])
def test_single_cells_are_kept(name: str, zygote: Zygote):
    original = written(name, zygote)
    assert original.before.ended, original.before.shown[-1]
    cells = random.Random(SEED).sample(original.page.code_cells, 2)
    tried = [try_cells(original, cell) for cell in cells]
    assert [str(one) for one in tried if one.how == "differs"] == [], SEED


def test_all_cells_in_turn_are_kept(zygote: Zygote):
    original = written(random.Random(SEED).choice(CHEAP), zygote)
    assert original.before.ended, original.before.shown[-1]
    tried, found = try_all(original)
    assert found == (), SEED
    assert sum(one.how == "kept" for one in tried) > len(tried) / 2


def test_a_page_that_is_split_is_kept(zygote: Zygote):
    original = written(random.Random(SEED + 1).choice(CHEAP), zygote)
    found, differs = try_split(original)
    assert differs == (), SEED
    assert len(found.steps) > len(original.page.code_cells) / 2


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("print(paragraphs[0])", "shows"),
        ("sims = []", "`sims` holds something else."),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_page_that_does_something_else_is_seen(zygote: Zygote, after: str, said: str):
    from dataclasses import replace

    original = written("fable_words", zygote)
    assert original.differences(original.again, set()) == ()
    *cells, last = original.page.cells
    other = replace(last, source=f"{last.source}\n{after}")
    page = replace(original.page, cells=(*cells, other))
    changed = Original(page, original.files, zygote)
    assert said in " ".join(original.differences(changed.before, set()))
