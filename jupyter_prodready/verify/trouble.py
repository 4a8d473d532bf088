"""The first cell that fails or differs, and what its error is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

MISSING_FILE = ("FileNotFoundError", "NotADirectoryError")
_QUOTED = re.compile(r"['\"`]([^'\"`]+)['\"`]")


@dataclass(frozen=True)
class Trouble:
    """The first cell that fails or differs, and its error if it has one.

    ``varies``: some cell of the page shows something else in each clean run.
    """

    cell_id: str
    error: str | None = None
    detail: str = ""
    line: int | None = None
    varies: bool = False


def quoted(detail: str) -> str | None:
    """What is in quotes: the name, module or file that an error is about."""
    found = _QUOTED.findall(detail)
    return found[0 if detail.startswith(("NameError", "Module")) else -1] if found else None


def missing_path(trouble: Trouble) -> str | None:
    """The path of the file that was not found."""
    return quoted(trouble.detail) if trouble.error in MISSING_FILE else None
