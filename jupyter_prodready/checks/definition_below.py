"""A cell uses a name that is defined only further down the page.

## Why it matters
Run top to bottom, the cell comes before the definition that it needs and raises
`NameError`.

## Flagged
    # %% In [2]
    print(total)  # error: `total` is defined only below, in [1]
    # %% In [1]
    total = 3

## Flagged
    # %% never run
    print(total)  # error: `total` is defined only below, in [ ] `total = 3`
    # %% never run
    total = 3

## Not flagged
    # %% In [1]
    def show():
        print(total)
    # %% In [2]
    total = 3
    # %% In [3]
    show()

## Not flagged
    # %% In [1]
    try:
        cache
    except NameError:
        cache = {}
    # %% In [2]
    print(cache)

## What to do
Move the defining cell above the first cell that uses it.

## Known limits
Names are followed, and parts of objects (`df["x"]`, `config["rate"]`) where every one is written down. A part that a function of
another module puts there is never said to be missing.
"""

from collections.abc import Iterator

from ..analysis.difference import MissingName
from ..analysis.names import plain_drafts
from ..analysis.rule import Draft, check
from ..analysis.timeline import Plan
from ..fixes import move
from ..model import Severity


@check(severity=Severity.ERROR)
def find(missing: tuple[MissingName, ...], plan: Plan) -> Iterator[Draft]:
    fixes = move.moved(plan)
    yield from plain_drafts(
        "definition-below", missing, plan, "{names} is defined only below, in {cell}", fixes
    )
