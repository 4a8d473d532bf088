"""A name without a value above: the fix of the page that gives it one, as one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..fixes import pages
from ..model import Extraction, Finding, Fix, Refusal, Remedy
from .asked import Asked

MOST_TRIED = 4
"""Each try plans the extraction once more."""

Offer = tuple[Finding, Fix]


def needs_fixes(refused: Extraction) -> bool:
    """Does a name lack its value?"""
    return any(_is_unbound(refusal) for refusal in refused.refusals)


def with_fixes(asked: Asked, refused: Extraction, offers: Sequence[Offer]) -> Extraction:
    """``refused`` with a `Remedy` beside each name to which one of ``offers`` gives a value.

    Each was tried: with its edits the refusal is gone, and none comes.
    """
    selected = set(asked.chosen.cells)
    ours = [one for one in offers if one[0].cell_id in selected and _fits(asked, one[1])]
    refusals = refused.refusals
    for finding, fix in ours[:MOST_TRIED]:
        page = pages.edited(asked.notebook, fix.cells)
        left = {_key(one) for one in replace(asked, notebook=page).plan().refusals}
        if left <= {_key(one) for one in refused.refusals}:
            refusals = tuple(
                _mended(one, finding, fix) if _is_unbound(one) and _key(one) not in left else one
                for one in refusals
            )
    return replace(refused, refusals=refusals)


def _is_unbound(refusal: Refusal) -> bool:
    return refusal.code == "unbound"


def _fits(asked: Asked, fix: Fix) -> bool:
    """Lines that are selected of a cell stay those lines."""
    return all(edit.cell_id not in asked.chosen.lines for edit in fix.cells)


def _key(refusal: Refusal) -> tuple[str | None, str]:
    return refusal.cell_id, refusal.message


def _mended(refusal: Refusal, finding: Finding, fix: Fix) -> Refusal:
    action = Remedy("replace", edits=fix.cells)
    return replace(refusal, message=f"{finding.message}.", remedy=f"{fix.title}.", action=action)
