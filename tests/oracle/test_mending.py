"""At least nine in ten pages that one trouble broke are mended, and nothing right is changed."""

from __future__ import annotations

import os

import pytest

from .fork import SEEDS, Zygotes
from .mending import Mended, mend
from .troubles import TROUBLES

PAGES = int(os.environ.get("MENDED", "2"))
BAR = 0.9

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def mended() -> list[Mended]:
    with Zygotes(SEEDS[:2]) as zygotes:  # a verdict is of two clean runs
        tried = [mend(name, number, zygotes) for name in TROUBLES for number in range(PAGES)]
    found = [one for one in tried if one is not None]
    for name in TROUBLES:
        of_kind = [one for one in found if one.trouble == name]
        print(f"{name}: {sum(one.is_mended for one in of_kind)} of {len(of_kind)}")
    return found


def test_nine_in_ten_are_mended(mended: list[Mended]):
    left = [(one.trouble, one.number, one.repair) for one in mended if not one.is_mended]
    assert len(mended) >= len(TROUBLES) * PAGES / 3
    assert len(left) <= (1 - BAR) * len(mended), left


def test_no_output_that_was_right_is_changed(mended: list[Mended]):
    assert [(one.trouble, one.number, one.spoilt) for one in mended if one.spoilt] == []


@pytest.mark.parametrize("name", TROUBLES)
def test_each_trouble_was_met(mended: list[Mended], name: str):
    assert any(one.trouble == name for one in mended)
