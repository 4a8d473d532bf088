"""What code may depend on that cannot be looked up afterwards: read off its source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ..analysis.facts import facts_of
from ..model import Cell

EFFECTS = frozenset({"clock", "network", "opaque", "shell", "stdin", "writes-file"})
NATIVE = "pyarrow"
"""Reads files without Python. It is loaded by others, too, which hand it what they opened."""

CLOCK = frozenset(
    {
        "asctime", "ctime", "fromtimestamp", "getloadavg", "gmtime", "localtime", "monotonic",
        "monotonic_ns", "now", "perf_counter", "perf_counter_ns", "process_time", "thread_time",
        "time", "time_ns", "today", "utcnow", "virtual_memory",
    }
)  # fmt: skip
"""Names that ask the clock or the machine, of whatever library. Two runs within a minute may
agree where two within an hour do not."""


def doubtful(cells: Iterable[Cell]) -> str | None:
    """Why what these cells do is not to be taken for what they will do; None where nothing
    is known against it. Chance is not in it: two runs show that."""
    for cell in cells:
        found = next((e.detail for e in facts_of(cell.source).effects if e.kind in EFFECTS), None)
        found = found or doubt_in(facts_of(cell.source).code)
        if found is not None:
            return found
    return None


def doubt_in(source: str) -> str | None:
    """A name that asks the clock, or reads files unseen; a source that cannot be read is
    doubtful, too."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return "source"
    names = (name for node in ast.walk(tree) for name in _names(node))
    return next((name for name in names if name in CLOCK or name == NATIVE), None)


def _names(node: ast.AST) -> Iterator[str]:
    """``time.sleep`` and ``import time`` by themselves ask nothing."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value if node.value in ("now", "today") else ""
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id
    elif isinstance(node, ast.Import):
        yield from (NATIVE for alias in node.names if alias.name.split(".")[0] == NATIVE)
    elif isinstance(node, ast.ImportFrom):
        yield NATIVE if (node.module or "").split(".")[0] == NATIVE else ""
        names = [alias.name for alias in node.names]
        yield from ("time" if node.module == "time" and one != "sleep" else one for one in names)
