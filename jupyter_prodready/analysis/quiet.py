"""Functions of the page that only compute: a statement that calls no others needs what they
read, and does no more than it does by itself."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from .arguments import Look
from .facts import NOTHING, Call, DeferredFacts, Read, StatementFacts
from .instances import read_by_name, shows_values
from .known_names import ONLY_LOOK
from .within import hides_calls


def needed_by(facts: StatementFacts, look: Look) -> Collection[Read] | None:
    """What the statement needs, with all that it calls; None where what it calls may do more
    than read, or is given anything that can do more, or where it may run what it does not call."""
    if read_by_name(facts, look):
        return None
    called: dict[str, DeferredFacts] = {}
    shown: list[str] = []
    for name in facts.invoked:
        binding = look(name)
        if binding is None or binding.bare:
            continue
        if binding.consumable or len(binding.deferred) > 1:
            return None
        for body in binding.deferred:
            if body.kind == "class" and shows_values(name, body, facts):
                shown.append(name)
            elif _only_reads(body, look):
                called[name] = body
            else:
                return None
    if not (called or shown):
        return None if facts.is_compound and hides_calls(facts, look) else facts.reads
    if facts.is_compound or (shown and len(shown) + len(called) > 1):
        return None
    if not _are_given_values(facts, called, shown, look):
        return None
    if not called:
        return facts.reads
    reads = {read.name: read for read in facts.reads}
    for name in sorted(called) if len(called) > 1 else called:
        if name not in reads or reads[name].items == () or name in facts.looked_at:
            return None
        if facts.looked_at and name in ONLY_LOOK:
            return None
        certain, reached = surely(name, facts.calls)
        for read in called[name].reads:
            add_read(reads, read, facts.line, certain and read.certain, reached and read.reached)
    return reads.values()


def _only_reads(body: DeferredFacts, look: Look) -> bool:
    """Is it a function that reads names of the page, if anything of it, and none with code?"""
    if body.kind != "function" or body.mutations or body.writes or body.changes_params:
        return False
    if (
        body.returns
        or body.passes
        or body.keeps
        or body.gives
        or body.shows
        or body.own_state
        or body.bases
    ):
        return False
    if body.draws or body.seeds or body.ambient_reads or body.ambient_writes or body.identifies:
        return False
    if body.decorated or type(body.node) is ast.AsyncFunctionDef:
        return False
    if body.closures or body.lazy or body.consumable or body.cached or body.unrepeatable:
        return False
    used = [read.name for read in body.reads]
    if body.calls:
        used += [call.func.removeprefix("*") for call in body.calls]
    return not _any_code(used, look)


def _are_given_values(
    facts: StatementFacts, called: Collection[str], shown: Collection[str], look: Look
) -> bool:
    """Has nothing that these functions are given any code, and is no code called beside them?"""
    names: list[str] = []
    for call in facts.calls:
        if call.func in called:
            names += [name.lstrip("*") for name in call.args if name is not None]
            if call.keywords:
                names += [name.lstrip("*") for _, name in call.keywords]
        elif call.func not in facts.invoked or call.func in shown:
            names.append(call.func.removeprefix("*"))
    return not _any_code(names, look)


def _any_code(names: Iterable[str], look: Look) -> bool:
    for name in names:
        binding = look(name)
        if binding is not None and not binding.bare and (binding.deferred or binding.consumable):
            return True
    return False


def surely(name: str, calls: Iterable[Call]) -> tuple[bool, bool]:
    """Does a statement with these calls surely call the function; does it unless a loop is
    empty?"""
    sure = False, False
    for call in calls:
        if call.func == name and call.method is None:
            sure = call.certain, call.reached
    return sure


def add_read(reads: dict[str, Read], read: Read, line: int, certain: bool, reached: bool) -> None:
    """Have ``reads`` tell of what a function reads that is called on this line."""
    old = reads.get(read.name)
    if old is None:
        items = None if read.items is None else tuple(
            [item._replace(certain=item.certain and certain) for item in read.items]
        )  # fmt: skip
        reads[read.name] = Read(read.name, line, certain, items, reached)
        return
    if old.without:
        reads[read.name] = old = old._replace(without=NOTHING)
    items = None if old.items is None or read.items is None else (*old.items, *read.items)
    certain, reached = certain or old.certain, reached or old.reached
    if items != old.items or certain != old.certain or reached != old.reached:
        reads[read.name] = Read(read.name, old.line, certain, items, reached)
