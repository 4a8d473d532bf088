"""Objects that a block binds and puts elsewhere, that a loop groups, and closures of one call."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, nothing, rerun

NEW = "config = {'n': n}"
CHANGES = "config['n'] = 9"
BLOCKS = {
    "appended in a loop": f"for n in range(2):\n    {NEW}\n    trials.append(config)",
    "set in a loop": f"for n in range(2):\n    {NEW}\n    trials[n:] = [config]",
    "added in a loop": f"for n in range(2):\n    {NEW}\n    trials += [config]",
    "appended under a condition": f"n = 1\nif trials == []:\n    {NEW}\n    trials.append(config)",
    "appended in a try": f"n = 1\ntry:\n    {NEW}\n    trials.append(config)\nfinally:\n    n = 2",
    "added in a line": f"n = 1\n{NEW}\ntrials += [config]",
}
ITEM = "class Item:\n    def __init__(self, kind):\n        self.kind, self.paid = kind, False"
PAID = "{kind: sum(one.paid for one in group) for kind, group in by.items()}"
GROUPED = {
    "by itertools": "from itertools import groupby\nby = {k: list(g) for k, g in groupby(items, key=lambda one: one.kind)}",
    "in a loop": "by = {}\nfor one in items:\n    by.setdefault(one.kind, []).append(one)",
    "in a defaultdict": "from collections import defaultdict\nby = defaultdict(list)\nfor one in items:\n    by[one.kind].append(one)",
}
PAIR = "def make():\n    v = 1\n    def read():\n        return v + start\n    def status():\n        return v\n    return read, status"
LATE = "class Bill:\n    def __init__(self, n):\n        self.n = n\n    @property\n    def late(self):\n        return self.n > grace"
BLOCK_EDGES = "0>1 trials, 1>2 trials, 1>3 config"
CASES = [
    *[
        Case(f"{name}", ["trials = []", block, "trials", CHANGES], rerun(2), "later-mutation c2", BLOCK_EDGES + ("" if "+=" in block else ", 0>2 trials"))
        for name, block in BLOCKS.items()
    ],
    Case("numbers in a loop", ["ys = []\nfor n in range(2):\n    y = abs(n)\n    ys.append(y)", "ys", "y += 9"], rerun(1), "", "0>1 ys, 0>2 y"),
    Case("bound to another object since", [f"trials = []\n{BLOCKS['appended in a loop']}", "trials", "config = {}\nconfig['n'] = 9"], rerun(1), "", "0>1 trials"),
    *[
        Case(f"grouped {name}", [ITEM, "items = [Item('a'), Item('b')]", grouped, PAID, "items[0].paid = True"], rerun(3), "later-mutation c3", "0>1 Item, 1>2 items, 1>4 items, 2>3 by")
        for name, grouped in GROUPED.items()
    ],
    Case("one closure of two reads what is gone", ["start = 1", PAIR, "read, status = make()", "status()"], change(0, "begin = 1"), "outdated-definition c3", "0>3 start, 1>2 make, 2>3 status"),
    Case("instances in a list", ["grace = 3", LATE, "bills = [Bill(1), Bill(5)]", "[one.late for one in bills]"], change(0, "grace = 2"), "stale-input c3", "0>3 grace, 1>2 Bill, 2>3 bills"),
    Case("instances in a list, in order", ["grace = 3", LATE, "bills = [Bill(1), Bill(5)]", "[one.late for one in bills]"], nothing, "", "0>3 grace, 1>2 Bill, 2>3 bills"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
