"""State beside the names, as a statement finds it: files, environment, results of cells."""

from __future__ import annotations

from .asked_names import NAME
from .bindings import NO_TOKENS, Binding, Owner, Step, bound_to, linked
from .deeds import ANY, UNSEEN
from .facts import CellFacts, Read, StatementFacts
from .folders import folders_of, listed
from .namespace import Names
from .needs import Use
from .paths import locations
from .there import there

_LAST = {"@out": "_", "@out2": "__", "@out3": "___"}
_NO_READS: tuple[Read, ...] = ()


def read_beside(
    facts: StatementFacts, use: Use, reads: dict[str, Binding | None], owner: Owner, names: Names
) -> tuple[Read, ...]:
    """Adds what the statement reads beside the names to ``reads``, where something of the
    session has set it. Returns results of cells that it lacks."""
    missing = _NO_READS
    if ANY in use.ambient_reads:
        for name, live in names.look_at_all():
            if name not in facts.writes and name not in reads:
                reads[f"{ANY}:{name}"] = live
    for location in use.ambient_reads:
        if location in _LAST and reads.get(_LAST[location]) is not None:
            continue  # a name of the page: IPython leaves it alone from then on
        if location == "@path" and location in use.ambient_writes:
            continue  # adding a folder again leaves every import what it was
        if location[:5] == "@list":
            reads.update(listed(location, names))
            continue
        if location[:5] == NAME[:5]:
            reads.update(there(location, facts, names))
            continue
        for name in locations(location, names.look):
            if (binding := names.look(name)) is not None or name[:7] == "@random":
                reads[name] = binding
            elif name[:5] == "@out:" and names.opaque is None:
                missing += _result_lacking(name, use, reads, owner)
    for location in use.ambient_writes:
        for place in locations(location, names.look) if location[:5] == "@file" else ():
            reads.update(folders_of(place, names))
    shows = facts.shows and "@options" not in use.ambient_writes
    if shows and (options := names.look("@options")) is not None:
        reads["@options"] = options
    return missing


def leave_at(location: str, step: Step, names: Names) -> None:
    """What the step leaves at a location beside the names."""
    if location == UNSEEN:
        names.opaque = step
        return
    number = names.interner.number(step.value, location)
    made = bound_to(number, linked(step, number), base=number)
    if location[:6] == "@file:" and not step.facts.is_compound:
        for handle in step.facts.rare.consumables:  # what is written to it is written to the file
            made.own |= _owned(names.look(handle))
    names.set(location, made)


def leave_result(step: Step, names: Names) -> None:
    """``_`` and ``Out[n]``; what was ``_`` is ``__`` from then on."""
    for newer, older in (("@out2", "@out3"), ("@out", "@out2")):
        if (before := names.look(newer)) is not None:
            names.set(older, before)
    leave_at("@out", step, names)
    if step.owner.count is not None:
        leave_at(f"@out:{step.owner.count}", step, names)


def leave_source(facts: CellFacts, step: Step, names: Names) -> None:
    """``In[n]`` of the cell or run that ``step`` is of."""
    if step.owner.count is not None:
        location = f"@in:{step.owner.count}"
        number = names.interner.number(location, facts.source)
        names.set(location, bound_to(number, linked(step, number), base=number))


def _result_lacking(
    name: str, use: Use, reads: dict[str, Binding | None], owner: Owner
) -> tuple[Read, ...]:
    """``Out[3]`` and ``_3`` where no third cell has a value. It is certain where there cannot be
    any yet."""
    place = name[5:]
    read = use.reads.get(f"_{place}") or use.reads.get("Out") or use.reads.get("_oh")
    if read is None or not place.isdigit() or reads.get(read.name) is not None:
        return _NO_READS
    too_early = owner.count is not None and int(place) >= owner.count
    return (Read(name, read.line, read.certain and too_early, None, read.reached),)


def _owned(binding: Binding | None) -> frozenset[int]:
    return NO_TOKENS if binding is None else binding.own
