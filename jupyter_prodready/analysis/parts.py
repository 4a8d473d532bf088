"""What is read of an object: all of it, named parts, or only that it is there."""

from __future__ import annotations

from ..records import replace
from .bindings import PRESENCE, UNKNOWN, Binding, Chain, Columns, Interner, Step, bound_to, linked
from .facts import Read
from .items import WHOLE_ATTRIBUTES


class UnseenPart(Read):
    """A part that an object lacks as far as is seen; nothing removed it, and what is not seen
    may have put it there."""

    __slots__ = ()


class Unbound(Binding):
    """A name that may be gone: an ``except`` that bound it anew removes it."""

    __slots__ = ()


def names_index(binding: Binding) -> bool:
    """May its index have a name, given by what made it or what it came from?"""
    waiting = [binding]
    seen: set[int] = set()
    while waiting:
        for step in [link.step for link in waiting.pop().links()]:
            if "index" in step.facts.text:
                return True
            if id(step) in seen:
                continue
            seen.add(id(step))
            sources = [shape.source for shape in step.facts.rare.shapes]
            waiting += [made for key in sources if (made := step.reads.get(key)) is not None]
    return False


def needs_all(attribute: str, binding: Binding) -> bool:
    """May the attribute depend on all of the object? A column of a frame does not."""
    if attribute in WHOLE_ATTRIBUTES:
        return True
    if binding.deferred and False in [one.kind == "stock" for one in binding.deferred]:
        return True
    columns = binding.columns
    return columns is not None and columns.attributes and not columns.closed


def is_function(name: str, binding: Binding) -> bool:
    """Is it a plain function, of which a look shows the name alone?"""
    definition = dict(binding.chain.step.facts.deferred).get(name)
    return definition is not None and definition.kind == "function"


def part_binding(binding: Binding, link: Chain | None) -> Binding:
    """One part: as it was written, else as the object as a whole was made."""
    link = link or binding.chain
    number = binding.base if link is binding.chain else link.value
    return bound_to(
        number, link, binding.own, binding.holds, binding.deferred, False, False, False, False, 0,
        number,
    )  # fmt: skip


def unbound(binding: Binding, step: Step, interner: Interner) -> Binding:
    """What is left of a name where an ``except`` of ``step`` may have removed it."""
    number = interner.number("unbound", binding.provenance, step.value)
    chain = linked(step, number, binding.chain)
    own, holds, code = binding.own, binding.holds, binding.deferred
    return bound_to(number, chain, own, holds, code, base=number, kind=Unbound)


def presence(binding: Binding) -> Binding:
    """The object itself where only parts of it are read: whatever they are."""
    if binding.there is None:
        binding.there = bound_to(
            PRESENCE, binding.chain, binding.own, binding.holds, binding.deferred, False, False,
            False, False, 0, PRESENCE,
        )  # fmt: skip
    return binding.there


def reshaped(
    binding: Binding, drops: frozenset[str], adds: frozenset[str], interner: Interner
) -> Binding:
    """The object without the parts ``drops`` and with ``adds``."""
    columns = binding.columns or Columns({}, {})
    there = {**columns.there, **dict.fromkeys(drops, False), **dict.fromkeys(adds, True)}
    return with_parts(binding, replace(columns, there=there), interner)


def with_parts(
    binding: Binding, columns: Columns, interner: Interner, holds: frozenset[int] | None = None
) -> Binding:
    """``binding`` with other parts: its provenance follows from base and parts."""
    number = binding.base
    if columns.written:
        parts = tuple([(key, link.value) for key, link in columns.written.items()])
        number = interner.number("parts", binding.base, parts)
    return bound_to(
        number, binding.chain, binding.own, binding.holds if holds is None else holds,
        binding.deferred, binding.immutable, binding.module, binding.consumable, binding.opaque,
        binding.same, binding.base, columns, UNKNOWN, binding.sequence,
    )  # fmt: skip
