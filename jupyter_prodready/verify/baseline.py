"""A page's own run that one proof made, for the next one.

A proof compares the page before with the page after. The run before is taken from an earlier
proof only where all that it stood on is known, and is the same. Where the page after differs
from it both are run anew, so that it is never the reason why something is refused.
"""

from __future__ import annotations

import json
import pickle
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model import Cell, Notebook
from .doubts import doubtful
from .ground import Evidence, Ground, digest, evidence_of
from .plan import Step
from .run import CellRun, PlanRun
from .seen import Look, Seen, When, known, look
from .staging import Staged
from .watch import told_of

MOST_EXTRA_SECONDS = 1.0
"""What cells that a proof does not need may take, beyond what those take that it does: about
as long as a kernel takes to start."""

NOT_REACHED = "not reached by the change"
_MARK = "@"
_TYPES = "types"
Values = Mapping[tuple[str, When, str], str]


@dataclass(frozen=True)
class Baseline:
    """A run of cells of a page, each of which ended without an error.

    ``at`` is when it began, in seconds since 1970. ``types`` are those of all names when each
    cell had ended, by its id, and at the start; ``values`` what was looked at besides.
    """

    key: str
    at: float
    run: PlanRun
    types: Seen
    values: Values
    evidence: Evidence

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(one.step.cell for one in self.run.cells)


@dataclass(frozen=True)
class Stored:
    """A packed `Baseline`; ``page`` is the same for the same cells. ``written`` are digests of
    files that an apply writes, by path: of one that ``is_after`` they must be there."""

    at: float
    is_after: bool
    page: str
    packed: bytes
    written: Mapping[str, str] = field(default_factory=dict)

    def baseline(self) -> Baseline:
        found = pickle.loads(zlib.decompress(self.packed))
        assert isinstance(found, Baseline)
        written = {**found.evidence.written, **self.written}
        return replace(found, evidence=replace(found.evidence, written=written))


def stored(baseline: Baseline) -> Stored:
    packed = zlib.compress(pickle.dumps(baseline, protocol=pickle.HIGHEST_PROTOCOL), 1)
    page = digest(repr([(cell.id, cell.source) for cell in baseline.cells]).encode())
    return Stored(baseline.at, bool(baseline.evidence.written), page, packed)


@dataclass(frozen=True)
class Shared:
    """A baseline as the ``run`` of a page. What it ran is ``needed``: the page after must be
    run as far."""

    at: float
    run: PlanRun
    needed: frozenset[str]


@dataclass
class Shelf:
    """The baselines for one proof, the newest first, and what comes of it: those to be
    ``kept``, and when those were run that are ``stale``."""

    ground: Ground
    baselines: Sequence[Baseline] = ()
    kept: list[Baseline] = field(default_factory=list)
    stale: list[float] = field(default_factory=list)

    def fitting(
        self, page: Notebook, needed: Collection[str], looks: Sequence[Look]
    ) -> Shared | None:
        """The newest that is the run which this page would make now; looks at files."""
        for one in self.baselines:
            shared = _run_of(one, page, needed, looks) if one.key == self.ground.key else None
            if shared is not None and one.evidence.holds(self.ground):
                return shared
            if shared is not None:
                self.stale.append(one.at)
        return None

    def keep(
        self, run: PlanRun, looks: Sequence[Look], at: float, staged: Sequence[Staged] = ()
    ) -> None:
        """Keep a run that another one agreed with, if all that it stood on is known."""
        told, ran = told_of(run.told), tuple(one for one in run.cells if one.how != "skipped")
        is_whole = run.state is not None and all(one.how == "ok" for one in ran)
        if told is None or not is_whole or doubtful(one.step.cell for one in ran):
            return
        written = {one.file: digest(one.text.encode()) for one in staged}
        evidence = evidence_of(told, self.ground, at, written)
        if evidence is None:
            return
        seen = run.seen
        types = {key.removeprefix(_MARK): seen[key] for key in seen if key.startswith(_MARK)}
        others = [one for one in looks if one.script != _TYPES and one.key in seen]
        values = {(one.cell_id, one.when, one.expression): seen[one.key] for one in others}
        bare = replace(run, cells=ran, seen={}, told=None)
        self.kept.append(Baseline(self.ground.key, at, bare, types, values, evidence))


def all_types(page: Notebook, needed: Collection[str]) -> tuple[Look, ...]:
    """Looks at all names before the first of the cells that are run, and after each."""
    ids = [cell.id for cell in page.code_cells if cell.id in needed]
    first = [look(_MARK, ids[0], "before", _TYPES, None)] if ids else []
    return (*first, *(look(f"{_MARK}{one}", one, "after", _TYPES, None) for one in ids))


def own_answers(seen: Seen) -> Seen:
    """What was seen by the proof's own looks, without `all_types`."""
    return {key: seen[key] for key in seen if not key.startswith(_MARK)}


def _run_of(
    one: Baseline, page: Notebook, needed: Collection[str], looks: Sequence[Look]
) -> Shared | None:
    """The baseline as a run of the page; None where the page is another, or where it would
    take longer to run the rest of it once more than to run the page anew."""
    ran = {run.step.cell.id: run for run in one.run.cells}
    wanted = {cell.id for cell in page.code_cells if cell.id in needed}
    same = [(c.id, c.source) for c in page.code_cells if c.id in ran]
    if not wanted <= {*ran} or same != [(cell.id, cell.source) for cell in one.cells]:
        return None
    extra = sum(ran[key].seconds for key in ran if key not in wanted)
    if extra > sum(ran[key].seconds for key in wanted) + MOST_EXTRA_SECONDS:
        return None
    seen = _seen(one, looks)
    if seen is None:
        return None
    cells = tuple(
        replace(ran[cell.id], step=Step(cell, ()))
        if cell.id in ran
        else CellRun(Step(cell, (), NOT_REACHED), "skipped")
        for cell in page.code_cells
    )
    run = replace(one.run, cells=cells, seen=seen)
    return Shared(one.at, run, frozenset({*ran, *needed}))


def _seen(one: Baseline, looks: Sequence[Look]) -> Seen | None:
    """What the looks would have seen; None where that is not known of one that matters."""
    order = [cell.id for cell in one.cells]
    above = dict(zip(order, ["", *order], strict=False))
    seen: dict[str, str] = {}
    for asked in looks:
        if asked.script == _TYPES:
            at = above.get(asked.cell_id) if asked.when == "before" else asked.cell_id
            answer = _of_names(one.types, at, asked)
        else:
            answer = one.values.get((asked.cell_id, asked.when, asked.expression))
        if answer is not None:
            seen[asked.key] = answer
        elif not asked.optional:
            return None
    return seen


def _of_names(types: Seen, at: str | None, asked: Look) -> str | None:
    if at is None or at not in types:
        return None
    found = known(types, at)
    return repr(json.dumps({name: found[name] for name in asked.names or () if name in found}))
