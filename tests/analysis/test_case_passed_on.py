"""Elements of what a function is given, in a container or a generator of its own; and methods of what
is taken out of a container."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, rerun

FULL = "def full(xs):\n    return [x for x in xs if x]"
EACH = "def each(xs):\n    for x in xs:\n        yield x"
ROWS = "rows = [[1], [2]]"
ITEM = "from copy import copy\nclass Item:\n    def __init__(self, n):\n        self.n, self.tags = n, []\n    def tag(self):\n        self.tags.append(1)\n    def __repr__(self):\n        return f'{self.n}{self.tags}'"
MADE = "a, b = Item(1), Item(2)\nitems = [a, b]"
STORE = "class Store:\n    def __init__(self, items):\n        self.items = items\n    def each(self):\n        for i in self.items:\n            yield i"
NOTE = "def note(x):\n    log.append(x)\n    return x"
CASES = [
    Case("loop over what a function gives", [FULL, ROWS, "rows", "for r in full(rows):\n    r.append(0)"], rerun(2), "later-mutation c2", "0>3 full, 1>2 rows, 1>3 rows"),
    Case("loop over what a function hands back", ["def same(xs):\n    return xs", ROWS, "rows", "for r in same(rows):\n    r.append(0)"], rerun(2), "later-mutation c2", "0>3 same, 1>2 rows, 1>3 rows"),
    Case("loop over a generator of the page", [EACH, ROWS, "rows", "for r in each(rows):\n    r.append(0)"], rerun(2), "later-mutation c2", "0>3 each, 1>2 rows, 1>3 rows"),
    Case("loop over a generator of a method", [ITEM, MADE, STORE, "s = Store(items)", "a", "for i in s.each():\n    i.tag()"], rerun(4), "* c4", "0>1 Item, 1>3 items, 1>4 a, 2>3 Store, 3>5 s"),
    Case("element of a new list of a function", [FULL, ROWS, "rows", "out = full(rows)\nout[0].append(1)"], rerun(2), "later-mutation c2", "0>3 full, 1>2 rows, 1>3 rows"),
    Case("element of a dict of a function", ["def by(xs):\n    return {n: x for n, x in enumerate(xs)}", ROWS, "rows", "out = by(rows)\nout[0].append(1)"], rerun(2), "later-mutation c2", "0>3 by, 1>2 rows, 1>3 rows"),
    Case("element of a list beside a number", ["def two(xs):\n    return list(xs), len(xs)", ROWS, "rows", "out, n = two(rows)\nout[0].append(1)"], rerun(2), "later-mutation c2", "0>3 two, 1>2 rows, 1>3 rows"),
    Case("method of the largest", [ITEM, MADE, "top = max(items, key=lambda i: i.n)", "b", "top.tag()"], rerun(3), "* c3", "0>1 Item, 1>2 items, 1>3 b, 2>4 top"),
    Case("method of a shallow copy", [ITEM, MADE, "c = copy(a)", "a", "c.tag()"], rerun(3), "* c3", "0>1 Item, 0>2 copy, 1>2 a, 1>3 a, 2>4 c"),
    Case("method of what a function finds", [ITEM, MADE, "def find(n):\n    for i in items:\n        if i.n == n:\n            return i", "a", "find(1).tag()"], rerun(3), "* c3", "0>1 Item, 1>3 a, 1>4 items, 2>4 find"),
    Case("lambda that map calls", [ITEM, MADE, "a", "list(map(lambda i: i.tag(), items))"], rerun(2), "* c2", "0>1 Item, 1>2 a, 1>3 items"),
    Case("row that a name is the place of", ["a = [[1]]", "i = 0\nrow = a[i]", "a", "row.append(3)"], rerun(2), "later-mutation c2", "0>1 a, 0>2 a, 1>3 row"),
    Case("number that a name is the place of", ["a = [1]", "i = 0\nv = a[i]", "a", "v += 1\nv"], rerun(2), "", "0>1 a, 0>2 a, 1>3 v"),
    Case("new list of a function is changed itself", [FULL, ROWS, "rows", "out = full(rows)\nout.append(1)\nout"], rerun(2), "", "0>3 full, 1>2 rows, 1>3 rows"),
    Case("loop over a result binds anew", ["def names(xs):\n    return [x['n'] for x in xs]", "rows = [{'n': 'a'}]", "rows", "for n in names(rows):\n    n = n.upper()\nn"], rerun(2), "", "0>3 names, 1>2 rows, 1>3 rows"),
    Case("loop over a generator of numbers", ["def pairs(n):\n    for i in range(n):\n        yield i, i", "n = 3", "n", "for x, y in pairs(n):\n    x += 1\nx"], rerun(2), "", "0>3 pairs, 1>2 n, 1>3 n"),
    Case("loop over a result that looks", [FULL, ROWS, "rows", "for r in full(rows):\n    print(len(r))"], rerun(2), "", "0>3 full, 1>2 rows, 1>3 rows"),
    Case("statistics of a list", ["def stats(xs):\n    return {'n': len(xs), 'sum': sum(xs)}", "xs = [1]", "s = stats(xs)", "s", "xs.append(2)\nxs"], rerun(3), "", "0>2 stats, 1>2 xs, 1>4 xs, 2>3 s"),
    Case("variable of a comprehension is called as a function is", [NOTE, "log = []", "log", "given = [abs]\nprint([note(1) for note in given])"], rerun(2), "", "1>2 log"),
    Case("variable of a loop is called as a function is", [NOTE, "log = []", "log", "given = [abs]\nfor note in given:\n    print(note(1))"], rerun(2), "", "1>2 log"),
    Case("variable of a comprehension is the function", [NOTE, "log = []", "log", "given = [note]\nprint([note(1) for note in given])"], rerun(2), "later-mutation c2", "0>3 note, 1>2 log, 1>3 log"),
    Case("function is called beside a comprehension", [NOTE, "log = []", "log", "given = [1]\nprint([note(n) for n in given])"], rerun(2), "later-mutation c2", "0>3 note, 1>2 log, 1>3 log"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
