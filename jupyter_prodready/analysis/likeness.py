"""Derivations that differ and yet come to the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING

from .bindings import UNKNOWN, Binding, Chain, Columns, Interner, Step
from .blind import is_blind, is_waited_for
from .essence import are_definitions, do_the_same, looks_into, needed
from .facts import NOTHING, Read
from .looks import OPTIONS, labels, looks_alike
from .parts import Unbound
from .renamed import SAME, Renames, renames
from .sizes import measured, same_size
from .taken import is_taken

if TYPE_CHECKING:
    from .outcomes import Outcomes

MOST_NESTED = 100
Reads = Mapping[str, Binding | None]


class Likeness:
    """Compares steps of the history with those of the plan, one analysis long.

    Two steps are alike if they are the same code, but for what it calls things, over inputs that
    are alike; inputs are if they have one provenance, or values that follow from literals and are
    equal, or if the steps that made them are alike one by one.
    """

    def __init__(self, interner: Interner, kept: dict[int, object]) -> None:
        self._interner = interner
        self._kept = kept
        self._steps: dict[tuple[int, int], bool] = {}
        self._names: dict[tuple[str, int, int], bool] = {}
        self._links: dict[tuple[int, int], bool] = {}
        self._renamed: dict[str, set[str]] = {}
        self._handed: set[str] = set()
        self._nested = 0

    @cached_property
    def _outcomes(self) -> Outcomes:
        """Imported where something differs, which is seldom."""
        from .outcomes import Outcomes

        return Outcomes(self._kept)

    def steps(self, one: Step, two: Step) -> bool:
        """Do they make the same of the same?"""
        if one.value == two.value:
            return True
        key = one.value, two.value
        known = self._steps.get(key)
        if known is None:
            self._steps[key] = False  # where it hangs on itself
            known = self._steps[key] = self._compared(one, two)
        return known

    def bindings(
        self, name: str, one: Binding | None, two: Binding | None, its: str | None = None
    ) -> bool:
        """Does the name stand for the same, or for what the other calls ``its``?"""
        if one is None or two is None:
            return one is two
        if one.provenance == two.provenance:
            return True
        if (one.__class__ is Unbound) != (two.__class__ is Unbound):
            return False  # one of them may be gone
        names = name if its is None else f"{name} {its}"
        key = names, one.provenance, two.provenance
        known = self._names.get(key)
        if known is None:
            known = self._equal(name, one, two, its or name) or self._made_alike(one, two)
            self._names[key] = known
        return known

    def shown(self, one: Step, two: Step) -> bool:
        """Do they show the same, whatever they make?"""
        first, second = self._outcomes.of(one), self._outcomes.of(two)
        if first is not None and second is not None and first.shown == second.shown:
            return True
        return self._differ_beside_what_is_shown(one, two)

    def _differ_beside_what_is_shown(self, one: Step, two: Step) -> bool:
        """Are they the same code over inputs that are alike, but for what they do not look at?"""
        if self._called(one, two) is not SAME or one.facts.key != two.facts.key:
            return False
        if not (self._follows(one) and self._follows(two)):
            return False
        mine, its = one.reads, two.reads
        if (shown := labels(one)) is not None and shown == labels(two):
            return True
        names = [name for name in {**mine, **its} if not self._is_alike(name, mine, its)]
        if OPTIONS in names and looks_alike(two):
            names.remove(OPTIONS)
        return all(name in mine and name in its and _is_unseen(name, one, two) for name in names)

    def _is_alike(self, name: str, mine: Reads, its: Reads) -> bool:
        return name in mine and name in its and self.bindings(name, mine[name], its[name])

    def must_reach(self, step: Step, read: Read, *, ran: bool) -> bool:
        """Must the step come to where it reads what is missing? ``ran``: this code did, where that
        was there."""
        untold = "[" in read.name or step.facts.rare.forgives
        lacked = None if untold else self._outcomes.lacked(step)
        if lacked == "" or lacked == read.name:
            return lacked != ""
        return ran and (read.reached or is_taken(step.facts.node, read.name, step.reads))

    def _compared(self, one: Step, two: Step) -> bool:
        called = self._called(one, two)
        if called is None or self._nested >= MOST_NESTED:
            return False
        self._nested += 1
        same = _bind_one_value(one, two) or (
            self._follows(one) and self._follows(two) and self._read_alike(one, two, called)
        )
        self._nested -= 1
        if same and called is not SAME:
            self._handed |= called.handed
            for name, its in called.names.items():
                self._renamed.setdefault(name, set()).add(its)
        return same

    def new_names(self, ones: Sequence[Step], others: Sequence[Step]) -> Mapping[str, str] | None:
        """What the others, of as many, bind under another name; None where they are not alike, or
        where people are told something else."""
        found: dict[str, str] = {}
        for one, two in zip(ones, others, strict=True):
            if one.value == two.value or one.facts.key == two.facts.key:
                called = SAME if self.steps(one, two) else None
            else:
                called = renames(one.facts, two.facts) if self.steps(one, two) else None
            if called is None:
                return None
            names = called.names.items()
            found.update({mine: its for mine, its in names if mine in one.facts.writes})
        return found

    def _called(self, one: Step, two: Step) -> Renames | None:
        """What the other calls the names of the one, where that differs; None where the code is
        another."""
        if one.facts.key == two.facts.key:
            return None if looks_into(one.facts) else SAME
        if are_definitions(one, two) and do_the_same(one, two):
            return SAME if needed(one) == needed(two) else None
        called = renames(one.facts, two.facts)
        told = called is not None and (looks_into(one.facts) or looks_into(two.facts))
        return None if told else called

    def _read_alike(self, one: Step, two: Step, called: Renames) -> bool:
        mine, theirs = one.reads, two.reads
        if one.facts.key != two.facts.key and called is SAME:
            mine, theirs = ({n: step.reads[n] for n in needed(step)} for step in (one, two))
        pairs = [(name, called.new(name)) for name in mine]
        known = [(name, its) for name, its in pairs if its in theirs]
        if not self._all_alike(one, two, known, called):
            return False
        left = mine.keys() - {name for name, _ in known}
        others = theirs.keys() - {its for _, its in known}
        if not left and not others:
            return True
        return len(left) == len(others) and self._inside_alike(one, two, left, others)

    def _inside_alike(self, one: Step, two: Step, left: Set[str], others: Set[str]) -> bool:
        """Are names alike that functions read which call them something else?"""
        names: dict[str, str] = {}
        for name in left:
            found = self._renamed.get(name, NOTHING) & others
            if len(found) != 1:
                return False
            names[name] = next(iter(found))
        if len(set(names.values())) < len(names):
            return False
        called = Renames(names, frozenset(self._handed & names.keys()))
        return self._all_alike(one, two, [*names.items()], called)

    def _all_alike(
        self, one: Step, two: Step, pairs: Sequence[tuple[str, str]], called: Renames
    ) -> bool:
        for name, its in pairs:
            binding = one.reads[name]
            if name != its and name in called.handed and _is_function(binding):
                return False  # its name may be shown
            if self.bindings(name, binding, two.reads[its], its):
                continue
            if not (is_waited_for(name, one) and is_waited_for(its, two)):
                return False
        return True

    def _follows(self, step: Step) -> bool:
        """Does what it makes follow from what it reads, and from nothing else?"""
        return self._interner.made(step.facts, step.reads, ()) == step.value

    def _equal(self, name: str, one: Binding, two: Binding, its: str) -> bool:
        outcomes = self._outcomes
        if not (outcomes.is_comparable(name, one) and outcomes.is_comparable(its, two)):
            return False
        first = outcomes.fingerprint(name, one)
        return first is not None and first == outcomes.fingerprint(its, two)

    def _made_alike(self, one: Binding, two: Binding) -> bool:
        if one.opaque or two.opaque or not self.chains(one.chain, two.chain):
            return False
        return self._columns(one.columns, two.columns)

    def chains(self, one: Chain, two: Chain) -> bool:
        """Were they made by steps that are alike, one by one?"""
        passed: list[tuple[int, int]] = []
        same = True
        mine: Chain | None = one
        theirs: Chain | None = two
        while same and mine is not None and theirs is not None and mine.value != theirs.value:
            key = mine.value, theirs.value
            if key in self._links:
                same = self._links[key]
                break
            passed.append(key)
            same = mine.carried == theirs.carried and self.steps(mine.step, theirs.step)
            same = same and self._made_of_one_name(mine, theirs)
            mine, theirs = mine.before, theirs.before
        if mine is None or theirs is None:
            same = same and mine is theirs
        self._links.update(dict.fromkeys(passed, same))
        return same

    def _made_of_one_name(self, one: Chain, two: Chain) -> bool:
        """Do the links stand for the same of all that their steps, which are alike, have made?"""
        facts, others = one.step.facts, two.step.facts
        same_code = facts.key == others.key
        if same_code and len(facts.writes) < 2:
            return True
        called = SAME if same_code else self._called(one.step, two.step) or SAME
        mine, its = self._name_of(one), self._name_of(two)
        if mine is None or its is None:
            changed = facts.writes | facts.maybe_writes | facts.mutates
            return mine is its and len(changed & called.names.keys()) < 2
        return called.names.get(mine, mine) == its

    def _name_of(self, link: Chain) -> str | None:
        """The name that the step bound the object to; None where it changed it."""
        numbers, step = self._interner.numbers, link.step
        names = step.facts.writes
        return next((n for n in names if numbers.get((step.value, n)) == link.value), None)

    def _columns(self, one: Columns | None, two: Columns | None) -> bool:
        if one is None or two is None:
            return one is two
        if one.via is not None or two.via is not None or list(one.written) != list(two.written):
            return False
        if (one.there, one.closed) != (two.there, two.closed):
            return False
        return all(self.chains(link, two.written[key]) for key, link in one.written.items())


def _bind_one_value(one: Step, two: Step) -> bool:
    mine, its = one.constant, two.constant
    return mine is not UNKNOWN and type(mine) is type(its) and repr(mine) == repr(its)


def _is_unseen(name: str, one: Step, two: Step) -> bool:
    """Does neither show what differs in what the name stands for?"""
    if is_blind(name, one) and is_blind(name, two):
        return True
    mine, its = one.reads[name], two.reads[name]
    whole = measured(one.facts.node).get(name)
    if whole is None or mine is None or its is None or one.reads.get("len") is not None:
        return False  # a `len` of the page's own may show anything
    return same_size(name, mine, its, whole=whole)


def _is_function(binding: Binding | None) -> bool:
    return binding is not None and any(one.kind == "function" for one in binding.deferred)
