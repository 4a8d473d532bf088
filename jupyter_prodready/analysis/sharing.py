"""Which objects a freshly bound name shares with names that are live already."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ..records import dataclass
from .arguments import Look
from .bindings import NO_TOKENS, Binding, Columns, Step, Via, altered
from .contents import has_objects, has_views, is_display, is_object, takes_keys
from .facts import NOTHING, Call, DeferredFacts, Shape, Sharing, StatementFacts
from .given import given_for
from .given_in import displayed, gives_function, keeps_any, kept_inside
from .handing import is_handed_out
from .identity import class_of
from .nodes import unfolded, walk
from .of_class import parts_of
from .stocks import given_stock, goes_on_with, stock_with


@dataclass(slots=True, eq=False)
class Shared:
    """Tokens, deferred code and known parts that a name takes over."""

    own: frozenset[int] = NO_TOKENS
    holds: frozenset[int] = NO_TOKENS
    deferred: tuple[DeferredFacts, ...] = ()
    same: int = 0
    columns: Columns | None = None
    consumable: bool = False


NOTHING_SHARED = Shared()


def shared_of(name: str, step: Step, look: Look, calls: tuple[Call, ...]) -> Shared:
    """What ``name``, bound by ``step``, shares. Asked before the step's names are bound.

    ``calls``: those of the statement, if it may call anything of the page.
    """
    facts = step.facts
    inherited = _inherited(step, look) if step.has_code and not facts.immutable else ()
    others = _aliased(name, facts, look) if facts.aliases else ()
    if not (inherited or facts.deferred or others or calls or facts.rare.shapes):
        return NOTHING_SHARED
    shared = Shared()
    for key, deferred in facts.deferred:
        if key == name:
            shared.deferred += (deferred,)
            for base in deferred.bases:
                if (held := look(base)) is not None:
                    take(shared, held, "instance")
    exact = _take_of_others(others, facts, look, shared) if others else []
    if calls:
        _take_of_calls(name, step, look, shared, is_code=bool(inherited))
    for shape in facts.rare.shapes:
        source_of = look(shape.source) if shape.target == name else None
        if source_of is not None:
            shared.columns = carried(source_of, shape, step)
    if len(exact) == 1 and shared.own == exact[0].own:
        shared.same = exact[0].same
        if (known := exact[0].columns) is not None:
            shared.columns = Columns(
                {}, known.there, known.closed, via=known.via, grows=known.grows
            )
    if inherited:
        every = (*shared.deferred, *inherited)
        shared.deferred = tuple({id(deferred): deferred for deferred in every}.values())
    return shared


def _take_of_calls(name: str, step: Step, look: Look, shared: Shared, *, is_code: bool) -> None:
    """Let ``name`` take over what calls of the page hand back, or keep."""
    facts = step.facts
    if is_code and (given := given_stock(facts.node, look)) is not None:
        shared.deferred += (given,)
    for source, how in _returned(step, look) if facts.result_of is not None else ():
        take(shared, source, how)
    for source, how in _kept(name, step, look):
        take(shared, source, how)
        if how == "holds" or how == "copies":
            code = shared.deferred
            shared.deferred += tuple([one for one in source.deferred if one not in code])
    if facts.anonymous and gives_function(facts, look):
        shared.deferred += facts.anonymous


def _aliased(name: str, facts: StatementFacts, look: Look) -> list[tuple[str, Binding, Sharing]]:
    """What ``name`` is an alias of, and how: all that can be changed in place."""
    found: list[tuple[str, Binding, Sharing]] = []
    for alias in facts.aliases:
        source = look(alias[1])  # asked for each, so that a walk depends on all of them
        if alias[0] == name and source is not None and not (source.immutable or source.module):
            found.append((alias[1], source, alias[2]))
    return found


def _take_of_others(
    others: Iterable[tuple[str, Binding, Sharing]],
    facts: StatementFacts,
    look: Look,
    shared: Shared,
) -> list[Binding]:
    """Take over what these have; returns those that it is exactly."""
    exact: list[Binding] = []
    for of, source, how in others:
        if how == "copies" and takes_keys(of, source, facts.node):
            continue
        if how == "made":
            for one, kept in _kept_of(source, of, facts, look):
                take(shared, one, kept)
        elif how == "exact":
            exact.append(source)
        if source.consumable or source.deferred:
            if how == "holds" or how == "kept":
                shared.deferred += stock_with(of, source, facts.node)
            elif goes_on_with(how, facts.node, source):
                shared.consumable = True
        if how in _AN_INSTANCE and source.deferred:
            shared.deferred += tuple([one for one in source.deferred if one.kind == "class"])
        if how == "part" and source.deferred:
            source = altered(source, holds=parts_of(of, source, look))
        take(shared, source, how)
    return exact


def carried(source: Binding, shape: Shape, step: Step) -> Columns | None:
    """What is known of the items of what ``shape`` makes of ``source``."""
    via = None
    if shape.columnwise:
        via = Via(source, step, dict(shape.renames), shape.adds)
    known = source.columns
    if known is None:
        return None if via is None else Columns({}, {}, via=via)
    return Columns({}, known.there, known.closed, via=via)


def with_code(binding: Binding, shared: Shared | None) -> tuple[DeferredFacts, ...]:
    """The functions that an object has, or holds, after it was changed: ``todo.append(f)``."""
    if shared is None or not shared.deferred:
        return binding.deferred
    known = binding.deferred
    return (*known, *[one for one in shared.deferred if one not in known])


_AN_INSTANCE = ("element", "chosen", "copies")
"""What has these of others may be an instance, of the class that theirs is of."""


def take(shared: Shared, source: Binding, how: str) -> None:
    if how == "exact" or how == "either":
        shared.own |= source.own
        shared.holds |= source.holds
    elif how == "holds":
        shared.holds |= source.own | source.holds
    elif how == "part":
        shared.own |= source.own | source.holds
        shared.holds |= source.holds
    elif how == "instance":
        shared.holds |= source.own.union([token for token in source.holds if token > 0])
    elif how == "element":
        shared.own |= source.holds
        shared.holds |= source.holds
    elif how == "slice":
        shared.holds |= source.holds
        shared.own |= NO_TOKENS if source.sequence else source.own
    elif how == "copies" or (how == "kept" and is_display(source)):
        shared.holds |= source.holds
    elif how == "kept":
        shared.holds |= source.own | source.holds
    elif how == "summed":
        shared.holds |= source.holds if has_objects(source) else NO_TOKENS
    elif how == "rows":
        shared.holds |= source.own if has_views(source) else NO_TOKENS
    elif how == "default":
        if source.same in source.own:
            shared.holds |= source.own | source.holds
    elif how == "chosen" and has_objects(source):
        take(shared, source, "element")


def handed_on(facts: StatementFacts, look: Look) -> Iterator[tuple[str, Binding, str]]:
    """(who has something, of what, what of it) of what a statement binds itself: new containers and
    results of calls, and what its loops go through."""
    bound = facts.writes | facts.rare.maybe_writes
    found = [one for one in facts.aliases if one.source in bound or one.how == "made"]
    new: set[str] | None = None
    for target, of, how in found:
        source = look(of)
        if source is None or (how == "made" and not source.deferred):
            continue
        new = _bound_anew(facts) if new is None else new
        if how != "made":
            if of in new and not source.module:
                yield target, source, "holds" if how == "new" else how
        elif calls := [one for one in facts.calls if not new.isdisjoint(one.args)]:
            for one, kept in _kept_of(source, of, facts, look, calls):
                yield target, one, kept


def _bound_anew(facts: StatementFacts) -> set[str]:
    """The names that a statement binds to objects of its own, and its loop variables."""
    made = {target for target, _, how in facts.aliases if how == "element"}
    for one in walk(facts.node) if ":=" in facts.text else unfolded(facts.node):
        if type(one) is ast.Assign and is_object(one.value):
            made.update([target.id for target in one.targets if type(target) is ast.Name])
        elif type(one) is ast.NamedExpr and is_object(one.value):
            made.add(one.target.id)
    return made


def _returned(step: Step, look: Look) -> Iterator[tuple[Binding, str]]:
    """What a called notebook function may hand back: a global, or an argument."""
    call = step.facts.result_of
    binding = look(call.func) if call is not None else None
    if call is None or binding is None:
        return
    for deferred in binding.deferred:
        for names, how in ((deferred.returns, "part"), (deferred.passes, "copies")):
            given = [name.lstrip("*") for name in given_for(call, deferred, names)] if names else []
            for name in sorted({*given, *names.difference(deferred.params)}):
                source = look(name)
                if source is not None and not source.immutable and not source.module:
                    yield source, how


def _swallowed(call: Call, look: Look) -> frozenset[str]:
    """Arguments of a function of the notebook that its result has nothing of."""
    binding = look(call.func)
    functions = binding.deferred if binding is not None else ()
    if not functions or any(one.kind == "class" or one.gives for one in functions):
        return NOTHING
    given = {name for name in call.args if name} | {name for _, name in call.keywords}
    handed = {name for one in functions for name in given_for(call, one, one.returns)}
    return frozenset(given - handed)


def _is_method(deferred: DeferredFacts, facts: StatementFacts, name: str) -> bool:
    return any(deferred.method(key) is not None for key in facts.parts_of.get(name, ()))


def _kept(name: str, step: Step, look: Look) -> Iterator[tuple[Binding, str]]:
    """What new instances and containers of results hold of the arguments of the calls."""
    facts = step.facts
    node = facts.node
    if name not in facts.writes or not isinstance(node, ast.Assign):
        return
    if isinstance(node.value, ast.Call) and not _makes_instance(facts, look):
        yield from _used_later(facts, look)
        yield from kept_inside(facts, look)
        return
    for call in facts.calls:
        binding = look(call.func)
        if binding is not None and any(one.kind == "class" for one in binding.deferred):
            yield binding, "instance"
            if is_handed_out(node, call, binding, look):
                yield altered(binding, holds=parts_of(call.func, binding, look)), "part"
        for deferred in binding.deferred if binding else ():
            more = displayed(facts, call) if keeps_any(deferred, call) else ()
            for given in [*_held_arguments(call, deferred), *more]:
                source = look(given.lstrip("*"))
                if source is not None and not source.immutable and not source.module:
                    yield source, "copies" if given[0] == "*" else "holds"


def _used_later(facts: StatementFacts, look: Look) -> Iterator[tuple[Binding, str]]:
    """A generator of the page uses up what it was given, or has it called, when it runs."""
    made = look(facts.result_of.func) if facts.result_of is not None else None
    if made is None or not any(one.lazy for one in made.deferred):
        return
    for call in facts.calls:
        for given in [*call.args, *[name for _, name in call.keywords]]:
            source = look(given) if given else None
            if source is not None and source.consumable:
                yield source, "exact"


def _kept_of(
    source: Binding, name: str, facts: StatementFacts, look: Look, calls: Iterable[Call] = ()
) -> Iterator[tuple[Binding, str]]:
    """What instances keep of the arguments that the class ``source``, called ``name``, is given."""
    classes = [one for one in source.deferred if one.kind == "class"]
    for call in calls or facts.calls if classes else ():
        if call.func != name or call.method is not None:
            continue
        for deferred in classes:
            for given in _held_arguments(call, deferred):
                one = look(given.lstrip("*"))
                if one is not None and not one.immutable and not one.module:
                    yield one, "copies" if given[0] == "*" else "holds"


def _makes_instance(facts: StatementFacts, look: Look) -> bool:
    """Is the outermost call one of a class of the notebook, or of one of its methods?"""
    call = facts.calls[-1] if facts.calls else None
    binding = look(call.func) if call is not None else None
    return binding is not None and any(one.kind == "class" for one in binding.deferred)


def _held_arguments(call: Call, deferred: DeferredFacts) -> Iterator[str]:
    if deferred.kind == "class" and "*" in deferred.keeps:
        yield from (name for name in call.args if name is not None)
        yield from (name for _, name in call.keywords)
        return
    body = deferred
    if call.method is not None or deferred.kind == "class":
        found = deferred.method(call.method or "__init__")
        if found is None:
            return
        body = found
    offset = 1 if body is not deferred else 0
    yield from given_for(call, body, body.keeps | body.returns, offset=offset)


def _inherited(step: Step, look: Look) -> tuple[DeferredFacts, ...]:
    """Instances use their class; closures, aliases and containers what they hold."""
    facts = step.facts
    invoked = facts.invoked
    held = [
        (name, binding, deferred)
        for name, binding in step.reads.items()
        if binding is not None
        for deferred in binding.deferred
        if name not in invoked or deferred.gives or deferred.closures or deferred.lazy
    ]
    if not held:
        return ()
    parts = facts.parts_of
    swallowed = _swallowed(facts.result_of, look) if facts.result_of is not None else NOTHING
    found: list[DeferredFacts] = []
    for name, binding, deferred in held:
        if name in swallowed:
            continue
        member = deferred.of_one_class and class_of(name, binding) is deferred
        if parts.get(name) and not (member or _is_method(deferred, facts, name)):
            continue
        if name in invoked and deferred.gives:
            found += deferred.given()
        else:
            found.append(deferred)
    return tuple(found)


__all__ = ["NOTHING", "Shared", "shared_of"]
