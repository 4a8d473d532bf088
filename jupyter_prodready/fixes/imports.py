"""Put an import where the page has its imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from ..analysis.difference import MissingName
from ..analysis.timeline import Plan, PlannedCell
from ..model import CellEdit, Fix
from . import pages
from .bench import Bench, Gap

KNOWN = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "os": "import os",
    "sys": "import sys",
    "json": "import json",
    "re": "import re",
    "math": "import math",
    "Path": "from pathlib import Path",
}
_OF_DATETIME = frozenset({"datetime", "date", "time", "timedelta", "timezone", "UTC", "MINYEAR"})


def known(plan: Plan) -> Callable[[Sequence[MissingName]], tuple[Fix, ...]]:
    """Add the import behind a name that everybody writes alike (`np`, `plt`, `Path`)."""
    bench = Bench(plan)
    return lambda group: _known(group, bench)


def _known(missing: Sequence[MissingName], bench: Bench) -> tuple[Fix, ...]:
    at = bench.plan.by_id[missing[0].cell_id]
    names = dict.fromkeys(one.name for one in missing)
    lines = [line for name in names if (line := _line_for(name, bench.plan))]
    if len(lines) < len(names):
        return ()
    gaps = frozenset((one.cell_id, one.name) for one in missing)
    fix = import_fix(lines, at, gaps, bench)
    return (fix,) if fix is not None else ()


def import_fix(
    lines: Sequence[str], at: PlannedCell, gaps: frozenset[Gap], bench: Bench
) -> Fix | None:
    """Add import ``lines`` to the first cell with imports, else as a new first cell."""
    text = "; ".join(line.strip() for line in lines if line.strip())
    for edit in _places(lines, at, bench.plan):
        if bench.mends((edit,), gaps):
            return pages.fix_of("add-import", f"Add `{text}`", (edit,))
    return None


def _places(lines: Sequence[str], at: PlannedCell, plan: Plan) -> list[CellEdit]:
    found: list[CellEdit] = []
    home = next((c for c in plan.cells if _last_import(c) and c.facts.python), None)
    if home is not None and home.cell.index <= at.cell.index:
        source = pages.with_lines(home.cell.source, _last_import(home), lines)
        found.append(pages.replacement(home.cell, source))
    first = plan.cells[0].cell.index if plan.cells else 0
    found.append(pages.insertion(plan.notebook, first, "\n".join(lines)))
    return found


def _last_import(planned: PlannedCell) -> int:
    """The line of the last import before other code follows; 0 without one."""
    last = 0
    for statement in planned.facts.statements:
        if isinstance(statement.node, (ast.Import, ast.ImportFrom)):
            last = statement.end_line
        elif last:
            break
    return last


def _line_for(name: str, plan: Plan) -> str | None:
    if name != "datetime":
        return KNOWN.get(name)
    used = {
        node.attr
        for planned in plan.cells
        for statement in planned.facts.statements
        if statement.node is not None
        for node in ast.walk(statement.node)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "datetime"
    }
    is_module = used and used <= _OF_DATETIME
    return "import datetime" if is_module else "from datetime import datetime"
