"""A cell ran again over its own effect.

## Why it matters
The second run started from what the first left behind: a counter counted twice, a scaled
column scaled twice. A clean run does it once.

## Flagged
    # %% In [1]
    total = 1
    # %% In [2], In [3]
    total += 1  # warning: ran again over its own result: `total` already had its effect
    # %% In [4]
    print(total)

## Flagged
    # %% In [1]
    df = {"x": 1}
    # %% In [2], In [3]
    df["x"] = df["x"] * 2  # warning: ran again over its own result: `df["x"]` already had its effect

## Not flagged
    # %% In [1]
    total = 1
    # %% In [2]
    total += 1

## Not flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": [1, None], "b": [1, 2]})
    # %% In [2], In [3]
    df = df.fillna(0)
    # %% In [4], In [5]
    df["c"] = df["a"] + df["b"]
    # %% In [6]
    print(df)

## What to do
Run the cells that define its inputs, then this one once. So that it cannot happen again, give
the result a new name, or join the cell with the one that it starts from.

## Known limits
Calls in a short list are known to change nothing the second time (`fillna`, `sort_values`
and the like). Any other call that reads and rebinds a name is flagged as possible.
"""

from collections.abc import Iterator, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference, Taint
from ..analysis.rule import Draft, check
from ..analysis.tainted import rooted_drafts
from ..fixes.idempotent import Idempotent
from ..fixes.run import Reruns
from ..model import Fix, Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    message = "ran again over its own result: {name} already had its effect"
    reruns, idempotent = Reruns(difference), Idempotent(difference)

    def fixes(root: Root, taints: Sequence[Taint]) -> tuple[Fix, ...]:
        return (*reruns.of_root(root, taints), *idempotent.of(root.place, root.name))

    yield from rooted_drafts(difference, "repeated-run", message, fixes)
