"""Where code that would take or give too many names is best cut in two."""

from __future__ import annotations

from collections.abc import Sequence

from .page import Page, PageStatement, named
from .parts import Parts
from .words import listed_names

LEAST = 2
"""Statements on either side."""


def halves(parts: Parts, page: Page) -> str:
    """As in "Lines 1 to 4 and 5 to 9 share `total` only."; ``""`` where it cannot be cut.

    The cut with the fewest names that the first part binds and the second one reads; of equal
    ones, the one nearest to the middle.
    """
    own = {statement.place: statement for statement in page.statements}
    body = [own[s.place] for s in parts.body if s.place in own]
    cuts = range(LEAST, len(body) - LEAST + 1)
    if not cuts:
        return ""
    at = min(cuts, key=lambda cut: (len(_shared(body, cut)), abs(2 * cut - len(body))))
    shared = sorted(_shared(body, at))
    names = listed_names(shared) or "nothing"
    only = " only" if shared else ""
    return f"{_place(body[:at], body)} and {_place(body[at:], body).lower()} share {names}{only}."


def _shared(body: Sequence[PageStatement], cut: int) -> set[str]:
    bound = {name for s in body[:cut] for name in s.flow.bound}
    read = {n for s in body[cut:] for n in (*s.flow.exposed, *s.flow.late, *s.flow.soft)}
    return bound & read


def _place(some: Sequence[PageStatement], body: Sequence[PageStatement]) -> str:
    """``Lines 1 to 4``, with their cell where there are several."""
    first, last = some[0], some[-1]
    ends = first.facts.line, last.facts.end_line
    if first.cell.id == last.cell.id:
        lines = f"Lines {ends[0]} to {ends[1]}" if ends[0] < ends[1] else f"Line {ends[0]}"
        several = body[0].cell.id != body[-1].cell.id
        return f"{lines} of {named(first.cell)}" if several else lines
    return f"Line {ends[0]} of {named(first.cell)} to line {ends[1]} of {named(last.cell)}"
