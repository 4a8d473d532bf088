"""The walk that finds what a page does to the world, in the order of a clean run.

Calls have their full names (`np.random.rand` is ``numpy.random.rand``), and the calls in a
function of the page stand where a cell uses that function.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache

from ..model import Cell, Notebook
from ..records import dataclass, field
from .effects import path_given
from .facts import facts_of
from .kept import MOST, forgets
from .literals import full_name, text_of
from .magics import MagicLine
from .sites import CellSites, ImportSite, ShellSite, Site, Sites, TextSite
from .written import (
    Written,
    WrittenImport,
    WrittenStatement,
    bound_in_cell,
    mentioned,
    written,
)

_Meaning = tuple[str | None, str | None, Written | None]
"""(full name, literal text, function of the page) that a name stands for."""


@lru_cache(maxsize=8)
def sites_of(notebook: Notebook) -> Sites:
    """All sites of a page: a pure function of its code cells."""
    page = _Page(_constants(notebook))
    cells = [cell for cell in notebook.code_cells if "skip-execution" not in cell.tags]
    return Sites(tuple([page.sites(cell) for cell in cells]))


def _constants(notebook: Notebook) -> dict[str, ast.expr]:
    """The value of each name that the page binds exactly once, by a plain assignment."""
    values: dict[str, ast.expr | None] = {}
    for cell in notebook.code_cells:
        for name, value in bound_in_cell(cell.source):
            values[name] = None if name in values else value
    return {name: value for name, value in values.items() if value is not None}


@dataclass(eq=False)
class _Found(CellSites):
    """The sites of one cell, and what it leaves of each name that it binds."""

    left: dict[str, _Meaning] = field(default_factory=dict)
    """What it leaves of each name that it mentions,"""
    names: dict[str, str | None] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)
    functions: dict[str, Written] = field(default_factory=dict)
    """the same by what is known of it, and the names that are no function any more."""
    gone: tuple[str, ...] = ()


_KNOWN: dict[Hashable, tuple[tuple[object, ...], _Found]] = {}
"""What was found in a cell, while all of its names meant the same."""


@forgets
def _forget() -> None:
    _KNOWN.clear()
    sites_of.cache_clear()


class _Page:
    """The walk: what each name stands for at this point of the page."""

    def __init__(self, once: Mapping[str, ast.expr]) -> None:
        self.found = _Found("", ())
        self._once = once
        self._texts: dict[str, str] = {}
        self._names: dict[str, str | None] = {}
        self._functions: dict[str, Written] = {}
        self._state: dict[str, _Meaning] = {}

    def sites(self, cell: Cell) -> _Found:
        """The sites of the next cell, found or remembered."""
        key = cell.id, cell.source
        meant = self._meanings(cell.source)
        known = _KNOWN.get(key)
        if known is not None and known[0] == meant:
            self.found = known[1]
            self._take()
            return self.found
        self.found = _Found(cell.id, tuple([one.node for one in written(cell.source)]))
        self._read(cell)
        self._leave(mentioned(cell.source))
        if len(_KNOWN) > MOST:
            _KNOWN.clear()
        _KNOWN[key] = (meant, self.found)
        return self.found

    def _meanings(self, source: str) -> tuple[object, ...]:
        """What all names of the cell mean, and those that the functions use which it uses."""
        names = mentioned(source)
        waiting = [self._functions[name] for name in names if name in self._functions]
        if waiting:
            every = set(names)
            while waiting:
                more = waiting.pop().names - every
                every |= more
                waiting += [self._functions[name] for name in more if name in self._functions]
            names = tuple(sorted(every))
        return (*names, *map(self._state.get, names), *map(self._once.get, names))

    def _leave(self, names: Iterable[str]) -> None:
        """Note what the cell that was just read leaves of its names."""
        found, gone = self.found, []
        for name in names:
            text, function = self._texts.get(name), self._functions.get(name)
            if text is not None:
                found.literals[name] = text
            if function is None:
                gone.append(name)
            else:
                found.functions[name] = function
            if name in self._names:
                known = found.names[name] = self._names[name]
                found.left[name] = (known, text, function)
        found.gone = tuple(gone)
        self._state.update(found.left)

    def _take(self) -> None:
        """Leave what the cell left when it was read."""
        found = self.found
        self._state.update(found.left)
        self._names.update(found.names)
        self._texts.update(found.literals)
        self._functions.update(found.functions)
        if self._functions:
            for name in found.gone:
                self._functions.pop(name, None)

    def _read(self, cell: Cell) -> None:
        used: set[str] = set()
        magics = list(facts_of(cell.source).magics)
        for statement in written(cell.source):
            while magics and magics[0].line <= statement.facts.line:
                self._shell(cell.id, magics.pop(0))
            self._statement(cell.id, statement, used)
        for magic in magics:
            self._shell(cell.id, magic)

    def _statement(self, cell_id: str, statement: WrittenStatement, used: set[str]) -> None:
        body = statement.body
        for part in (body, *[inner for _, inner in statement.functions]):
            if part.texts:
                texts = [TextSite(cell_id, one.lineno, str(one.value)) for one in part.texts]
                self.found.texts += texts
        if body.imports:
            self._import(cell_id, body)
        if body.calls:
            self._calls(cell_id, statement, body, None)
        if self._functions:
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
        top, every, names = statement.node, self.found.every, self._names
        for node, certain in body.calls:
            path = None
            if isinstance(node, ast.Call):
                name = full_name(node.func, names)
                if (given := path_given(node, name)) is not None:
                    path = text_of(given, self._texts, names)
            else:
                name = full_name(node.value, names) + "[]"
            if through is None:
                every.append(Site(cell_id, node.lineno, name, node, top, certain, None, path))
            else:
                every.append(Site(cell_id, top.lineno, name, node, top, False, through, path))

    def _import(self, cell_id: str, body: Written) -> None:
        for one in body.imports:
            self.found.every.append(
                ImportSite(cell_id, one.line, one.module, one.name, one.optional)
            )
            self._names[one.asname] = _meaning(one)

    def _bind(self, cell_id: str, statement: WrittenStatement) -> None:
        facts, imports = statement.facts, statement.body.imports
        names = facts.writes | facts.maybe_writes if facts.maybe_writes else facts.writes
        for name in names.difference([one.asname for one in imports]) if imports else names:
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
            self.found.every.append(ShellSite(cell_id, line, name, command))


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
