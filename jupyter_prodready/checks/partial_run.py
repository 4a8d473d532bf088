"""A name comes from a run that failed or was interrupted half-way.

## Why it matters
What stood above the failing line took effect, the rest of the cell did not. The kernel holds
a mixture of new and old values that no clean run has, or that a clean run never gets to.

## Flagged
    # %% In [1] (failed at line 2)
    rate = 0.2
    total = 100 / (rate - rate)  # warning: failed at line 2, and [2] uses the `rate` that it set before
    # %% In [2]
    print(rate)

## Flagged
    # %% In [1] (interrupted at line 3)
    import time
    rate = 0.2
    time.sleep(600)  # warning: was interrupted at line 3, and [2] uses the `rate` that it set before
    # %% In [2]
    print(rate)

## Flagged
    # %% In [1] (older version)
    rate = 0.2
    text = "old"
    # %% In [2] (failed at line 2)
    rate = 0.3
    text = "new" + 1  # warning: failed at line 2 before it gave `text` its value: [3] uses an older one
    # %% In [3]
    print(text)

## Flagged
    # %% In [1]
    prices = [3, 1]
    # %% In [2] (older version, failed at line 2)
    prices.append(2)
    prices[9]
    # %% In [3]
    prices.append(2)  # warning: ran again over what In [2] did before it failed: `prices` already had its effect
    prices[0]

## Flagged
    # %% In [1]
    prices = [3, 1]
    # %% In [2] (older version, failed)
    prices.append(2)
    prices[9]
    # %% In [3]
    rate = 0.3
    # %% In [4]
    print(prices)  # warning: `prices` still has the effect of In [2], which failed half-way

## Not flagged
    # %% In [1] (failed at line 2)
    rate = 0.2
    total = 100 / (rate - rate)
    # %% In [2]
    print("nothing of it")

## Not flagged
    # %% In [1] (older version, failed at line 2)
    rate = 0.2
    total = 100 / (rate - rate)
    # %% In [2]
    rate = 0.2
    total = 100 / rate
    # %% In [3]
    print(rate)

## Not flagged
    # %% In [1] (failed at line 1)
    total = 100 / 0
    rate = 0.2
    # %% In [2]
    rate = 0.2
    # %% In [3]
    print(rate)

## Not flagged
    # %% In [1] (older version, failed at line 2)
    rate = 0.2
    total = 100 / (rate - rate)
    # %% edited since
    rate = 0.2
    total = 100 / rate
    # %% In [2]
    print(rate)

## Known limits
How far a run got is known from its traceback. Without one all but the last statement is taken
to be done, and the finding is *possible*; so it is where the run was interrupted, where the
failing statement asks for a file, the network or an import, which may answer next time, and
where a loop failed that may have set the name. A cell that is expected to fail says so by the
tag `raises-exception`.

## What to do
Mend the cell, then run it and the cells below; or first the cells that define what it had
changed already.
"""

from collections.abc import Iterator, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference, Taint
from ..analysis.finer_kinds import half_run
from ..analysis.half_way import HalfWay, half_way
from ..analysis.names import label
from ..analysis.rule import Draft, cause_of, check, quoted
from ..analysis.tainted import by_root, named
from ..analysis.timeline import PastRun, PlannedCell
from ..fixes.run import Reruns
from ..model import Severity

Group = tuple[Root, Sequence[Taint]]


@check(severity=Severity.WARNING)
def find(difference: Difference) -> Iterator[Draft]:
    reruns = Reruns(difference)
    lasting: dict[tuple[int, str | None], list[Group]] = {}
    lacking: dict[int, list[Group]] = {}
    for root, taints in by_root(difference, "partial-run"):
        past = half_run(difference, root)
        if past is None:
            continue
        if root.kind == "repeated-run" or root.run == past.number != _newest(difference, past):
            lasting.setdefault((past.number, root.place), []).append((root, taints))
        else:
            lacking.setdefault(past.number, []).append((root, taints))
    for groups in lasting.values():
        yield _effect(difference, groups, reruns)
    for groups in lacking.values():
        yield _not_given(difference, groups, reruns)
    for half in half_way(difference):
        if half.past.number not in lacking:
            yield _given(difference, half, reruns)


def _newest(difference: Difference, past: PastRun) -> int | None:
    newest = difference.history.last.get(past.cell_id or "") if difference.history else None
    return newest.number if newest is not None else None


def _effect(difference: Difference, groups: Sequence[Group], reruns: Reruns) -> Draft:
    """What the failed run did to an object is still there."""
    root = groups[0][0]
    taints = [taint for _, some in groups for taint in some]
    past = half_run(difference, root)
    assert past is not None
    place = root.place or taints[0].cell_id
    first = next((taint for taint in taints if taint.cell_id == place), taints[0])
    text = "{name} still has the effect of {run}, which failed half-way"
    message = named(text, root, run=past.prompt)
    if root.kind == "repeated-run":
        did = f"ran again over what {past.prompt} did before it failed"
        message = named(f"{did}: {{name}} already had its effect", root)
    return Draft(
        place,
        first.line,
        message,
        names=(root.name,),
        cause=cause_of(past, difference.plan.by_id.get(past.cell_id or "")),
        affected=_cells(taints, place),
        fixes=reruns.of_root(root, taints),
    )


def _not_given(difference: Difference, groups: Sequence[Group], reruns: Reruns) -> Draft:
    """Cells have values from before the run that failed."""
    past = half_run(difference, groups[0][0])
    assert past is not None
    planned = difference.plan.by_id[past.cell_id or ""]
    names = tuple(dict.fromkeys(root.name for root, _ in groups))
    cells = _cells([taint for _, taints in groups for taint in taints], planned.cell.id)
    which, those = ("an older one", "its value") if len(names) == 1 else ("older ones", "values")
    reader = label(difference.plan.by_id.get(cells[0] if cells else planned.cell.id))
    ended = f"{_ended(past)} before it gave {quoted(names)} {those}"
    return _at(past, planned, f"{ended}: {reader} uses {which}", names, cells, reruns)


def _given(difference: Difference, half: HalfWay, reruns: Reruns) -> Draft:
    """Cells have values of the run that failed."""
    names, cells = tuple(half.given), tuple(half.readers)
    reader = label(difference.plan.by_id[cells[0]])
    message = f"{_ended(half.past)}, and {reader} uses the {quoted(names)} that it set before"
    return _at(half.past, half.planned, message, names, cells, reruns, certain=half.certain)


def _at(
    past: PastRun,
    planned: PlannedCell,
    message: str,
    names: tuple[str, ...],
    cells: tuple[str, ...],
    reruns: Reruns,
    *,
    certain: bool = False,
) -> Draft:
    """A finding at the cell that failed. To run it again helps only if it was interrupted."""
    interrupted = past.run.error_name == "KeyboardInterrupt"
    line = past.run.error_line or (past.failing.facts.line if past.failing is not None else 1)
    return Draft(
        planned.cell.id,
        line,
        message,
        certain,
        names,
        cause=cause_of(past, planned),
        affected=cells,
        fixes=reruns.of((planned.cell.id, *cells)) if interrupted else (),
    )


def _ended(past: PastRun) -> str:
    """``failed at line 2``, as far as it is known."""
    how = "was interrupted" if past.run.error_name == "KeyboardInterrupt" else "failed"
    line = past.run.error_line
    return f"{how} at line {line}" if line is not None else f"{how} half-way"


def _cells(taints: Sequence[Taint], place: str) -> tuple[str, ...]:
    """The tainted cells but the one at ``place``."""
    cells = dict.fromkeys(taint.cell_id for taint in taints)
    return tuple(cell for cell in cells if cell != place)
