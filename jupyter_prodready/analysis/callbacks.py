"""Names that code changes which runs by itself: callbacks of widgets, threads, timers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .bindings import Step, root_name
from .facts import Call, DeferredFacts
from .rebound import rebound
from .timeline import History, Plan
from .words import words

_METHODS = words(
    """
    observe on_click on_submit on_change on_value_change on_widget_constructed on_msg on_displayed
    interact interactive interactive_output interact_manual mpl_connect Thread Timer Process
    submit run_in_executor start_new_thread call_later call_soon create_task ensure_future
    """
)


class Unwatched(NamedTuple):
    """Cells that read what a callback, or code that is not seen, may have changed before they
    ran, and the ``reason`` why nobody knows."""

    cells: frozenset[str]
    reason: str


NOBODY = Unwatched(frozenset(), "")
_BY_CALLBACKS = object()
"""The place of this answer in the memory."""


def unwatched(history: History, plan: Plan) -> Unwatched:
    """Who reads names that callbacks of the session change, or code that nobody sees."""
    newest = history.runs[-1] if history.runs else None  # of a walk of all before it
    found = plan.memory.asked(_BY_CALLBACKS, (newest,), lambda: _by_callbacks(history))
    cells, reason = rebound(history, plan)
    reasons = "; ".join(filter(None, (found.reason, reason)))
    return Unwatched(found.cells | cells, reasons) if cells else found


def _by_callbacks(history: History) -> Unwatched:
    changed: dict[str, tuple[str, int]] = {}
    for past in history.runs:
        if past.hands_on is None:
            past.hands_on = _hands_on(past.steps)
        if past.hands_on:
            for step in past.steps:
                for called, deferred in _given(step):
                    for name in _changed(deferred, step):
                        changed.setdefault(name, (called, past.number))
    if not changed:
        return NOBODY
    read: dict[str, str] = {}
    cells: set[str] = set()
    for cell_id, past in history.last.items():
        for name in {root_name(name) for step in past.steps for name in step.reads}:
            if name in changed and changed[name][1] < past.number:
                read[name] = changed[name][0]
                cells.add(cell_id)
    said = [f"`{called}` may change `{name}` at any time" for name, called in read.items()]
    return Unwatched(frozenset(cells), "; ".join(said))


def _hands_on(steps: Iterable[Step]) -> bool:
    """Do any that have functions call anything by one of these names?"""
    for step in steps:
        facts = step.facts
        if step.has_code or facts.anonymous or facts.deferred:
            for call in facts.calls:  # to unpack a named tuple takes several times as long
                if call[1] in _METHODS or call[0] in _METHODS:
                    return True
    return False


def _given(step: Step) -> Iterator[tuple[str, DeferredFacts]]:
    """Functions that the statement hands to what calls them later."""
    facts = step.facts
    for call in facts.calls:
        called = _called(call)
        if called is None:
            continue
        for name in [*call.args, *[given for _, given in call.keywords]]:
            binding = step.reads.get(name) if name is not None else None
            for deferred in binding.deferred if binding is not None else ():
                yield called, deferred
        for deferred in [*facts.anonymous, *[one for _, one in facts.deferred if one.decorated]]:
            yield called, deferred


def _called(call: Call) -> str | None:
    if call.method is not None and call.method in _METHODS:
        return call.method
    return call.func if call.func in _METHODS else None


def _changed(deferred: DeferredFacts, step: Step, depth: int = 0) -> Iterator[str]:
    """Names that the function, and those that it calls, bind or change."""
    yield from deferred.writes
    for mutation in deferred.mutations:
        yield mutation.name
    for read in deferred.reads if depth < 5 else ():
        binding = step.reads.get(read.name)
        for inner in binding.deferred if binding is not None else ():
            yield from _changed(inner, step, depth + 1)
