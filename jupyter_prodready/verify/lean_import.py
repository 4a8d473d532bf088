"""Importing nbclient without the grammar of URIs, which nothing here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

URI_GRAMMAR = "rfc3987_syntax"
"""An optional part of jsonschema, which nbformat imports. It builds its parser when it is
imported: 1.5 s, four fifths of the start of a worker and of the command line."""


@contextmanager
def without_uri_grammar() -> Iterator[None]:
    """Imports inside see it as not installed, unless this process has it already."""
    if URI_GRAMMAR in sys.modules:
        yield
        return
    sys.modules[URI_GRAMMAR] = cast(ModuleType, None)
    try:
        yield
    finally:
        del sys.modules[URI_GRAMMAR]
