"""Texts that pandas and formulas evaluate in the frame that calls them: literals tell what they
look up, however they are put together; others are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import assert_kept, extract

PAGE = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nk = 1\ncond = 'a > @{}'\nconds = {'x': 'a > @k'}\nclass Cfg:\n    cond = 'a > @k'"
TREE = "import numpy as np\nfrom scipy.spatial import cKDTree\npts = np.array([[0, 0], [1, 1]])\ntree = cKDTree(pts)"
SMF = "import numpy as np\nclass Smf:\n    def ols(self, formula):\n        import sys\n        return sys._getframe(1).f_globals['np'].__name__\nsmf = Smf()\ny = 'b'"

UNSEEN = {
    "filled in": ("r = df.query(cond.format('k'))", "query"),
    "of a dictionary": ("r = df.query(conds['x'])", "query"),
    "of a class": ("r = df.query(Cfg.cond)", "query"),
    "one of two": ("r = df.query('a > 1' if k > 1 else cond)", "query"),
    "replaced": ("r = df.query(cond.replace('{}', 'k'))", "query"),
    "joined": ("r = df.query(' and '.join(['a > 0', cond]))", "query"),
    "joined from a generator": ("r = df.query(' and '.join(c for c in conds.values()))", "query"),
    "a function that gives it": ("r = df.eval(str(cond))", "eval"),
    "a name": ("r = df.eval(cond)", "eval"),
    "an f-string": ("r = df.query(f'a > {cond}')", "query"),
    "by keyword": ("r = df.query(expr=conds['x'])", "query"),
    "behind a star": ("r = df.query(*conds.values())", "query"),
    "in a function that moves": ("def f(d):\n    return d.query(conds['x'])\nr = f(df)", "query"),
}  # fmt: skip

KEPT = {
    "joined of literals": (PAGE, "r = df.query(' and '.join(['a > @k', 'a < 9']))", "print(r)"),
    "added": (PAGE, "r = df.query('a > ' + '@k')", "print(r)"),
    "literals filled in": (PAGE, "r = df.query('a > @{}'.format('k'))", "print(r)"),
    "one of two literals": (PAGE, "r = df.query('a > @k' if True else 'a < @k')", "print(r)"),
    "a number filled in": (PAGE, "r = df.query(f'a > {k:.1f}')", "print(r)"),
    "a tree that is asked for points": (TREE, "d, i = tree.query(np.array([[0, 1]]))\nd2, i2 = tree.query([[1, 1]])\nd3, i3 = tree.query(pts.reshape(-1, 2))\nd4, i4 = tree.query(pts[[0]])", "print(d, i, d2, d3, d4)"),
    "a model that is evaluated": ("class M:\n    def evaluate(self, x):\n        return x\nm = M()\nxs = [1]", "r = m.evaluate(xs[0])\ns = m.evaluate(max(xs))", "print(r, s)"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_computed_is_refused(name: str, tmp_path: Path):
    code, call = UNSEEN[name]
    found = extract(tmp_path, (PAGE, code, "print(r)"), (1,))
    message = f"`{call}` evaluates a text that is not written here."
    assert message in [refusal.message for refusal in found.refusals]


@pytest.mark.parametrize("name", KEPT)
def test_what_is_written_is_kept(name: str, tmp_path: Path):
    assert_kept(tmp_path, KEPT[name], (1,))


def test_a_formula_takes_what_is_written_of_it(tmp_path: Path):
    cells = (SMF, "r = smf.ols(f'{y} ~ np.log(a)')", "print(r)")
    assert_kept(tmp_path, cells, (1,))


def test_what_is_printed_is_no_formula(tmp_path: Path):
    found = assert_kept(tmp_path, (SMF, "print(f'~ {y} smf')", "print(y)\nsmf = 0"), (1,))
    assert [one.name for one in found.inputs] == ["y"]
