"""What a step reads: of which steps it must have the values, before its own can be followed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from .bindings import PRESENCE, UNKNOWN, Binding, Chain, Step, part
from .evaluator import SHOWING
from .interpreter import can_execute
from .known_modules import MODULES, module_of
from .rare import PLAIN, Rare
from .value_calls import Unknown

RESULT = "@out"


def _does_more(rare: Rare) -> bool:
    """Does it anything that is not followed by value?"""
    beside = rare.effects or rare.opaque or rare.output or rare.resets or rare.imports
    return bool(beside) or "\n" in rare.extra


def waiting_for(step: Step) -> Iterator[Step] | None:
    makers = makers_of_musts(step)
    return None if makers is None else iter(makers)


def makers_of_musts(step: Step) -> list[Step] | None:
    """The steps whose values it must have: of names, or parts of them, that it cannot do without
    and that are no constants. None where it is plain that it cannot be followed."""
    facts = step.facts
    rare = facts.rare
    if rare is not PLAIN and _does_more(rare):
        return None
    if step.given or not can_execute(facts.node):
        return None
    makers, reads = [], step.reads
    for name, _, certain, items, _, _, _ in facts.reads:
        if not certain or (binding := reads.get(name)) is None:
            continue
        if items is not None and binding.provenance == PRESENCE:
            places = [part(name, item.key) for item in items]
        else:
            places = [name]
        for place in places:
            one = reads.get(place)
            if one is None or one.constant is not UNKNOWN:
                continue
            if not one.module and not one.opaque:
                makers.append(one.chain.step)
            elif one.opaque or not _is_known_module(place, one):
                return None
    return makers


def _is_known_module(name: str, binding: Binding) -> bool:
    imports = binding.chain.oldest.step.facts.rare.imports
    return any(item.asname == name and module_of(item.module, name) is not None for item in imports)


def imported(name: str, binding: Binding) -> Any:
    for item in binding.chain.oldest.step.facts.rare.imports:
        module = module_of(item.module, name) if item.name is None else MODULES.get(item.module)
        if item.asname == name and module is not None:
            found = module if item.name is None else module.get(item.name)
            if found is not None:
                return found
    raise Unknown


def has_others(name: str, step: Step) -> bool:
    """Has the object behind ``name``, or what it is in, another name that the step reads, too?"""
    mine = step.reads.get(name)
    others = [one for other, one in step.reads.items() if other != name and "[" not in other]
    return mine is not None and any(
        one is not None and mine.own & (one.own | one.holds) for one in others
    )


def called_to_show(node: ast.stmt) -> frozenset[str]:
    """``print`` of a statement that is a call of it."""
    call = node.value if isinstance(node, ast.Expr) else None
    func = call.func if isinstance(call, ast.Call) else None
    shows = isinstance(func, ast.Name) and func.id in SHOWING
    return frozenset([func.id]) if isinstance(func, ast.Name) and shows else frozenset()


def parts_read(name: str, reads: Mapping[str, Binding | None]) -> list[tuple[str, Binding]]:
    return [
        (location[len(name) + 2 : -2], one)
        for location, one in reads.items()
        if one is not None and location.startswith(f'{name}["')
    ]


def only_changes(name: str, before: Chain, step: Step) -> bool:
    """Has ``step`` changed the object in place that ``before`` made, and bound nothing to the
    name? Then the value cannot be told where that of before cannot."""
    had, facts = step.reads.get(name), step.facts
    if had is None or had.chain is not before or had.constant is not UNKNOWN:
        return False
    if name in facts.writes or name in facts.rare.maybe_writes or had.module:
        return False
    return not [1 for one in step.reads.values() if one is not None and one.deferred]


def local_name(location: str) -> str:
    """The name in the source for what a statement reads."""
    if location[0] != "@":
        return location
    if location == RESULT:
        return "_"
    if location.startswith(f"{RESULT}:"):
        return f"_{location[len(RESULT) + 1 :]}"
    raise Unknown
