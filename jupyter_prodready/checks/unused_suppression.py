"""A suppression comment suppresses nothing.

## Why it matters
The trouble is gone, but the comment would hide the next one of its kind.

## Flagged
    # %% In [1]
    total = 3  # prodready: ignore[undefined-name] not needed any more  # info: `ignore[undefined-name]` suppresses nothing here

## Flagged
    # %% In [1]
    total = 3  # prodready: ignore  # info: `ignore` names no check, so it suppresses nothing: `ignore[check]`

## Not flagged
    # %% never run
    print(total)  # prodready: ignore[undefined-name] comes from the start-up file

A comment for a check that the settings switch off, or that was skipped for want of evidence: nobody knows what it
would have found.

## What to do
Delete the comment.

## Known limits
Whether a comment would be of use in another session is not known.
"""

from collections.abc import Iterator

from ..analysis.rule import Draft, check
from ..analysis.suppress import Suppression
from ..model import Severity


@check(severity=Severity.INFO)
def find(unused: tuple[Suppression, ...]) -> Iterator[Draft]:
    for suppression in unused:
        message = f"`ignore[{suppression.check}]` suppresses nothing here"
        if not suppression.check:
            message = "`ignore` names no check, so it suppresses nothing: `ignore[check]`"
        yield Draft(suppression.cell_id, suppression.line, message)
