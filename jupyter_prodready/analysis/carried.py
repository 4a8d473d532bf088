"""Runs of cells whose code was moved into a module since, and does there what it did."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ..model import Carried, CellEdit, Evidence, Extraction, Notebook, Run
from ..records import replace
from .ownership import same_source

Modules = Mapping[str, str]


def carry(
    evidence: Evidence, carried: Sequence[Carried], notebook: Notebook, present: Modules
) -> Evidence:
    """The evidence as if the cells had been extracted before they ran.

    ``present`` are the project's modules of now. An extraction is left out where that would
    not be the same: it was undone, a cell of it ran with other code or failed, or cells that
    became one did not run once and in a row.
    """
    runs = evidence.runs
    for one in carried:
        if runs is not None and not _is_undone(one, notebook):
            old = _runs_until(one.last, runs)
            if _ran_as_it_was(one, old):
                runs = (*_carried(one, old, notebook, present), *runs[len(old) :])
    return evidence if runs is evidence.runs else replace(evidence, runs=runs)


def merged(extraction: Extraction, selection: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of cells that became one; cells that call a function each by itself are none."""
    after = {edit.cell_id: edit.after or "" for edit in extraction.change.cells}
    made = [(step.made.function, step.cells) for step in extraction.steps]
    groups = made or [(extraction.function, tuple(selection))]
    return tuple(cells for name, cells in groups if not _all_call(name, cells, after))


def _all_call(function: str, cells: Sequence[str], after: Mapping[str, str]) -> bool:
    call = re.compile(rf"\b{re.escape(function)}\(")
    return all(call.search(after.get(cell_id, "")) for cell_id in cells)


def _runs_until(count: int, runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(takewhile(lambda run: (run.execution_count or 0) <= count, runs))


def _is_undone(carried: Carried, notebook: Notebook) -> bool:
    shown = {cell.id: cell.source for cell in notebook.cells}
    return any(
        edit.before is not None and same_source(edit.before, shown.get(edit.cell_id))
        for edit in carried.edits
    )


def _ran_as_it_was(carried: Carried, runs: Sequence[Run]) -> bool:
    """Did each cell end well, with the code that it had, and in the order of the page?"""
    firsts = []
    for edit in sorted(carried.edits, key=lambda edit: edit.index):
        if edit.before is not None:
            own = [number for number, run in enumerate(runs) if run.cell_id == edit.cell_id]
            same = [number for number in own if _is_run_of(edit, runs[number])]
            if not same or same[-1] != own[-1]:
                return False
            firsts.append(same[0])
    together = all(_ran_together(cells, runs) for cells in carried.merged)
    return firsts == sorted(firsts) and together


def _is_run_of(edit: CellEdit, run: Run) -> bool:
    before = edit.before
    return before is not None and run.status == "ok" and same_source(before, run.source)


def _ran_together(cells: Sequence[str], runs: Sequence[Run]) -> bool:
    """Cells that became one must have run once, one behind the other."""
    if len(cells) < 2:
        return True
    places = [number for number, run in enumerate(runs) if run.cell_id in cells]
    in_a_row = places == list(range(places[0], places[0] + len(places)))
    return in_a_row and [runs[number].cell_id for number in places] == list(cells)


def _carried(
    carried: Carried, runs: Sequence[Run], notebook: Notebook, present: Modules
) -> tuple[Run, ...]:
    modules = carried.modules or tuple(sorted(present.items()))
    edits = {edit.cell_id: edit for edit in carried.edits}
    found: list[Run] = []
    for run in runs:
        edit = edits.get(run.cell_id or "")
        if edit is None or not _is_run_of(edit, run):
            found.append(run)
        elif edit.after is not None:
            new = _with_new(run.modules, modules)
            found.append(replace(run, source=edit.after, modules=new))
    for edit in carried.edits:
        if edit.before is None:
            found = [run for run in found if run.cell_id != edit.cell_id]  # it ran at the end
            place = _place_of(edit.cell_id, found, notebook, edits)
            above = [run.execution_count or 0 for run in found[:place]]
            new_run = Run(None, edit.after, cell_id=edit.cell_id, after=max(above, default=0))
            found.insert(place, replace(new_run, modules=modules))
    return tuple(found)


def _place_of(
    cell_id: str, runs: Sequence[Run], notebook: Notebook, edits: Mapping[str, CellEdit]
) -> int:
    """Where a cell that is new would have run: before all that stand below it, and before
    the cells that need its import."""
    ids = [cell.id for cell in notebook.cells]
    below = set(ids[ids.index(cell_id) + 1 :]) if cell_id in ids else edits.keys()
    return next((n for n, run in enumerate(runs) if run.cell_id in below), len(runs))


def _with_new(
    old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """The modules that a run found, and those that came since."""
    return tuple(sorted({**dict(new), **dict(old)}.items()))
