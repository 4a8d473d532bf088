"""Which cells to run, in page order, so that what they show is what a clean run shows.

The runs are played from where the history ended. Where a cell would not compute what a
clean run computes, the cells that supply what differs are run, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..analysis.bindings import Binding, Chain, Step, Token, number_of, root_name
from ..analysis.caches import CACHE, function_of
from ..analysis.causes import Root
from ..analysis.difference import Difference, Taint
from ..analysis.graph import dependents
from ..analysis.names import label
from ..analysis.provenance import Namespace
from ..analysis.timeline import PlannedCell
from ..model import Fix
from ..records import replace
from . import pages
from .bench import is_renewed

ROUNDS = 12
CELLS_TO_PLAY = 400
LOOKED_BACK = 50
AGAIN: Token = ("again",)


class Reruns:
    """Plans the runs for the findings of one check. ``left`` bounds the cells that it plays;
    past it, and where no runs help, the way out is a restart."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.left = CELLS_TO_PLAY

    @cached_property
    def renews(self) -> bool:
        return is_renewed(self.difference.plan)

    def of(self, cells: Iterable[str]) -> tuple[Fix, ...]:
        """Run ``cells`` and what must run with them; else restart, where that helps.

        Nothing while a run is under way: what it leaves is not known, and it may mend all.
        """
        if self._is_running:
            return ()
        wanted = self.run_set(cells)
        if wanted:
            planned = [self.difference.plan.by_id[cell_id] for cell_id in wanted]
            return (pages.fix_of("run-cells", f"Run {_labels(planned)}", run=wanted),)
        return self._restart()

    def _restart(self) -> tuple[Fix, ...]:
        cells = self.difference.plan.cells
        if self.difference.failing or any(c.facts.error is not None for c in cells):
            return ()
        return (pages.fix_of("restart", "Restart and run all"),)

    def of_root(self, root: Root, taints: Sequence[Taint]) -> tuple[Fix, ...]:
        """`of` the cells that one root taints, and the cell at which it stands."""
        if not self._is_running and any(self._outlives_runs(one.root) for one in taints):
            return self._restart()
        place = (root.place,) if root.place is not None else ()
        return self.of((*place, *(taint.cell_id for taint in taints)))

    def _outlives_runs(self, root: Root) -> bool:
        history = self.difference.history
        is_done = root.kind in ("lingering-effect", "repeated-run")
        return is_done and history is not None and is_imported(root.name, history.end)

    def run_set(self, cells: Iterable[str]) -> tuple[str, ...] | None:
        """``cells`` and the fewest others that must run for them, in page order; None where
        no runs give what a clean run gives, or the history is not known to the end."""
        if not self._knows_the_end:
            return None
        wanted = self._with_suppliers(set(cells) & self.difference.plan.by_id.keys())
        play: _Play | None = None
        for _ in range(ROUNDS):
            self.left -= len(wanted)
            if self.left < 0:
                return None
            if play is None or not play.goes_on_with(wanted):
                play = _Play(self.difference)
                play.run(wanted)
            if play.has_drawn and self.renews:
                play = _Play(self.difference, renews=True)
                play.run(wanted)
            if play.is_stuck:
                return None
            if not play.more:
                return tuple(filter(wanted.__contains__, self.difference.plan.by_id))
            wanted = self._with_suppliers(wanted | play.more)
        return None

    def _with_suppliers(self, wanted: set[str]) -> set[str]:
        """``wanted`` and the cells that make what the kernel has otherwise, and no wanted cell
        makes: what the first rounds of a play would find, one after the other."""
        assert self.difference.history is not None
        kernel = self.difference.history.end.names
        cells = self.difference.plan.by_id
        every, waiting, seen = set(wanted), list(wanted), set[int]()
        while waiting:
            for step in cells[waiting.pop()].steps:
                for name, planned in step.reads.items():
                    if planned is not None and name in kernel:
                        makers = _makers(planned, kernel[name], seen)
                        new = [one for one in makers if one in cells and one not in every]
                        waiting += new
                        every.update(new)
        return every

    @cached_property
    def _knows_the_end(self) -> bool:
        history = self.difference.history
        return history is not None and not history.evidence.saved and history.complete

    @cached_property
    def _is_running(self) -> bool:
        history = self.difference.history
        return history is not None and history.is_running


def is_imported(location: str, namespace: Namespace) -> bool:
    """Is it a module or an object of one, as an import gave it, or a part of it? To import it
    again gives the same object, with all that was done to it."""
    name = root_name(location)
    binding = namespace.names.get(name)
    for _ in range(LOOKED_BACK if binding is not None else 0):
        step = binding.chain.oldest.step if binding is not None else None
        if step is None or name not in step.facts.augmented:
            return step is not None and name in {one.asname for one in step.facts.imports}
        binding = step.reads.get(name)
    return False


class _Play:
    """A run of wanted cells: ``more`` cells are needed, or it ``is_stuck``. ``renews``:
    what each run gives anew is looked for; where nothing ``has_drawn``, nothing does."""

    def __init__(self, difference: Difference, *, renews: bool = False) -> None:
        assert difference.history is not None
        self.difference = difference
        self.plan = difference.plan
        self.wanted: set[str] = set()
        self.more: set[str] = set()
        self.is_stuck = False
        self.end = difference.history.end.copy()
        self.renewed = difference.history.end.copy() if renews else None
        self._before = difference.history.end
        self._done: list[str] = []
        """Cells that ran, and gave what a clean run gives."""

    def goes_on_with(self, wanted: set[str]) -> bool:
        """`run` these, if all that was wanted so far has run, and is what runs first of them."""
        done = self._done
        goes_on = len(done) == len(self.wanted) and done == self._in_order(wanted)[: len(done)]
        if goes_on:
            self.run(wanted)
        return goes_on

    def run(self, wanted: set[str]) -> None:
        """Run those of the cells that have not yet run."""
        self.wanted, self.more = wanted, set()
        for cell_id in self._in_order(wanted)[len(self._done) :]:
            self._run(self.plan.by_id[cell_id])
            if self.more or self.is_stuck:
                return
            self._done.append(cell_id)
        self._leave_no_worse(self._before)

    def _in_order(self, wanted: set[str]) -> list[str]:
        return list(filter(wanted.__contains__, self.plan.by_id))

    @property
    def has_drawn(self) -> bool:
        return self.end.has_drawn

    def _run(self, planned: PlannedCell) -> None:
        steps = walked(planned, self.end)
        self.is_stuck = planned.facts.error is not None
        for step, expected in zip(steps, planned.steps, strict=True):
            if any(read.certain for read in expected.missing):
                self.is_stuck = True
            if step.value != expected.value:
                self._add_suppliers(step, expected)
                return
        again = steps if self.renewed is None else walked(planned, self.renewed, AGAIN)
        if [step.value for step in again] != [step.value for step in steps]:
            self._add_readers(planned.cell.id)

    def _add_suppliers(self, step: Step, expected: Step) -> None:
        """The cells that a clean run takes the differing inputs from."""
        for name in step.reads.keys() | expected.reads.keys():
            planned = expected.reads.get(name)
            if name.startswith(CACHE):
                planned = expected.reads.get(function_of(name))
            elif number_of(name, step.reads.get(name)) == number_of(name, planned):
                continue
            if planned is not None:
                self.more |= _owners(planned.links()) - self.wanted
        self.is_stuck = not self.more

    def _add_readers(self, cell_id: str) -> None:
        """A cell whose result is its own each time: all that used the last one is old."""
        last = self.difference.history.last if self.difference.history else {}
        readers = {one for one in dependents(self.plan, cell_id) if one in last}
        self.more |= readers - self.wanted

    def _leave_no_worse(self, before: Namespace) -> None:
        """A name that was as a clean run leaves it shall be so afterwards."""
        for name in self.end.changed:
            planned = self.plan.namespace.names.get(name)
            old, new = before.names.get(name), self.end.names.get(name)
            if planned is None or old is None or new is None or name[0] == "@":
                continue
            if old.provenance == planned.provenance != new.provenance:
                self.more |= _owners(planned.links()) - self.wanted


def walked(planned: PlannedCell, namespace: Namespace, unique: Token | None = None) -> list[Step]:
    """The cell run in ``namespace``, in the clean run's name or in one of its own."""
    owners = (step.owner for step in planned.steps[:1])
    owner = next((replace(one, unique=unique or one.unique, life=-1) for one in owners), None)
    return [namespace.step(s.facts, owner, n) for n, s in enumerate(planned.steps) if owner]


def _makers(planned: Binding, kernel: Binding, seen: set[int]) -> set[str]:
    """The cells that make what the kernel has into what a clean run has. ``seen`` are links
    whose cells are known; objects with parts are left to a play."""
    found: set[str] = set()
    if planned.provenance < 0 or planned.columns is not None or kernel.columns is not None:
        return found
    for link in planned.chain.newest_first():
        if link.value == kernel.provenance or id(link) in seen:
            break
        seen.add(id(link))
        found |= {link.step.owner.cell_id or ""}
    return found


def _owners(links: Iterable[Chain]) -> set[str]:
    owners = (link.step.owner.cell_id for link in links)
    return {cell_id for cell_id in owners if cell_id is not None}


def _labels(cells: Sequence[PlannedCell]) -> str:
    names = [label(one) for one in cells]
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
