"""Runs that failed: would a clean run fail there, too?"""

from __future__ import annotations

from .bindings import Step
from .difference import Difference
from .timeline import PastRun, PlannedCell
from .words import words

_OF_THE_CODE = frozenset(
    [
        "ArithmeticError", "AssertionError", "AttributeError", "FloatingPointError", "IndexError",
        "KeyError", "LookupError", "NameError", "NotImplementedError", "OverflowError",
        "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError",
    ]
)  # fmt: skip
"""Errors that follow from code and values, not from what is around them."""
_PURE = words(
    """
    math cmath json re string itertools functools operator collections decimal fractions copy
    statistics textwrap typing dataclasses enum numbers types numpy pandas
    """
)
"""Modules whose functions follow from what they are given; what of these does not is an effect."""
MOST_STEPS = 500


def fails_again(difference: Difference, planned: PlannedCell, past: PastRun) -> bool:
    """Does the failing statement do in a clean run just what it did, of code and values alone?"""
    failing, run = past.failing, past.run
    if failing is None or run.error_line is None or run.error_name not in _OF_THE_CODE:
        return False
    history = difference.history
    if history is None or history.evidence.saved or not history.complete:
        return False
    same = any(step.value == failing.value for step in planned.steps)
    return same and _follows_from_code(failing)


def _follows_from_code(failing: Step) -> bool:
    """Is all that it started from code of the page that asks for nothing around it?"""
    waiting, seen = [failing], {id(failing)}
    while waiting:
        step = waiting.pop()
        facts = step.facts
        if any(item.module.split(".")[0] not in _PURE for item in facts.imports):
            return False
        if facts.effects or facts.unrepeatable or facts.draws or facts.opaque:
            return False
        if len(seen) > MOST_STEPS or (step is failing and facts.imports):
            return False
        for binding in step.reads.values():
            if binding is None:
                continue
            if binding.deferred or binding.opaque:
                return False
            for link in binding.links():
                if id(link.step) not in seen:
                    seen.add(id(link.step))
                    waiting.append(link.step)
    return True
