"""Chained assignments: one new object in several places."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, rerun

A = "class A:\n    pass\na, b = A(), A()"
FILLS = "class F:\n    def __init__(self):\n        self.xs = []\n    def fill(self):\n        self.xs = xs = [2]\n        xs.append(3)"
CASES = [
    Case("two names", ["a = b = [0]", "a", "b.append(1)"], rerun(1), "later-mutation c1", "0>1 a, 0>2 b"),
    Case("two names, a key", ["a = b = {}", "a", "b['k'] = 1"], rerun(1), "later-mutation c1", "0>1 a, 0>2 b"),
    Case("two names of a list times a number", ["a = b = [0] * 2", "a", "b[0] = 5"], rerun(1), "later-mutation c1", "0>1 a, 0>2 b"),
    Case("two names of a result", ["def new():\n    return [0]", "a = b = new()", "a", "b.append(1)"], rerun(2), "later-mutation c2", "0>1 new, 1>2 a, 1>3 b"),
    Case("attribute, then name", [A, "a.xs = xs = [0]", "a.xs", "xs.append(1)"], rerun(2), "out-of-order-run c2", "0>1 a, 0>2 a, 1>2 a, 1>3 xs"),
    Case("name, then attribute", [A, "xs = a.xs = [0]", "xs", "a.xs.append(1)"], rerun(2), "later-mutation c2", "0>1 a, 0>3 a, 1>2 xs, 1>3 a"),
    Case("key and name", ["d = {}", "d['k'] = xs = [0]", "d", "xs.append(1)"], rerun(2), "later-mutation c2", "0>1 d, 0>2 d, 1>2 d, 1>3 xs"),
    Case("keys of two dicts", ["d, e = {}, {}", "d['k'] = e['k'] = [0]", "d", "e['k'].append(1)"], rerun(2), "later-mutation c2", "0>1 d e, 0>2 d, 0>3 e, 1>2 d, 1>3 e"),
    Case("elements and the whole", ["a, b = c = [[0], [1]]", "c", "a.append(1)"], rerun(1), "later-mutation c1", "0>1 c, 0>2 a"),
    Case("the whole and elements", ["c = a, b = [[0], [1]]", "a", "c[0].append(1)"], rerun(1), "later-mutation c1", "0>1 a, 0>2 c"),
    Case("key and name in a loop", ["d = {}", "for k in 'ab':\n    d[k] = one = {}", "d", "one['n'] = 1"], rerun(2), "later-mutation c2", "0>1 d, 0>2 d, 1>2 d, 1>3 one"),
    Case("in a branch", ["n = 1", "if n:\n    a = b = []", "a", "b.append(1)"], rerun(2), "later-mutation c2", "0>1 n, 1>2 a, 1>3 b"),
    Case("in a method", [FILLS, "f = F()", "f.xs", "f.fill()"], rerun(2), "later-mutation c2", "0>1 F, 1>2 f, 1>3 f"),
    Case("numbers", ["a = b = 0", "a", "b += 1"], rerun(1), "", "0>1 a, 0>2 b"),
    Case("counts", ["a = b = len('abc')", "a", "b += 1"], rerun(1), "", "0>1 a, 0>2 b"),
    Case("numbers of a name", ["n = 1", "a = b = n", "a", "b += 1"], rerun(2), "", "0>1 n, 1>2 a, 1>3 b"),
    Case("two names, another key", ["a = b = {'k': 0, 'm': 1}", "a['m']", "b['k'] = 1"], rerun(1), "", "0>1 a, 0>2 b"),
    Case("one of two names bound anew", ["a = b = []", "a", "b = []", "b.append(1)\nb"], rerun(1), "", "0>1 a, 2>3 b"),
    Case("a sum is another object", ["a = b = [1]", "b = b + [2]\nb.append(3)", "a"], rerun(2), "", "0>1 b, 0>2 a"),
    Case("edited to the same", ["a = b = [1]", "a", "b"], change(0, "b = a = [1]"), "", "0>1 a, 0>2 b"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
