"""Functions of the tables that change an argument, and what the analysis says of calls."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.mutator_tables import LIBRARIES
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run

# --- functions ----------------------------------------------------------------------------

CALLS = {
    "delattr": ("import types; x = types.SimpleNamespace(a=1)", "delattr(x, 'a')"),
    "next": ("x = (n for n in [1, 2])", "next(x)"),
    "setattr": ("import types; x = types.SimpleNamespace(a=1)", "setattr(x, 'b', 1)"),
    "heapify": ("import heapq; x = [3, 1, 2]", "heapq.heapify(x)"),
    "heappop": ("import heapq; x = [1, 2]", "heapq.heappop(x)"),
    "heappush": ("import heapq; x = [1, 2]", "heapq.heappush(x, 3)"),
    "heappushpop": ("import heapq; x = [1, 2]", "heapq.heappushpop(x, 3)"),
    "heapreplace": ("import heapq; x = [1, 2]", "heapq.heapreplace(x, 3)"),
    "insort": ("import bisect; x = [1, 2]", "bisect.insort(x, 3)"),
    "insort_left": ("import bisect; x = [1, 2]", "bisect.insort_left(x, 3)"),
    "insort_right": ("import bisect; x = [1, 2]", "bisect.insort_right(x, 3)"),
    "delitem": ("import operator; x = [1, 2]", "operator.delitem(x, 0)"),
    "iadd": ("import operator; x = [1, 2]", "operator.iadd(x, [3])"),
    "iconcat": ("import operator; x = [1, 2]", "operator.iconcat(x, [3])"),
    "setitem": ("import operator; x = [1, 2]", "operator.setitem(x, 0, 9)"),
    "shuffle": ("import random; random.seed(1); x = list(range(9))", "random.shuffle(x)"),
    "copyto": ("import numpy as np; x = np.array([1, 2])", "np.copyto(x, 9)"),
    "fill_diagonal": ("import numpy as np; x = np.zeros((2, 2))", "np.fill_diagonal(x, 9)"),
    "place": ("import numpy as np; x = np.array([1, 2])", "np.place(x, x > 1, [9])"),
    "put": ("import numpy as np; x = np.array([1, 2])", "np.put(x, [0], [9])"),
    "put_along_axis": (
        "import numpy as np; x = np.array([1, 2])", "np.put_along_axis(x, np.array([0]), 9, 0)",
    ),
    "putmask": ("import numpy as np; x = np.array([1, 2])", "np.putmask(x, x > 1, 9)"),
    "at": ("import numpy as np; x = np.array([1, 2])", "np.add.at(x, 0, 9)"),
    "out of a function": ("import numpy as np; x = np.array([1, 2])", "np.add(x, 1, out=x)"),
    "out of a method": ("import numpy as np; x = np.array([1, 2])", "np.array([5, 6]).cumsum(out=x)"),
    "shuffle of a generator": (
        "import numpy as np; r = np.random.default_rng(1); x = np.arange(9)", "r.shuffle(x)",
    ),
    "SubElement": ("import xml.etree.ElementTree as ET; x = ET.Element('r')", "ET.SubElement(x, 'a')"),
    "dump": ("import io, json; x = io.StringIO()", "json.dump([1], x)"),
    "print": ("import io; x = io.StringIO()", "print('a', file=x)"),
    "to_sql": (
        "import sqlite3, pandas as pd; x = sqlite3.connect(':memory:')",
        "pd.DataFrame({'a': [1]}).to_sql('t', x)",
    ),
    "to_sql by keyword": (
        "import sqlite3, pandas as pd; x = sqlite3.connect(':memory:')",
        "pd.DataFrame({'a': [1]}).to_sql('t', con=x)",
    ),
    "execute": (
        "import sqlite3; x = sqlite3.connect(':memory:')", "x.execute('create table t (n)')",
    ),
    "clip_grad_norm_": (
        "import torch; x = torch.nn.Linear(1, 1).weight; (x * 9).sum().backward()",
        "torch.nn.utils.clip_grad_norm_(x, 1.0)",
    ),
    "clip_grad_value_": (
        "import torch; x = torch.nn.Linear(1, 1).weight; (x * 9).sum().backward()",
        "torch.nn.utils.clip_grad_value_(x, 1.0)",
    ),
} | {
    name: ("import torch; torch.manual_seed(0); x = torch.full((2, 2), 7.0)", f"torch.nn.init.{name}(x{more})")
    for name, more in {
        "constant_": ", 3", "eye_": "", "kaiming_normal_": "", "kaiming_uniform_": "", "normal_": "",
        "ones_": "", "orthogonal_": "", "uniform_": "", "xavier_normal_": "", "xavier_uniform_": "",
        "zeros_": "",
    }.items()
}  # fmt: skip


def seen(value: Any) -> object:
    if hasattr(value, "gi_frame"):
        return value.gi_frame.f_lasti
    if hasattr(value, "total_changes"):
        return list(value.iterdump())
    if hasattr(value, "getvalue"):
        return value.getvalue()
    if hasattr(value, "itertext"):
        return [one.tag for one in value.iter()]
    if hasattr(value, "grad") and hasattr(value, "tolist"):
        return repr([value.tolist(), value.grad])
    return repr(value.tolist() if hasattr(value, "tolist") else value)


@pytest.mark.parametrize("case", CALLS)
def test_function(case: str) -> None:
    """The call changes its argument, and the analysis knows it: shown before, it is stale."""
    setup, call = CALLS[case]
    if "torch" in setup:
        pytest.importorskip("torch")
    names: dict[str, Any] = {}
    exec(setup, names)
    before = seen(names["x"])
    eval(call, names)
    assert seen(names["x"]) != before
    assert reported(setup, call, "print(x)") == ["later-mutation"]


def test_every_function_is_executed() -> None:
    functions = {function.name for library in LIBRARIES for function in library.functions}
    assert functions <= CALLS.keys()


# --- what follows -------------------------------------------------------------------------


def reported(*sources: str) -> list[str]:
    """The checks that fire where the last cell ran before the one above it."""
    cells = tuple(Cell(f"c{n}", n, "code", source, n + 1) for n, source in enumerate(sources))
    order = [*cells[:-2], cells[-1], cells[-2]]
    runs = [Run(n, cell.source, "ok", cell.id) for n, cell in enumerate(order, 1)]
    notebook = Notebook("n.ipynb", cells)
    order_checks = ("later-mutation", "out-of-order-run", "shadowed-definition")
    found = analyse(notebook, from_runs(notebook, runs)).findings
    assert not any(one.certain for one in found)
    return [one.check for one in found if one.check in order_checks]


@pytest.mark.parametrize(
    ("setup", "call", "changes"),
    [
        ("x = [2, 1]", "x.sort()", True),
        ("x = [2, 1]", "y = x.sort('a')", False),
        ("x = load()", "x.truncate(3)", False),
        ("x = load()", "x.plot.scatter('a', 'b')", False),
        ("x = load()", "x.unheard_of()", False),
        ("import queue; q = queue.Queue(); x = [1]", "q.put(x)", False),
        ("x = [1]", "place(x)", False),
        ("x = 'path'", "save(1, out=x)", False),
        ("x = load()", "x.drop(columns='a')", False),
        ("x = load()", "x.drop(columns='a', inplace=True)", True),
        ("x = load()", "x.drop(columns='a', inplace=False)", False),
        ("x = load()", "x.zero_()", True),
        ("x = load()", "x.in_([1])", False),
        ("x = load()", "x.insert(0, 'a', 1)", True),
        ("x = load()", "y = x.insert(0, 'a')", False),
    ],
)
def test_calls_on_what_is_not_known(setup: str, call: str, changes: bool) -> None:
    given = "from somewhere import load, place, save"
    assert reported(given, setup, call, "print(x)") == ["later-mutation"] * changes
