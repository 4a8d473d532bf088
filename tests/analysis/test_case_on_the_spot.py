"""Functions that are called where they are written, or by a place of a list or a dict."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, rerun

UP = "class P:\n    def __init__(self, n):\n        self.n = n\n    def up(self):\n        self.n += 1\n        return self.n"
ADD = "def add(z):\n    z.append(1)"
CASES = [
    Case("lambda that runs a method of an element", [UP, "xs = [P(1)]", "xs[0].n", "(lambda z: z.up())(xs[0])"], rerun(2), "later-mutation c2", "0>1 P, 1>2 xs, 1>3 xs"),
    Case("lambda that changes a name", ["xs = [1]", "xs", "(lambda: xs.append(1))()"], rerun(1), "later-mutation c1", "0>1 xs, 0>2 xs"),
    Case("lambda that changes what it is given", ["xs = [1]", "xs", "(lambda z: z.append(2))(xs)"], rerun(1), "later-mutation c1", "0>1 xs, 0>2 xs"),
    Case("lambda in a dict, by its key", ["xs = [1]", "acts = {'a': lambda z: z.append(1)}", "xs", "acts['a'](xs)"], rerun(2), "later-mutation c2", "0>2 xs, 0>3 xs, 1>3 acts"),
    Case("lambda in a list", ["xs = [1]", "acts = [lambda z: z.append(1)]", "xs", "acts[0](xs)"], rerun(2), "later-mutation c2", "0>2 xs, 0>3 xs, 1>3 acts"),
    Case("function in a dict", ["xs = [1]", ADD, "acts = {'a': add}", "xs", "acts['a'](xs)"], rerun(3), "later-mutation c3", "0>3 xs, 0>4 xs, 1>2 add, 2>4 acts"),
    Case("function in a list", ["xs = [1]", ADD, "acts = [add]", "xs", "acts[0](xs)"], rerun(3), "later-mutation c3", "0>3 xs, 0>4 xs, 1>2 add, 2>4 acts"),
    Case("lambda that looks", ["xs = [1]", "xs", "(lambda z: len(z))(xs)"], rerun(1), "", "0>1 xs, 0>2 xs"),
    Case("lambda that copies", ["xs = [1]", "xs", "(lambda z: z + [1])(xs)"], rerun(1), "", "0>1 xs, 0>2 xs"),
    Case("function in a list that looks", ["xs = [1]", "acts = [lambda z: len(z)]", "xs", "acts[0](xs)"], rerun(2), "", "0>2 xs, 0>3 xs, 1>3 acts"),
    Case("another list", ["xs, ys = [1], [1]", "xs", "(lambda z: z.append(2))(ys)"], rerun(1), "", "0>1 xs, 0>2 ys"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
