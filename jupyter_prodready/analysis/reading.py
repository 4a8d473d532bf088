"""What a statement reads of the live names, parts of objects apart, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import replace
from .bindings import BUILTIN, Binding, Chain, Columns, Owner, Via, absent, bound_to, linked, part
from .builtin_names import BUILTINS, is_builtin
from .entries import entry
from .facts import Item, Read, StatementFacts
from .namespace import Names
from .parts import (
    Unbound,
    UnseenPart,
    is_function,
    names_index,
    needs_all,
    part_binding,
    presence,
    with_parts,
)
from .submodules import modules_read

Reads = dict[str, Binding | None]
Reader = tuple[StatementFacts, Owner, int]
"""A statement that reads, whose it is, and its number."""
Found = tuple[Reads, tuple[Read, ...], list[int], bool]
"""What is behind each name that is needed, what is missing, the provenances of these names; and
has any of it code of the page, or is any changed by every use?"""
NO_COLUMNS = Columns({}, {})
_NO_READS: tuple[Read, ...] = ()


class Reading(Names):
    """Live names that statements read."""

    def read(
        self, needed: Iterable[Read], looked_at: frozenset[str], facts: StatementFacts,
        owner: Owner, number: int,
    ) -> Found:  # fmt: skip
        """What a statement finds. Of functions only ``looked_at`` it needs that they are there."""
        reads: Reads = {}
        missing, has_code, seen, live = _NO_READS, False, self._seen, self.names
        numbers: list[int] = []
        for read in needed:
            name, items = read[0], read[3]  # to unpack a named tuple takes longer
            if name in seen:
                binding = reads[name] = seen[name]
            else:
                binding = reads[name] = seen[name] = seen.inputs[name] = live.get(name)
            if binding is None:
                if name in BUILTINS:
                    numbers.append(BUILTIN)
                    continue
                binding = reads[name] = self._unseen(name)
                if binding is None:
                    numbers.append(absent(name))
                    missing += () if name[0] == "@" or is_builtin(name) else (read,)
                    continue
            if items is not None or not binding.bare:
                has_code = has_code or bool(binding.deferred) or binding.consumable
                if (columns := binding.columns) is not None and columns.grows:
                    binding, items = self.grown(read, binding, reads, (facts, owner, number))
                if type(binding) is Unbound:
                    missing += (Read(name, read.line, False, unbound=True),)
                if items is not None and not binding.module:
                    missing += self._parts(read, items, binding, reads)
                elif binding.module and columns is not None:
                    reads.update(modules_read(read, columns, facts.text))
                elif columns is not None and read.without:
                    reads[name] = self._without(binding, read.without)
                elif name in looked_at and is_function(name, binding):
                    reads[name] = presence(binding)
                binding = reads[name] or binding
            numbers.append(binding.provenance)
        return reads, missing, numbers, has_code

    def grown(
        self, read: Read, binding: Binding, reads: Reads, reader: Reader
    ) -> tuple[Binding, tuple[Item, ...] | None]:
        """Of a `defaultdict`, with the keys that reading it makes: a change (see `changes`)."""
        raise NotImplementedError

    def _unseen(self, name: str) -> Binding | None:
        """What a name may be that is bound nowhere, after a statement that may bind any."""
        opaque = self.opaque
        if opaque is None or is_builtin(name) or name[0] == "@":
            return None
        number = self.interner.number("opaque", name, opaque.value)
        return bound_to(number, linked(opaque, number), opaque=True, base=number)

    def _without(self, binding: Binding, keys: frozenset[str]) -> Binding:
        """The object but for parts that the statement sets before it needs the rest."""
        columns = binding.columns or NO_COLUMNS
        kept = {key: link for key, link in columns.written.items() if key not in keys}
        return with_parts(binding, replace(columns, written=kept), self.interner)

    def _parts(
        self, read: Read, items: Iterable[Item], binding: Binding, reads: Reads
    ) -> tuple[Read, ...]:
        """Put the parts that are read in the place of the whole. Returns those it lacks."""
        columns = binding.columns or NO_COLUMNS
        name, missing = read.name, _NO_READS
        parts: dict[str, Binding | None] = {}
        written, there = columns.written, columns.there
        for key, attribute, certain, optional in items:
            link = written.get(key)
            if not optional and not there.get(key, not columns.closed):
                known = key in there or (columns.closed and columns.attributes)
                if (not attribute or known) and key[:2] != "__":
                    made = Read if key in there else UnseenPart
                    missing += (made(part(name, key), read.line, certain),)
            if link is None and attribute and needs_all(key, binding):
                return missing
            if link is None and columns.literal is not None:
                link = entry(columns, key, self.interner)
            if link is None and columns.via is not None and not attribute:
                link = self._carried(columns.via, key)
            parts[f'{name}["{key}"]'] = part_binding(binding, link)
        reads[name] = binding.there or presence(binding)
        reads.update(parts)
        return missing

    def needing(self, facts: StatementFacts, reads: Reads) -> tuple[Read, ...]:
        """The columns that calls name, read beside their tables. Returns those it lacks."""
        missing = _NO_READS
        for shape in facts.rare.shapes:
            if shape.needs:
                missing += self._lacking(shape.source, shape.needs, facts)
        for need in facts.rare.needs:
            binding = self.look(need.name)
            if binding is None or binding.module or binding.opaque:
                continue
            columns = binding.columns or NO_COLUMNS
            for key in need.keys:
                location, link = part(need.name, key), columns.written.get(key)
                reads.setdefault(location, part_binding(binding, link))
                if columns.attributes or not columns.lacks(key):
                    continue
                if not (need.levels and names_index(binding)):
                    made = Read if key in columns.there else UnseenPart
                    missing += (made(location, need.line, need.certain, None, need.reached),)
        return missing

    def _carried(self, via: Via, key: str) -> Chain | None:
        """The link of an item that came item by item from another object."""
        if key in via.adds and key not in via.renames:
            return None
        key, source = via.renames.get(key, key), via.source
        columns = source.columns or NO_COLUMNS
        link = columns.written.get(key) or entry(columns, key, self.interner)
        if link is None and columns.via is not None:
            link = self._carried(columns.via, key)
        before = link or source.chain
        value = source.base if link is None else link.value
        number = self.interner.number("via", via.step.facts.key, value)
        return linked(via.step, number, before, carried=True)

    def _lacking(self, name: str, needs: Iterable[str], facts: StatementFacts) -> tuple[Read, ...]:
        binding = self.look(name)
        columns = binding.columns if binding is not None else None
        if columns is None:
            return _NO_READS
        missing = _NO_READS
        for key in sorted(needs):
            if columns.lacks(key):
                made = Read if key in columns.there else UnseenPart
                missing += (made(part(name, key), facts.line, True),)
        return missing
