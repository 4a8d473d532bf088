"""A cell shows an object as it was before, or after, another cell changed it, against page order.

## Why it matters
The object is one and the same, and a cell changes it in place. What is shown depends on
which of the two ran first, and a clean run takes the order of the page.

## Flagged
    # %% In [1]
    items = [3, 1, 2]
    # %% In [3]
    items.sort()
    # %% In [2]
    print(items)  # warning: ran before [3], which changes `items` in place

## Flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2], In [4]
    print(items)  # warning: shows `items` after [3] changed it, further down the page
    # %% In [3]
    items.append(2)

## Flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"price": [1, 2]})
    # %% In [2], In [4]
    df["price"].sum()  # warning: shows `df["price"]` after [3] changed it, further down the page
    # %% In [3]
    df["price"] = df["price"] * 100

## Flagged
    # %% In [1]
    items = [3, 1]
    view = items
    # %% In [2], In [4]
    print(items)  # warning: shows `items` after [3] changed it, further down the page
    # %% In [3]
    view.append(2)

## Flagged
    # %% In [1]
    class Score:
        best = 1
    score = Score()
    # %% In [2], In [4]
    print(score.best)  # warning: shows `score` after [3] changed it, further down the page
    # %% In [3]
    score.best = 2

## Not flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2]
    print(items)
    # %% In [3]
    items.append(2)

## Not flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2], In [4]
    print(items)
    # %% In [3]
    longer = sorted(items)

## Not flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2], In [4]
    print(items)
    # %% In [3]
    copy = list(items)
    copy.append(2)

## Not flagged
    # %% In [1]
    class Score:
        best = 1
    score = Score()
    # %% In [2], In [4]
    print(score.best)
    # %% In [3]
    other = Score()
    other.best = 2

## Not flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2], In [4]
    first = items
    # %% In [3]
    items.append(2)

## Known limits
What a library call changes is known from a table. A change by a call that is in no table is
not seen. A name that is bound anew, and a cell that shows nothing, are told by
`out-of-order-run`.

## What to do
Run the cells in page order from the one that makes the object, or change a copy.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.rule import Draft, check
from ..analysis.tainted import rooted_drafts
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    above = "ran before {cell}, which changes {name} in place"
    below = "shows {name} after {cell} changed it, further down the page"
    fixes = Reruns(difference).of_root
    yield from rooted_drafts(difference, "later-mutation", above, fixes, below=below)
