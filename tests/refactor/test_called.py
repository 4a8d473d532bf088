"""Labels, docstring and kept test say what the selected code does through all that it calls."""

from pathlib import Path

import pytest

from .running import assert_kept, extract

HEAD = """import decimal, time, random as r
from collections import OrderedDict
from decimal import getcontext
from pathlib import Path
from time import time as now
import pandas as pd
import matplotlib.pyplot as plt
df = pd.DataFrame({'a': [1, 2]})
xs = [[3], [1]]
stats = {'n': 0}
p = Path('x')"""
HELPERS = """def prep(d):
    d['x'] = 1
    return d
def fresh(d):
    d = d.copy()
    d['x'] = 1
    return d
def add(v, l):
    l.append(v)
def bump():
    stats['n'] += 1
def load(q):
    return q.read_text()
def through(q):
    return load(q)
def save(q):
    q.write_text('1')
def draw():
    return r.random()
def ask():
    return now()
def show(x):
    print(x)
    plt.show()
read = lambda q: q.read_text()
class Files:
    def read(self):
        return open('x').read()
    def plain(self):
        return 1"""

CASES = {
    "k = prep(df)": ("mutates df",),
    "k = fresh(df)": ("pure",),
    "add(2, xs)": ("mutates xs",),
    "add(2, [])": ("pure",),
    "bump()": ("mutates stats",),
    "k = load(p)": ("reads files",),
    "k = through(p)": ("reads files",),
    "k = read(p)": ("reads files",),
    "k = [q.name for q in map(load, [p])]": ("reads files",),
    "k = list(map(lambda q: q.read_text(), [p]))": ("reads files",),
    "k = p.name": ("pure",),
    "save(p)": ("writes files",),
    "k = draw()": ("random",),
    "k = ask()": ("clock",),
    "show(1)": ("prints", "draws"),
    "k = Files().read()": ("reads files",),
    "k = Files().plain()": ("pure",),
    "getcontext().prec = 3": ("changes settings",),
    "k = decimal.getcontext().prec": ("pure",),
    "pd.options.display.width = 3": ("changes settings",),
    "k = p.through()": ("pure",),
    "r.seed(3)": ("changes settings",),
    "df = df.dropna()\ndf['t'] = df.a * 2": ("pure",),
    "df = df[df.a > 0]\ndf['t'] = 1": ("pure",),
    "df = df\ndf['t'] = 1": ("mutates df",),
    "df = df.loc[1:]\ndf['t'] = 1": ("mutates df",),
    "df = df.dropna(inplace=True) or df\ndf['t'] = 1": ("mutates df",),
    "if p:\n    df = df.copy()\ndf['t'] = 1": ("mutates df",),
    "df['t'] = 1\ndf = df.copy()": ("mutates df",),
    "xs = list(xs)\nxs.sort()": ("pure",),
    "xs = list(xs)\nxs[0].append(1)": ("mutates xs",),
    "ys = xs\nys.append(1)": ("mutates xs",),
    "ys = [*xs]\nys.append(1)": ("pure",),
}


@pytest.mark.parametrize("body", CASES)
def test_labels_follow_what_is_called(body: str, tmp_path: Path) -> None:
    cells = (HEAD, HELPERS, f"{body}\nz = 1", "print(df, xs, z)")
    found = extract(tmp_path, cells, (2,))
    assert found.status == "preview", found.refusals
    assert found.labels == CASES[body]


def test_the_docstring_says_it(tmp_path: Path) -> None:
    cells = (
        "rows = [2]\ndef add(v, l):\n    l.append(v)",
        "add(1, rows)\nn = len(rows)",
        "print(rows, n)",
    )
    found = assert_kept(tmp_path, cells, (1,))
    assert "    Changes `rows` in place.\n" in (found.change.files[-1].after or "")


def test_nothing_is_said_of_a_copy(tmp_path: Path) -> None:
    cells = (
        "rows = [2, 1]",
        "rows = list(rows)\nrows.sort()\nn = len(rows)",
        "print(rows, n)",
    )
    found = assert_kept(tmp_path, cells, (1,))
    assert "in place" not in (found.change.files[-1].after or "")
