"""What code comes to for certain: behind an early end of a loop or a function, and where values
tell."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete

GONE = "deleted-definition c{} certain"
MAYBE = "deleted-definition c{}"
TOTAL = "def total(rows):\n    if not rows:\n        return 0\n    return len(rows) * rate"
TRIED = "def total(text):\n    try:\n        return int(text)\n    except ValueError:\n        pass\n    return rate"
FIRST = "def first(rows):\n    for row in rows:\n        return row\n    return rate"
UNSEEN = "import sys\nrows = sorted(sys.modules)"
CASES = [
    Case("returned before", ["rate = 2", TOTAL, "total([])"], delete(0), MAYBE.format(2), "0>2 rate, 1>2 total"),
    Case("not returned before", ["rate = 2", TOTAL, "total([1])"], delete(0), GONE.format(2), "0>2 rate, 1>2 total"),
    Case("returned from a try", ["rate = 2", TRIED, "total('12')"], delete(0), MAYBE.format(2), "0>2 rate, 1>2 total"),
    Case("returned from a loop", ["rate = 2", FIRST, "first('ab')"], delete(0), MAYBE.format(2), "0>2 rate, 1>2 first"),
    Case("returned, of what cannot be followed", ["rate = 2", UNSEEN, TOTAL, "total(rows[:0])"], delete(0), MAYBE.format(3), "0>3 rate, 1>3 rows, 2>3 total"),
    Case("raised before", ["rate = 2", UNSEEN, TOTAL.replace("return 0", "raise ValueError"), "total(rows) > 0"], delete(0), GONE.format(3), "0>3 rate, 1>3 rows, 2>3 total"),
    Case("a loop that is left", ["rate = 2", "for n in [1, 2]:\n    if n:\n        break\n    print(rate)"], delete(0), MAYBE.format(1), "0>1 rate"),
    Case("a loop that goes on", ["rate = 2", "for n in [1, 2]:\n    if n:\n        continue\n    print(rate)"], delete(0), MAYBE.format(1), "0>1 rate"),
    Case("a loop that goes on but once", ["rate = 2", "for n in [1, 0]:\n    if n:\n        continue\n    print(rate)"], delete(0), GONE.format(1), "0>1 rate"),
    Case("behind a loop that was left", ["rate = 2", UNSEEN, "for row in rows:\n    if row:\n        break\nprint(rate)"], delete(0), GONE.format(2), "0>2 rate, 1>2 rows"),
    Case("the second part of a condition", ["rate = 2", "[n for n in [0, 1] if n and rate]"], delete(0), GONE.format(1), "0>1 rate"),
    Case("the second part of a condition that stops", ["rate = 2", "[n for n in [0, 0] if n and rate]"], delete(0), MAYBE.format(1), "0>1 rate"),
    Case("a loop over nothing", ["rate = 2", "for n in []:\n    print(rate)"], delete(0), MAYBE.format(1), "0>1 rate"),
    Case("caught in a function", ["rate = 2", "def guess():\n    try:\n        return rate\n    except NameError:\n        return 2", "guess()"], delete(0), MAYBE.format(2), "0>2 rate, 1>2 guess"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
