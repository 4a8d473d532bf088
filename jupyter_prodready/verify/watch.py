"""Has a kernel note what it opens; read at its end."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("watch_in_kernel.py")
_NAME = "_prodready_watch"
_WATCH = (
    "(lambda module: (__import__('builtins').exec({source!r}, module.__dict__), "
    "__import__('sys').modules.__setitem__({name!r}, module), module.watch()))"
    "(__import__('types').ModuleType({name!r}))"
)
TELL = f"__import__('sys').modules[{_NAME!r}].told()"
"""The expression that `told_of` reads."""


@dataclass(frozen=True)
class Told:
    """What a kernel told of itself: absolute paths, ``doubts`` in words."""

    opened: tuple[str, ...]
    listed: tuple[str, ...]
    modules: tuple[str, ...]
    places: tuple[str, ...]
    prefixes: tuple[str, ...]
    doubts: tuple[str, ...]


def watching(before: str) -> str:
    """The expression ``before`` (may be empty), and then the watch."""
    watch = _WATCH.format(source=_SCRIPT.read_text(encoding="utf-8"), name=_NAME)
    return f"({before or None}, {watch})"


def told_of(answer: str | None) -> Told | None:
    """None where the kernel did not tell."""
    try:
        found = json.loads(ast.literal_eval(answer or ""))
        return Told(**{key: tuple(map(str, found[key])) for key in Told.__dataclass_fields__})
    except (TypeError, ValueError, SyntaxError, KeyError):
        return None
