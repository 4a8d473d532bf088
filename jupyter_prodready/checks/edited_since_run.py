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

A cell that merely calls things otherwise shows what a clean run shows. That is a note: the kernel has the older name.

## Flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% edited since
    price = 0.2  # info: renamed after it ran: the kernel has `rate`, not `price`
    # %% In [2]

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

from collections.abc import Iterator, Mapping

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
        names = difference.renamed.get(planned.cell.id)
        if names == {}:
            continue
        affected = tainted_cells(difference, "edited-since-run", planned.cell.id)
        yield Draft(
            planned.cell.id,
            _first_change(planned, past),
            _message(names or {}),
            severity=Severity.INFO if names else None,
            cause=cause_of(past, planned),
            affected=affected,
            fixes=reruns.of((planned.cell.id, *affected)),
        )


def _message(names: Mapping[str, str]) -> str:
    """``names`` are the new names by the old ones of a cell that was only renamed."""
    if not names:
        return "edited after it ran: what it shows and defines is from older code"
    old, new = (", ".join([f"`{one}`" for one in which]) for which in (names, names.values()))
    return f"renamed after it ran: the kernel has {old}, not {new}"


def _first_change(planned: PlannedCell, past: PastRun) -> int:
    """The first statement that the run did not have."""
    ran = set(past.facts.keys)
    lines = [s.line for s in planned.facts.statements if s.key not in ran]
    return lines[0] if lines else 1
