"""The body of `extract`, `proof`, `apply` and `install`, read and refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from ..errors import BadInputError
from ..refactor import Options
from ..refactor.source import Ranges
from ..refactor.words import listed
from ..wire import Live
from .paths import contents_path


@dataclass(frozen=True)
class Body:
    """The body of `extract`, `proof` and `apply`. ``module`` is a path from the contents
    root, ``lines`` what is selected of cells in part, ``proof`` the
    job that proved the extraction. With ``splits`` the page is split at its headings:
    ``module`` is a folder then, and ``selection`` the cells that may move, none for all."""

    live: Live
    selection: tuple[str, ...]
    lines: Ranges
    module: str | None
    name: str | None
    base: str | None
    proof: str | None
    options: Options
    splits: bool = False


def body_of(live: Live, keys: Mapping[str, Any]) -> Body:
    """The body of these ``keys``; `BadInputError` names the one that is wrong."""
    selection = keys.get("selection")
    if not isinstance(selection, list) or not all(isinstance(i, str) for i in selection):
        raise BadInputError("`selection` must be a list of cell ids.", "See docs/interface.md.")
    module = optional_text(keys, "module")
    return Body(
        live=live,
        selection=tuple(selection),
        lines=_lines(keys),
        module=contents_path(module) if module else None,
        name=optional_text(keys, "name") or None,
        base=optional_text(keys, "base"),
        proof=optional_text(keys, "proof"),
        options=_options(keys),
        splits=keys.get("split") is True,
    )


def _lines(keys: Mapping[str, Any]) -> dict[str, tuple[tuple[int, int], ...]]:
    """``lines``: ``{cell id: [first, last]}``, counted from 1, or a list of these; absent, none."""
    given = keys.get("lines") or {}
    is_read = isinstance(given, dict)
    found = {i: _ranges(one) for i, one in given.items()} if is_read else {}
    if not is_read or not all(found.values()):
        message = "`lines` must give [first, last] for ids of cells, or several that share no line."
        raise BadInputError(message, "See docs/interface.md.")
    return found


def _ranges(value: object) -> tuple[tuple[int, int], ...]:
    """Those of one cell, in order; none where the value does not give any."""
    every = [value] if _is_range(value) else value
    if not isinstance(every, list) or not all(_is_range(one) for one in every):
        return ()
    ranges = sorted((first, last) for first, last in every)
    return () if any(one[1] >= two[0] for one, two in pairwise(ranges)) else tuple(ranges)


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(line) is int for line in value)


def _options(keys: Mapping[str, Any]) -> Options:
    """``options``: true or false, or names, by name; what is absent is as `Options` has it."""
    given = keys.get("options") or {}
    flags = [field.name for field in fields(Options) if isinstance(field.default, bool)]
    names = [field.name for field in fields(Options) if field.name not in flags]
    ok = isinstance(given, dict) and all(
        isinstance(value, bool) if name in flags else name in names and _are_texts(value)
        for name, value in given.items()
    )
    if not ok:
        message = (
            f"`options` must be true or false for {', '.join(flags)}, names for {listed(names)}."
        )
        raise BadInputError(message, "See docs/interface.md.")
    wanted: dict[str, Any] = {n: tuple(v) if n in names else v for n, v in given.items()}
    return Options(**wanted)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def optional_text(keys: Mapping[str, Any], key: str) -> str | None:
    value = keys.get(key)
    if value is not None and not isinstance(value, str):
        raise BadInputError(f"`{key}` must be a text.", "See docs/interface.md.")
    return value
