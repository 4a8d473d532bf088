"""What is done to files: extract, apply, undo."""

from __future__ import annotations

from .apply import Undone, finish, undo_last
from .extract import extract_file

__all__ = ["Undone", "extract_file", "finish", "undo_last"]
