"""What a page does to the world: calls, shell lines, imports, texts that may be paths."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ..records import dataclass, field
from .graph import dependents
from .kept import once
from .timeline import Plan

SHELL_NAMES = frozenset({"!", "bash", "sh", "zsh", "script", "system", "sx", "cmd"})


@dataclass(frozen=True, eq=False)
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


Anywhere = Site | ShellSite | ImportSite
Called = Site | ShellSite
Ask = Callable[[Called], object]


@dataclass(eq=False)
class CellSites:
    """The sites of one cell, and its top-level statements. It stays until the cell changes,
    or what its names mean."""

    cell_id: str
    statements: tuple[ast.stmt, ...]
    every: list[Anywhere] = field(default_factory=list)
    texts: list[TextSite] = field(default_factory=list)
    answers: dict[Ask, Sequence[Called]] = field(default_factory=dict)

    @once
    def in_order(self) -> tuple[Called, ...]:
        return tuple([one for one in self.every if not isinstance(one, ImportSite)])

    @once
    def imports(self) -> tuple[ImportSite, ...]:
        return tuple([one for one in self.every if isinstance(one, ImportSite)])

    def where(self, ask: Ask) -> Sequence[Called]:
        """Its calls and shell lines of which ``ask`` is true, found or remembered."""
        found = self.answers.get(ask)
        if found is None:
            found = self.answers[ask] = [one for one in self.in_order if ask(one)] or ()
        return found


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

    @property
    def shells(self) -> list[ShellSite]:
        return [one for one in self.where(_is_shell_site) if isinstance(one, ShellSite)]

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
        return ((cell.cell_id, node) for cell in self.cells for node in cell.statements)

    def where(self, ask: Ask) -> list[Called]:
        """Calls and shell lines of which ``ask``, a function of the site alone, is true."""
        found: list[Called] = []
        for cell in self.cells:
            known = cell.answers.get(ask)
            found += cell.where(ask) if known is None else known
        return found


def _is_shell_site(site: Called) -> bool:
    return isinstance(site, ShellSite)


def spread(plan: Plan, found: Sequence[Anywhere], *, below: bool = True) -> tuple[str, ...]:
    """The other cells of ``found``, and (``below``) those that use what its cells give."""
    first, cells = found[0].cell_id, {site.cell_id for site in found}
    if below:
        cells |= {cell for site in found for cell in dependents(plan, site.cell_id)}
    return tuple(one.cell.id for one in plan.cells if one.cell.id in cells - {first})
