"""A cell computes with the time of the run.

## Why it matters
Tomorrow the same code gives another result: another day is "today", another row is recent,
another file name is written.

## Flagged
    # %% In [1]
    from datetime import datetime, timedelta
    # %% In [2]
    since = datetime.now() - timedelta(days=7)  # warning: `datetime.now` makes what is computed here depend on when it runs
    # %% In [3]
    since

## Flagged
    # %% In [1]
    import pandas as pd
    today = pd.Timestamp.today()  # warning: `pd.Timestamp.today` makes what is computed here depend on when it runs
    # %% In [2]
    pd.DataFrame({"day": [today]})

## Flagged
    # %% In [1]
    import time
    start = time.time()  # info: `time.time` is shown or measured with: the output differs from run to run
    total = sum(range(1000))
    print(f"took {time.time() - start:.1f} s")

## Not flagged
    # %% In [1]
    import logging
    from datetime import date, datetime
    logging.info("started at %s", datetime.now())
    deadline = date(2024, 5, 1)
    datetime.strptime("2024-05-01", "%Y-%m-%d")

## Not flagged
    # %% In [1]
    %%time
    import time
    time.sleep(0)

## What to do
Write the date down as a parameter in the first cell, and compute from that.

## Known limits
A time that is only printed or used to measure is told as a note, once. Clock calls of `time`,
`datetime`, pandas, NumPy, arrow and pendulum are known by name.
"""

import ast
from collections.abc import Iterator

from ..analysis.effect_tables import (
    CLOCK_READS,
    CLOCK_WORDS,
    LOGS,
    NEEDS_CLOCK_WORD,
    SHOWN,
    STOPWATCHES,
)
from ..analysis.rule import Draft, check
from ..analysis.sites import Site, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity

_PASSED_ON = ast.Attribute | ast.FormattedValue | ast.JoinedStr | ast.Tuple | ast.keyword


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites, plan: Plan) -> Iterator[Draft]:
    clocks = [
        one for one in sites.named(_CLOCKS.__contains__) if isinstance(one, Site) and _asks(one)
    ]
    if not clocks:
        return
    page = _Uses(sites, clocks)
    kinds = [(site, page.kind(site.node, frozenset())) for site in clocks]
    computed = [site for site, kind in kinds if kind == "computed"]
    shown = [site for site, kind in kinds if kind == "shown"]
    if computed:
        message = "{} makes what is computed here depend on when it runs"
        yield _draft(computed, message, None, plan)
    if shown:
        message = "{} is shown or measured with: the output differs from run to run"
        yield _draft(shown, message, Severity.INFO, plan)


def _draft(group: list[Site], message: str, severity: Severity | None, plan: Plan) -> Draft:
    first = group[0]
    shown = first.through or ast.unparse(first.call.func if first.call else first.node)
    affected = spread(plan, group, below=severity is None)
    text = message.format(f"`{shown}`")
    return Draft(first.cell_id, first.line, text, affected=affected, severity=severity)


_UNLESS_GIVEN = ("time.localtime", "time.gmtime", "time.ctime", "time.strftime")
_CLOCKS = frozenset([*NEEDS_CLOCK_WORD, *_UNLESS_GIVEN, *CLOCK_READS, *STOPWATCHES])


def _asks(site: Site) -> bool:
    """Does this call of one of `_CLOCKS` ask for the time?"""
    if site.name in NEEDS_CLOCK_WORD:
        first = site.call.args[0] if site.call is not None and site.call.args else None
        return isinstance(first, ast.Constant) and first.value in CLOCK_WORDS
    if site.name in _UNLESS_GIVEN:
        given = len(site.call.args) if site.call is not None else 0
        return given == (1 if site.name == "time.strftime" else 0)
    return True


class _Uses:
    """What becomes of a time: *computed* with, only *shown*, or *logged*."""

    def __init__(self, sites: Sites, clocks: list[Site]) -> None:
        self._above: dict[int, ast.AST] = {}
        self._loads: dict[str, list[ast.Name]] = {}
        for _, statement in sites.statements:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    self._loads.setdefault(node.id, []).append(node)
                for child in ast.iter_child_nodes(node):
                    self._above[id(child)] = node
        self._clocks = {id(site.node) for site in clocks}
        self._times = {name for site in clocks if (name := self._assigned(site.node))}

    def kind(self, node: ast.AST, seen: frozenset[str]) -> str:
        """Climbs from a time to what uses it."""
        measured = False
        while (above := self._above.get(id(node))) is not None:
            if isinstance(above, ast.BinOp) and self._is_duration(above):
                measured = True
            elif isinstance(above, ast.Call) and node is not above.func:
                name = above.func.attr if isinstance(above.func, ast.Attribute) else ""
                name = above.func.id if isinstance(above.func, ast.Name) else name
                if name in LOGS:
                    return "logged"
                if name in SHOWN:
                    return "shown"
                if name not in ("str", "round", "int", "float", "format"):
                    return "shown" if measured else "computed"
            elif isinstance(above, ast.Assign):
                return self._named(above, measured, seen)
            elif isinstance(above, ast.Expr):
                return "shown"
            elif not isinstance(above, (_PASSED_ON, ast.Call, ast.BinOp)) or (
                isinstance(above, ast.BinOp) and not measured
            ):
                return "computed"
            node = above
        return "computed"

    def _named(self, assign: ast.Assign, measured: bool, seen: frozenset[str]) -> str:
        target = assign.targets[0]
        if not isinstance(target, ast.Name) or len(assign.targets) > 1:
            return "shown" if measured else "computed"
        if measured or target.id in seen:
            return "shown"
        kinds = {self.kind(use, seen | {target.id}) for use in self._loads.get(target.id, [])} - {
            "logged"
        }
        return "computed" if "computed" in kinds else "shown" if kinds else "logged"

    def _is_duration(self, node: ast.BinOp) -> bool:
        return isinstance(node.op, ast.Sub) and all(map(self._is_time, (node.left, node.right)))

    def _is_time(self, node: ast.expr) -> bool:
        return id(node) in self._clocks or (isinstance(node, ast.Name) and node.id in self._times)

    def _assigned(self, node: ast.AST) -> str | None:
        above = self._above.get(id(node))
        target = above.targets[0] if isinstance(above, ast.Assign) else None
        return target.id if isinstance(target, ast.Name) else None
