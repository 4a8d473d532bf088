"""A cell uses a name that was defined outside the page.

## Why it matters
A console, another client, or code that the source does not show (`%run`, `exec`) put the
name into this kernel. A clean kernel will not have it.

## Flagged
    # %% In [1] (console)
    threshold = 0.5
    # %% In [2]
    print(threshold)  # error: `threshold` was defined outside the page (In [1])

## Not flagged
    # %% In [1] (console)
    threshold = 0.5
    # %% In [2]
    threshold = 0.7
    # %% In [3]
    print(threshold)

## Not flagged
    # %% In [1]
    from math import *
    # %% In [2]
    print(floor(1.5))

## What to do
Move the definition into a cell above the first use.

## Known limits
What start-up files of IPython define is not looked up: of a name that ran well and that nothing explains
no finding is made, and what its cell gives after a restart is unknown. Where the
console's run is not known, nor is the name.
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
    fixes = restore.outside(history, plan)
    message = "{names} was defined outside the page ({run})"
    yield from supplied_drafts("outside-definition", missing, history, plan, message, fixes)
