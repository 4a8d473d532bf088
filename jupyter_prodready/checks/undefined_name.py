"""A cell uses a name that nothing defines.

## Why it matters
No cell above defines the name, and nothing that ran in this kernel did: the cell raises
`NameError` in any run.

## Flagged
    # %% never run
    print(totl)  # error: `totl` is not defined by any cell above

## Flagged
    # %% In [1]
    df = 1
    # %% In [2]
    del df
    # %% never run
    print(df)  # error: `df` is not defined any more, as [2] deletes it

## Flagged
    # %% never run
    def area(r):
        return pi * r * r
    # %% never run
    area(2)  # error: `pi` is not defined by any cell above

## Flagged
    # %% In [1]
    e = 2.718
    # %% In [2]
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    # %% In [3] (failed at line 1)
    print(e)  # warning: `e` may not be defined any more, as [2] deletes it

## Flagged
    # %% In [1] (older version)
    is_big = True
    # %% In [4]
    is_big = False
    # %% In [2], In [5]
    if is_big:
        limit = 100
    # %% In [3]
    print(limit)  # error: `limit` is not defined, as the condition in [5] does not hold

## Not flagged
    # %% In [1] (older version)
    is_big = True
    # %% In [4]
    is_big = False
    # %% In [2], In [5]
    if is_big:
        limit = 100
    else:
        limit = 10
    # %% In [3], In [6]
    print(limit)

## Not flagged
    # %% In [1]
    e = 2.718
    # %% In [2]
    try:
        1 / 1
    except ZeroDivisionError as e:
        pass
    # %% In [3]
    print(e)

## Not flagged
    # %% In [1]
    total = 3
    print(total, __name__, len([1]))

## Not flagged
    # %% never run
    def later(x):
        return undefined_until_called(x)

## What to do
Define or import the name above, or correct its spelling.

## Known limits
Names that come from `from m import *`, `%run` or `exec` cannot be seen: below such a line
an unknown name is not flagged. Whether a condition holds is known where it follows from literal values.
"""

from collections.abc import Iterator

from ..analysis.difference import MissingName
from ..analysis.names import label, plain_drafts
from ..analysis.rule import Draft, check, failing
from ..analysis.timeline import Plan, PlannedCell
from ..fixes import imports
from ..model import Severity


@check(severity=Severity.ERROR)
def find(missing: tuple[MissingName, ...], plan: Plan) -> Iterator[Draft]:
    nowhere = tuple(name for name in missing if name.other is None)
    fixes = imports.known(plan)
    yield from plain_drafts(
        "undefined-name", nowhere, plan, "{names} is not defined by any cell above", fixes
    )
    for name in missing:
        if name.kind == "undefined-name" and name.other is not None:
            where = label(plan.by_id.get(name.other))
            gone = "is not" if name.certain else "may not be"
            message = f"`{name.name}` {gone} defined any more, as {where} deletes it"
            if _depends(name.name, plan.by_id.get(name.other)):
                message = f"`{name.name}` {gone} defined, as the condition in {where} does not hold"
            yield Draft(
                name.cell_id,
                name.line,
                message,
                name.certain,
                (name.name,),
                consequence=failing(certain=name.certain),
            )


def _depends(name: str, planned: PlannedCell | None) -> bool:
    """Does the cell give the name on a condition, and not remove it?"""
    facts = planned.facts.statements if planned is not None else ()
    return any(name in one.maybe_writes for one in facts) and not any(
        name in one.deletes or name in one.unbinds for one in facts
    )
