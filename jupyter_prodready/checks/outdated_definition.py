"""A cell uses a name that only an older version of a cell defined.

## Why it matters
The line that defined the name was edited away, but the kernel still has what the older
version of the cell left behind. After a restart the name is missing.

## Flagged
    # %% In [1] (older version)
    features = ["age", "fare"]
    n = 2
    # %% In [3]
    n = 2
    # %% In [2]
    print(features)  # error: `features` comes from an older version of [1], now [3]

## Not flagged
    # %% In [1] (older version)
    features = ["age"]
    # %% In [3]
    features = ["age", "fare"]
    # %% In [4]
    print(features)

## What to do
Put the lost line back, or use the name that the cell defines now.

## Known limits
The older version has to be known, from the runs or from a report of the panel.
"""

from collections.abc import Iterator

from ..analysis.difference import MissingName
from ..analysis.names import supplied_drafts
from ..analysis.rule import Draft, check
from ..analysis.timeline import History, Plan
from ..fixes import restore
from ..model import Severity


@check(severity=Severity.ERROR)
def find(missing: tuple[MissingName, ...], history: History, plan: Plan) -> Iterator[Draft]:
    fixes = restore.outdated(history, plan)
    yield from supplied_drafts(
        "outdated-definition", missing, history, plan, "an older version of {cell}", fixes
    )
