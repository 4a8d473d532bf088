"""Extraction, planned and not written: selected cells in, files and cell edits out."""

from __future__ import annotations

from .plan import plan
from .project import Project

__all__ = ["Project", "plan"]
