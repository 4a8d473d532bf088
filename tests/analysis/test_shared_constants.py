"""What statements share that have nothing rare is never written to."""

from __future__ import annotations

from jupyter_prodready.analysis import flow, rare
from jupyter_prodready.analysis.facts import facts_of

CODE = """\
import os
from math import *
global a, b
x: int = input()
with open("f") as f, f as g: y = [lambda q: q + z for z in f if z in w]
try:
    del x, y
except OSError as e:
    x += random.random()
return (yield lambda: x)
nonlocal c
if (n := g()) is not None: os.environ["A"] = [v.append(1) for v in n]
class A:
    def m(self): self.x.append(1); return self
def outer(a, b=[]):
    def inner():
        nonlocal a
        a = 1; b.append(a)
    return inner
for i, r in enumerate(rows): r["k"] = 1
df = df.assign(a=1).drop("b", errors="ignore"); s = df.groupby("a").b.sum()
%matplotlib inline
_ + _3"""


def test_nothing_writes_to_what_all_share() -> None:
    assert facts_of(CODE).error is None
    for line in CODE.split("\n"):
        facts_of(line)
    assert repr(rare.PLAIN) == repr(rare.Rare())
    assert repr(flow._NO_BODY) == repr(flow.Body())
