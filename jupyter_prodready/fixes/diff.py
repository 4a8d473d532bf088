"""What a person sees before anything is written: unified diffs of text."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from ..model import Cell, CellEdit, FileEdit, Notebook


def of_files(files: Iterable[FileEdit]) -> str:
    """One unified diff for each file that changes."""
    return "".join(unified(edit.path, edit.before, edit.after) for edit in files)


def of_pages(before: Notebook, after: Notebook) -> str:
    """The unified diff of two states of a page, shown as py:percent text."""
    texts = (percent((c.kind, c.source) for c in page.cells) for page in (before, after))
    return unified(before.path, *texts)


def of_page(path: str, cells: Sequence[Cell], edits: Sequence[CellEdit]) -> str:
    """The unified diff of the notebook, shown as py:percent text."""
    before = percent((cell.kind, cell.source) for cell in cells)
    after = percent(edited(cells, edits))
    return unified(path, before, after)


def edited(cells: Sequence[Cell], edits: Sequence[CellEdit]) -> list[tuple[str, str]]:
    """Kind and source of each cell once ``edits`` are made; indices mean the page before."""
    pages: list[tuple[str, str]] = []
    for cell in (*cells, None):
        index = len(cells) if cell is None else cell.index
        here = [edit for edit in edits if edit.index == index]
        pages += [("code", edit.after or "") for edit in here if edit.action == "insert"]
        if cell is None or any(edit.action == "delete" for edit in here):
            continue
        replaced = [edit.after for edit in here if edit.action == "replace"]
        pages.append((cell.kind, (replaced[0] or "") if replaced else cell.source))
    return pages


def percent(cells: Iterable[tuple[str, str]]) -> str:
    """Cells as py:percent text, for reading; text cells are commented out."""
    return "\n".join(_percent_cell(kind, source) for kind, source in cells)


def _percent_cell(kind: str, source: str) -> str:
    if kind == "code":
        return f"# %%\n{source.rstrip()}\n"
    lines = "\n".join(f"# {line}".rstrip() for line in source.splitlines())
    return f"# %% [{kind}]\n{lines}\n"


def unified(path: str, before: str | None, after: str | None) -> str:
    """A unified diff; ``None`` is a file that does not exist."""
    if before == after:
        return ""
    path = path.lstrip("/")
    lines = list(
        difflib.unified_diff(
            _lines(before),
            _lines(after),
            "/dev/null" if before is None else f"a/{path}",
            "/dev/null" if after is None else f"b/{path}",
            lineterm="",
        )
    )
    if not lines and before is not None and after is not None:
        return f"--- a/{path}\n+++ b/{path}\n# the same lines, with other line ends\n"
    if not lines:  # an empty file comes or goes
        verb = "new" if before is None else "removed"
        return f"--- /dev/null\n+++ b/{path}\n# {verb} empty file\n"
    return "\n".join(lines) + "\n"


def _lines(text: str | None) -> list[str]:
    return (text or "").replace("\r\n", "\n").splitlines()
