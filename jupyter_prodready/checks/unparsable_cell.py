"""A cell is not valid Python.

## Why it matters
A clean run stops at it, and nothing can be said about the names that it would define.

## Flagged
    # %% never run
    total = (1 +  # error: it does not parse ('(' was never closed)

## Not flagged
    # %% In [1]
    %matplotlib inline
    files = !ls
    print(files)

## Not flagged
    # %% never run
    %%bash
    echo not python at all ((

## What to do
Correct the syntax. A cell of another language starts with its cell magic (`%%bash`).

## Known limits
Cells are read by the Python that the check runs in. Where the notebook was saved by a newer one, a
cell that cannot be read is a possible finding; one that ran well as it stands is none, and what
it does is unknown.
"""

from collections.abc import Iterator

from ..analysis.rule import Draft, check, failing
from ..analysis.timeline import Plan
from ..model import Severity


@check(severity=Severity.ERROR)
def find(plan: Plan, ran: frozenset[str]) -> Iterator[Draft]:
    certain = not plan.notebook.is_of_newer_python
    for planned in [one for one in plan.cells if not one.steps]:
        error = planned.facts.error
        if error is not None and planned.cell.id not in ran:
            message = f"it does not parse ({error.message})"
            yield Draft(
                planned.cell.id,
                error.line,
                message,
                certain=certain,
                consequence=failing(certain=certain),
            )
