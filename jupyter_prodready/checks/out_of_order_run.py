"""A cell ran in another order than the page has, and it matters.

## Why it matters
What the cell used was not what the cells above it give in a clean run.

## Flagged
    # %% In [1]
    items = [3, 1, 2]
    # %% In [3]
    items.sort()
    # %% In [2]
    first = items[0]  # warning: ran before [3], which changes or defines `items`

## Flagged
    # %% In [1], In [3]
    rate = 0.2
    # %% In [2]
    rate = 0.3
    # %% In [4]
    print(rate)  # warning: did not use `rate` as [2] gives it: a cell above ran after [2]

## Flagged
    # %% In [1]
    rate = 0.2
    # %% In [3]
    print(rate)  # warning: used `rate` as [2] left it, further down the page
    # %% In [2]
    rate = 0.3

## Not flagged
    # %% In [2]
    a = 1
    # %% In [1]
    b = 2
    # %% In [3]
    print(a + b)

## Known limits
Where the cell shows an object that the other cell changes in place, `later-mutation` tells
it; where a cell in between binds the name anew, `shadowed-definition` does.

## What to do
Run the cells in page order, or move the cell to where it belongs.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.rule import Draft, check
from ..analysis.tainted import rooted_drafts, saved_draft
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    if difference.history is not None and difference.history.evidence.saved:
        yield from saved_draft(difference)
        return
    above = "ran before {cell}, which changes or defines {name}"
    below = "used {name} as {cell} left it, further down the page"
    after = "did not use {name} as {cell} gives it: a cell above ran after {cell}"
    fixes = Reruns(difference).of_root
    yield from rooted_drafts(difference, "out-of-order-run", above, fixes, below=below, after=after)
