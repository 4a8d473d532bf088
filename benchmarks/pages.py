"""Pages of any length, written like people write, and the runs of a session in page order.

Long notebooks consist of sections: each takes up the data and the settings of the first cell
and goes its own way. In 30 hand-written pages of 10 to 19 cells (`tests/oracle/pages`) a cell
is needed by 43 % of the cells below it; here, within its section, by nearly all. ``section`` is
the number of cells of one; a page of a single section is the hardest that there is, for there
every cell hangs on all cells above it.
"""

from __future__ import annotations

from dataclasses import replace

from jupyter_prodready.model import Cell, Notebook, Run

FIRST = """\
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

settings = {"rate": 0.2, "folds": 5}
start = 1.5
data = pd.DataFrame({"price": [1.0, 2.0], "amount": [3, 4]})"""

BEGIN = """\
log{s} = []
x{n} = start + {n}
frame{n} = data.dropna()
notes{s} = {{"section": {s}}}
print(x{n}, settings["folds"], len(frame{n}))"""

CELLS = (
    """\
# step {n}
def step_{n}(value, by=x{p}):
    total = [value * k for k in range(10)]
    return math.fsum(total) / (1 + by)
x{n} = step_{n}(x{p})
log{s}.append(x{n})
print(x{n}, len(log{s}))""",
    """\
frame{n} = frame{f}.copy()
frame{n}["total"] = frame{n}["price"] * frame{n}["amount"] * {n}
frame{n} = frame{n}.dropna().sort_values("total")
x{n} = frame{n}["total"].mean() + x{p}
frame{n}.head()""",
    """\
x{n} = x{p}
for price, amount in zip([1, 2, {n}], [4, 5, 6]):
    if price > settings["rate"]:
        x{n} += price * amount
    else:
        log{s}.append(price)
x{n}""",
    """\
class Model{n}:
    def __init__(self, rate={n}):
        self.rate = rate
        self.seen = []

    def fit(self, values):
        self.seen = [self.rate * value for value in values]
        return self

model{n} = Model{n}().fit(frame{f}["price"])
x{n} = sum(model{n}.seen, x{p})""",
    """\
notes{s}["step"] = {n}
names = [f"column {{k}}" for k in range(3)]
by_name = dict(zip(names, [x{p}, {n}, 3]))
x{n} = max(by_name.values())
print(json.dumps({{"x": str(x{n}), "rate": settings["rate"]}}))""",
)


SECTION = 20


def page(cells: int, section: int = SECTION) -> Notebook:
    """A page in which every cell of a section reads what the one before made."""
    sources = [FIRST, *(_source(n, section) for n in range(1, cells))]
    return Notebook(
        "bench.ipynb",
        tuple(Cell(f"c{n}", n, "code", source, n + 1) for n, source in enumerate(sources)),
    )


def runs_of(notebook: Notebook) -> tuple[Run, ...]:
    """The session of a person who ran each cell once, from the top."""
    return tuple(Run(cell.execution_count, cell.source, "ok", cell.id) for cell in notebook.cells)


def edited(notebook: Notebook, index: int, number: int) -> Notebook:
    """The page with another value in this cell; each number gives another one."""
    cell = notebook.cells[index]
    source = cell.source.replace(f"x{index} = ", f"x{index} = {number} + ", 1)
    changed = replace(cell, source=source)
    return replace(notebook, cells=(*notebook.cells[:index], changed, *notebook.cells[index + 1 :]))


def _source(n: int, section: int) -> str:
    """The first cell of a section, or one that reads the cell before and the newest frame."""
    number, place = divmod(n - 1, section)
    if place == 0:
        return BEGIN.format(s=number, n=n)
    framed = place - (place - 2) % len(CELLS) if place > 1 else 0
    framed = framed - len(CELLS) if framed == place else framed
    begin = number * section + 1
    return CELLS[(place - 1) % len(CELLS)].format(s=number, n=n, p=n - 1, f=begin + max(framed, 0))
