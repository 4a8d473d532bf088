"""Keys that reading a `defaultdict` makes, and reads that make none."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, nothing, rerun

IMPORT = "from collections import defaultdict"
PER = f"{IMPORT}\nper = defaultdict(int)\nper['a'] += 1\nother = per"
NESTED = "from collections import defaultdict as dd\ntimes = dd(lambda: dd(int))\ntimes['web']['hit'] += 1"
READS = {
    "by itself": "per['{}']",
    "shown": "print(per['{}'])",
    "assigned": "x = per['{}'] + 1",
    "compared": "if per['{}'] == 0:\n    print('none')",
    "in a comprehension": "[k for k in ('a', '{}') if not per[k]]",
    "in a loop": "for k in ('a', '{}'):\n    print(per[k])",
    "by a name": "k = '{}'\nper[k]",
    "under another name": "other['{}']",
}
FILLED = f"{IMPORT}\nwords = ['a', 'b']\nper = defaultdict(int)\nfor w in words:\n    per[w] += 1"
SILENT = {
    "the key that is there": (PER, "per['a']"),
    "the key that was written down": (
        f"{IMPORT}\nper = defaultdict(list, {{'a': [1]}})",
        "per['a']",
    ),
    "the key that was set": (f"{IMPORT}\nper = defaultdict(int)\nper['b'] = 1", "print(per['b'])"),
    "get": (PER, "per.get('b')"),
    "asked for": (PER, "'b' in per"),
    "where it is there": (PER, "if 'b' in per:\n    print(per['b'])"),
    "no factory": (f"{IMPORT}\nper = defaultdict(None)\nper['a'] = 1", "per['a']"),
    "a dict": ("per = {'a': 1}", "per['a']"),
    "a counter": ("from collections import Counter\nper = Counter('aab')", "per['c']"),
    "keys of its own": (FILLED, "for w in sorted(per):\n    print(per[w])"),
    "the keys it was filled with": (FILLED, "[per[w] for w in words]"),
    "one of the keys it was filled with": (FILLED, "per['a']"),
    "its largest": (FILLED, "max(per, key=lambda k: per[k])"),
}
LEFT = {"in a comprehension, edited", "in a loop, edited", "by a name, edited"}
"""What is left of the older run in the rest of the object is told at its readers, not of a run now."""


def edges(read: str, *, above: bool = False) -> str:
    name = "other" if "other" in read else "per"
    return f"0>1 per, 0>2 {name}" if above else f"0>1 {name}, 0>2 per, 1>2 per"


CASES = [
    *[
        Case(f"{name}, edited", [PER, read.format("b"), "sorted(per)"], change(1, read.format("c")), "stale-input c2", edges(read))
        for name, read in READS.items()
    ],
    *[
        Case(f"{name}, seen above", [PER, "sorted(per)", read.format("b")], rerun(1), "later-mutation c1", edges(read, above=True))
        for name, read in READS.items()
    ],
    *[
        Case(f"{name}, once more", [PER, read.format("b"), "sorted(per)"], rerun(1, 2), "", edges(read))
        for name, read in READS.items()
    ],
    *[
        Case(f"{name}, in order", [PER, read.format("b"), "sorted(per)"], nothing, "", edges(read))
        for name, read in READS.items()
    ],
    *[
        Case(f"silent: {name}", [first, "sorted(per)", read], rerun(1, 2), "", "0>1 per, 0>2 per words" if "words" in read else "0>1 per, 0>2 per")
        for name, (first, read) in SILENT.items()
    ],
    Case("nested", [NESTED, "times['db']['hit']", "len(times)"], change(1, "times['web']['hit']"), "stale-input c2", "0>1 times, 0>2 times, 1>2 times"),
    Case("nested, the key that is there", [NESTED, "len(times)", "times['web']['hit']"], rerun(1), "", "0>1 times, 0>2 times"),
    Case("removed and made again", [PER + "\nper.pop('a')", "sorted(per)", "per['a']"], rerun(1), "later-mutation|out-of-order-run c1", "0>1 per, 0>2 per"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case, answers=case.name not in LEFT)
