"""The abstract interpreter: statements in, the provenance of every live name out.

A *provenance* is an interned number: two names have the same one exactly when the same code ran
over inputs of the same provenance. Both walks, of history and plan, know and miss the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from .beside import leave_at, leave_result, read_beside
from .bindings import UNKNOWN, Binding, Owner, Step
from .caches import keep_results, read_kept
from .changes import Changing, have_code
from .facts import Mutation, Read, StatementFacts
from .identity import strangers
from .named_files import files_of, state_of, states_read
from .needs import Use
from .parts import unbound
from .paths import locations
from .put_away import put_away
from .replay import exact, first_value, replayed
from .tied import tie
from .use import use_of


class Namespace(Changing):
    """The live names of one walk, and what a statement does to them."""

    has_drawn = False
    """Did a statement give what no two runs share: an unseeded draw, the clock?"""

    def followed(self, facts: StatementFacts, owner: Owner, number: int, *, known: bool) -> Step:
        if facts.mutations:
            self.begin_anew(facts.mutations)
        needed = (use := use_of(facts, self.look, known=known)).reads
        if facts.rare.notes and self.look("@future:annotations") is None:
            needed = {read.name: read for read in facts.annotations} | needed
        found = self.read(needed.values(), use.looked_at, facts, owner, number)
        reads, missing, inputs, has_code = found
        if use.ambient_reads or use.ambient_writes or facts.shows:
            missing += read_beside(facts, use, reads, owner, self)
        if owner.modules or facts.rare.unseen:
            for location in states_read(facts, reads, owner.modules or ()):
                if (state := self.look(location)) is not None:
                    reads[location] = state
        if facts.rare.needs or facts.rare.shapes:
            missing += self.needing(facts, reads)
        if use.caches:
            read_kept(facts, use, reads, self)
        value = self.interner.made(facts, reads, self._unique(facts, use, reads, owner), inputs)
        constant: object = UNKNOWN
        if facts.folded is not None:
            constant, value = self.folded(facts, facts.folded, value)
        repeated = None
        if facts.rare.replays and not (use.unrepeatable or use.draws):
            repeated = replayed(facts, reads)
        if repeated is not None:
            value = repeated.step.value
        there = self.look(facts.rare.unless) if facts.rare.unless else None
        if facts.rare.unless:
            missing = self._unless(facts.rare.unless, missing, certain=there is None)
            value = value if there is None else first_value(there, facts, value)
        step = Step()
        step.owner, step.number, step.facts = owner, number, facts
        step.reads, step.missing, step.value = reads, missing, value
        step.constant = constant
        step.given = self._given(facts, owner) if facts.rare.unseen else None
        step.has_code = has_code or (len(reads) > len(inputs) and have_code(reads.values()))
        if repeated is None and there is None:
            self._apply(step, use)
        return step

    def _unless(self, name: str, missing: tuple[Read, ...], *, certain: bool) -> tuple[Read, ...]:
        """What is missing of a statement that defines the name where it is not there."""
        sure = certain and self.opaque is None
        return tuple([read._replace(certain=sure) for read in missing if read.name != name])

    def _given(self, facts: StatementFacts, owner: Owner) -> tuple[str, ...] | None:
        """Names from a file beside the page, which another working directory may hide."""
        changed = self.look("@cwd") or self.look(state_of(facts.rare.unseen))
        if owner.binds is None or changed is not None:
            return None
        return owner.binds.get(facts.rare.unseen)

    def _unique(
        self, facts: StatementFacts, use: Use, reads: Mapping[str, Binding | None], owner: Owner
    ) -> object:
        """What the value follows from beside the code and its inputs."""
        if use.unrepeatable or (use.draws and any(self.look(one) is None for one in use.draws)):
            self.has_drawn = True
            return owner.unique
        if owner.modules and (facts.rare.imports or facts.rare.unseen):
            return tuple([owner.modules.get(file) for file in files_of(facts)])
        return strangers(reads) if use.identifies else ()

    # --- what it leaves behind ------------------------------------------------------------

    def _apply(self, step: Step, use: Use) -> None:
        facts = step.facts
        if facts.rare.resets:
            self.clear()
        mutations = use.mutations
        if len(mutations) > 1:  # what an object holds changes before it gets something new to hold
            mutations = sorted(mutations, key=lambda one: not one.deep)
        for mutation in mutations:
            self.change(exact(mutation, facts, self.look), step)
        bound = (*use.writes, *step.given) if step.given else use.writes
        if bound or use.maybe_writes:
            self.bind_all(bound, step, use.maybe_writes, use)
        if facts.aliases and (facts.is_compound or ":=" in facts.text):
            self.hand_on(step)
        if not use.plain:
            put_away(step, self)
        if facts.rare.chained:
            tie(facts.rare.chained, step, self)
        for shape in facts.rare.shapes:
            self.reshape(shape.target or shape.source, shape.drops, shape.adds)
        for name in facts.rare.deletes:
            self.drop(name)
        for name in facts.rare.unbinds:
            if (old := self.look(name)) is not None:
                self.set(name, unbound(old, step, self.interner))
        if facts.rare.output and use.shows:
            self.change(Mutation(facts.rare.output), step)
        if facts.gives or use.draws or use.seeds or use.ambient_writes or use.caches:
            self._leave_ambient(step, use)
        if facts.rare.opaque and step.given is None:
            self.opaque = step

    def _leave_ambient(self, step: Step, use: Use) -> None:
        if use.caches:
            keep_results(use, step, self)
        for location in use.seeds:
            leave_at(location, step, self)
        for location in use.ambient_writes:
            for name in locations(location, self.look)[:1]:
                if name == "@path" and self.look(name) is not None and not step.facts.is_compound:
                    self.change(Mutation(name), step)
                else:
                    leave_at(name, step, self)
        for location in use.draws - use.seeds:
            if self.look(location) is not None:
                self.change(Mutation(location), step)
        if step.facts.gives and step.owner.results:
            leave_result(step, self)
