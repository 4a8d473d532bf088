"""What a check is: one function, whose parameters name the evidence that it needs.

| parameter | what it is | when absent |
|---|---|---|
| ``plan`` | the page, walked from an empty namespace | never |
| ``missing`` | names that a clean run lacks | never |
| ``history`` | the runs of this kernel session | no run is known: the check is *skipped* |
| ``difference`` | where history and plan part | the same |
| ``lost`` | runs of deleted cells whose names are missing; who else has of them | the same |
| ``unused`` | suppression comments that suppressed nothing | never |
| ``used`` | suppression comments that are not unused | never |
| ``sites`` | what the page does to the world, by full names | never |
| ``ran`` | cells whose present code ran well in this session | never |
| ``runs`` | the runs of this session that are known, oldest first | never: none, then |
| ``surroundings`` | files, declared packages and modules around the page | not looked at: skipped |

The module's docstring is the page of the check, its file name is its name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Literal

from ..model import Cause, Fix, Severity
from ..records import dataclass
from .kept import once
from .timeline import PastRun, PlannedCell

EVIDENCE = frozenset(
    {
        "plan",
        "missing",
        "history",
        "difference",
        "lost",
        "unused",
        "used",
        "sites",
        "ran",
        "runs",
        "surroundings",
    }
)
Subject = Literal["order", "reproducibility"]


@dataclass(frozen=True)
class Draft:
    """A finding as the check states it; the engine adds name and severity. ``severity`` is
    for a finding that is quieter than its check."""

    cell_id: str
    line: int
    message: str
    certain: bool = False
    names: tuple[str, ...] = ()
    cause: Cause | None = None
    affected: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    consequence: str = ""
    severity: Severity | None = None


@dataclass(frozen=True)
class Check:
    """``severity`` holds for a certain finding; a possible one is a warning at most.

    What a check of reproducibility calls possible leaves the verdict alone.
    """

    name: str
    severity: Severity
    page: str
    find: Callable[..., Iterator[Draft]]
    needs: tuple[str, ...]
    subject: Subject = "order"

    @once
    def asks(self) -> frozenset[str]:
        """The evidence that it needs."""
        return frozenset(self.needs)

    @property
    def summary(self) -> str:
        return self.page.strip().split("\n", 1)[0].strip()


def check(
    severity: Severity, subject: Subject = "order"
) -> Callable[[Callable[..., Iterator[Draft]]], Check]:
    """Make the decorated function a check. Its parameters must be in `EVIDENCE`."""

    def make(find: Callable[..., Iterator[Draft]]) -> Check:
        needs = find.__code__.co_varnames[: find.__code__.co_argcount]
        if unknown := set(needs) - EVIDENCE:
            raise TypeError(f"{find.__module__}: no such evidence: {', '.join(sorted(unknown))}")
        name = find.__module__.rpartition(".")[2].replace("_", "-")
        page = (sys.modules[find.__module__].__doc__ or "").strip()
        return Check(name, severity, page, find, needs, subject)

    return make


def cause_of(past: PastRun | None, planned: PlannedCell | None = None) -> Cause | None:
    """The run, with its cell if that is on the page."""
    if past is None:
        return None
    cell_id = planned.cell.id if planned is not None else None
    return Cause(cell_id, past.run.execution_count, past.run.source)


def failing(*, certain: bool) -> str:
    """The consequence of a missing name or of code that does not parse."""
    return "will fail after a restart" if certain else "may fail after a restart"


def quoted(names: tuple[str, ...]) -> str:
    """``a``, ``b`` and 3 more."""
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")
