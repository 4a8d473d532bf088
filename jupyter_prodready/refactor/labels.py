"""In a word or two each: what a function does beyond its arguments and results."""

from __future__ import annotations

import ast

from ..analysis.calls import dotted
from .parts import Parts
from .signature import Signature

_EFFECTS = {
    "reads-file": "reads files",
    "writes-file": "writes files",
    "network": "network",
    "random": "random",
    "clock": "clock",
    "environment": "environment",
    "stdin": "asks for input",
    "shell": "shell",
}
_DRAWING = frozenset({"plt", "sns", "ax", "axes", "fig", "px", "go"})


def labels_of(parts: Parts, signature: Signature) -> tuple[str, ...]:
    """Labels of the body in a fixed order; ``pure`` where there is nothing to say."""
    if not parts.body:
        return ()
    inputs = {parameter.name for parameter in signature.inputs}
    changed = sorted(inputs & {name for s in parts.body for name in s.facts.mutates})
    found = [f"mutates {name}" for name in changed]
    calls = {
        dotted(node.func)
        for s in parts.body
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Call)
    }
    found += ["prints"] if calls & {"print", "pprint", "display"} else []
    found += (
        ["draws"] if {name.partition(".")[0] for name in calls if "." in name} & _DRAWING else []
    )
    kinds = {effect.kind for s in parts.body for effect in s.facts.effects}
    found += [label for kind, label in _EFFECTS.items() if kind in kinds]
    return tuple(found) or ("pure",)
