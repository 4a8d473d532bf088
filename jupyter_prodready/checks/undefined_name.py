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
    print(df)  # error: `df` is not defined any more: [2] deletes it

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
    print(e)  # warning: `e` may not be defined any more: [2] deletes it

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
an unknown name is not flagged.
"""

from collections.abc import Iterator

from ..analysis.difference import MissingName
from ..analysis.names import label, plain_drafts
from ..analysis.rule import Draft, check, failing
from ..analysis.timeline import Plan
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
            message = f"`{name.name}` {gone} defined any more: {where} deletes it"
            yield Draft(
                name.cell_id,
                name.line,
                message,
                name.certain,
                (name.name,),
                consequence=failing(certain=name.certain),
            )
