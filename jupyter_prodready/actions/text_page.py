"""Edit cells in the text of a jupytext file; all other lines of it stay as they are.

jupytext writes the page before and after. Only the lines in which the two differ are taken
over, so that what a person laid out otherwise than jupytext does is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from .. import formats
from ..errors import BadInputError
from ..model import Cell, Notebook


def edit_text(text: str, suffix: str, before: Notebook, after: Notebook) -> str:
    """The file's text with the cells of ``after`` in place of those of ``before``.

    Raises `BadInputError` where the text that comes out would not hold exactly these cells.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(mark).replace("\r\n", "\n")
    same_ends = mark + lines.replace("\n", newline) == text
    end = "" if lines.endswith("\n") else "\n"
    lines += end
    written = _written(lines, suffix, before, after)
    edited = "".join(_taken_over(lines.splitlines(True), *written)).removesuffix(end)
    if not same_ends or _cells(edited, suffix, after.path) != [_said(cell) for cell in after.cells]:
        raise BadInputError(
            f"`{before.path}` cannot be edited without touching other lines.",
            "Open it in JupyterLab and make the change of `--diff` there.",
        )
    return mark + edited.replace("\n", newline)


def _written(
    text: str, suffix: str, before: Notebook, after: Notebook
) -> tuple[list[str], list[str]]:
    """The lines that jupytext writes for the page before and after."""
    import jupytext
    from nbformat.v4 import new_code_cell

    form = formats.text_format(text, suffix)
    page = jupytext.reads(text, fmt=form)
    first: str = jupytext.writes(page, fmt=form)
    old: dict[str, Any] = {cell.id: raw for cell, raw in zip(before.cells, page.cells, strict=True)}
    new: Callable[[], Any] = new_code_cell
    page.cells = [old.get(cell.id) or new() for cell in after.cells]
    for cell, raw in zip(after.cells, page.cells, strict=True):
        raw.source = cell.source
    second: str = jupytext.writes(page, fmt=form)
    return first.splitlines(True), second.splitlines(True)


def _taken_over(lines: Sequence[str], first: Sequence[str], second: Sequence[str]) -> list[str]:
    """``lines`` with what differs between ``first``, which is nearly the same, and ``second``."""
    place: dict[int, int] = {}
    for block in SequenceMatcher(None, first, lines, autojunk=False).get_matching_blocks():
        place |= {block.a + k: block.b + k for k in range(block.size)}
    place[-1], place[len(first)] = -1, len(lines)
    made = list(lines)
    changes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for kind, start, end, new_start, new_end in reversed(changes):
        if kind == "insert":
            at = place.get(start, place.get(start - 1, len(lines) - 1) + 1)
            made[at:at] = second[new_start:new_end]
        elif kind != "equal" and start in place and end - 1 in place:
            made[place[start] : place[end - 1] + 1] = second[new_start:new_end]
    return made


def _cells(text: str, suffix: str, path: str) -> list[tuple[str, str]]:
    page = formats.notebook_of(formats.from_text(text, suffix, path), path)
    return [_said(cell) for cell in page.cells]


def _said(cell: Cell) -> tuple[str, str]:
    return cell.kind, cell.source.rstrip("\n")
