"""Code that the session ran and the page has not any more, put back."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..analysis.effect_tables import SEEDING
from ..analysis.facts import facts_of
from ..fixes import pages
from ..fixes.bench import all_deferred
from ..model import Cell, Fix, Notebook, Run
from .plan import name_of
from .trouble import Trouble

MOST_LOST = 3


def lost_code(page: Notebook, runs: Sequence[Run], trouble: Trouble) -> Iterator[Fix]:
    """Bring back what ran, is on no cell, and was no older version of one."""
    here = {cell.id for cell in page.cells}
    kept = {_plain(cell.source) for cell in page.code_cells}
    gone: dict[str, int] = {}
    for number, run in enumerate(runs):
        source = _plain(run.source or "")
        if run.status == "ok" and source and source not in kept and run.cell_id not in here:
            gone[source] = number
    for source in sorted(gone, key=lambda one: -gone[one])[:MOST_LOST]:
        number = gone[source]
        places = [_place_in_session(page, runs[:number]), _place_of(page, trouble)]
        for place in dict.fromkeys(place for place in places if place is not None):
            yield _inserted(page, runs[number], place)


def _plain(source: str) -> str:
    return source.strip()


def _place_in_session(page: Notebook, before: Sequence[Run]) -> int | None:
    """Below the cell that ran before it."""
    for run in reversed(before):
        cell = page.cell(run.cell_id)
        if cell is not None:
            return cell.index + 1
    return 0 if before else None


def _place_of(page: Notebook, trouble: Trouble) -> int | None:
    cell = page.cell(trouble.cell_id)
    return None if cell is None else cell.index


def _inserted(page: Notebook, run: Run, place: int) -> Fix:
    edit = pages.insertion(page, place, (run.source or "").strip("\n"))
    below = next((cell for cell in page.code_cells if cell.index >= place), None)
    where = f"above {name_of(below)}" if below is not None else "at the end"
    count = "" if run.execution_count is None else f" of In [{run.execution_count}]"
    kind, what = ("insert-code", "Insert the code") if run.cell_id is None else _RESTORED
    return pages.fix_of(kind, f"{what}{count} {where}", (edit,))  # type: ignore[arg-type]  # a pair of literals


_RESTORED = ("restore-source", "Restore the deleted code")


# --- an older version of a cell -----------------------------------------------------------


def former_cells(page: Notebook, runs: Sequence[Run]) -> Iterator[Fix]:
    """Put a cell back to what it ran before, where it gave a name then that others use."""
    used = {cell.id: _reads(cell.source) for cell in page.code_cells}
    tried: set[tuple[str, str]] = set()
    for run in reversed(runs):
        cell, source = page.cell(run.cell_id), run.source or ""
        if cell is None or run.status != "ok" or (cell.id, source) in tried:
            continue
        tried.add((cell.id, source))
        lost = _binds(source) - _binds(cell.source)
        if any(lost & names for other, names in used.items() if other != cell.id):
            count = "before" if run.execution_count is None else f"in In [{run.execution_count}]"
            title = f"Put {name_of(cell)} back as it was {count}"
            yield pages.fix_of("restore-source", title, (pages.replacement(cell, source),))


def _binds(source: str) -> set[str]:
    return {name for one in facts_of(source).statements for name in one.writes}


def _reads(source: str) -> set[str]:
    """Names that the cell reads, when it runs or when its functions are called."""
    found: set[str] = set()
    for one in facts_of(source).statements:
        found.update(read.name for read in one.reads)
        found.update(read.name for later in all_deferred(one) for read in later.reads)
    return found


# --- a seed ------------------------------------------------------------------------------


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
        edit = pages.insertion(page, _place_in_session(page, before) or 0, text)
        return pages.fix_of("restore-source", f"Put `{text}` back", (edit,))
    after = _line_now(lines, home, line)
    edit = pages.replacement(home, pages.with_lines(home.source, after, [text]))
    return pages.fix_of("restore-line", f"Put `{text}` back into {name_of(home)}", (edit,))


def _line_now(before: Sequence[str], home: Cell, line: int) -> int:
    """The line of the cell as it is now below which that line stood."""
    now = home.source.split("\n")
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    above = [block.b + min(block.size, line - 1 - block.a) for block in blocks if block.a < line]
    return max((one for one in above if one > 0), default=0)
