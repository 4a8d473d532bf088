"""What one analysis of a notebook leaves for the next: walks of cells that still hold.

A pure function stays pure: with or without memory the answers are the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from operator import is_
from typing import Any, TypeVar, cast

from ..model import Surroundings
from ..records import dataclass, field, replace
from .bindings import Functions, Interner
from .named_files import file_of
from .namespace import Names, Record

KEPT = 4
"""Notebooks remembered at once."""
LIMIT = 2_000_000
"""Derivations numbered for one notebook before its memory is begun anew."""

_ALL = object()
"""The place of what is asked of all cells."""
Space = TypeVar("Space", bound=Names)
Result = TypeVar("Result")
Kept = TypeVar("Kept")
Binds = Mapping[str, tuple[str, ...]]
Again = tuple[tuple[Any, ...], Record, Any]
"""What was given for the walk of a cell, the walk, and what was made of it."""


@dataclass(eq=False)
class Memory:
    """Walks of one notebook's cells, by place. ``modules``: content hashes of the
    project's modules as they are now; ``binds``: names that are taken from files;
    ``results``: does anything read ``_`` or ``Out``?"""

    interner: Interner = field(default_factory=Interner)
    records: dict[Hashable, Record] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    binds: Binds = field(default_factory=dict)
    functions: Functions = field(default_factory=dict)
    results: bool = True
    kept: dict[str, Again] = field(default_factory=dict)
    plan: object = None
    """The last walk of the page (see `timeline`)."""
    answers: dict[Hashable, tuple[tuple[object, ...], object]] = field(default_factory=dict)
    outcomes: dict[int, object] = field(default_factory=dict)
    """What steps come to, by their provenance (see `outcomes`)."""
    reads_results: dict[str, bool] = field(default_factory=dict)
    """Whether each source does, of the page and its runs as they were analysed last."""
    history: object = None
    """The last walk of the runs (see `timeline`)."""

    def know(self, surroundings: Surroundings | None) -> None:
        """The project's modules as they are now; None where nobody looked."""
        around = surroundings or Surroundings()
        self.modules, self.binds = around.modules, around.binds
        self.functions = around.functions

    def files_at(self, modules: Mapping[str, str]) -> tuple[Binds | None, Functions]:
        """``binds`` and ``functions`` of files that were, with ``modules``, what they are now."""
        binds, functions = self.binds, self.functions
        if modules != self.modules:
            changed = {one for one, now in self.modules.items() if modules.get(one) != now}
            functions = {key: f for key, f in functions.items() if file_of(key[0]) not in changed}
            binds = {unseen: n for unseen, n in binds.items() if file_of(unseen) not in changed}
        return (binds if self.binds else None), functions

    def beside(self) -> Memory:
        """A new one that numbers as this one does, and knows the same files."""
        return replace(self, records={}, kept={}, plan=None, answers={}, history=None)

    def trial(self) -> Memory:
        """`beside`, with the walks that are known now: for a page that is mostly the same."""
        return replace(self.beside(), records=dict(self.records))

    def walk(
        self,
        namespace: Space,
        place: Hashable,
        facts: object,
        owner: object,
        walk: Callable[[Space], Result],
        *,
        twin: Hashable = None,
        aside: bool = False,
    ) -> Result:
        """The result of ``walk``, done or remembered; the namespace is left changed, unless
        the walk is an ``aside``.

        ``twin`` is another place where the same statements were walked, and would have the
        same result here if they met the same names.
        """
        signature = owner, self.modules, self.binds, self.results
        records = self.records
        old = records.get(place) or (None if twin is None else records.get(twin))
        if old is not None:
            found = self._fitting(namespace, place, facts, signature, twin)
            if found is not None:
                records[place] = found
                if not aside:
                    namespace.apply(found)
                return found.result  # type: ignore[return-value]
        namespace.begin(aside)
        result = walk(namespace)
        records[place] = namespace.record(facts, signature, result, old)
        if aside:
            namespace.take_back()
        return result

    def known(
        self, namespace: Names, place: Hashable, facts: object, owner: object, twin: Hashable = None
    ) -> Record | None:
        """The record of a walk that would do the same now, if there is one."""
        signature = owner, self.modules, self.binds, self.results
        old = self._fitting(namespace, place, facts, signature, twin)
        if old is not None:
            self.records[place] = old
        return old

    def again(self, namespace: Names, cell_id: str, given: tuple[object, ...]) -> Again | None:
        """What was made of the walk of the cell last time, with the walk applied; None where
        it was not made of just what is ``given``, or met other names."""
        old = self.kept.get(cell_id)
        if old is None or old[0] != given or not namespace.meets(old[1]):
            return None
        namespace.apply(old[1])
        return old

    def keep(self, place: Hashable, cell_id: str, given: tuple[object, ...], made: object) -> Again:
        """For `again`, after the walk at ``place``."""
        kept = self.kept[cell_id] = given, self.records[place], made
        return kept

    def asked(self, place: Hashable, given: tuple[object, ...], find: Callable[[], Kept]) -> Kept:
        """What ``find`` answers, or what it did last time at this place, if these very objects
        were given then."""
        old = self.answers.get(place)
        if old is not None and all(map(is_, old[0], given)):
            return old[1]  # type: ignore[return-value]
        answer = find()
        self.answers[place] = given, answer
        return answer

    def kept_while(self, given: tuple[object, ...]) -> dict[Hashable, Any]:
        """What was kept since these very things were given last; empty where others were."""
        kept = self.answers.get(_ALL)
        if kept is None or kept[0] != given:
            kept = self.answers[_ALL] = given, dict[Hashable, Any]()
        return cast(dict[Hashable, Any], kept[1])

    def _fitting(
        self, namespace: Names, place: Hashable, facts: object, signature: object, twin: Hashable
    ) -> Record | None:
        other = self.records.get(twin) if twin is not None else None
        if other is not None and other.facts is facts and namespace.meets(other):
            return other
        old = self.records.get(place)
        return old if old is not None and namespace.fits(old, facts, signature) else None


_memories: OrderedDict[str, Memory] = OrderedDict()


def memory_of(path: str) -> Memory:
    """The memory of the notebook at ``path``, new if there is none or it has grown large."""
    memory = _memories.pop(path, None)
    if memory is None or len(memory.interner) > LIMIT:
        memory = Memory()
    _memories[path] = memory
    while len(_memories) > KEPT:
        _memories.popitem(last=False)
    return memory


def forget() -> None:
    """Begin every notebook anew."""
    _memories.clear()
