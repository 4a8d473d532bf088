"""Exit-code bits, and what goes to stderr."""

from __future__ import annotations

import sys

from ..errors import ProdreadyError

FOUND = 1
"""Certain findings, or: differs, fails, refused."""
COULD_NOT_RUN = 2
"""Could not run, or: unverified."""


def complain(error: ProdreadyError) -> None:
    """One line on stderr: what and where, then what to do."""
    tell(f"error: {error}")


def tell(message: str) -> None:
    print(f"jupyter prodready: {message}", file=sys.stderr)
