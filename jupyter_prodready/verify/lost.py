"""Code that the session ran and the page has not any more, put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..analysis.facts import facts_of
from ..fixes import pages
from ..fixes.bench import all_deferred
from ..fixes.lost_seeds import place_in_session
from ..model import Fix, Notebook, Run
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
        places = [place_in_session(page, runs[:number]), _place_of(page, trouble)]
        for place in dict.fromkeys(place for place in places if place is not None):
            yield _inserted(page, runs[number], place)


def _plain(source: str) -> str:
    return source.strip()


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
