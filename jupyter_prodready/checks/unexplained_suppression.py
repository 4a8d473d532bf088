"""A suppression comment gives no reason.

## Why it matters
Who reads the page later cannot tell why the finding was accepted, nor when it is no more.

## Flagged
    # %% never run
    print(total)  # prodready: ignore[undefined-name]  # info: `ignore[undefined-name]` gives no reason

## Not flagged
    # %% never run
    print(total)  # prodready: ignore[undefined-name] comes from the start-up file

## What to do
Say why, behind the brackets.

## Known limits
What is said is not judged. A comment that suppresses nothing is told by `unused-suppression` alone.
"""

from collections.abc import Iterator

from ..analysis.rule import Draft, check
from ..analysis.suppress import Suppression
from ..model import Severity


@check(severity=Severity.INFO)
def find(used: tuple[Suppression, ...]) -> Iterator[Draft]:
    for suppression in used:
        if not suppression.reason:
            message = f"`ignore[{suppression.check}]` gives no reason"
            yield Draft(suppression.cell_id, suppression.line, message)
