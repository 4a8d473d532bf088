"""How long an analysis takes, as a ratio to `ast.parse` of the same cells: `make bench`.

Prints, asserts nothing: machines are noisy, ratios of one run less so.

Pages of growing length, written like people write (an import cell, frames, functions,
prints); cold is the first analysis of the process, edit is after one cell changed, run is
after one more run.
"""

from __future__ import annotations

import ast
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jupyter_prodready import checks, formats
from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.evidence import from_saved, from_session
from jupyter_prodready.model import Cell, Notebook, Run

SAMPLE = Path(__file__).parents[1] / "sample" / "notebooks" / "sample.ipynb"
SIZES = (10, 100, 1000)


def page(cells: int) -> Notebook:
    """A page in which every cell reads what the one before made."""
    first = Cell("c0", 0, "code", "import math\nx0 = 1.5\nlog = []", 1)
    rest = (Cell(f"c{n}", n, "code", source(n), n + 1) for n in range(1, cells))
    return Notebook("bench.ipynb", (first, *rest))


def source(n: int) -> str:
    return "\n".join(
        [
            f"# step {n}",
            f"def step_{n}(value, by=x{n - 1}):",
            "    total = [value * k for k in range(10)]",
            "    return math.fsum(total) / (1 + by)",
            f"x{n} = step_{n}(x{n - 1})",
            f"log.append(x{n})",
            f"print(x{n}, len(log))",
        ]
    )


def runs_of(notebook: Notebook) -> tuple[Run, ...]:
    return tuple(Run(cell.execution_count, cell.source, "ok", cell.id) for cell in notebook.cells)


def milliseconds(work: Callable[[], object], times: int = 1) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def measure(cells: int) -> tuple[float, float, float, float]:
    """Milliseconds of: parsing alone, cold, after one edit, after one more run."""
    notebook = page(cells)
    parse = milliseconds(lambda: [ast.parse(cell.source) for cell in notebook.cells], times=3)
    runs = runs_of(notebook)

    def analyse(notebook: Notebook, runs: tuple[Run, ...]) -> object:
        return checks.analyse(notebook, from_session(notebook, runs, None))

    forget_all()
    cold = milliseconds(lambda: analyse(notebook, runs))
    middle = notebook.cells[cells // 2]
    changed = replace(middle, source=middle.source + "\nlog.clear()")
    edited = replace(
        notebook, cells=tuple(changed if cell == middle else cell for cell in notebook.cells)
    )
    edit = milliseconds(lambda: analyse(edited, runs), times=3)
    again = replace(runs[-1], execution_count=cells + 1)
    run = milliseconds(lambda: analyse(notebook, (*runs, again)), times=3)
    return parse, cold, edit, run


def main() -> None:
    print(f"Python {sys.version.split()[0]}; times ast.parse of the same cells")
    print(f"{'cells':>8} {'parse':>10} {'cold':>8} {'edit':>8} {'run':>8}")
    for cells in SIZES:
        parse, *taken = measure(cells)
        ratios = " ".join(f"{one / parse:8.1f}" for one in taken)
        print(f"{cells:>8} {parse:>7.1f} ms {ratios}")
    sample = formats.read(SAMPLE)
    took = milliseconds(lambda: checks.analyse(sample, from_saved(sample)), times=5)
    parse = milliseconds(lambda: [ast.parse(cell.source) for cell in sample.code_cells], times=5)
    print(f"{'sample':>8} {parse:>7.1f} ms {took / parse:26.1f}")


if __name__ == "__main__":
    main()
