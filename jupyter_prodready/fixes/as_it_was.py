"""Lost code put back where it stood, so that a clean run gives what the kernel has of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..analysis.causes import Root
from ..analysis.difference import Difference
from ..analysis.timeline import Plan, PlannedCell
from ..model import CellEdit
from ..records import dataclass, replace
from . import pages
from .bench import Bench, Gap
from .lost_code import LostCode, leaves_out_an_effect, whole_code
from .standing import places


@dataclass(frozen=True)
class Back:
    """Code that comes back, each part above the code cell at a place among these."""

    parts: tuple[tuple[int, LostCode], ...]

    @property
    def runs(self) -> frozenset[int]:
        return frozenset(past.number for _, code in self.parts for past, _ in code.runs)


def put_back(
    code: LostCode, at: PlannedCell, gaps: Iterable[Gap], bench: Bench
) -> tuple[Back, tuple[CellEdit, ...]] | None:
    """The code, or all that its runs ran, above ``at``: the first that closes the ``gaps`` and
    gives what it gave, the rest of the page being as true as it was; None without one."""
    gaps = tuple(gaps)
    for back in _options(code, at, bench):
        edits = _edits(back, bench.plan)
        after = bench.walk(_as_of_old(back, edits, bench.plan))
        if after is None:
            told = all(_stood(one, place, bench) for place, one in back.parts)
            return (back, edits) if told and bench.mends(edits, gaps) else None
        difference = Difference(after, bench.history)
        if bench.closes(difference, gaps) and _is_true(difference, back, bench):
            return back, edits
    return None


def _options(code: LostCode, at: PlannedCell, bench: Bench) -> Iterator[Back]:
    """Each code where it stood, then above ``at``."""
    assert bench.history is not None
    use = bench.plan.cells.index(at)
    whole = whole_code([past for past, _ in code.runs], bench.history)
    codes = [] if leaves_out_an_effect(code, bench.plan) else [code]
    codes += [whole] if whole is not None and whole not in codes else []
    found: list[Back] = []
    for one in codes:
        parts = [(_place(part, use, bench), part) for part in _by_run(one)]
        told = [(place, part) for place, part in parts if place is not None]
        if len(told) == len(parts):
            found.append(_joined(told))
        found.append(Back(((use, one),)))
    yield from dict.fromkeys(found)


def _by_run(code: LostCode) -> list[LostCode]:
    return [LostCode((run,)) for run in code.runs]


def _place(code: LostCode, use: int, bench: Bench) -> int | None:
    """The lowest place where it may have stood, not below its first ``use``."""
    assert bench.history is not None
    among = places(code.runs[0][0], bench.history, bench.plan)
    return max((place for place in among if place <= use), default=None)


def _stood(code: LostCode, place: int, bench: Bench) -> bool:
    return all(_place(part, place, bench) == place for part in _by_run(code))


def _joined(parts: Sequence[tuple[int, LostCode]]) -> Back:
    """What stood at one place is one cell."""
    found: dict[int, LostCode] = {}
    for place, code in parts:
        before = found.get(place)
        found[place] = code if before is None else LostCode((*before.runs, *code.runs))
    return Back(tuple(found.items()))


def _edits(back: Back, plan: Plan) -> tuple[CellEdit, ...]:
    return tuple(
        pages.insertion(plan.notebook, plan.cells[place].cell.index, code.text)
        for place, code in back.parts
    )


# --- what a clean run gives then ----------------------------------------------------------------


def _as_of_old(back: Back, edits: tuple[CellEdit, ...], plan: Plan) -> tuple[CellEdit, ...]:
    """The same under the names that the cells had: what they drew is compared then."""
    return tuple(
        replace(edit, cell_id=_old_id(code, plan) or edit.cell_id)
        for edit, (_, code) in zip(edits, back.parts, strict=True)
    )


def _old_id(code: LostCode, plan: Plan) -> str | None:
    cell_id = code.runs[0][0].cell_id if len(code.runs) == 1 else None
    return None if cell_id is None or plan.notebook.cell(cell_id) is not None else cell_id


def _is_true(after: Difference, back: Back, bench: Bench) -> bool:
    """Is nothing of the code, and nothing that was true before, told as another in a clean run,
    but for what the person edited?"""
    before = bench.difference.taints
    edited = {planned.cell.id for planned in bench.difference.edited}
    known, was = {_key(one.root) for one in before}, {one.cell_id for one in before}
    was |= {one for _, code in back.parts if (one := _old_id(code, bench.plan)) is not None}
    drawn = _drawn_anew(back, bench.plan)
    for taint in after.taints:
        root = taint.root
        if root.kind == "edited-since-run" and root.cell_id in edited:
            continue
        if root.run in back.runs and root.run not in drawn:
            return False
        is_other = root.kind in ("missing", "lingering-effect") or _key(root) in known
        if taint.cell_id not in was or not is_other:
            return False
    return True


def _drawn_anew(back: Back, plan: Plan) -> set[int]:
    """Runs whose draws no cell of the page can be said to have made."""
    new = [code for _, code in back.parts if _old_id(code, plan) is None]
    return {run[0].number for code in new for run in code.runs if _draws(LostCode((run,)))}


def _draws(code: LostCode) -> bool:
    return any(facts.unrepeatable or facts.draws for facts in code.statements)


def _key(root: Root) -> tuple[object, ...]:
    return root.kind, root.cell_id, root.run
