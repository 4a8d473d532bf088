"""A small real kernel: cells executed in one namespace, with what each of them shows."""

from __future__ import annotations

import ast
import contextlib
import io
from dataclasses import dataclass, field, replace
from pathlib import Path

from jupyter_prodready.analysis.difference import Difference
from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.memory import Memory
from jupyter_prodready.analysis.timeline import walk_history, walk_plan
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Report, Run, Surroundings
from jupyter_prodready.surroundings import look_around


def execute(source: str, namespace: dict[str, object]) -> tuple[str, bool]:
    """(what the cell shows, did it succeed?), as IPython shows its last expression."""
    out = io.StringIO()
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(tree, "cell", "exec"), namespace)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)
                if value is not None:
                    print(repr(value))
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}", file=out)
        return out.getvalue(), False
    return out.getvalue(), True


@dataclass
class Session:
    """A notebook and its kernel, played by edits and runs."""

    cells: list[Cell] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    namespace: dict[str, object] = field(default_factory=lambda: {"__name__": "__main__"})
    shown: dict[str, str] = field(default_factory=dict)
    count: int = 0

    @classmethod
    def of(cls, *sources: str) -> Session:
        return cls([Cell(f"c{i}", i, "code", source) for i, source in enumerate(sources)])

    def run(self, place: int) -> bool:
        cell = self.cells[place]
        ok = self._execute(cell.source, cell.id)
        self.cells[place] = replace(
            cell, execution_count=self.count, has_output=bool(self.shown[cell.id])
        )
        return ok

    def run_all(self) -> bool:
        return all(self.run(place) for place in range(len(self.cells)))

    def console(self, source: str) -> bool:
        return self._execute(source, None)

    def edit(self, place: int, source: str) -> None:
        self.cells[place] = replace(self.cells[place], source=source)

    def delete(self, place: int) -> None:
        del self.cells[place]
        self._renumber()

    def move(self, place: int, to: int) -> None:
        self.cells.insert(to, self.cells.pop(place))
        self._renumber()

    def insert(self, place: int, source: str) -> None:
        self.cells.insert(place, Cell(f"n{len(self.cells)}-{self.count}", place, "code", source))
        self._renumber()

    def notebook(self) -> Notebook:
        return Notebook("session.ipynb", tuple(self.cells))

    def report(self) -> Report:
        notebook = self.notebook()
        return analyse(notebook, from_runs(notebook, self.runs))

    def surroundings(self) -> Surroundings | None:
        """What lies around the page in the present folder."""
        sources = [run.source or "" for run in self.runs]
        return look_around(self.notebook(), Path("session.ipynb"), Path(), ran=sources)

    def clean(self) -> tuple[dict[str, str], str | None]:
        """(what each cell shows in a clean run, the cell at which it stops)."""
        namespace: dict[str, object] = {"__name__": "__main__"}
        shown: dict[str, str] = {}
        for cell in self.cells:
            shown[cell.id], ok = execute(cell.source, namespace)
            if not ok:
                return shown, cell.id
        return shown, None

    def _execute(self, source: str, cell_id: str | None) -> bool:
        self.count += 1
        text, ok = execute(source, self.namespace)
        self.runs.append(Run(self.count, source, "ok" if ok else "error", cell_id))
        if cell_id is not None:
            self.shown[cell_id] = text
        return ok

    def _renumber(self) -> None:
        self.cells = [replace(cell, index=index) for index, cell in enumerate(self.cells)]


def describe(session: Session) -> str:
    """The session and the roots that the engine sees, for a failing test."""
    notebook = session.notebook()
    memory = Memory()
    history = walk_history(from_runs(notebook, session.runs), memory)
    difference = Difference(walk_plan(notebook, history, memory), history)
    runs = "\n".join(f"{run.cell_id} {run.status}: {run.source!r}" for run in session.runs)
    page = "\n".join(f"{cell.id}: {cell.source!r}" for cell in session.cells)
    taints = "\n".join(str(taint) for taint in difference.taints)
    return f"\n--- runs\n{runs}\n--- page\n{page}\n--- taints\n{taints}\n--- missing\n{difference.missing}"
