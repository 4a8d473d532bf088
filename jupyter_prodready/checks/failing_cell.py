"""A cell failed when it ran, as it stands.

## Why it matters
The error is on the page and the code is what it was then: Run All stops there.

## Flagged
    # %% In [1]
    text = "1,2"
    # %% In [2] (failed at line 1)
    number = int(text)  # error: it raised ValueError at line 1, on the inputs that a clean run gives it

## Flagged
    # %% In [1]
    text = "1,2"
    # %% In [2] (failed)
    number = int(text)  # warning: it raised ValueError when it ran

## Not flagged
    # %% In [1]
    text = "12"
    # %% In [2] (older version, failed at line 1)
    number = int(txt)
    # %% In [3]
    number = int(text)

## Not flagged
    # %% In [1] (older version)
    text = "1,2"
    # %% In [3]
    text = "12"
    # %% In [2] (failed at line 1)
    number = int(text)

## Not flagged
    # %% In [1]
    text = "12"
    # %% In [2] (interrupted at line 2)
    number = int(text)
    input("Wait")

## What to do
Mend the cell, or tag it `raises-exception` if it is meant to fail: Run All goes on behind it then.

## Known limits
It is certain where the traceback names the line, the run had what a clean run has, and neither the failing statement nor
what it started from asks for a file, the network, a module, the clock or a random number. Of a saved file nobody knows whether
the cell was edited since. Where it ran with other values than a clean run has, that is told instead. A missing name is told by its own check, names that other cells have of the failed run by
`partial-run`; a run that was interrupted is none that failed.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.failures import fails_again
from ..analysis.finer_kinds import half_run
from ..analysis.half_way import half_way
from ..analysis.paired import is_edited
from ..analysis.rule import Draft, check, failing
from ..analysis.tainted import by_root
from ..analysis.timeline import PastRun
from ..model import Severity


@check(severity=Severity.ERROR)
def find(difference: Difference) -> Iterator[Draft]:
    failed = [
        (planned, past)
        for planned, past in difference.apart.items()
        if past.run.status == "error" and not past.was_interrupted
    ]
    told = _told(difference) if failed else set()
    for planned, past in failed:
        cell = planned.cell
        meant = "raises-exception" in cell.tags
        unread = planned.facts.error is not None or is_edited(planned, past)
        if meant or unread or cell.id in told or past.run.source is None:
            continue
        certain = fails_again(difference, planned, past)
        line = past.run.error_line or (past.failing.facts.line if past.failing else 1)
        yield Draft(
            cell.id, line, _message(past, certain=certain), certain,
            consequence=failing(certain=certain),
        )  # fmt: skip


def _told(difference: Difference) -> set[str | None]:
    """Cells whose failure other findings tell, or that would start from other values."""
    halves = [half.past for half in half_way(difference)]
    halves += [
        past
        for root, _ in by_root(difference, "partial-run")
        if (past := half_run(difference, root)) is not None
    ]
    other = [taint.cell_id for taint in difference.taints if taint.root.kind != "unknown"]
    lacking = [name.cell_id for name in difference.missing]
    return {*other, *lacking, *[past.cell_id for past in halves]}


def _message(past: PastRun, *, certain: bool) -> str:
    name, line = past.run.error_name or "an error", past.run.error_line
    where = f" at line {line}" if line is not None else ""
    if certain:
        return f"it raised {name}{where}, on the inputs that a clean run gives it"
    return f"it raised {name}{where} when it ran"
