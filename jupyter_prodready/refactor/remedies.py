"""Remedies that are one step: each was tried, and leads to an extraction."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..analysis.facts import facts_of
from ..model import Cell, CellEdit, Extraction, Notebook, Refusal, Remedy
from .page import Page
from .source import Lines, Ranges, SelectedCell, read_cell
from .words import listed, listed_names

_UNSHOWN = re.compile(r"No line shows where `(\w+)` comes from: (.*)")
MOST_TRIED = 3
"""How many runs of lines are tried, the longest first."""


@dataclass(frozen=True)
class Asked:
    """What is to be extracted. ``stars`` are all names that ``from m import *`` binds, by
    module; one that is absent is not known."""

    notebook: Notebook
    selection: tuple[str, ...]
    lines: Ranges = field(default_factory=dict)
    stars: Mapping[str, Sequence[str]] = field(default_factory=dict)
    update: bool = False
    parameters: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()


Attempt = Callable[[Asked], Extraction]


def with_remedies(asked: Asked, refused: Extraction, attempt: Attempt) -> Extraction:
    """``refused`` with a `Remedy` beside every refusal that one step takes away."""

    def works(other: Asked) -> bool:
        return attempt(other).status == "preview"

    refused = replace(refused, refusals=_told_once(refused.refusals))
    given = _given(asked, refused, works)
    if given:
        return replace(refused, refusals=tuple(_with_given(asked, refused, given, attempt)))
    cells = _other_cells(asked, refused, works)
    lines = _other_lines(asked, refused, works)
    names = _names_for_stars(asked, works)
    other = any(refusal.code == "other-definition" for refusal in refused.refusals)
    newer = Remedy("update") if other and works(replace(asked, update=True)) else None
    plain = (replace(one, action=None) for one in refused.refusals)
    refusals = (_with_remedy(one, cells, lines, names, newer) for one in plain)
    return replace(refused, refusals=tuple(refusals))


def _with_remedy(
    refusal: Refusal,
    cells: Remedy | None,
    lines: Remedy | None,
    names: Remedy | None,
    newer: Remedy | None,
) -> Refusal:
    if refusal.code == "other-definition" and newer is not None:
        remedy = f"{refusal.remedy.rstrip('.')}, or replace it in this one."
        return replace(refusal, remedy=remedy, action=newer)
    if refusal.code == "star-import":
        return replace(refusal, action=names, remedy=_named_by(names) or refusal.remedy)
    if refusal.wanted:
        return replace(refusal, action=cells)
    if lines is None or lines.lines is None:
        return refusal
    if refusal.cell_id != lines.cell or refusal.line is None:
        return refusal
    first, last = lines.lines
    where = f"lines {first} to {last}" if last > first else f"line {first}"
    other = "" if refusal.code == "cut-statement" else refusal.remedy.rstrip(".") + ". Or extract"
    remedy = f"{other} {where} only." if other else refusal.remedy
    return replace(refusal, remedy=remedy, action=lines)


# --- what functions are given ---------------------------------------------------------


def _given(asked: Asked, refused: Extraction, works: Callable[[Asked], bool]) -> Sequence[Remedy]:
    """All names that functions could be given, or return, or both, where that is all that
    stands against it."""
    offered = [one.action for one in refused.refusals if one.action is not None]
    given, back = _names_of("parameters", offered), _names_of("returns", offered)
    parameters, returns = Remedy("parameters", names=given), Remedy("returns", names=back)
    if given and works(replace(asked, parameters=given)):
        return [parameters]
    if back and works(replace(asked, returns=back)):
        return [returns]
    if given and back and works(replace(asked, parameters=given, returns=back)):
        return [parameters, returns]
    return []


def _with_given(
    asked: Asked, refused: Extraction, given: Sequence[Remedy], attempt: Attempt
) -> Iterator[Refusal]:
    """Each refusal with the step that takes it away: the last, if the first leaves it."""
    first, last = given[0], given[-1]
    alone = replace(asked, parameters=first.names or ())
    left = attempt(alone).refusals if last is not first else ()
    staying = {(one.cell_id, one.message) for one in left}
    for one in refused.refusals:
        action = last if (one.cell_id, one.message) in staying else first
        yield replace(one, action=action)


def _names_of(kind: str, offered: Sequence[Remedy]) -> tuple[str, ...]:
    groups = (one.names or () for one in offered if one.kind == kind)
    return tuple(dict.fromkeys(name for names in groups for name in names))


# --- more cells ---------------------------------------------------------------------


def _other_cells(
    asked: Asked, refused: Extraction, works: Callable[[Asked], bool]
) -> Remedy | None:
    """The selection with every cell that a refusal wants, and all between."""
    wanted = {cell_id for refusal in refused.refusals for cell_id in refusal.wanted}
    if not wanted:
        return None
    chosen = [c for c in asked.notebook.code_cells if c.id in wanted or c.id in asked.selection]
    ends = chosen[0].index, chosen[-1].index
    ids = tuple(c.id for c in asked.notebook.code_cells if ends[0] <= c.index <= ends[1])
    lines = {one: asked.lines[one] for one in asked.lines if one not in wanted}
    other = replace(asked, selection=ids, lines=lines)
    return Remedy("cells", cells=ids) if not lines and works(other) else None


# --- fewer lines --------------------------------------------------------------------


def _other_lines(
    asked: Asked, refused: Extraction, works: Callable[[Asked], bool]
) -> Remedy | None:
    """The longest run of whole statements of the one selected cell that can be extracted."""
    if len(asked.selection) != 1 or any(len(ranges) > 1 for ranges in asked.lines.values()):
        return None
    (cell_id,) = asked.selection
    cell = asked.notebook.cell(cell_id)
    if cell is None or not cell.is_code:
        return None
    against = {r.line for r in refused.refusals if r.cell_id == cell_id and r.line is not None}
    selected = read_cell(cell, next(iter(asked.lines.get(cell_id, ())), None))
    runs = [selected.whole_lines] if selected.cut else _runs(selected, against)
    for lines in runs:
        if works(replace(asked, lines={cell_id: (lines,)})):
            return Remedy("lines", cell=cell_id, lines=lines)
    return None


def _runs(selected: SelectedCell, against: set[int]) -> list[Lines]:
    """Lines between those that something stands against, the longest run first."""
    barriers = sorted(_barriers(selected, against))
    first, last = selected.lines or (1, len(selected.cell.source.split("\n")))
    edges = [(first - 1, first - 1), *barriers, (last + 1, last + 1)]
    runs = []
    for (_, above), (below, _) in pairwise(edges):
        inside = [
            s for s in selected.statements if above < s.first_line and s.facts.end_line < below
        ]
        if inside:
            runs.append((inside[0].first_line, inside[-1].facts.end_line))
    return sorted(runs, key=lambda run: run[0] - run[1])[:MOST_TRIED]


def _barriers(selected: SelectedCell, against: set[int]) -> Iterator[Lines]:
    for line in against:
        owners = [s for s in selected.statements if s.first_line <= line <= s.facts.end_line]
        lines = [(s.first_line, s.facts.end_line) for s in owners] or [(line, line)]
        yield (min(first for first, _ in lines), max(last for _, last in lines))


# --- names for a star ---------------------------------------------------------------


def _names_for_stars(asked: Asked, works: Callable[[Asked], bool]) -> Remedy | None:
    """Every ``import *`` of the page with the names that the page mentions, if all that the
    modules bind is known."""
    page = Page.of(asked.notebook)
    edits = []
    for cell in asked.notebook.code_cells:
        after = _named_imports(cell, page.names, asked.stars)
        if after is None:
            return None
        if after != cell.source:
            edits.append(CellEdit("replace", cell.id, cell.index, cell.source, after))
    sources = {edit.cell_id: edit.after or "" for edit in edits}
    cells = [replace(c, source=sources.get(c.id, c.source)) for c in asked.notebook.cells]
    other = replace(asked, notebook=replace(asked.notebook, cells=tuple(cells)))
    return Remedy("replace", edits=tuple(edits)) if edits and works(other) else None


def _named_imports(
    cell: Cell, used: frozenset[str], stars: Mapping[str, Sequence[str]]
) -> str | None:
    """The cell with names for ``*``; None where they are not known or it is not alone."""
    lines = cell.source.split("\n")
    for fact in facts_of(cell.source).statements:
        tree = fact.node
        if not isinstance(tree, ast.ImportFrom) or tree.names[0].name != "*":
            continue
        module = "." * tree.level + (tree.module or "")
        names = sorted(used & set(stars.get(module, ())))
        text = f"from {module} import *"
        if not names or lines[tree.lineno - 1].strip() != text:
            return None
        lines[tree.lineno - 1] = lines[tree.lineno - 1].replace("*", ", ".join(names))
    return "\n".join(lines)


def _named_by(action: Remedy | None) -> str:
    """What is imported in the place of each star."""
    edits = action.edits if action is not None and action.edits else ()
    changed = (
        after
        for edit in edits
        for before, after in zip(_split(edit.before), _split(edit.after), strict=True)
        if before != after
    )
    lines = [line.strip() for line in changed]
    if len(lines) == 1:
        return f"Replace `*` with: {lines[0].partition(' import ')[2]}."
    return f"Write {listed([f'`{line}`' for line in lines])}." if lines else ""


def _split(text: str | None) -> list[str]:
    return (text or "").split("\n")


def _told_once(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """One refusal for all names that no line shows for one and the same reason."""
    found: dict[object, list[Refusal]] = {}
    for number, one in enumerate(refusals):
        match = _UNSHOWN.fullmatch(one.message)
        found.setdefault((one.cell_id, match[2]) if match else number, []).append(one)
    return tuple(_joined(group) for group in found.values())


def _joined(group: Sequence[Refusal]) -> Refusal:
    matches = [match for one in group if (match := _UNSHOWN.fullmatch(one.message))]
    if len(matches) < len(group) or len(group) == 1:
        return group[0]
    names = listed_names(list(dict.fromkeys(match[1] for match in matches)))
    return replace(group[0], message=f"No line shows where {names} come from: {matches[0][2]}")
