"""A cell uses a name that only a deleted cell defined.

## Why it matters
The name is still alive in the kernel because a cell that is gone once defined it. The
notebook works today, and raises `NameError` after a restart.

## Flagged
    # %% In [1] (since deleted)
    rate = 0.2
    # %% In [2]
    total = 100 * rate  # error: `rate` comes from a cell that was deleted (In [1])
    # %% In [3]
    print(total, rate)

## Flagged
    # %% In [1] (since deleted)
    def net(gross):
        return gross * 0.8
    # %% In [2]
    print(net(100))  # error: `net` comes from a cell that was deleted (In [1])

## Flagged
    # %% In [1] (since deleted)
    rate = 0.2
    # %% In [2]
    def net(gross):
        return gross * (1 - rate)
    # %% In [3]
    print(net(100))  # error: `rate` comes from a cell that was deleted (In [1])

## Flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": [1, 2]})
    # %% In [2] (since deleted)
    df["x"] = df["a"] * 2
    # %% In [3]
    high = df[df["a"] > 1]
    # %% In [4]
    print(high["x"])  # error: `high["x"]` comes from a cell that was deleted (In [2])

## Not flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": [1, 2], "x": [3, 4]})
    # %% In [2] (since deleted)
    high = df[df["a"] > 1]
    # %% In [3]
    high = df[df["a"] > 1]
    # %% In [4]
    print(high["x"])

## Not flagged
    # %% In [1] (since deleted)
    rate = 0.2
    # %% In [2]
    rate = 0.2
    # %% In [3]
    total = 100 * rate

## Not flagged
    # %% In [1] (since deleted)
    scratch = 7
    # %% In [2]
    total = 100

## What to do
Put the definition back where it stood; the panel shows its source. The fix does so where that can be told: with all that the
cell did, and not where its run failed.

## Known limits
What only changed an object (a deleted `prices.append(3)`) is told by `stale-input` or `lingering-effect`, unless a name of the
same cell is missing: then it is one finding, here. A column counts as missing where the frame is made of columns that are written down. Where a run
is not known, or code hides names (`from m import *` of a library, `exec`), a missing name is possible trouble, or none.
"""

from collections.abc import Iterator, Mapping

from ..analysis.difference import MissingName
from ..analysis.names import supplied_drafts
from ..analysis.rule import Draft, check
from ..analysis.timeline import History, Plan
from ..fixes import restore
from ..model import Severity


@check(severity=Severity.ERROR)
def find(
    missing: tuple[MissingName, ...],
    lost: Mapping[int | None, tuple[str, ...]],
    history: History,
    plan: Plan,
) -> Iterator[Draft]:
    fixes, origin = restore.deleted(history, plan), "a cell that was deleted ({run})"
    yield from supplied_drafts("deleted-definition", missing, history, plan, origin, fixes, lost)
