"""What a deleted or edited cell did to a value still shows.

## Why it matters
No name is missing, so nothing will fail, but the value is not what the page gives: code
that is gone changed it.

## Flagged
    # %% In [1]
    items = [1, 2, 3]
    # %% In [2] (since deleted)
    items.append(4)
    # %% In [3]
    print(items)  # warning: `items` still has the effect of a cell that was deleted (In [2])

## Flagged
    # %% In [1]
    items = [1, 2, 3]
    # %% In [2] (console)
    items.append(4)
    # %% In [3]
    print(items)  # warning: `items` still has the effect of code outside the page (In [2])

## Not flagged
    # %% In [1], In [3]
    items = [1, 2, 3]
    # %% In [2] (since deleted)
    items.append(4)
    # %% In [4]
    print(items)

## What to do
Run the cell that defines the value again, then the cells below; or bring the code back. A fix restores a deleted
cell where a clean run then gives what the kernel has: not one that ran twice, or failed.

## Known limits
Calls that no table and no code of the page explains are taken to leave their arguments as they are. Views, aliases and files
are followed where the page says what they are of: not what a function of a library keeps (`g = keep(a.append)`).
"""

from collections.abc import Iterator, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference, Taint
from ..analysis.rule import Draft, check
from ..analysis.tainted import rooted_drafts
from ..fixes import restore
from ..fixes.run import Reruns
from ..model import Fix, Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    message = "{name} still has the effect of {origin}"
    reruns, restored = Reruns(difference), restore.lingering(difference)

    def fixes(root: Root, taints: Sequence[Taint]) -> tuple[Fix, ...]:
        return (*reruns.of_root(root, taints), *restored(root, taints))

    yield from rooted_drafts(difference, "lingering-effect", message, fixes)
