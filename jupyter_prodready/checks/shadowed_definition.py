"""A cell that was inserted or moved binds a name that a cell below shows from elsewhere.

## Why it matters
The cell below shows what an earlier cell gave it. In a clean run the newer definition, which
stands in between, takes its place, and the output becomes another one.

## Flagged
    # %% In [1]
    rate = 0.2
    # %% never run
    rate = 0.3  # warning: binds `rate` anew, but [2] shows what [1] gave it
    # %% In [2]
    print(100 * rate)

## Flagged
    # %% In [1]
    rate = 0.2
    # %% In [3]
    rate = 0.3  # warning: binds `rate` anew, but [2] shows what [1] gave it
    # %% In [2]
    print(100 * rate)

## Flagged
    # %% In [2]
    rate = 0.2
    # %% In [1]
    rate = 0.3  # warning: binds `rate` anew, but [3] shows what [2] gave it
    # %% In [3]
    print(100 * rate)

## Flagged
    # %% In [1]
    def net(gross):
        return gross * 0.8
    # %% never run
    def net(gross):  # warning: binds `net` anew, but [2] shows what [1] gave it
        return gross * 0.7
    # %% In [2]
    print(net(100))

## Not flagged
    # %% In [1]
    rate = 0.2
    # %% never run
    rate = 0.2
    # %% In [2]
    print(100)

## Not flagged
    # %% In [1]
    rate = 0.2
    # %% In [2]
    print(100 * rate)
    # %% In [3]
    rate = 0.3

## Not flagged
    # %% In [1]
    rate = 0.2
    # %% never run
    def scaled(x):
        rate = 0.3
        return x * rate
    # %% In [2]
    print(100 * rate)

## Not flagged
    # %% In [1], In [3]
    rate = 0.2
    # %% In [2]
    rate = 0.3
    # %% In [4]
    print(100 * rate)

## Not flagged
    # %% In [1]
    salary = 1000
    # %% never run
    salary = salary + 50
    # %% In [2]
    print(salary)

## Known limits
That a cell was inserted or moved is told from the runs: it never ran, or first ran after the
cell below, or ran only before the cell that the value is from. A cell that was there all the
time and was left out looks the same. The last two examples are told by `out-of-order-run`
and `never-run`.

## What to do
Run the cell and those below it, or give the new value a name of its own.
"""

from collections.abc import Iterator

from ..analysis.difference import Difference
from ..analysis.finer_kinds import supplier
from ..analysis.names import label
from ..analysis.rule import Draft, cause_of, check
from ..analysis.tainted import by_root
from ..analysis.timeline import History
from ..fixes.run import Reruns
from ..model import Severity


@check(severity=Severity.WARNING)
def find(difference: Difference, history: History) -> Iterator[Draft]:
    reruns = Reruns(difference)
    for root, taints in by_root(difference, "shadowed-definition"):
        planned = difference.plan.by_id[root.cell_id or ""]
        giver = supplier(difference, root, taints)
        cells = tuple(dict.fromkeys(taint.cell_id for taint in taints))
        shown = next(taint.cell_id for taint in taints if taint.shows)
        reader = label(difference.plan.by_id[shown])
        statements = planned.facts.statements
        yield Draft(
            planned.cell.id,
            next((s.line for s in statements if root.name in s.writes | s.maybe_writes), 1),
            f"binds `{root.name}` anew, but {reader} shows what {label(giver)} gave it",
            names=(root.name,),
            cause=cause_of(history.last.get(planned.cell.id), planned),
            affected=cells,
            fixes=reruns.of((planned.cell.id, *cells)),
        )
