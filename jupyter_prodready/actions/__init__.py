"""What is done to files: extract, apply, undo."""

from __future__ import annotations

from .apply import Undone, finish, undo_last
from .extract import extract_file
from .fix import fix_file

__all__ = ["Undone", "extract_file", "finish", "fix_file", "undo_last"]
