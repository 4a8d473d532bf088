"""Outputs come from an earlier kernel session.

## Why it matters
The kernel was restarted after these cells ran. What they show is from before, next to
outputs from now.

## Flagged
    # %% In [1]
    a = 1
    # %% earlier session [4]
    print(a)  # info: shows what it gave in an earlier kernel session

## Not flagged
    # %% earlier session [1]
    a = 1
    # %% earlier session [2]
    print(a)

## Not flagged
    # %% In [1]
    a = 1
    # %% never run
    print(a)

## What to do
Run the cells again, or clear their outputs.

## Known limits
Outputs say nothing of the session that they are from: a cell counts as old where no known run of this session is its own. Of a
copy of a cell that ran, with its output, nothing is said.
"""

from collections.abc import Iterator

from ..analysis.answers import is_copy
from ..analysis.difference import Difference
from ..analysis.rule import Draft, check
from ..analysis.timeline import History
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.INFO)
def find(difference: Difference, history: History) -> Iterator[Draft]:
    if history.evidence.saved or not history.runs or not history.complete:
        return
    plan = difference.plan
    unrun = plan.by_id.keys() - history.last.keys()
    old = [
        planned.cell
        for planned in (plan.cells if unrun else ())
        if planned.cell.id in unrun
        and planned.cell.execution_count is not None
        and planned.cell.source.strip()
        and not is_copy(history, planned)
    ]
    if old:
        message = "shows what it gave in an earlier kernel session"
        rest = tuple(cell.id for cell in old[1:])
        fixes = Reruns(difference).of(cell.id for cell in old)
        yield Draft(old[0].id, 1, message, affected=rest, fixes=fixes)
