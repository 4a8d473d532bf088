"""A cell changes the folder in which the notebook runs, or tries to.

## Why it matters
Every relative path below means another file then, and running the cell twice moves twice.

## Flagged
    # %% In [1]
    import os
    os.chdir("..")  # warning: changes the working directory: relative paths below mean other files
    # %% In [2]
    %cd data

## Flagged
    # %% In [1]
    !cd data  # warning: `!cd` changes nothing: each `!` line has a shell of its own

## Not flagged
    # %% In [1]
    import contextlib
    import os
    with contextlib.chdir("data"):
        print(os.listdir())
    # %% In [2]
    !cd data && ls

## What to do
Leave the notebook in its folder and write paths from there: `../data/x.csv`.

## Known limits
A library that changes the folder by itself is not seen.
"""

import re
from collections.abc import Iterator

from ..analysis.effect_tables import CHANGES_FOLDER
from ..analysis.rule import Draft, check
from ..analysis.sites import Called, ShellSite, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity

_ONLY_CD = re.compile(r"cd(\s+[^\s;&|]+)?$")


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites, plan: Plan) -> Iterator[Draft]:
    moves = sites.named(CHANGES_FOLDER.__contains__)
    if moves:
        message = "changes the working directory: relative paths below mean other files"
        yield _draft(moves, message, plan)
    idle = [
        site for site in sites.shells if site.name == "!" and _ONLY_CD.match(site.command.strip())
    ]
    if idle:
        message = "`!cd` changes nothing: each `!` line has a shell of its own"
        yield _draft(idle, message, plan)


def _draft(group: list[Called] | list[ShellSite], message: str, plan: Plan) -> Draft:
    first = group[0]
    return Draft(first.cell_id, first.line, message, affected=spread(plan, group, below=False))
