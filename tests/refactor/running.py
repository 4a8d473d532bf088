"""Extract on disk, then run the page before and after in fresh Python processes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_prodready.actions.project import locate
from jupyter_prodready.model import Cell, Extraction, Notebook
from jupyter_prodready.refactor import plan
from jupyter_prodready.refactor.diff import edited

RUNNER = """
import ast, io, json, re, sys, types, warnings
sys.path[0] = ""  # as a kernel does: the working folder comes first
warnings.simplefilter("ignore")
cells = json.load(sys.stdin)
space = {"__name__": "__main__"}
shown, error = [], None
out, sys.stdout = sys.stdout, io.StringIO()
for source in cells:
    lines = source.split("\\n")
    if lines[0].startswith("%%"):
        lines[0] = ""
    source = "\\n".join("" if line.startswith("%") else line for line in lines)
    tree = ast.parse(source)
    last = None
    muted = source.rstrip().endswith(";")
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    try:
        exec(compile(tree, "<cell>", "exec"), space)
        value = None if last is None else eval(compile(last, "<cell>", "eval"), space)
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
        break
    if value is not None and not muted:
        print("Out:", repr(value))
plain = (types.ModuleType, types.FunctionType, type, types.BuiltinFunctionType)
names = {
    name: re.sub(" at 0x[0-9a-f]+", "", repr(value))
    for name, value in space.items()
    if not name.startswith("__") and not isinstance(value, plain)
}
callables = sorted(n for n, v in space.items() if isinstance(v, (types.FunctionType, type)))
text = sys.stdout.getvalue()
json.dump({"text": text, "names": names, "callables": callables, "error": error}, out)
"""


@dataclass(frozen=True)
class Outcome:
    """What a page printed and showed, and its variables at the end, as text."""

    text: str
    names: dict[str, str]
    callables: list[str]
    error: str | None


def notebook_of(cells: tuple[str, ...], path: str = "notebooks/n.ipynb") -> Notebook:
    """Code cells ``c0``, ``c1``, ... with counts from 1; ``md `` starts a text cell."""
    made = []
    for index, source in enumerate(cells):
        is_text = source.startswith("md ")
        kind: Any = "markdown" if is_text else "code"
        text = source.removeprefix("md ")
        count = None if is_text else index + 1
        made.append(Cell(f"c{index}", index, kind, text, count))
    return Notebook(path, tuple(made))


def extract(
    root: Path,
    cells: tuple[str, ...],
    selection: tuple[int, ...],
    *,
    module: str | None = None,
    name: str | None = None,
) -> Extraction:
    """Plan in a project at ``root``; nothing is written."""
    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").touch()
    notebook = notebook_of(cells)
    located = locate(root / notebook.path, module, root=root)
    ids = tuple(f"c{index}" for index in selection)
    return plan(notebook, ids, module=module, name=name, project=located.project)


def after_cells(extraction: Extraction, cells: tuple[str, ...]) -> tuple[str, ...]:
    pages = edited(notebook_of(cells).cells, extraction.change.cells)
    return tuple(source for kind, source in pages if kind == "code")


def run(root: Path, cells: tuple[str, ...]) -> Outcome:
    """Run code cells in a new process, in the notebook's folder."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps([cell for cell in cells if not cell.startswith("md ")]),
        capture_output=True,
        text=True,
        cwd=root / "notebooks",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Outcome(**json.loads(done.stdout))


def assert_kept(
    root: Path, cells: tuple[str, ...], selection: tuple[int, ...], **options: Any
) -> Extraction:
    """Extract for real and run both pages: same text, same values, nothing new."""
    extraction = extract(root, cells, selection, **options)
    assert extraction.status == "preview", extraction.refusals
    before = run(root, cells)
    for edit in extraction.change.files:
        path = root / edit.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((edit.after or "").encode())
    after = run(root, after_cells(extraction, cells))
    assert after.error == before.error, extraction.diff
    assert after.text == before.text, extraction.diff
    lost = {
        name
        for name in before.names
        if f"`{name}` will no longer exist" in " ".join(extraction.notes)
    }
    kept = {name: value for name, value in before.names.items() if name not in lost}
    assert after.names == kept, extraction.diff
    return extraction
