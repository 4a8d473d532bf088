"""Names of calls and attributes that the reading of expressions knows."""

from __future__ import annotations

NAMESPACE_CALLS = frozenset({"globals", "locals", "vars"})
TEXT_READERS = frozenset({"query", "eval"})
"""pandas methods whose text names variables as ``@name``."""
