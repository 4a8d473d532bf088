"""The examples of a check's page, as sessions that can be analysed.

A header line ``# %% ...`` starts a cell:

- ``In [2]`` or ``In [2], In [5]``: a cell of the page, run then;
- ``In [1] (since deleted)``: ran, and is not on the page;
- ``In [1] (console)``: ran without a cell;
- ``In [1] (older version)``: an earlier version of the next cell;
- ``In [2] (failed at line 3)``, ``In [2] (interrupted at line 3)``, or ``(failed)`` where the
  line is not known; it may be joined to the others by a comma;
- ``edited since``: the present version of the cell before, not run again;
- ``never run``, ``earlier session [4]``.

What lies around the page stands above its cells:

- ``# files: data/x.csv, data/, root/y.csv`` are there, and no other; ``none`` for none. One
  that ends in ``/`` is an empty folder, ``root/`` is the project's folder;
- ``# declared: pandas`` in a pyproject.toml; ``# brought: numpy by pandas`` by its needs.

``# error: message`` (or warning, info) at the end of a line is what must be found there.
"""

from __future__ import annotations

import posixpath
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jupyter_prodready.analysis.distributions import normalised
from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.site_walk import sites_of
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Report, Run, Surroundings

INSTALLED = {
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "PIL": ("pillow",),
    "seaborn": ("seaborn",),
    "sklearn": ("scikit-learn",),
}
EXPECTED = re.compile(r"\s*#\s*(error|warning|info): (.*)$")
ENDED = re.compile(r"(failed|interrupted)(?: at line (\d+))?")


@dataclass(frozen=True)
class Example:
    notebook: Notebook
    runs: tuple[Run, ...]
    expected: tuple[tuple[str, int, str, str], ...]
    surroundings: Surroundings

    def report(self) -> Report:
        return analyse(self.notebook, from_runs(self.notebook, self.runs), self.surroundings)


def examples(page: str, section: str) -> Iterator[Example]:
    """All examples under headings called ``section``."""
    for heading, body in re.findall(r"^## (.+)\n((?:(?!^## ).*\n?)*)", page, re.M):
        if heading.strip() == section:
            yield _example(textwrap.dedent(body))


def _example(body: str) -> Example:
    cells: list[Cell] = []
    runs: list[Run] = []
    expected: list[tuple[str, int, str, str]] = []
    older = False
    for header, text in re.findall(r"^# %% (.+)\n((?:(?!# %% ).*\n?)*)", body, re.M):
        cell_id = cells[-1].id if older and header == "edited since" else f"c{len(cells)}"
        source, marks = _without_marks(text.strip("\n"))
        expected += [(cell_id, line, severity, message) for line, severity, message in marks]
        counts = [int(count) for count in re.findall(r"\[(\d+)\]", header)]
        owner: str | None = cell_id
        if "since deleted" in header:
            owner = f"gone{len(runs)}"
        elif "console" in header:
            owner = None
        if "earlier session" not in header:
            runs += [_run(count, source, owner, header) for count in counts]
        last = counts[-1] if counts else None
        if older and header == "edited since":
            cells[-1] = Cell(cell_id, cells[-1].index, "code", source, cells[-1].execution_count)
        elif "older version" in header:
            cells.append(Cell(cell_id, len(cells), "code", source, last))
        elif older:
            cell_id = cells[-1].id
            runs[-1] = replace(runs[-1], cell_id=cell_id)
            expected = [(cell_id if c == f"c{len(cells)}" else c, *rest) for c, *rest in expected]
            cells[-1] = Cell(cell_id, cells[-1].index, "code", source, last)
        elif owner == cell_id:
            cells.append(Cell(cell_id, len(cells), "code", source, last, has_output=bool(counts)))
        older = "older version" in header
    runs.sort(key=lambda run: run.execution_count or 0)
    notebook = Notebook("example.ipynb", tuple(cells))
    around = _around(body.partition("# %%")[0], notebook)
    return Example(notebook, tuple(runs), tuple(expected), around)


def _run(count: int, source: str, owner: str | None, header: str) -> Run:
    ended = ENDED.search(header)
    if ended is None:
        return Run(count, source, "ok", owner)
    line = int(ended[2]) if ended[2] else None
    error = "KeyboardInterrupt" if ended[1] == "interrupted" else "ValueError"
    return Run(count, source, "error", owner, line, error)


def _around(head: str, notebook: Notebook) -> Surroundings:
    said = dict(re.findall(r"^# (\w+): (.*)$", head, re.M))
    there = {path.strip() for path in said.get("files", "").split(",")}
    asked = {site.path for site in sites_of(notebook).calls if site.path}
    folders = {posixpath.dirname(path) for path in there} | {""}
    brought = re.findall(r"([\w-]+) by ([\w-]+)", said.get("brought", ""))
    declared = [normalised(name.strip()) for name in said.get("declared", "").split(",")]
    return Surroundings(
        files={p: p in there for p in asked if not _elsewhere(p)} if "files" in said else {},
        folders={p: posixpath.dirname(p) in folders for p in asked},
        from_root=frozenset(p for p in asked if f"root/{p}" in there),
        declared=frozenset(declared) if "declared" in said else None,
        declaration="pyproject.toml" if "declared" in said else None,
        distributions=INSTALLED,
        required_by=dict(brought),
        standard=frozenset(sys.stdlib_module_names),
    )


def _elsewhere(path: str) -> bool:
    return "*" in path or "://" in path or path.startswith("/")


def _without_marks(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    lines: list[str] = []
    marks: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        mark = EXPECTED.search(line)
        if mark:
            marks.append((number, mark[1], mark[2]))
            line = line[: mark.start()]
        lines.append(line)
    return "\n".join(lines), marks
