"""A cell shows or computed a value from inputs that were renewed after it ran.

## Why it matters
The cell that supplies its input ran again, with other code or other data. This cell did
not, so its output belongs to the older input.

## Flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% In [4]
    rate = 0.3
    # %% In [2]
    total = 100 * rate  # warning: ran before [4] gave `rate` its present value
    # %% In [3]
    print(total)

## Not flagged
    # %% In [1], In [4]
    rate = 0.2
    # %% In [2]
    total = 100 * rate

## Not flagged
    # %% In [1] (older version)
    rate = 0.2
    # %% In [3]
    rate = 0.3
    # %% In [4]
    print(100 * rate)

## What to do
Run the cell, and the cells below that use its results.

## Known limits
Equal values from different code are told as equal only where they follow from plain Python. Calls that no table and no code of
the page explains are taken to change nothing; callbacks of widgets and threads are not seen.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.rule import Draft, check
from ..analysis.tainted import rooted_drafts
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    message = "ran before {cell} gave {name} its present value"
    yield from rooted_drafts(difference, "stale-input", message, Reruns(difference).of_root)
