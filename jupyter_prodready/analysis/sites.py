"""What a page does to the world: calls, shell lines, imports, texts that may be paths."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ..records import dataclass, field
from .facts import StatementFacts
from .graph import dependents
from .kept import once
from .said import WrittenCall
from .timeline import Plan

SHELL_NAMES = frozenset({"!", "bash", "sh", "zsh", "script", "system", "sx", "cmd"})


@dataclass(slots=True, eq=False)
class Site:
    """One call, or one look into ``os.environ``.

    ``line`` is the line of ``cell_id`` to point at: where a function of the page is called,
    if ``through`` names one. ``certain``: a run that comes this far must make the call.
    ``path`` is the file that it is given, None where that cannot be told.
    """

    cell_id: str
    line: int
    name: str
    node: ast.expr
    statement: ast.stmt
    certain: bool
    through: str | None = None
    path: str | None = None

    @property
    def last(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def call(self) -> ast.Call | None:
        return self.node if isinstance(self.node, ast.Call) else None


@dataclass(frozen=True)
class ShellSite:
    """A line or cell of IPython's own syntax; ``command`` is what follows ``!`` or the
    magic's name."""

    cell_id: str
    line: int
    name: str
    command: str

    @property
    def is_shell(self) -> bool:
        return self.name.lstrip("%") in SHELL_NAMES


@dataclass(frozen=True)
class ImportSite:
    cell_id: str
    line: int
    module: str
    name: str | None
    optional: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


@dataclass(frozen=True)
class TextSite:
    """A literal that looks like an absolute path."""

    cell_id: str
    line: int
    text: str


Calls = tuple[list[WrittenCall], list[str], dict[int, str], ast.stmt, str | None]
"""Calls as they are written, each with whether a run must reach it; their full names, and the
paths of some by their place; the statement; and the function of the page that makes them."""
Anywhere = Site | ShellSite | ImportSite
Called = Site | ShellSite


@dataclass(eq=False)
class CellSites:
    """The sites of one cell, and its top-level statements. It stays until the cell changes,
    or what its names mean. ``called`` has the names of its calls and shell lines. ``noted`` are
    its sites in order, calls as what their `Site` is made of: most are never asked for."""

    cell_id: str
    statements: tuple[StatementFacts, ...]
    noted: list[ImportSite | ShellSite | Calls] = field(init=False, default_factory=list)
    alone: bool = field(init=False, default=False)
    """Is there nothing but the calls of its statements, as they are written? Then none is noted."""
    texts: tuple[TextSite, ...] = field(init=False, default=())
    imports: tuple[ImportSite, ...] = field(init=False, default=())
    shells: tuple[ShellSite, ...] = field(init=False, default=())
    called: list[str] = field(init=False, default_factory=list)

    @once
    def names(self) -> frozenset[str]:
        return frozenset(self.called)

    @once
    def every(self) -> list[Anywhere]:
        """Calls, shell lines and imports."""
        found: list[Anywhere] = []
        for one in self._as_written() if self.alone else self.noted:
            if isinstance(one, tuple):
                found += self._calls(*one)
            else:
                found.append(one)
        return found

    def _as_written(self) -> Iterator[Calls]:
        """The calls of its statements."""
        begin = 0
        for facts in self.statements:
            calls = facts.said.calls
            end = begin + len(calls)
            yield calls, self.called[begin:end], {}, facts.node, None
            begin = end

    def _calls(
        self,
        calls: list[WrittenCall],
        names: list[str],
        paths: dict[int, str],
        top: ast.stmt,
        through: str | None,
    ) -> Iterator[Site]:
        for place, (node, certain) in enumerate(calls):
            line = node.lineno if through is None else top.lineno
            sure, path = certain and through is None, paths.get(place)
            yield Site(self.cell_id, line, names[place], node, top, sure, through, path)

    @once
    def in_order(self) -> list[Called]:
        return [one for one in self.every if not isinstance(one, ImportSite)]


@dataclass(frozen=True, eq=False)
class Sites:
    """All sites of a page, cell by cell, as a clean run meets them."""

    cells: tuple[CellSites, ...]

    @property
    def every(self) -> Iterator[Anywhere]:
        """Calls, shell lines and imports."""
        return chain.from_iterable([cell.every for cell in self.cells])

    @once
    def in_order(self) -> tuple[Called, ...]:
        """Calls and shell lines."""
        return tuple(chain.from_iterable([cell.in_order for cell in self.cells]))

    @once
    def calls(self) -> tuple[Site, ...]:
        return tuple([one for one in self.in_order if isinstance(one, Site)])

    @once
    def shells(self) -> tuple[ShellSite, ...]:
        return tuple(chain.from_iterable([cell.shells for cell in self.cells]))

    @once
    def imports(self) -> tuple[ImportSite, ...]:
        return tuple(chain.from_iterable([cell.imports for cell in self.cells]))

    @once
    def modules(self) -> frozenset[str]:
        """Top-level modules that the page imports."""
        return frozenset([one.top for one in self.imports])

    @property
    def texts(self) -> Iterator[TextSite]:
        return chain.from_iterable([cell.texts for cell in self.cells])

    @property
    def statements(self) -> Iterator[tuple[str, ast.stmt]]:
        """(cell id, node) of every top-level statement."""
        return ((cell.cell_id, one.node) for cell in self.cells for one in cell.statements)

    @once
    def names(self) -> frozenset[str]:
        """The names of all calls and shell lines: few, for most are called often."""
        return frozenset().union(*[cell.called for cell in self.cells])

    def named(self, asked: Callable[[str], object]) -> list[Called]:
        """Calls and shell lines whose name ``asked`` is true of."""
        names = set(filter(asked, self.names))
        if not names:
            return []
        cells = [cell for cell in self.cells if not names.isdisjoint(cell.names)]
        return [one for cell in cells for one in cell.in_order if one.name in names]


def spread(plan: Plan, found: Sequence[Anywhere], *, below: bool = True) -> tuple[str, ...]:
    """The other cells of ``found``, and (``below``) those that use what its cells give."""
    first, cells = found[0].cell_id, {site.cell_id for site in found}
    if below:
        cells |= {cell for site in found for cell in dependents(plan, site.cell_id)}
    return tuple(one.cell.id for one in plan.cells if one.cell.id in cells - {first})
