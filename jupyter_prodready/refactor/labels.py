"""In a word or two each: what a function does beyond its arguments and results."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from ..analysis.calls import dotted
from .called import Deeds
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
    "changes settings": "changes settings",
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


def labels_of(
    parts: Parts, signature: Signature, deeds: Deeds, copied: bool = False
) -> tuple[str, ...]:
    """Labels of the body in a fixed order; ``pure`` where there is nothing to say. Inputs that
    are ``copied`` first are not changed."""
    if not parts.body:
        return ()
    changed = deeds.changed - {*(changed_inputs(signature, deeds) if copied else ())}
    found = [f"mutates {name}" for name in sorted(changed)]
    found += ["changes settings"] if deeds.sets else []
    found += shown_by(deeds.trees)
    found += [label for kind, label in _EFFECTS.items() if kind in deeds.kinds]
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


def changed_inputs(signature: Signature, deeds: Deeds) -> list[str]:
    """Inputs that the body, or what it calls, changes in place."""
    return sorted(deeds.changed & {parameter.name for parameter in signature.inputs})


def shown_by(trees: Iterable[ast.AST]) -> list[str]:
    """``prints`` and ``draws``, as far as the calls themselves say so."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    calls = {dotted(node.func) for node in nodes if isinstance(node, ast.Call)}
    owners = {name.partition(".")[0] for name in calls if "." in name}
    prints = ["prints"] if calls & {"print", "pprint", "display"} else []
    return [*prints, *(["draws"] if owners & _DRAWING else [])]
