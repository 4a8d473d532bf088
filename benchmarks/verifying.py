"""How long a single verification takes, against bare nbclient on the same notebook."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat

from jupyter_prodready.verify.local import verify_notebook
from jupyter_prodready.verify.verification import Options

ROUNDS = 5
CELLS = 40
OVERHEAD = 1.10
"""Running the cells takes at most this many times what nbclient needs, the start left out."""

QUIET = ["--IPKernelApp.log_level=ERROR"]
Times = tuple[float, float]
"""(seconds of ours, seconds of nbclient)."""


def measured() -> Iterator[tuple[str, float, float, float | None]]:
    """(what, milliseconds of ours, of nbclient, bar); medians of rounds in turns."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder, "empty.ipynb"), Path(folder, "full.ipynb")
        write(empty, 1)
        write(full, CELLS)
        starts, wholes = [], []
        for number in range(ROUNDS + 1):
            rounds = once(empty), once(full)
            if number:
                starts.append(rounds[0])
                wholes.append(rounds[1])
    start, whole = medians(starts), medians(wholes)
    yield "verify one cell : nbclient", 1000 * start[0], 1000 * start[1], None
    ours, theirs = whole[0] - start[0], whole[1] - start[1]
    yield f"verify {CELLS} cells without start : nbclient", 1000 * ours, 1000 * theirs, OVERHEAD


def medians(times: list[Times]) -> Times:
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)


def write(path: Path, cells: int) -> None:
    """Cells that work for some milliseconds, print and show; saved with their outputs."""
    source = "total = sum(i * i for i in range({0}))\nprint({0})\ntotal"
    sources = [source.format(400_000 + number) for number in range(cells)]
    page = nbformat.v4.new_notebook()
    page.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    page.cells = [nbformat.v4.new_code_cell(one) for one in sources]
    nbclient.NotebookClient(page, record_timing=False, extra_arguments=QUIET).execute()
    path.write_text(json.dumps(page))


def once(path: Path) -> Times:
    options = Options(twice=False, repair=False)
    page: Any = nbformat.read(path, as_version=4)
    bare = nbclient.NotebookClient(page, record_timing=False, extra_arguments=QUIET)
    return seconds(lambda: verify_notebook(path, options=options)), seconds(bare.execute)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
