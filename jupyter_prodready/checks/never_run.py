"""A cell was not run, and something that ran below it needs it.

## Why it matters
A clean run runs every cell. The cells below would then start from other values than those
they show.

## Flagged
    # %% In [1]
    items = [3, 1, 2]
    # %% never run
    items.sort()  # warning: was not run, but [2] uses the `items` that it gives
    # %% In [2]
    print(items)

## Not flagged
    # %% In [1]
    items = [3, 1, 2]
    # %% never run
    other = sorted(items)
    # %% In [2]
    print(items)

## What to do
Run the cell and those below it, or delete it.

## Known limits
A cell whose run another client made unseen counts as one that never ran. After `%reset in` the runs before it are not known.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.names import label
from ..analysis.rule import Draft, check
from ..analysis.tainted import by_root
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    reruns = Reruns(difference)
    for root, taints in by_root(difference, "never-run"):
        planned = difference.plan.by_id[root.place or ""]
        cells = tuple(dict.fromkeys(taint.cell_id for taint in taints))
        reader = label(difference.plan.by_id.get(cells[0]))
        line = next(
            (s.line for s in planned.facts.statements if root.name in s.writes | s.mutates), 1
        )
        message = f"was not run, but {reader} uses the `{root.name}` that it gives"
        yield Draft(
            planned.cell.id,
            line,
            message,
            names=(root.name,),
            affected=cells,
            fixes=reruns.of((planned.cell.id, *cells)),
        )
