"""The code of a cell changed after it ran.

## Why it matters
What the cell shows, and what it left in the kernel, comes from code that is not on the
page any more. A clean run gives something else.

## Flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% edited since
    rate = 0.3  # warning: edited after it ran: what it shows and defines is from older code
    # %% In [2]
    print(100 * rate)

## Not flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% edited since
    # the rate of the second quarter
    rate  =  0.2

## Not flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% In [2]
    rate = 0.3

## What to do
Run the cell again, and the cells that use what it defines.

## Known limits
Code counts, not layout: comments, blank lines and quotes do not. An edit that comes to the same is told where that does not
follow from plain Python, as with values of pandas and NumPy.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.rule import Draft, cause_of, check
from ..analysis.tainted import tainted_cells
from ..analysis.timeline import History, PastRun, PlannedCell
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference, history: History) -> Iterator[Draft]:
    reruns = Reruns(difference)
    for planned in difference.edited:
        past = history.last[planned.cell.id]
        affected = tainted_cells(difference, "edited-since-run", planned.cell.id)
        yield Draft(
            planned.cell.id,
            _first_change(planned, past),
            "edited after it ran: what it shows and defines is from older code",
            cause=cause_of(past, planned),
            affected=affected,
            fixes=reruns.of((planned.cell.id, *affected)),
        )


def _first_change(planned: PlannedCell, past: PastRun) -> int:
    """The first statement that the run did not have."""
    ran = set(past.facts.keys)
    lines = [s.line for s in planned.facts.statements if s.key not in ran]
    return lines[0] if lines else 1
