"""What a page does to the world, in the order in which a clean run meets it.

Calls have their full names (`np.random.rand` is ``numpy.random.rand``), and the calls in a
function of the page stand where a cell uses that function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from ..model import Cell, Notebook
from ..records import dataclass
from .effects import path_given
from .facts import facts_of
from .graph import dependents
from .literals import full_name, text_of
from .magics import MagicLine
from .timeline import Plan
from .written import Written, WrittenImport, WrittenStatement, bound_in_cell, written

SHELL_NAMES = frozenset({"!", "bash", "sh", "zsh", "script", "system", "sx", "cmd"})


@dataclass(frozen=True, eq=False)
class Site:
    """One call, or one look into ``os.environ``.

    ``line`` is the line of ``cell_id`` to point at: where a function of the page is called,
    if ``through`` names one. ``certain``: a run that comes this far must make the call.
    ``path`` is the file that it is given, None where that cannot be told. ``number`` counts
    calls and shell lines in the order of a clean run.
    """

    number: int
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

    number: int
    cell_id: str
    line: int
    name: str
    command: str

    @property
    def is_shell(self) -> bool:
        return self.name.lstrip("%") in SHELL_NAMES


@dataclass(frozen=True)
class ImportSite:
    number: int
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


@dataclass(frozen=True, eq=False)
class Sites:
    calls: tuple[Site, ...]
    shells: tuple[ShellSite, ...]
    imports: tuple[ImportSite, ...]
    texts: tuple[TextSite, ...]
    statements: tuple[tuple[str, ast.stmt], ...]
    """(cell id, node) of every top-level statement."""

    @cached_property
    def in_order(self) -> tuple[Site | ShellSite, ...]:
        """Calls and shell lines, as a clean run meets them."""
        both: list[Site | ShellSite] = [*self.calls, *self.shells]
        return tuple(sorted(both, key=lambda one: one.number))

    @cached_property
    def modules(self) -> frozenset[str]:
        """Top-level modules that the page imports."""
        return frozenset(one.top for one in self.imports)


@lru_cache(maxsize=8)
def sites_of(notebook: Notebook) -> Sites:
    """All sites of a page: a pure function of its code cells."""
    page = _Page(_constants(notebook))
    for cell in notebook.code_cells:
        if "skip-execution" not in cell.tags:
            page.read(cell)
    return Sites(
        tuple(page.calls),
        tuple(page.shells),
        tuple(page.imports),
        tuple(page.texts),
        tuple(page.statements),
    )


def spread(
    plan: Plan, found: Sequence[Site | ShellSite | ImportSite], *, below: bool = True
) -> tuple[str, ...]:
    """The other cells of ``found``, and (``below``) those that use what its cells give."""
    first, cells = found[0].cell_id, {site.cell_id for site in found}
    if below:
        cells |= {cell for site in found for cell in dependents(plan, site.cell_id)}
    return tuple(one.cell.id for one in plan.cells if one.cell.id in cells - {first})


def _constants(notebook: Notebook) -> dict[str, ast.expr]:
    """The value of each name that the page binds exactly once, by a plain assignment."""
    values: dict[str, ast.expr | None] = {}
    for cell in notebook.code_cells:
        for name, value in bound_in_cell(cell.source):
            values[name] = None if name in values else value
    return {name: value for name, value in values.items() if value is not None}


class _Page:
    """The walk: what each name stands for at this point of the page."""

    def __init__(self, once: Mapping[str, ast.expr]) -> None:
        self.calls: list[Site] = []
        self.shells: list[ShellSite] = []
        self.imports: list[ImportSite] = []
        self.texts: list[TextSite] = []
        self.statements: list[tuple[str, ast.stmt]] = []
        self._once = once
        self._texts: dict[str, str] = {}
        self._names: dict[str, str | None] = {}
        self._functions: dict[str, Written] = {}
        self._number = 0

    def read(self, cell: Cell) -> None:
        used: set[str] = set()
        magics = list(facts_of(cell.source).magics)
        for statement in written(cell.source):
            while magics and magics[0].line <= statement.facts.line:
                self._shell(cell.id, magics.pop(0))
            self._statement(cell.id, statement, used)
        for magic in magics:
            self._shell(cell.id, magic)

    def _statement(self, cell_id: str, statement: WrittenStatement, used: set[str]) -> None:
        self.statements.append((cell_id, statement.node))
        body = statement.body
        for part in (body, *[inner for _, inner in statement.functions]):
            self.texts += [TextSite(cell_id, n.lineno, str(n.value)) for n in part.texts]
        if body.imports:
            self._import(cell_id, body)
        self._calls(cell_id, statement, body, None)
        for name in sorted(body.names & self._functions.keys()):
            self._use(cell_id, statement, name, used)
        self._bind(cell_id, statement)

    def _use(self, cell_id: str, statement: WrittenStatement, name: str, used: set[str]) -> None:
        """A function of the page: its calls are made here, and those of what it uses."""
        body = self._functions.get(name)
        if body is None or name in used:
            return
        used.add(name)
        self._calls(cell_id, statement, body, name)
        for inner in sorted(body.names & self._functions.keys()):
            self._use(cell_id, statement, inner, used)

    def _calls(
        self, cell_id: str, statement: WrittenStatement, body: Written, through: str | None
    ) -> None:
        for node, certain in body.calls:
            name = self._name(node)
            line = node.lineno if through is None else statement.node.lineno
            path = None
            given = path_given(node, name) if isinstance(node, ast.Call) else None
            if given is not None:
                path = text_of(given, self._texts, self._names)
            self.calls.append(
                Site(
                    self._next(),
                    cell_id,
                    line,
                    name,
                    node,
                    statement.node,
                    certain and through is None,
                    through,
                    path,
                )
            )

    def _name(self, node: ast.expr) -> str:
        if isinstance(node, ast.Subscript):
            return full_name(node.value, self._names) + "[]"
        return full_name(node.func, self._names) if isinstance(node, ast.Call) else ""

    def _import(self, cell_id: str, body: Written) -> None:
        for one in body.imports:
            number = self._next()
            self.imports.append(
                ImportSite(number, cell_id, one.line, one.module, one.name, one.optional)
            )
            self._names[one.asname] = _meaning(one)

    def _bind(self, cell_id: str, statement: WrittenStatement) -> None:
        imported = {one.asname for one in statement.body.imports}
        for name in (statement.facts.writes | statement.facts.maybe_writes) - imported:
            self._names[name] = None
            self._functions.pop(name, None)
            value = self._once.get(name)
            text = None if value is None else text_of(value, self._texts, self._names)
            if text is not None:
                self._texts[name] = text
        for name, body in statement.functions:
            self._import(cell_id, body)
            self._functions[name] = body

    def _shell(self, cell_id: str, magic: MagicLine) -> None:
        for line, name, command in _commands(magic):
            self.shells.append(ShellSite(self._next(), cell_id, line, name, command))

    def _next(self) -> int:
        self._number += 1
        return self._number


def _meaning(one: WrittenImport) -> str:
    if one.name is not None:
        return f"{one.module}.{one.name}"
    return (
        one.module
        if "." not in one.module or one.asname != one.module.partition(".")[0]
        else one.asname
    )


def _commands(magic: MagicLine) -> Iterator[tuple[int, str, str]]:
    """(line, ``!`` or ``%name`` or ``%%name``, command) of each command of a magic."""
    if magic.name.startswith("%%"):
        for offset, text in enumerate(magic.text.strip().split("\n")[1:], 1):
            if text.strip() and not text.lstrip().startswith("#"):
                yield magic.line + offset, magic.name, text.strip()
        return
    text = magic.text.strip()
    if magic.name == "!":
        yield magic.line, "!", text.lstrip("!").strip()
    else:
        yield magic.line, magic.name, text.lstrip("%").strip().partition(" ")[2].strip()
