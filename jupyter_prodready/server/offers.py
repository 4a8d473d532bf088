"""Which fix an id names, on the page as it is now; CPU work for the worker process."""

from __future__ import annotations

from pathlib import Path

from ..model import Finding, Fix
from ..surroundings import look_around
from .answers import Witness, report_of


def offer(
    witness: Witness, local: Path | None, within: Path | None, kernel: Path | None, fix_id: str
) -> tuple[Finding, Fix] | None:
    """The finding and its fix, planned anew; None where the page has no such fix.

    The places are those of `answers.checked`.
    """
    for finding in _findings(witness, local, within, kernel):
        for fix in finding.fixes:
            if fix.id == fix_id:
                return finding, fix
    return None


def page_offers(
    witness: Witness, local: Path | None, within: Path | None, kernel: Path | None
) -> tuple[tuple[Finding, Fix], ...]:
    """The fixes of findings about names that edit the page as it is now."""
    named = (found for found in _findings(witness, local, within, kernel) if found.names)
    return tuple((finding, fix) for finding in named for fix in finding.fixes if fix.cells)


def _findings(
    witness: Witness, local: Path | None, within: Path | None, kernel: Path | None
) -> tuple[Finding, ...]:
    around = None
    if local is not None and within is not None:
        around = look_around(witness.live.notebook, local, within, kernel, witness.sources)
    return report_of(witness, local, around).findings
