"""In a word or two each: what a function does beyond its arguments and results."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from ..analysis.calls import dotted
from .parts import Parts
from .signature import Signature
from .words import listed, listed_names

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
_SAID = {
    "reads files": "reads files",
    "writes files": "writes files",
    "network": "uses the network",
    "random": "uses chance",
    "clock": "asks for the time",
    "environment": "depends on the environment",
    "shell": "runs a shell",
    "asks for input": "asks for input",
}
"""What a docstring says of a label: not of what a run shows anyway."""
_DRAWING = frozenset({"plt", "sns", "ax", "axes", "fig", "px", "go"})


def labels_of(parts: Parts, signature: Signature, copied: bool = False) -> tuple[str, ...]:
    """Labels of the body in a fixed order; ``pure`` where there is nothing to say. What is
    ``copied`` first is not changed."""
    if not parts.body:
        return ()
    found = [] if copied else [f"mutates {name}" for name in changed_inputs(parts, signature)]
    found += shown_by(s.tree for s in parts.body)
    kinds = {effect.kind for s in parts.body for effect in s.facts.effects}
    found += [label for kind, label in _EFFECTS.items() if kind in kinds]
    return tuple(found) or ("pure",)


def documented(text: str, labels: Sequence[str], outputs: Sequence[str]) -> str:
    """A docstring with what the signature does not say: what the results are, and the labels."""
    changed = [label.removeprefix("mutates ") for label in labels if label.startswith("mutates ")]
    rest = [_SAID[label] for label in labels if label in _SAID]
    said = [f"changes {listed_names(changed)} in place"] if changed else []
    does = listed([*said, *rest])
    says_what = len(outputs) < 2 or text.startswith("Return ")
    gives = "" if says_what else f"Returns {listed_names(outputs)}."
    told = " ".join([gives, f"{does[:1].upper()}{does[1:]}." if does else ""]).strip()
    return "\n\n".join(part for part in (text, told) if part)


def changed_inputs(parts: Parts, signature: Signature) -> list[str]:
    """Inputs that the body changes in place."""
    inputs = {parameter.name for parameter in signature.inputs}
    return sorted(inputs & {name for s in parts.body for name in s.facts.mutates})


def shown_by(trees: Iterable[ast.AST]) -> list[str]:
    """``prints`` and ``draws``, as far as the calls themselves say so."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    calls = {dotted(node.func) for node in nodes if isinstance(node, ast.Call)}
    owners = {name.partition(".")[0] for name in calls if "." in name}
    prints = ["prints"] if calls & {"print", "pprint", "display"} else []
    return [*prints, *(["draws"] if owners & _DRAWING else [])]
