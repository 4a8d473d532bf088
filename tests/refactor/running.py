"""Extract on disk, then run the page before and after in fresh Python processes."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_prodready.actions.project import locate
from jupyter_prodready.fixes.diff import edited
from jupyter_prodready.model import Cell, Extraction, Notebook
from jupyter_prodready.refactor import Options, Types, plan
from jupyter_prodready.refactor.options import DEFAULT


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
    lines: dict[str, Any] | None = None,
    types: Types | None = None,
    options: Options = DEFAULT,
) -> Extraction:
    """Plan in a project at ``root``; nothing is written. ``lines`` are a range of a cell, or
    several."""
    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").touch()
    notebook = notebook_of(cells)
    located = locate(root / notebook.path, module, root=root)
    ids = tuple(f"c{index}" for index in selection)
    return plan(
        notebook,
        ids,
        module=module,
        name=name,
        project=located.project,
        lines={cell: _ranges(given) for cell, given in (lines or {}).items()},
        types=types,
        options=options,
    )


def _ranges(given: Any) -> tuple[tuple[int, int], ...]:
    """One range of lines, or several."""
    return (given,) if isinstance(given[0], int) else tuple(given)


def after_cells(extraction: Extraction, cells: tuple[str, ...]) -> tuple[str, ...]:
    pages = edited(notebook_of(cells).cells, extraction.change.cells)
    return tuple(source for kind, source in pages if kind == "code")


def run(root: Path, cells: tuple[str, ...]) -> Outcome:
    """Run code cells in a new process, in the notebook's folder."""
    code = [cell for cell in cells if not cell.startswith("md ")]
    process = _zygote()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"folder": str(root / "notebooks"), "cells": code}) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert answer is not None, "the page ended its process"
    return Outcome(**answer)


@functools.cache
def _zygote() -> subprocess.Popen[str]:
    """It ends with our end of its input."""
    script = Path(__file__).with_name("zygote.py")
    return subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def assert_kept(
    root: Path, cells: tuple[str, ...], selection: tuple[int, ...], **options: Any
) -> Extraction:
    """Extract for real and run both pages: same text, same values, nothing new."""
    extraction = extract(root, cells, selection, **options)
    assert_keeps(root, cells, extraction)
    return extraction


def assert_keeps(root: Path, cells: tuple[str, ...], extraction: Extraction) -> None:
    """Write the module files and run both pages: same text, same values, nothing new."""
    assert extraction.status == "preview", extraction.refusals
    before = run(root, cells)
    for edit in extraction.change.files:
        path = root / edit.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((edit.after or "").encode())
    after = run(root, after_cells(extraction, cells))
    assert after.error == before.error, extraction.diff
    assert after.text == before.text, extraction.diff
    lost = before.names.keys() - after.names.keys()
    assert lost <= {*extraction.lost}, extraction.diff
    assert not told_to_go(extraction) & after.names.keys(), extraction.diff
    kept = {name: value for name, value in before.names.items() if name not in lost}
    assert after.names == kept, extraction.diff


def told_to_go(extraction: Extraction) -> set[str]:
    """Names that the notes say will be gone; all of them are ``lost``."""
    notes = [*extraction.notes, *(note for step in extraction.steps for note in step.made.notes)]
    found = (re.fullmatch(r"`(\w+)` will no longer exist in the notebook.", one) for one in notes)
    told = {one[1] for one in found if one is not None}
    assert told <= {*extraction.lost}
    return told
