"""Functions, lambdas and generators that are shown as values name where they were made."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import assert_kept, extract

DOUBLE = "def double(x):\n    return 2 * x"
MODULE = "[3] shows `double` itself, with the name of its module."
PLACE = "[3] shows what is made here with the place where it was made."

SHOWN = {
    "the value": ((DOUBLE, "y = double(1)", "double"), MODULE),
    "help": ((DOUBLE, "y = double(1)", "help(double)"), MODULE),
    "in a dictionary": ((DOUBLE, "y = {'d': double}", "y"), MODULE),
    "a lambda in a list": (("fs = [lambda v: v]\nprint('x')", "a = 1", "fs"), PLACE),
    "a lambda, printed": (("f = lambda v: v\nprint('x')", "a = 1", "print(f)"), PLACE),
    "a lambda, formatted": (("f = lambda v: v\nprint('x')", "a = 1", "g = f'{f}'"), PLACE),
    "a lambda in a call that keeps it": (("import collections\nd = collections.defaultdict(lambda: 0)", "d[1] = 2", "print(d)"), PLACE),
    "a generator": (("g = (v for v in 'ab')\nprint('x')", "a = 1", "g"), PLACE),
    "a function of a branch": (("if True:\n    def g():\n        return 1", "a = 1", "print(g)"), PLACE),
    "an instance of a class of a branch": (("if True:\n    class K:\n        pass\nk = K()", "a = 1", "print(k)"), PLACE),
}  # fmt: skip

KEPT = {
    "printed, without its module": ((DOUBLE, "y = double(1)", "print(y, double.__name__)"), 0),
    "called": ((DOUBLE, "y = double(1)", "[double(v) for v in (1, 2)]"), 0),
    "a lambda that is called": (("n = 1", "f = lambda v: v + 1", "print(f(2))\nf = 0"), 1),
    "a lambda for a key": (("xs = [3, 1]", "ys = sorted(xs, key=lambda v: -v)", "print(ys)"), 1),
    "a generator that is counted": (("from collections import Counter\nxs = [3, 1]", "c = Counter(v for v in xs)", "c"), 1),
    "a generator that is used up": (("xs = [3, 1]", "g = (v for v in xs)\ns = sum(g)", "print(s)\ng = 0"), 1),
    "a generator behind a star": (("xs = [3, 1]", "print(*(v for v in xs), sep='-')\ny = [*(v for v in xs)]", "y"), 1),
    "a mapped lambda": (("xs = [3, 1]", "ys = list(map(lambda v: v + 1, xs))", "ys"), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_stays(name: str, tmp_path: Path):
    cells, message = SHOWN[name]
    found = extract(tmp_path, cells, (0,))
    assert message in [refusal.message for refusal in found.refusals]


@pytest.mark.parametrize("name", KEPT)
def test_what_is_not_shown_moves(name: str, tmp_path: Path):
    cells, place = KEPT[name]
    assert_kept(tmp_path, cells, (place,))
