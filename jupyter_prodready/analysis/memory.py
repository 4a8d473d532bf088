"""What one analysis of a notebook leaves for the next: walks of cells that still hold.

A pure function stays pure: with or without memory the answers are the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from ..records import dataclass, field
from .bindings import Interner
from .namespace import Names, Record

KEPT = 4
"""Notebooks remembered at once."""
LIMIT = 2_000_000
"""Derivations numbered for one notebook before its memory is begun anew."""

Space = TypeVar("Space", bound=Names)
Result = TypeVar("Result")


@dataclass(eq=False)
class Memory:
    """Walks of one notebook's cells, by place. ``modules``: content hashes of the
    project's modules as they are now."""

    interner: Interner = field(default_factory=Interner)
    records: dict[Hashable, Record] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    answers: dict[Hashable, object] = field(default_factory=dict)

    def walk(
        self,
        namespace: Space,
        place: Hashable,
        facts: object,
        owner: object,
        walk: Callable[[Space], Result],
    ) -> Result:
        """The result of ``walk``, done or remembered; the namespace is left changed."""
        return self._walked(namespace, place, facts, owner, walk, aside=False)

    def walk_aside(
        self,
        namespace: Space,
        place: Hashable,
        facts: object,
        owner: object,
        walk: Callable[[Space], Result],
    ) -> Result:
        """As `walk`, but the namespace is left as it was."""
        return self._walked(namespace, place, facts, owner, walk, aside=True)

    def _walked(
        self,
        namespace: Space,
        place: Hashable,
        facts: object,
        owner: object,
        walk: Callable[[Space], Result],
        *,
        aside: bool,
    ) -> Result:
        signature = (owner, self.modules)
        old = self.records.get(place)
        if old is not None and namespace.fits(old, facts, signature):
            if not aside:
                namespace.apply(old)
            return old.result  # type: ignore[return-value]
        namespace.begin()
        result = walk(namespace)
        self.records[place] = namespace.record(facts, signature, result, old)
        if aside:
            namespace.take_back()
        return result


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
