"""Extraction, planned and not written: selected cells in, files and cell edits out."""

from __future__ import annotations

from .annotations import Types
from .options import Options
from .plan import ends_of, plan, with_calls
from .project import Project
from .several import plan_cells
from .split import plan_split, sections_for
from .suggest import suggest

__all__ = [
    "Options",
    "Project",
    "Types",
    "ends_of",
    "plan",
    "plan_cells",
    "plan_split",
    "sections_for",
    "suggest",
    "with_calls",
]
