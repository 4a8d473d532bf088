"""Words for differing values: one finding per root, with the cells it taints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..model import Cause, Fix
from .ambient import label_of
from .causes import MODULE, Kind, Root
from .difference import Difference, Taint, off_page
from .finer_kinds import FinerKind, finer_kind
from .names import label
from .rule import Draft, cause_of

Fixes = Callable[[Root, Sequence[Taint]], tuple[Fix, ...]]
"""Makes the fixes of one finding from its root and the cells that it taints."""

_OF_MANY = {
    "{name} still has": "{name} still have",
    "gave {name} its present value": "gave {name} their present values",
    "as {cell} gives it": "as {cell} gives them",
    "as {cell} left it": "as {cell} left them",
    "changed it,": "changed them,",
}
"""What messages say of one thing, and of several."""


def by_root(difference: Difference, kind: FinerKind) -> Iterator[tuple[Root, tuple[Taint, ...]]]:
    """The roots of one kind, each with its taints in page order."""
    groups: dict[tuple[str, str | None, int | None], list[Taint]] = {}
    for taint in difference.taints:
        root = taint.root
        if taint.idle or is_told_by_name(difference, taint):
            continue
        run = None if root.kind == "repeated-run" else root.run
        groups.setdefault((root.kind, root.cell_id, run), []).append(taint)
    for taints in groups.values():
        if finer_kind(difference, taints[0].root, taints) == kind:
            yield taints[0].root, tuple(taints)


def is_told_by_name(difference: Difference, taint: Taint) -> bool:
    """Is it told with a name of the same run that is missing? There, or, where the cell of the run
    is gone, anywhere."""
    root = taint.root
    if root.kind == "lingering-effect" and root.run in difference.lost_runs:
        return True
    missing = difference.missing if root.run is not None else ()
    return any((one.cell_id, one.run) == (taint.cell_id, root.run) for one in missing)


def tainted_cells(difference: Difference, kind: Kind, cell_id: str) -> tuple[str, ...]:
    """Other cells that are tainted by ``cell_id``, in page order."""
    cells = (
        taint.cell_id
        for taint in difference.taints
        if taint.root.kind == kind and taint.root.cell_id == cell_id and not taint.idle
    )
    return tuple(dict.fromkeys(cell for cell in cells if cell != cell_id))


def rooted_drafts(
    difference: Difference,
    kind: FinerKind,
    message: str,
    fixes: Fixes,
    *,
    below: str | None = None,
    after: str | None = None,
) -> Iterator[Draft]:
    """One draft for each root. It stands at the root's place, else at the first cell that
    it taints. ``below`` is the message where the cause stands under that cell, ``after``
    where that cell ran after the cause."""
    if difference.history is not None and difference.history.evidence.saved:
        return
    for root, taints in by_root(difference, kind):
        first = next((taint for taint in taints if taint.cell_id == root.place), taints[0])
        place = root.place or first.cell_id
        line = first.line if first.cell_id == place else _line_of(difference, place, root.name)
        cells = dict.fromkeys(taint.cell_id for taint in taints)
        yield Draft(
            place,
            line,
            _words(difference, root, _message(difference, root, place, message, below, after)),
            names=(label_of(root.name),) if root.name else (),
            cause=_cause(difference, root),
            affected=tuple(cell for cell in cells if cell != place),
            fixes=() if root.name.startswith(MODULE) else fixes(root, taints),
        )


def saved_draft(difference: Difference) -> Iterator[Draft]:
    """All order troubles of a saved file, read from its counts alone: one finding."""
    kinds = {"out-of-order-run", "repeated-run", "stale-input"}
    taints = [taint for taint in difference.taints if taint.root.kind in kinds]
    if taints:
        cells = dict.fromkeys(taint.cell_id for taint in taints)
        first = taints[0]
        names = tuple(dict.fromkeys(taint.root.name for taint in taints if taint.root.name))
        message = "by its saved counts it ran in another order than the page has"
        yield Draft(first.cell_id, first.line, message, names=names, affected=tuple(cells)[1:])


def _message(
    difference: Difference,
    root: Root,
    place: str,
    message: str,
    below: str | None,
    after: str | None,
) -> str:
    cause = difference.plan.position(root.cell_id)
    here = difference.plan.position(place)
    if below is not None and cause is not None and here is not None and cause > here:
        return below
    last = difference.history.last.get(place) if difference.history is not None else None
    if after is not None and last is not None and root.run is not None and root.run < last.number:
        return after
    return message


def _words(difference: Difference, root: Root, message: str) -> str:
    if root.name.startswith(MODULE):
        where = label(difference.plan.by_id.get(root.cell_id or ""))
        name = root.name.removeprefix(MODULE)
        if name.startswith("%run"):
            return f"ran `{name}` in {where}; the script was edited since"
        return f"uses `{name}` as it was when {where} imported it; its file was edited since"
    if root.name.startswith("@cache:"):
        return f"`{label_of(root.name)}` keeps its results, and may give one of before a change"
    cell = label(difference.plan.by_id.get(root.cell_id or ""))
    return named(message, root, cell=cell, origin=_origin(difference, root))


def named(message: str, root: Root, **others: str) -> str:
    """The message with what the root names for ``{name}``: one thing, or several."""
    name = f"`{label_of(root.name)}`" if root.name else "its inputs"
    is_random = root.name.startswith("@random")
    if is_random or not root.name:
        for of_one, of_many in _OF_MANY.items():
            message = message.replace(of_one, of_many)
    return message.format(name="the random numbers" if is_random else name, **others)


def _origin(difference: Difference, root: Root) -> str:
    past = difference.causes.run(root.run) if difference.causes else None
    if past is None:
        return "a run that is not known"
    if past.cell_id is None:
        return f"code outside the page ({past.prompt})"
    if past.cell_id in difference.plan.by_id:
        return f"an older version of {label(difference.plan.by_id[past.cell_id])} ({past.prompt})"
    what = "code that is not on the page any more" if off_page(past) else "a cell that was deleted"
    return f"{what} ({past.prompt})"


def _cause(difference: Difference, root: Root) -> Cause | None:
    past = difference.causes.run(root.run) if difference.causes else None
    return cause_of(past, difference.plan.by_id.get(root.cell_id or ""))


def _line_of(difference: Difference, cell_id: str, name: str) -> int:
    planned = difference.plan.by_id.get(cell_id)
    if planned is None:
        return 1
    lines = [
        s.line for s in planned.facts.statements if name in s.writes | s.maybe_writes | s.mutates
    ]
    return lines[0] if lines else 1
