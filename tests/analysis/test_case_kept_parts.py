"""Attributes that an object keeps once they were asked for."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, both, change, nothing, rerun

FROM = "from functools import cached_property\nk = 2"
A = "class A:\n    def __init__(self, n):\n        self.n = n\n    @cached_property\n    def twice(self):\n        return self.n * 2\n    def report(self):\n        return self.twice + 1"
B = "class B:\n    @cached_property\n    def twice(self):\n        return k * 2"
CASES = [
    Case("kept part of an older value", [FROM, A, "a = A(1)", "a.n = 5", "a.twice"], change(3, "a.n = 6", 4), "* c4", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 3>4 a"),
    Case("kept part, asked for by a method", [FROM, A, "a = A(1)", "a.n = 5", "a.report()"], change(3, "a.n = 6", 4), "* c4", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 3>4 a"),
    Case("kept part, asked for by a function", [FROM, A, "a = A(1)", "def show(x):\n    return x.twice", "a.n = 5", "show(a)"], change(4, "a.n = 6", 5), "* c5", "0>1 cached_property, 1>2 A, 2>4 a, 2>5 a, 3>5 show, 4>5 a"),
    Case("kept part, asked for earlier by another cell", [FROM, A, "a = A(1)", "a.twice", "a.n = 5", "a.twice"], rerun(2, 4, 5), "* c5", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 2>5 a, 3>5 a.twice, 4>5 a"),
    Case("kept part that read a name", [FROM, B, "b = B()", "b.twice"], change(0, "from functools import cached_property\nk = 3", 3), "* c3", "0>1 cached_property, 0>3 k, 1>2 B, 2>3 b"),
    Case("kept part that read a name, of a new object", [FROM, B, "b = B()", "b.twice"], change(0, "from functools import cached_property\nk = 3", 2, 3), "", "0>1 cached_property, 0>3 k, 1>2 B, 2>3 b"),
    Case("kept part that nobody asked for", [FROM, A, "a = A(1)", "a.n", "a.n = 5", "a.twice"], both(rerun(2, 3), change(4, "a.n = 6", 5)), "", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 2>5 a, 4>5 a"),
    Case("another part than the kept one", [FROM, A, "a = A(1)", "a.n = 5", "a.n"], change(3, "a.n = 6", 4), "", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 3>4 a"),
    Case("kept part, in order", [FROM, A, "a = A(1)\na.twice\na.n = 3", "a.twice"], nothing, "", "0>1 cached_property, 1>2 A, 2>3 a a.twice"),
    Case("kept part, again over the same", [FROM, A, "a = A(1)", "a.n = 3", "a.twice"], rerun(3, 4), "", "0>1 cached_property, 1>2 A, 2>3 a, 2>4 a, 3>4 a"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
