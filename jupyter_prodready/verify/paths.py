"""A path that a clean run does not find: where the file is instead, and the edit for it."""

from __future__ import annotations

import ast
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from ..fixes import pages
from ..model import Cell, CellEdit, Fix, Notebook

_LITERAL = re.compile(rb"(['\"])[^'\"\\\n]*\1")
_LONGEST_TAIL = 4


def path_fixes(page: Notebook, path: str, folders: Sequence[Path]) -> Iterator[Fix]:
    """Replace the literal ``path`` where it stands by where the file is, if that is known.

    ``folders`` are those from the notebook's up to the project's root: no other is looked in.
    """
    found = found_at(path, folders)
    if found is None:
        return
    edits = tuple(edit for cell in page.code_cells for edit in _replaced(cell, path, found))
    if edits:
        yield pages.fix_of("relative-path", f"Use `{found}` for `{path}`", edits)


def found_at(path: str, folders: Sequence[Path]) -> str | None:
    """The path of the file as the notebook's folder sees it, None where there is none.

    Tried: the path seen from the folders above, its last parts, and another case.
    """
    if not folders or not path or "\0" in path or "://" in path:
        return None
    parts = PurePosixPath(path.replace("\\", "/")).parts
    tails = ["/".join(parts[-n:]) for n in range(min(len(parts), _LONGEST_TAIL), 0, -1)]
    asked = [path, *tails] if not posixpath.isabs(path) else tails
    for one in asked:
        for folder in folders:
            there = _there(folder, one)
            if there is not None:
                return os.path.relpath(there, folders[0]).replace(os.sep, "/")
    return None


def _there(folder: Path, path: str) -> Path | None:
    """The file below ``folder``, in whatever case its name is written."""
    place = folder
    for part in PurePosixPath(path).parts:
        if part in ("..", "/"):
            return None
        try:
            names = os.listdir(place)
        except OSError:
            return None
        same = [name for name in names if name == part] or [
            name for name in names if name.casefold() == part.casefold()
        ]
        if len(same) != 1:
            return None
        place = place / same[0]
    return place


def _replaced(cell: Cell, path: str, new: str) -> Iterator[CellEdit]:
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError, RecursionError):
        return
    lines = [line.encode() for line in cell.source.split("\n")]
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value == path]
    for node in sorted(nodes, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        text = line[node.col_offset : node.end_col_offset]
        if node.end_lineno == node.lineno and _LITERAL.fullmatch(text):
            quoted = text[:1] + new.encode() + text[-1:]
            lines[node.lineno - 1] = line[: node.col_offset] + quoted + line[node.end_col_offset :]
    source = b"\n".join(lines).decode()
    if source != cell.source:
        yield pages.replacement(cell, source)
