"""A line that seeded in this session and is not on the page any more, put back where it stood."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..analysis.effect_tables import SEEDING
from ..model import Cell, Fix, Notebook, Run
from . import pages


def lost_seeds(page: Notebook, runs: Sequence[Run]) -> Iterator[Fix]:
    """Put back a line that seeded, is on no cell, and is no older version of one, newest first."""
    here = {cell.id: dict(_seedings(cell.source)) for cell in page.code_cells}
    tried = {text for found in here.values() for text in found.values()}
    for number, run in reversed([*enumerate(runs)]):
        for call, text in _seedings(run.source or ""):
            if (
                call not in here.get(run.cell_id or "", ())
                and text not in tried
                and run.status == "ok"
            ):
                tried.add(text)
                yield _put_back(page, runs[: number + 1], text)


def _seedings(source: str) -> Iterator[tuple[str, str]]:
    """(function, line) of each statement of one line that only seeds."""
    lines = source.split("\n")
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = ast.unparse(node.value.func)
            if call.rpartition(".")[2] in SEEDING and node.lineno == node.end_lineno:
                yield call, lines[node.lineno - 1].strip()


def _put_back(page: Notebook, runs: Sequence[Run], text: str) -> Fix:
    """The line of the last of ``runs``."""
    *before, run = runs
    lines = (run.source or "").split("\n")
    line = 1 + [one.strip() for one in lines].index(text)
    home = page.cell(run.cell_id)
    if home is None:
        edit = pages.insertion(page, place_in_session(page, before) or 0, text)
        return pages.fix_of("restore-source", f"Put `{text}` back", (edit,))
    after = _line_now(lines, home, line)
    edit = pages.replacement(home, pages.with_lines(home.source, after, [text]))
    return pages.fix_of("restore-line", f"Put `{text}` back into {home.name}", (edit,))


def _line_now(before: Sequence[str], home: Cell, line: int) -> int:
    """The line of the cell as it is now below which that line stood."""
    from difflib import SequenceMatcher  # takes 2 ms of a start, and is seldom needed

    now = home.source.split("\n")
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    above = [block.b + min(block.size, line - 1 - block.a) for block in blocks if block.a < line]
    return max((one for one in above if one > 0), default=0)


def place_in_session(page: Notebook, before: Sequence[Run]) -> int | None:
    """Below the cell that ran before it."""
    for run in reversed(before):
        cell = page.cell(run.cell_id)
        if cell is not None:
            return cell.index + 1
    return 0 if before else None
