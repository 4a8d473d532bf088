"""Which lines of the diff belong to something that may be left out: planned without it, and
compared. What is not seen to go away belongs to nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..model import Extraction, OptionalLines
from ..refactor import Types
from .asked import Asked

OPTIONS = ("autoreload", "annotations", "docstring", "pure")
"""By name of `Options`; what only a refusal asks for is not among them."""

_ADDED = {"autoreload": "%autoreload", "docstring": '"""'}
"""Without such a text in the diff, there is nothing to leave out."""


def with_optional(asked: Asked, extraction: Extraction, types: Sequence[Types]) -> Extraction:
    """The extraction, planned with these ``types`` and shown without its tests, with its
    optional lines."""
    found = [*_of_sections(extraction)]
    for option in OPTIONS if extraction.status == "preview" else ():
        if getattr(asked.options, option) and _may_add(option, extraction, types):
            without: dict[str, Any] = {option: False}
            options = replace(asked.options, **without)
            other = replace(asked, options=options).plan(types)
            if other.status == "preview":
                ends = _runs(_gone(extraction.diff, other.diff))
                found += [OptionalLines(option, first, last) for first, last in ends]
    return replace(extraction, optional=tuple(found))


def _may_add(option: str, extraction: Extraction, types: Sequence[Types]) -> bool:
    if option == "annotations":
        return bool(types)
    return _ADDED.get(option, "") in extraction.diff


def _gone(diff: str, other: str) -> Iterator[int]:
    """Numbers of the lines that are added or removed in ``diff`` only."""
    mine, its = _lines(diff), _lines(other)
    matcher = difflib.SequenceMatcher(None, mine, its, autojunk=False)
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag in ("delete", "replace"):
            yield from (n + 1 for n in range(first, last) if _is_change(mine[n]))


def _lines(diff: str) -> list[str]:
    """Where a hunk stands may differ."""
    return ["@@" if line.startswith("@@") else line for line in diff.splitlines()]


def _is_change(line: str) -> bool:
    return line.startswith(("+", "-")) and not line.startswith(("+++ ", "--- "))


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _of_sections(extraction: Extraction) -> Iterator[OptionalLines]:
    """All that the diff says of the module of each section, where there is more than one."""
    modules = dict.fromkeys(step.made.module for step in extraction.steps)
    starts = [n for n, line in enumerate(extraction.diff.splitlines(), 1) if line[:4] == "--- "]
    lines = extraction.diff.splitlines()
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    for start, end in zip(starts, ends, strict=True) if len(modules) > 1 else ():
        path = lines[start].removeprefix("+++ b/")
        if path in modules:
            yield OptionalLines("section", start, end, path)
