"""Several notebooks: one that cannot be read does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from .. import formats
from ..errors import ProdreadyError
from .say import COULD_NOT_RUN, complain

Given = TypeVar("Given")
Made = TypeVar("Made")


def each(make: Callable[[Given], Made], given: Iterable[Given]) -> tuple[list[Made], int]:
    """What ``make`` makes of each, and the exit-code bit for those that it refused.

    A refusal is told on stderr and leaves its place out.
    """
    made: list[Made] = []
    code = 0
    for one in given:
        result = _tried(make, one)
        if result is None:
            code = COULD_NOT_RUN
        else:
            made.append(result)
    return made, code


def found(arguments: Iterable[str]) -> tuple[tuple[Path, ...], int]:
    """Every notebook that the arguments name, once; and a bit if one names none."""
    groups, code = each(formats.find, arguments)
    return tuple(dict.fromkeys(path for group in groups for path in group)), code


def _tried(make: Callable[[Given], Made], one: Given) -> Made | None:
    try:
        return make(one)
    except ProdreadyError as error:
        complain(error)
        return None
