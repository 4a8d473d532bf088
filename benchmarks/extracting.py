"""How long it takes to plan one extraction, against one LibCST parse of the same cells."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import libcst
from pages import page

from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.facts import facts_of
from jupyter_prodready.model import Notebook
from jupyter_prodready.refactor import Project, plan

CELLS = 100
ROUNDS = 15
BAR = 0.75
"""Where the cells were read before, as by a check: 100 ms where LibCST takes 135."""

PROJECT = Project("notebooks/n.ipynb", "src/shop/steps.py")


def measured() -> Iterator[tuple[str, float, float, float | None]]:
    """(what, milliseconds of a plan, of LibCST, bar); medians of rounds in turns."""
    rounds = [once(number) for number in range(ROUNDS + 1)][1:]
    parsing, *taken = (statistics.median(times) for times in zip(*rounds, strict=True))
    of = f"extraction, {CELLS} cells"
    names = ("nothing read", "cells read", "another one", "refused")
    for name, one in zip(names, taken, strict=True):
        yield f"{of}, {name} : LibCST", one, parsing, BAR if name == "cells read" else None


def once(number: int) -> tuple[float, ...]:
    """Parsing; a plan of a page not seen before, of one that was read, one more of it; and
    one that is refused, after looking for a remedy."""
    notebook = page(CELLS)
    refused = [cell.id for cell in notebook.code_cells if "def step_" in cell.source]
    others = [cell.id for cell in notebook.code_cells if cell.id not in refused]
    first, second = others[20 + 2 * number], others[21 + 2 * number]
    forget_all()
    parsing = milliseconds(lambda: parse(notebook))
    cold = milliseconds(lambda: extract(notebook, first, "preview"))
    forget_all()
    for cell in notebook.code_cells:
        facts_of(cell.source)
    read = milliseconds(lambda: extract(notebook, first, "preview"))
    again = milliseconds(lambda: extract(notebook, second, "preview"))
    return (
        parsing,
        cold,
        read,
        again,
        milliseconds(lambda: extract(notebook, refused[9], "refused")),
    )


def parse(notebook: Notebook) -> None:
    for cell in notebook.code_cells:
        libcst.parse_module(cell.source)


def extract(notebook: Notebook, cell: str, status: str) -> None:
    found = plan(notebook, (cell,), module=None, name=None, project=PROJECT)
    assert found.status == status, found.refusals


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
