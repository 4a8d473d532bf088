"""Pages of any length, written like people write, and the runs of a session in page order."""

from __future__ import annotations

from dataclasses import replace

from jupyter_prodready.model import Cell, Notebook, Run

FIRST = """\
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

log = []
settings = {"rate": 0.2, "folds": 5}
x0 = 1.5
frame0 = pd.DataFrame({"price": [1.0, 2.0], "amount": [3, 4]})"""

CELLS = (
    """\
# step {n}
def step_{n}(value, by=x{p}):
    total = [value * k for k in range(10)]
    return math.fsum(total) / (1 + by)
x{n} = step_{n}(x{p})
log.append(x{n})
print(x{n}, len(log))""",
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
        log.append(price)
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
settings["step"] = {n}
names = [f"column {{k}}" for k in range(3)]
by_name = dict(zip(names, [x{p}, {n}, 3]))
x{n} = max(by_name.values())
print(json.dumps({{"x": str(x{n}), "rate": settings["rate"]}}))""",
)


def page(cells: int) -> Notebook:
    """A page in which every cell reads what the one before made."""
    sources = [FIRST, *(_source(n) for n in range(1, cells))]
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


def _source(n: int) -> str:
    frame = n - (n - 2) % len(CELLS) if n > 2 else 0
    frame = frame - len(CELLS) if frame == n else frame
    return CELLS[(n - 1) % len(CELLS)].format(n=n, p=n - 1, f=max(frame, 0))
