"""Seed a generator: the global one below its import, or a call by an argument of its own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Sequence
from itertools import islice

from ..analysis.site_walk import sites_of
from ..analysis.sites import Site, Sites
from ..analysis.timeline import Plan, PlannedCell
from ..model import CellEdit, Fix, Run
from . import pages
from .bench import Bench
from .lost_seeds import lost_seeds

SEEDING = {
    "python": ("random", "random", "seed(0)"),
    "numpy": ("numpy", "np", "random.seed(0)"),
    "torch": ("torch", "torch", "manual_seed(0)"),
    "tensorflow": ("tensorflow", "tf", "random.set_seed(0)"),
}
"""Generator: its module, what people call that, and the call that seeds it."""

MOST_LOST = 5
"""Lines that seeded which are tried."""
Unseeded = Callable[[Sites], Collection[str]]
"""The sources of chance that a page leaves unseeded."""


def seeded(
    source: str, group: Sequence[Site], plan: Plan, runs: Sequence[Run], unseeded: Unseeded
) -> tuple[Fix, ...]:
    """Seed ``source``, which ``group`` draws from: a global generator by its name (`numpy`),
    or calls that make their own. A line that seeded it in one of the ``runs`` goes before all
    others: with another number what the page shows would change.

    Offered only if the page, planned again, is not ``unseeded`` there any more.
    """
    bench = Bench(plan)
    lost = islice(lost_seeds(plan.notebook, runs), MOST_LOST) if source in SEEDING else ()
    made = [pages.fix_of("add-seed", title, e) for title, e in _candidates(source, group, plan)]
    for fix in (*lost, *made):
        if fix.cells and bench.mends(fix.cells, ()):
            page = pages.edited(plan.notebook, fix.cells)
            if source not in unseeded(sites_of(page)):
                return (fix,)
    return ()


def _candidates(
    source: str, group: Sequence[Site], plan: Plan
) -> list[tuple[str, tuple[CellEdit, ...]]]:
    if source not in SEEDING:
        name = group[0].last
        return [(f"Seed with `{name}(0)`", _with_argument("0", group, plan))]
    found = []
    if all(_takes_state(site) for site in group):
        edits = _with_argument("random_state=0", group, plan)
        found.append(("Add `random_state=0`", edits))
    line, edit = _global(source, plan)
    return [*found, (f"Seed with `{line}`", (edit,) if edit is not None else ())]


def _takes_state(site: Site) -> bool:
    by_sklearn = site.name.startswith(("sklearn.", "imblearn."))
    return by_sklearn or site.last == "rvs" or (site.last == "sample" and "random" not in site.name)


# --- an argument ------------------------------------------------------------------------------


def _with_argument(text: str, group: Sequence[Site], plan: Plan) -> tuple[CellEdit, ...]:
    """``text`` as the last argument of every call; nothing where a call is somewhere else."""
    edits: list[CellEdit] = []
    for cell_id in dict.fromkeys(site.cell_id for site in group):
        planned = plan.by_id[cell_id]
        calls = [site for site in group if site.cell_id == cell_id]
        if any(site.through is not None for site in calls):
            return ()
        source = _with_arguments(text, [site.node for site in calls], planned)
        if source is None:
            return ()
        edits.append(pages.replacement(planned.cell, source))
    return tuple(edits)


def _with_arguments(text: str, nodes: Sequence[ast.expr], planned: PlannedCell) -> str | None:
    lines = planned.cell.source.split("\n")
    code = planned.facts.code.split("\n")
    places = {(node.end_lineno or 0, node.end_col_offset or 0): node for node in nodes}
    for (line, column), node in sorted(places.items(), reverse=True):
        if not isinstance(node, ast.Call) or lines[line - 1 : line] != code[line - 1 : line]:
            return None
        raw = lines[line - 1].encode()
        if raw[column - 1 : column] != b")":
            return None
        head = raw[: column - 1].rstrip()
        given = bool(node.args or node.keywords)
        comma = b"" if not given or not head or head.endswith(b",") else b", "
        space = b" " if given and head.endswith(b",") else b""
        lines[line - 1] = (head + comma + space + text.encode() + raw[column - 1 :]).decode()
    return "\n".join(lines)


# --- the global generator ----------------------------------------------------------------------


def _global(source: str, plan: Plan) -> tuple[str, CellEdit | None]:
    """(the line that seeds, where it goes: below the import of the module)."""
    module, usual, call = SEEDING[source]
    for planned in plan.cells:
        statements = planned.facts.statements
        for number, statement in enumerate(statements):
            names = [i for i in statement.imports if i.module.split(".")[0] == module]
            if not names:
                continue
            alias = next((i.asname for i in names if i.name is None and i.module == module), None)
            line = f"{alias or usual}.{call}"
            new = [line] if alias else [_import_line(module, usual), line]
            source_text = pages.with_lines(
                planned.cell.source, _end_of_imports(planned, number), new
            )
            return line, pages.replacement(planned.cell, source_text)
    return f"{usual}.{call}", None


def _import_line(module: str, usual: str) -> str:
    return f"import {module}" if module == usual else f"import {module} as {usual}"


def _end_of_imports(planned: PlannedCell, number: int) -> int:
    """The last line of the imports that follow each other from this statement on."""
    end = planned.facts.statements[number].end_line
    for statement in planned.facts.statements[number + 1 :]:
        if not isinstance(statement.node, (ast.Import, ast.ImportFrom)):
            break
        end = statement.end_line
    return end
