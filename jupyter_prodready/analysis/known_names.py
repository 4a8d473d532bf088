"""Names of calls and attributes that the reading of expressions knows."""

from __future__ import annotations

NAMESPACE_CALLS = frozenset({"globals", "locals", "vars"})
TEXT_READERS = frozenset({"query", "eval"})
"""pandas methods whose text names variables as ``@name``."""
ONLY_LOOK = frozenset(
    [
        "print", "repr", "str", "len", "type", "id", "isinstance", "issubclass", "callable",
        "hasattr", "getattr", "dir", "help", "display", "bool", "hash",
    ]
)  # fmt: skip
"""Builtins that call no function given to them, and use up no iterator."""
STORING = frozenset({"append", "appendleft", "insert", "setdefault"})
"""Methods of containers that call and use up nothing of what they are given."""
CALLS_ARGUMENT = frozenset(
    [
        "sorted",
        "sort",
        "max",
        "min",
        "apply",
        "reduce",
        "transform",
        "agg",
        "aggregate",
        "applymap",
        "pipe",
        "accumulate",
    ]
)
"""Calls that run a function given to them at once, for every element."""
