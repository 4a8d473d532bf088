"""What a page does to the world: calls, shell lines, imports, texts that may be paths."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from ..records import dataclass
from .graph import dependents
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


@dataclass(frozen=True, eq=False)
class Sites:
    """``every`` are calls, shell lines and imports as a clean run meets them;
    ``statements`` has (cell id, node) of every top-level statement."""

    every: tuple[Anywhere, ...]
    texts: tuple[TextSite, ...]
    statements: tuple[tuple[str, ast.stmt], ...]

    @cached_property
    def calls(self) -> tuple[Site, ...]:
        return tuple([one for one in self.every if isinstance(one, Site)])

    @cached_property
    def shells(self) -> tuple[ShellSite, ...]:
        return tuple([one for one in self.every if isinstance(one, ShellSite)])

    @cached_property
    def imports(self) -> tuple[ImportSite, ...]:
        return tuple([one for one in self.every if isinstance(one, ImportSite)])

    @cached_property
    def in_order(self) -> tuple[Site | ShellSite, ...]:
        """Calls and shell lines, as a clean run meets them."""
        return tuple([one for one in self.every if not isinstance(one, ImportSite)])

    @cached_property
    def modules(self) -> frozenset[str]:
        """Top-level modules that the page imports."""
        return frozenset(one.top for one in self.imports)


Answer = TypeVar("Answer")
Asked = TypeVar("Asked", Site, ShellSite, Site | ShellSite)


def per_site(ask: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Remembers the answer at the site: sites of a cell stay until the cell changes."""
    key = f"{ask.__module__}.{ask.__name__}"

    def asked(site: Asked) -> Answer:
        known = site.__dict__
        if key not in known:
            known[key] = ask(site)
        answer: Answer = known[key]
        return answer

    return asked


def spread(plan: Plan, found: Sequence[Anywhere], *, below: bool = True) -> tuple[str, ...]:
    """The other cells of ``found``, and (``below``) those that use what its cells give."""
    first, cells = found[0].cell_id, {site.cell_id for site in found}
    if below:
        cells |= {cell for site in found for cell in dependents(plan, site.cell_id)}
    return tuple(one.cell.id for one in plan.cells if one.cell.id in cells - {first})
