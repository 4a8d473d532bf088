"""What a step of a walk comes to where all that it needs follows from literals."""

from __future__ import annotations

import ast
import contextlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from ..records import dataclass
from .bindings import PRESENCE, UNKNOWN, Binding, Chain, Step
from .evaluator import Scope
from .interpreter import Interpreter
from .musts import (
    RESULT,
    called_to_show,
    has_others,
    imported,
    local_name,
    makers_of_musts,
    only_changes,
    parts_read,
    waiting_for,
)
from .objects import Function, Holder, Loose, lets_set
from .parts import Unbound
from .value_calls import Unknown
from .values import DICTS, Heap, Part, fingerprint, newest, newest_attribute, readable


@dataclass(slots=True, eq=False)
class Outcome:
    """``names`` after the step, ``shown`` what it put into the output, ``result`` its value."""

    names: Mapping[str, Any]
    shown: tuple[str, ...]
    result: Any
    heap: Heap
    partly: bool
    """Did it write parts of an object of which no more is known?"""


class Outcomes:
    """Finds and remembers outcomes, by the provenance of the step."""

    def __init__(self, kept: dict[int, object]) -> None:
        self._known = cast("dict[int, Outcome | None]", kept)
        self._looked_at: set[int] = set()
        self._fingerprints: dict[tuple[str, int], object] = {}
        self._lacked: dict[int, str | None] = {}

    def of(self, step: Step) -> Outcome | None:
        """None where it cannot be told."""
        waiting = [(step, self._needed(step))]
        while waiting:
            newest, needed = waiting[-1]
            self._look_at(newest)
            if newest.value in self._known or self._is_beyond(newest):
                self._known.setdefault(newest.value, None)
                waiting.pop()
                continue
            before = next((one for one in needed if one.value not in self._known), None)
            if before is not None:
                waiting.append((before, self._needed(before)))
            else:
                self._known[newest.value] = self._run(newest)
        return self._known[step.value]

    def is_comparable(self, name: str, binding: Binding) -> bool:
        """Is it not plain, without running anything, that the value cannot be told?"""
        if self._fingerprints.get((name, binding.provenance), binding) is None:
            return False
        return not self._is_untold(name, binding)

    def _is_untold(self, name: str, binding: Binding) -> bool:
        if binding.opaque or binding.module or binding.constant is not UNKNOWN:
            return binding.opaque
        step = binding.chain.step
        self._look_at(step)
        if step.facts.rare.imports or self._known.get(step.value, step) is None:
            return not step.facts.rare.imports
        before = binding.chain.before
        if before is None or not only_changes(name, before, step):
            return False
        self._look_at(before.step)
        return self._known.get(before.step.value, step) is None

    def _look_at(self, step: Step) -> None:
        """Notes of the step, and of those whose values it must have, which are beyond."""
        known, looked_at = self._known, self._looked_at
        if step.value in known or step.value in looked_at:
            return
        waiting = [(step.value, waiting_for(step))]
        while waiting:
            value, makers = waiting[-1]
            before = None if makers is None else next(makers, step)
            if before is step:
                looked_at.add(value)
                waiting.pop()
            elif before is None or known.get(before.value, before) is None:
                known.update(dict.fromkeys([one for one, _ in waiting]))
                return
            elif before.value not in known and before.value not in looked_at:
                waiting.append((before.value, waiting_for(before)))

    def _is_beyond(self, step: Step) -> bool:
        """Is it plain, without running it, that the step cannot be followed?"""
        makers, known = makers_of_musts(step), self._known
        return makers is None or any(known.get(one.value, one) is None for one in makers)

    def fingerprint(self, name: str, binding: Binding) -> object:
        """What tells the value of a name from others; None where it cannot be told."""
        key = name, binding.provenance
        if binding.provenance < 0:
            return self._fingerprint(name, binding)
        if key not in self._fingerprints:
            self._fingerprints[key] = self._fingerprint(name, binding)
        return self._fingerprints[key]

    def _fingerprint(self, name: str, binding: Binding) -> object:
        for one in self._makers(name, binding):
            self.of(one)
        try:
            return fingerprint(self._value(name, binding, Heap()))
        except Unknown:
            return None

    def lacked(self, step: Step) -> str | None:
        """The name for want of which the step must raise, empty where it runs to its end; None
        where that cannot be told."""
        if step.value not in self._lacked:
            self._lacked[step.value] = None if self._is_beyond(step) else self._missed(step)
        return self._lacked[step.value]

    def _missed(self, step: Step) -> str | None:
        for one in self._needed(step):
            self.of(one)
        try:
            self._interpreted(step)
        except Exception as error:  # as in `_run`
            return error.name if isinstance(error, NameError) else None
        return ""

    def _run(self, step: Step) -> Outcome | None:
        try:
            return self._interpreted(step)
        except Exception:  # `Unknown`, or whatever the statement raises in the person's kernel
            return None

    def _interpreted(self, step: Step) -> Outcome:
        heap = Heap()
        names = self._names(step, heap)
        absent = frozenset([name for name, one in step.reads.items() if one is None])
        interpreter = Interpreter(names, absent)
        parts = [(name, one, dict(one)) for name, one in names.items() if isinstance(one, Part)]
        node, result = step.facts.node, None
        if called_to_show(node) - absent:
            raise Unknown  # a function of the page, whose result is shown where it stands last
        if isinstance(node, ast.Expr):
            result = interpreter.evaluate(node.value)
            if step.facts.gives and result is not None:
                interpreter.shown += ["out ", repr(readable(result))]
        else:
            interpreter.execute([node])
        heap.name_all([*names.values(), result], step.value)
        written = [name for name, one, before in parts if one != before]
        if any(has_others(name, step) for name in written):
            raise Unknown
        partly = bool(written) or any(isinstance(o, Loose) and o.written for o in names.values())
        return Outcome(names, tuple(interpreter.shown), result, heap, partly)

    # --- what it reads ------------------------------------------------------------------

    def _needed(self, step: Step) -> Iterator[Step]:
        """What has to be known before the step: first what few steps made, for where that
        cannot be told the others need not be."""
        for name, binding in sorted(step.reads.items(), key=_length):
            if binding is not None and (name[0] != "@" or name.startswith(RESULT)):
                yield from self._makers(name, binding)

    def _makers(self, name: str, binding: Binding) -> Iterator[Step]:
        """The steps that made the value, newest first, each to be known before the next is
        asked for: those before one that cannot be told, or that has the value, are not needed."""
        if binding.constant is not UNKNOWN or binding.opaque or binding.module:
            return
        for one in binding.chain.newest_first():
            yield one.step
            outcome = self._known.get(one.step.value)
            if outcome is None or name in outcome.names:
                break
        for link in binding.columns.written.values() if binding.columns is not None else ():
            for one in link.newest_first():
                yield one.step
                if self._known.get(one.step.value) is None:
                    break

    def _names(self, step: Step, heap: Heap) -> Scope:
        found: Scope = {}
        for name, binding in step.reads.items():
            if binding is None or "[" in name:
                continue
            with contextlib.suppress(Unknown):
                found[local_name(name)] = self._given(name, binding, step.reads, heap)
        loose = [one.key for one in found.values() if isinstance(one, Loose)]
        if len(set(loose)) < len(loose) or any(key in heap.objects for key in loose):
            raise Unknown  # what is written to a part would be seen elsewhere
        if heap.met_again:
            self._check(found, step)
        return found

    def _check(self, found: Scope, step: Step) -> None:
        """Names that share an object must agree on what it is."""
        for name, binding in step.reads.items():
            if binding is not None and found.get(name) is not None and not _is_code(found[name]):
                alone = self._given(name, binding, step.reads, Heap())
                if fingerprint(alone, code=True) != fingerprint(found[name], code=True):
                    raise Unknown

    def _given(
        self, name: str, binding: Binding, reads: Mapping[str, Binding | None], heap: Heap
    ) -> Any:
        if name[0] == "@":
            return self._result(binding, heap)
        if binding.provenance == PRESENCE:
            return self._parts(name, binding, reads, heap)
        return self._value(name, binding, heap)

    def _result(self, binding: Binding, heap: Heap) -> Any:
        outcome = self._known.get(binding.chain.step.value)
        if outcome is None or outcome.result is None:
            raise Unknown
        return heap.take(outcome.result, [outcome.heap])

    def _parts(
        self, name: str, binding: Binding, reads: Mapping[str, Binding | None], heap: Heap
    ) -> Any:
        """What is known of an object of which the step reads parts alone."""
        parts = parts_read(name, reads)
        links = {one.chain for _, one in parts}
        if binding.deferred or links == {binding.chain}:
            whole, layers = self._made_if_known(name, binding.chain)
            if isinstance(whole, Holder):
                return self._attributes(name, binding, parts, heap)
            if type(whole) in (list, set, deque) and links == {binding.chain}:
                return heap.take(whole, layers)  # a part of it has the number of all of it
            if binding.deferred and not parts and type(whole) is not dict:
                raise Unknown
        made = Part()
        for key, one in parts:
            if one.chain is not binding.chain:
                made[key] = self._item(name, one.chain, key, 0, heap)
                continue
            whole, layers = self._made(name, binding.chain)
            if type(whole) is not dict:
                raise Unknown
            now, since = newest(whole, layers)
            if key in now:
                made[key] = heap.take(now[key], since)
            else:
                made.absent |= {key}
        return made

    def _made_if_known(self, name: str, link: Chain) -> tuple[Any, list[Heap]]:
        try:
            return self._made(name, link)
        except Unknown:
            return None, []

    def _attributes(
        self, name: str, binding: Binding, parts: Iterable[tuple[str, Binding]], heap: Heap
    ) -> Loose:
        whole, layers = self._made(name, binding.chain)
        made = Loose(whole, layers[-1].keys.get(id(whole)))
        if made.key is None:
            raise Unknown
        for key, one in parts:
            if not lets_set(made, key):
                raise Unknown
            if one.chain is not binding.chain:
                made.attributes[key] = self._item(name, one.chain, key, 0, heap)
            else:
                made.attributes[key] = heap.take(*newest_attribute(whole, layers, key))
        return made

    def _value(self, name: str, binding: Binding, heap: Heap) -> Any:
        if binding.constant is not UNKNOWN:
            return binding.constant
        if binding.opaque or binding.__class__ is Unbound:
            raise Unknown
        if binding.module or binding.chain.step.facts.rare.imports:
            return imported(name, binding)
        columns, items = binding.columns, dict[str, Any]()
        for key, link in columns.written.items() if columns is not None else ():
            if columns is not None and columns.there.get(key):
                items[key] = self._item(name, link, key, binding.same, heap)
        value = heap.take(*self._made(name, binding.chain))  # as `items` are by now
        if columns is not None and columns.written:
            inside = _inside(value, columns.written)
            for key in columns.written.keys() - items.keys():
                inside.pop(key, None)
            inside.update(items)
        return value

    def _made(self, name: str, link: Chain) -> tuple[Any, list[Heap]]:
        """What the links made of the object, with the heaps of those since, newest first."""
        layers: list[Heap] = []
        for step, outcome in self._followed(link):
            layers.append(outcome.heap)
            if outcome.partly and not _stands_alone(name, step, outcome):
                layers[-1] = self._patched(step, outcome)
            if name in outcome.names and not isinstance(outcome.names[name], Loose):
                return outcome.names[name], layers
        raise Unknown

    def _patched(self, step: Step, outcome: Outcome) -> Heap:
        """What is known after a step that wrote parts of objects, which are found again."""
        found = Heap()
        found.keys, found.objects = outcome.heap.keys, outcome.heap.objects
        patches: dict[object, Mapping[str, Any]] = {}
        for name, one in outcome.names.items():
            if isinstance(one, Part):
                raise Unknown  # what it wrote may be any object, or in it
            binding = step.reads.get(name)
            if isinstance(one, Loose) and one.written and binding is not None:
                whole, layers = self._made(name, binding.chain)
                key = layers[-1].keys.get(id(whole))
                if key is None or not all(lets_set(whole, place) for place in one.written):
                    raise Unknown
                patches[key] = {place: one.attributes[place] for place in one.written}
        found.patches = patches
        return found

    def _item(self, name: str, link: Chain, key: str, same: int, heap: Heap) -> Any:
        """The item that the links made, by this name or another of the same object."""
        layers: list[Heap] = []
        for step, outcome in self._followed(link):
            layers.append(outcome.heap)
            reads = step.reads.items()
            names = [other for other, of in reads if of is not None and same and of.same == same]
            for other in [name, *names]:
                whole = outcome.names.get(other)
                inside = whole.attributes if isinstance(whole, Holder) else whole
                if isinstance(inside, dict) and key in inside:
                    return heap.take(inside[key], layers)
        raise Unknown

    def _followed(self, link: Chain) -> Iterator[tuple[Step, Outcome]]:
        """The links, newest first, as far as their outcomes are known."""
        for one in link.newest_first():
            outcome = self._known.get(one.step.value)
            if outcome is None or one.carried:
                return
            yield one.step, outcome


def _stands_alone(name: str, step: Step, outcome: Outcome) -> bool:
    """Has the object behind ``name`` nothing to do with those of which the step needs parts?"""
    reads = step.reads
    if any(isinstance(one, Loose) for one in outcome.names.values()):
        return False
    if (mine := reads.get(name)) is None:
        return name in step.facts.writes
    tokens = mine.own | mine.holds
    others = [one for other, one in reads.items() if other != name and one is not None]
    parts = [one for one in others if one.provenance == PRESENCE]
    return not any(tokens & (one.own | one.holds) for one in parts)


def _is_code(value: Any) -> bool:
    return isinstance(value, (Function, Part, Loose))


def _inside(value: Any, written: Iterable[str]) -> dict[Any, Any]:
    """Where the items or attributes of a value stand that were written since."""
    if type(value) in DICTS:
        inside: dict[Any, Any] = value
        return inside
    if not isinstance(value, Holder) or not all(lets_set(value, key) for key in written):
        raise Unknown
    return value.attributes


def _length(read: tuple[str, Binding | None]) -> int:
    binding = read[1]
    return 0 if binding is None else binding.chain.depth
