"""State beside the names, as a statement finds it: files, environment, results of cells."""

from __future__ import annotations

from .bindings import Binding, Owner
from .facts import Read, StatementFacts
from .namespace import Names
from .use import Look, Use

_NO_READS: tuple[Read, ...] = ()


def read_beside(
    facts: StatementFacts, use: Use, reads: dict[str, Binding | None], owner: Owner, names: Names
) -> tuple[Read, ...]:
    """Adds what the statement reads beside the names to ``reads``, where something of the
    session has set it. Returns results of cells that it lacks."""
    missing = _NO_READS
    for location in use.ambient_reads:
        if location == "@out" and reads.get("_") is not None:
            continue  # a name of the page: IPython leaves it alone from then on
        if location == "@path" and location in use.ambient_writes:
            continue  # adding a folder again leaves every import what it was
        for name in locations(location, names.look):
            if (binding := names.look(name)) is not None or name[:7] == "@random":
                reads[name] = binding
            elif name[:5] == "@out:" and names.opaque is None:
                missing += _result_lacking(name, use, reads, owner)
    shows = facts.shows and "@options" not in use.ambient_writes
    if shows and (options := names.look("@options")) is not None:
        reads["@options"] = options
    return missing


def locations(location: str, look: Look) -> tuple[str, ...]:
    """Where ``location`` really is: of a file, whose path a name may hold."""
    if location.startswith("@file$"):
        holder = look(location[6:])
        text = holder.constant if holder is not None else None
        return (f"@file:{text.removeprefix('./')}",) if isinstance(text, str) else ()
    if location.startswith("@environ:"):
        return (location, "@environ:")
    return (location,)


def _result_lacking(
    name: str, use: Use, reads: dict[str, Binding | None], owner: Owner
) -> tuple[Read, ...]:
    """``Out[3]`` and ``_3`` where no third cell has a value. It is certain where there cannot be
    any yet."""
    place = name[5:]
    read = use.reads.get(f"_{place}") or use.reads.get("Out")
    if read is None or not place.isdigit() or reads.get(read.name) is not None:
        return _NO_READS
    too_early = owner.count is not None and int(place) >= owner.count
    return (Read(name, read.line, read.certain and too_early, None, read.reached),)
