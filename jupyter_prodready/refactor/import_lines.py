"""Imports of single names, and the lines of a module that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from .words import LONGEST_LINE


@dataclass(frozen=True)
class ImportLine:
    """One name bound by one import: ``from <module> import <name> as <asname>``."""

    module: str
    name: str | None = None
    asname: str | None = None

    @property
    def bound(self) -> str:
        """The name that the statement binds in its namespace."""
        return self.asname or self.name or self.module.partition(".")[0]

    @property
    def text(self) -> str:
        if self.name is None:
            return f"import {self.module}{self._suffix}"
        return f"from {self.module} import {self.named}"

    @property
    def named(self) -> str:
        """What stands behind ``import`` where it has a name."""
        return f"{self.name}{self._suffix}"

    @property
    def _suffix(self) -> str:
        return f" as {self.asname}" if self.asname else ""


def parted(imports: Sequence[ImportLine]) -> tuple[list[str], list[str]]:
    """The lines of those of ``__future__``, and of the rest."""
    future = [one for one in imports if one.module == "__future__"]
    return texts_of(future), texts_of([one for one in imports if one not in future])


def texts_of(imports: Iterable[ImportLine]) -> list[str]:
    """Imports as lines; names of one module that follow each other stand in one statement."""
    lines: list[str] = []
    for key, group in groupby(imports, lambda one: one.module if one.name else one.text):
        each = list(group)
        joined = f"from {key} import {', '.join(one.named for one in each)}"
        if each[0].name is None:
            lines.append(key)
        elif len(joined) <= LONGEST_LINE:
            lines.append(joined)
        else:
            lines += [f"from {key} import (", *(f"    {one.named}," for one in each), ")"]
    return lines
