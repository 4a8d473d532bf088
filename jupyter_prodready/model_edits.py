"""The nouns of a change: edits of cells and files. `model` exports them."""

from __future__ import annotations

from typing import Literal

from .records import dataclass


@dataclass(frozen=True)
class FileEdit:
    """Text of a file before (None: absent) and after (None: removed)."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CellEdit:
    """One change of the page. ``index`` is the cell's place before all edits.

    A cell that moves keeps its source; it goes in front of the cell that stands at ``to``
    before all edits.
    """

    action: Literal["replace", "insert", "delete", "move"]
    cell_id: str
    index: int
    before: str | None
    after: str | None
    to: int | None = None


@dataclass(frozen=True)
class Remedy:
    """What one click can do about a refusal; it was tried, and leads to an extraction.

    - ``lines``: extract these lines (first and last, from 1) of ``cell`` instead.
    - ``cells``: extract these cells instead.
    - ``replace``: make these edits of the page first.
    """

    kind: Literal["lines", "cells", "replace"]
    cell: str | None = None
    lines: tuple[int, int] | None = None
    cells: tuple[str, ...] | None = None
    edits: tuple[CellEdit, ...] | None = None


@dataclass(frozen=True)
class ChangeSet:
    """Edits to files and to the page; writes nothing by itself."""

    files: tuple[FileEdit, ...] = ()
    cells: tuple[CellEdit, ...] = ()


@dataclass(frozen=True)
class Carried:
    """An applied extraction whose page does what the page did before, and whose import ran
    in the person's kernel: the cells' runs count as runs of what they are now.

    ``selection`` are the cells that were extracted, ``last`` is the count of the newest run
    then. ``modules`` are the project's modules, as (module, content hash), when it was first
    seen; empty until then.
    """

    selection: tuple[str, ...]
    edits: tuple[CellEdit, ...]
    last: int
    modules: tuple[tuple[str, str], ...] = ()
