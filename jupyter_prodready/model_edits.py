"""The nouns of a change: edits of cells and files, and extractions. `model` exports them."""

from __future__ import annotations

from typing import Literal

from .records import dataclass, field

Proof = Literal["equal", "equal-where-deterministic", "differs", "not-run"]
SuggestionKind = Literal["cell", "run", "section", "same-code", "definitions"]
SettingWay = Literal["argument", "default", "constant"]


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
    - ``update``: replace what the module has under this name.
    - ``several``: make several functions of the cells.
    - ``parameters``: give functions these ``names`` at each call.
    - ``returns``: make functions that set these ``names`` return them.
    """

    kind: Literal["lines", "cells", "replace", "update", "several", "parameters", "returns"]
    cell: str | None = None
    lines: tuple[int, int] | None = None
    cells: tuple[str, ...] | None = None
    edits: tuple[CellEdit, ...] | None = None
    names: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ChangeSet:
    """Edits to files and to the page; writes nothing by itself."""

    files: tuple[FileEdit, ...] = ()
    cells: tuple[CellEdit, ...] = ()


@dataclass(frozen=True)
class Carried:
    """An applied extraction whose page does what the page did before, and whose import ran
    in the person's kernel: the cells' runs count as runs of what they are now.

    ``merged`` are groups of cells that became one, ``last`` is the count of the newest run then.
    ``modules`` are the project's modules, as (module, content hash), when it was first
    seen; empty until then.
    """

    merged: tuple[tuple[str, ...], ...]
    edits: tuple[CellEdit, ...]
    last: int
    modules: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Parameter:
    """An input or output of an extracted function, with the reason it is one. An input with a
    ``default`` is a keyword."""

    name: str
    annotation: str | None
    reason: str
    default: str | None = None


@dataclass(frozen=True)
class Setting:
    """A name for a literal that the extracted code reads. ``text`` is its value, ``given`` says
    how the function gets it, ``offered`` how it could."""

    name: str
    text: str
    given: SettingWay
    offered: tuple[SettingWay, ...]


RefusalCode = Literal[
    "", "star-import", "cut-statement", "other-definition", "shows-between", "unbound"
]
"""Kinds of refusals for which a remedy is tried; empty for all others."""


@dataclass(frozen=True)
class Refusal:
    """Why a cell cannot be extracted exactly, and what would help.

    ``wanted`` are cells that must be selected, too. ``action`` is there where one step
    takes all that stands against it away. ``code`` names the kind, whatever the words are.
    """

    cell_id: str | None
    line: int | None
    message: str
    remedy: str
    wanted: tuple[str, ...] = ()
    action: Remedy | None = None
    code: RefusalCode = ""


@dataclass(frozen=True)
class Call:
    """A place that calls a function of several places, with its own names and literals, in
    the function's order. ``first`` and ``last`` are the cells whose code it replaces."""

    first: str
    last: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    keywords: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Install:
    """An editable install that would make ``package`` importable in the page's kernel.

    ``command`` does it by hand. ``files`` are written first, and ``diff`` shows them.
    ``why_not`` says why it must be done by hand, or would be of no use; empty where it can
    be done.
    """

    package: str
    command: str
    files: tuple[str, ...] = ()
    diff: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class OptionalLines:
    """Lines of the diff, from 1, that would be gone or others without ``option``: the name of
    an option, or ``section``, whose ``module`` it is, of a page that is split."""

    option: str
    first: int
    last: int
    module: str | None = None


@dataclass(frozen=True)
class Extraction:
    """A planned extraction, or every reason why there is none.

    ``setup`` are the lines that the page gets so that it finds what moved, ``setup_binds`` the
    names that they bind, and ``lost`` those that the page may not hold any more; ``importable``,
    whether it would without a line that adds to its path, and ``reach`` says why. ``no_test``
    is why the function can have no test, as far as that is known without a run. ``calls`` are
    there where the same code stood in several places. ``install`` would make it importable,
    None where there is nothing to do. ``reread`` are lines for a kernel that was started before
    the package was installed: they read what its start would have read. ``baseline`` is when
    the page's own run was made, in seconds since 1970, where that was for an earlier proof.
    ``optional`` lines of the diff belong to what may be left out.
    Where a page is split, ``module`` is a folder, and all about the functions is in ``steps``.
    ``settings`` are names for literals that could be given otherwise, or are.
    """

    status: Literal["applied", "preview", "refused"]
    function: str
    module: str
    inputs: tuple[Parameter, ...] = ()
    outputs: tuple[Parameter, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    change: ChangeSet = field(default_factory=ChangeSet)
    diff: str = ""
    optional: tuple[OptionalLines, ...] = ()
    base: str = ""
    proof: Proof = "not-run"
    baseline: float | None = None
    undo_id: str | None = None
    setup: str = ""
    setup_binds: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    importable: bool = True
    reach: str = ""
    no_test: str | None = None
    install: Install | None = None
    reread: str = ""
    steps: tuple[Step, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Step:
    """A function of a page that is split at its headings: ``cells`` below ``heading`` became
    what ``made`` tells; its change is part of the whole's."""

    heading: str
    cells: tuple[str, ...]
    made: Extraction


@dataclass(frozen=True)
class Suggestion:
    """An extraction that was planned and is worth it.

    ``run``: cells in a row; ``section``: all code below a heading, with a module of its own;
    ``definitions``: cells that define functions and classes only. ``function`` is the first of
    them there. ``needs`` are the imported names that the code reads, ``text`` is a sentence.
    """

    kind: SuggestionKind
    cells: tuple[str, ...]
    function: str
    module: str
    text: str
    labels: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
