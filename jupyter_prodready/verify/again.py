"""May a page be run many times over? What was agreed to once is not repeated at will."""

from __future__ import annotations

import re

from ..analysis.facts import facts_of
from ..model import Effect, Fix
from .plan import Plan, Step, name_of

REACHES_OUT = ("network", "shell")
"""Effects that are not undone by being done again, as a file that is written anew is."""

TOUCHES = (*REACHES_OUT, "writes-file", "stdin")

_HARMLESS = re.compile(
    r"\s*(?:\w+\s*=\s*)?[!%]+\s*"
    r"(?:ls|echo|pwd|cat|head|tail|wc|which|date|nvidia-smi|du|pip (?:list|show|freeze))\b"
)


def not_again(plan: Plan) -> str:
    """Why the plan is run twice at most, empty where it may be run more often."""
    reaching = [step for step in plan.steps if step.skip is None and _reaches_out(step)]
    if not reaching:
        return ""
    names = [name_of(step.cell) for step in reaching[:3]]
    verb = "uses" if len(reaching) == 1 else "use"
    more = f" and {len(reaching) - 3} more" if len(reaching) > 3 else ""
    return (
        f"{' and '.join(names)}{more} {verb} the network or a shell, and would again for each try"
    )


def does_more(fix: Fix) -> bool:
    """Would the page with the fix do something to the world that it does not do now?

    Code of the session that is not on the page is not run for the sake of a proof.
    """
    return any(
        _touches(edit.after or "") - _touches(edit.before or "")
        for edit in fix.cells
        if edit.action in ("insert", "replace")
    )


def _touches(source: str) -> set[str]:
    facts = facts_of(source)
    return {f"{one.kind} {one.detail}" for one in facts.effects if one.kind in TOUCHES}


def _reaches_out(step: Step) -> bool:
    return any(
        effect.kind in REACHES_OUT and not _is_harmless(effect, step.cell.source)
        for effect in facts_of(step.cell.source).effects
    )


def _is_harmless(effect: Effect, source: str) -> bool:
    lines = source.split("\n")
    return effect.kind == "shell" and bool(_HARMLESS.match(lines[effect.line - 1]))
