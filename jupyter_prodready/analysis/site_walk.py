"""The walk that finds what a page does to the world, in the order of a clean run.

Calls have their full names (`np.random.rand` is ``numpy.random.rand``), and the calls in a
function of the page stand where a cell uses that function.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count

from ..model import Cell, Notebook
from ..records import dataclass, field
from .builtin_names import is_builtin
from .effects import may_use_file, path_given
from .facts import StatementFacts, facts_of
from .kept import MOST, forgets, once
from .literals import BUILT_IN, full_names, text_of
from .magics import MagicLine
from .said import Written, WrittenCall, WrittenImport
from .sites import CellSites, ImportSite, ShellSite, Sites, TextSite
from .words import NOTHING
from .written import WrittenCell, written

Call, Name, Subscript = ast.Call, ast.Name, ast.Subscript
_Meaning = tuple[str | None, str | None, Written | None]
"""(full name, literal text, function of the page) that a name stands for. The name is empty
where a name is bound to nothing that is known by a full name."""


def sites_of(notebook: Notebook) -> Sites:
    """All sites of a page: a pure function of its code cells. Those of the last pages are kept,
    which are told apart as objects: to hash a page takes longer than to ask for its sites again.
    Where one was the same notebook, what is met as it was there is taken from it."""
    latest = tuple(_LATEST)
    known = [one for one in latest if one.notebook is notebook]
    before = [one for one in latest if one.notebook.path == notebook.path]
    walked = known[0] if known else _walk(notebook, before[-1] if before else None)
    if latest[-1:] != (walked,):
        _LATEST.append(walked)
    return walked.sites


def _walk(notebook: Notebook, before: _Walked | None) -> _Walked:
    cells = [cell for cell in notebook.code_cells if "skip-execution" not in cell.tags]
    known = [written(cell.source) for cell in notebook.code_cells]
    page = _Page(_constants(known))
    if len(cells) < len(known):
        known = [written(cell.source) for cell in cells]
    walked = _Walked(notebook, cells, known, page.once)
    states, found = [page.state], list[_Found]()
    top, rest = (0, 0) if before is None else before.shares(walked)
    if before is not None and top:
        states, found = before.states[: top + 1], before.found[:top]
        page.go_on(states[-1], found)
    for place in range(top, len(cells)):
        if rest and before is not None and place >= len(cells) - rest:
            there = place - len(cells)
            if before.states[there - 1] == page.state:
                states += before.states[there:]
                found += before.found[there:]
                break
        found.append(page.sites(cells[place], known[place]))
        states.append(page.state)
    walked.sites, walked.states, walked.found = Sites(tuple(found)), states, found
    return walked


def _constants(cells: Collection[WrittenCell]) -> dict[str, ast.expr]:
    """The value of each name that the page binds exactly once, by a plain assignment, and that
    may be a text: what is called by a name that is no import makes none that is known."""
    imported = {"", "str"}.union(*[cell.imported for cell in cells if cell.imported])
    found = [text for cell in cells if cell.texts for text in cell.texts]
    values = {name: value for name, value, called in found if called in imported}
    texts = {
        name: value
        for name, value in values.items()
        if type(value) is not Name or value.id in values
    }
    times = _times(cells, frozenset(texts)) if texts else {}
    return {name: value for name, value in texts.items() if times[name] == 1}


def _times(cells: Collection[WrittenCell], names: frozenset[str]) -> dict[str, int]:
    """How many statements bind or change each of the names."""
    found = dict.fromkeys(names, 0)
    for cell in cells:
        gives = not names.isdisjoint(cell.given)
        for facts in cell.statements:
            if gives or facts.mutations:
                changed = [mutation.name for mutation in facts.mutations]
                for name in names.intersection([*facts.writes, *facts.rare.maybe_writes, *changed]):
                    found[name] += 1
    return found


@dataclass(eq=False)
class _Found(CellSites):
    """The sites of one cell, and what it leaves of each name to which it gives or from which it
    takes a meaning."""

    left: Mapping[str, _Meaning] = field(init=False, default_factory=dict)
    change: frozenset[object] = field(init=False, default=NOTHING)


@dataclass(eq=False)
class _Walked:
    """A page with its ``sites``: its cells and what was read of each, its `_constants`, what was
    ``found`` in each cell, and the ``states`` before each and after the last."""

    notebook: Notebook
    cells: list[Cell]
    known: list[WrittenCell]
    constants: Mapping[str, ast.expr]
    sites: Sites = field(init=False)
    states: list[int] = field(init=False)
    found: list[_Found] = field(init=False)

    @once
    def keys(self) -> list[tuple[str, WrittenCell]]:
        """All on which the sites of a cell rest, beside the state of the page."""
        return [(cell.id, one) for cell, one in zip(self.cells, self.known, strict=True)]

    def shares(self, other: _Walked) -> tuple[int, int]:
        """How many cells at the top of the other page, and how many others at its end, are those
        of this one. In the same state they have the same sites."""
        if self.constants != other.constants:
            return 0, 0
        mine, theirs = self.keys, other.keys
        top = _alike(zip(mine, theirs, strict=False))
        most = min(len(mine), len(theirs)) - top
        return top, min(most, _alike(zip(reversed(mine), reversed(theirs), strict=False)))


def _alike(pairs: Iterable[tuple[object, object]]) -> int:
    """How many pairs are alike, up to the first that is not."""
    found = 0
    for one, other in pairs:
        if one != other:
            break
        found += 1
    return found


_LATEST: deque[_Walked] = deque(maxlen=8)
_KNOWN: dict[Hashable, tuple[int, int, object, _Found]] = {}
"""What was found in a cell, while all of its names meant the same, and the last state of the
page in which they did."""
_STATES: dict[Hashable, int] = {}
"""A number for all that names mean at one point of a page, by what the cells above leave."""
_NUMBERS = count()


@forgets
def _forget() -> None:
    _KNOWN.clear()
    _STATES.clear()
    _LATEST.clear()


class _Page:
    """The walk: what each name stands for at this point of the page. Of most names nothing is
    known, nor asked: these are in none of the tables."""

    def __init__(self, once: Mapping[str, ast.expr]) -> None:
        self.found = _Found("", ())
        self.once = once
        self._texts: dict[str, str] = {}
        self._names: dict[str, str | None] = dict(BUILT_IN)
        self._functions: dict[str, Written] = {}
        self._touched: set[str] = set()
        self._binds = True
        """May the rest of the cell give another meaning to a name that has one?"""
        self._uses = False
        """May the rest of the cell use a function of the page?"""
        self._known = set(once)
        """All names that are in one of the tables, or were."""
        self._number = _state_after(None, frozenset(once.items()))
        """That of the texts that names are bound to once."""
        self.state = _state_after(None, NOTHING)

    def go_on(self, state: int, found: list[_Found]) -> None:
        """Go on below cells in which this was found, where the page is in this state."""
        for one in found:
            if one.left:
                self._take(one.left)
        self.state = state

    def sites(self, cell: Cell, read: WrittenCell) -> _Found:
        """The sites of the next cell, found or remembered."""
        key = cell.id, cell.source
        known = _KNOWN.get(key)
        if known is not None and known[0] == self.state and known[1] == self._number:
            found = known[3]
            self._take(found.left)
        else:
            names = self._known.intersection(read.loaded) | self._known.intersection(read.given)
            meant = self._meanings(names) if names else {}
            if known is not None and known[2] == meant:
                found = known[3]
                self._take(found.left)
            else:
                found = self._found(cell, read, names)
            _KNOWN[key] = self.state, self._number, meant, found
        if found.left:
            self.state = _state_after(self.state, found.change)
        return found

    def _found(self, cell: Cell, read: WrittenCell, names: Collection[str]) -> _Found:
        """The sites of the next cell, which was not met before, or not like this; ``names`` are
        those of which anything is known."""
        found = self.found = _Found(cell.id, read.statements)
        self._binds = read.rebinds or bool(names and not self._known.isdisjoint(read.given))
        self._uses = bool(names) and not self._functions.keys().isdisjoint(names)
        if self._binds or self._uses or not (read.plain and self._calls_alone(read.statements)):
            self._read(cell, read)
        if self._touched:
            found.left = {name: self._meaning(name) for name in self._touched}
            found.change = frozenset(found.left.items())
            self._known |= self._touched
            self._touched = set()
        if len(_KNOWN) > MOST:
            _KNOWN.clear()
        return found

    def _calls_alone(self, statements: Iterable[StatementFacts]) -> bool:
        """Take up the calls of a cell that has nothing else, if none of them concerns a file."""
        called: list[str] = []
        for facts in statements:
            if facts.said.calls:
                called += full_names(facts.said.calls, self._names)
        if True in map(may_use_file, called):
            return False
        self.found.called, self.found.alone = called, True
        return True

    def _meanings(self, names: set[str]) -> dict[str, tuple[object, ...]]:
        """What the names of a cell mean, and those that the functions use which it uses."""
        if self._functions:
            waiting = [self._functions[name] for name in names if name in self._functions]
            while waiting:
                more = (waiting.pop().names & self._known) - names
                names |= more
                waiting += [self._functions[name] for name in more if name in self._functions]
        full, texts, functions = self._names.get, self._texts.get, self._functions.get
        once = self.once.get
        return {name: (full(name, ""), texts(name), functions(name), once(name)) for name in names}

    def _meaning(self, name: str) -> _Meaning:
        known = self._names.get(name, "")
        return known, self._texts.get(name), self._functions.get(name)

    def _take(self, left: Mapping[str, _Meaning]) -> None:
        """Leave what the cell left when it was read."""
        for name, (known, text, function) in left.items():
            self._known.add(name)
            if known != "":
                self._names[name] = known
            if text is not None:
                self._texts[name] = text
            if function is not None:
                self._functions[name] = function
            else:
                self._functions.pop(name, None)

    def _read(self, cell: Cell, read: WrittenCell) -> None:
        used: set[str] = set()
        magics = list(facts_of(cell.source).magics)
        for statement in read.statements:
            while magics and magics[0].line <= statement.line:
                self._shell(cell.id, magics.pop(0))
            self._statement(cell.id, statement, used)
        for magic in magics:
            self._shell(cell.id, magic)

    def _statement(self, cell_id: str, statement: StatementFacts, used: set[str]) -> None:
        body = statement.said
        if body.texts:
            self._texts_of(cell_id, body)
        for _, inner in statement.functions:
            if inner.texts:
                self._texts_of(cell_id, inner)
        if body.imports:
            self._import(cell_id, body)
        if body.calls:
            self._calls(statement, body, None)
        if self._uses:
            for name in sorted(body.names & self._functions.keys()):
                self._use(cell_id, statement, name, used)
        if self._binds or statement.functions:
            self._bind(cell_id, statement)

    def _texts_of(self, cell_id: str, body: Written) -> None:
        found = [TextSite(cell_id, one.lineno, str(one.value)) for one in body.texts]
        self.found.texts += tuple(found)

    def _use(self, cell_id: str, statement: StatementFacts, name: str, used: set[str]) -> None:
        """A function of the page: its calls are made here, and those of what it uses."""
        body = self._functions.get(name)
        if body is None or name in used:
            return
        used.add(name)
        self._calls(statement, body, name)
        for inner in sorted(body.names & self._functions.keys()):
            self._use(cell_id, statement, inner, used)

    def _calls(self, statement: StatementFacts, body: Written, through: str | None) -> None:
        found, calls = self.found, body.calls
        called = full_names(calls, self._names)
        found.called += called
        paths = self._paths(calls, called) if True in map(may_use_file, called) else {}
        found.noted.append((calls, called, paths, statement.node, through))

    def _paths(self, calls: Sequence[WrittenCall], called: Sequence[str]) -> dict[int, str]:
        """The files that the calls are given, by their places, where they can be told."""
        found: dict[int, str] = {}
        for place, (node, _) in enumerate(calls):
            if type(node) is Call and (given := path_given(node, called[place])) is not None:
                path = text_of(given, self._texts, self._names)
                if path is not None:
                    found[place] = path
        return found

    def _import(self, cell_id: str, body: Written) -> None:
        for one in body.imports:
            found = ImportSite(cell_id, one.line, one.module, one.name, one.optional)
            self.found.noted.append(found)
            self.found.imports += (found,)
            self._names[one.asname] = _meaning(one)
            self._touched.add(one.asname)
            self._binds = True

    def _bind(self, cell_id: str, statement: StatementFacts) -> None:
        names, imports = statement.writes, statement.said.imports
        if statement.maybe_writes:
            names |= statement.maybe_writes
        for name in names.difference([one.asname for one in imports]) if imports else names:
            if name in self._names or (name[0] == "_" and is_builtin(name)):
                self._names[name] = None
                self._touched.add(name)
            if name in self._functions:
                del self._functions[name]
                self._touched.add(name)
            if (value := self.once.get(name)) is not None:
                text = text_of(value, self._texts, self._names)
                if text is not None:
                    self._texts[name] = text
                    self._touched.add(name)
        for name, body in statement.functions:
            self._import(cell_id, body)
            self._functions[name] = body
            self._touched.add(name)
            self._binds = self._uses = True

    def _shell(self, cell_id: str, magic: MagicLine) -> None:
        for line, name, command in _commands(magic):
            site = ShellSite(cell_id, line, name, command)
            self.found.noted.append(site)
            self.found.shells += (site,)
            self.found.called.append(name)


def _state_after(before: int | None, change: frozenset[object]) -> int:
    """The state of a page below a cell that changed this, or, before its first cell, that
    knows these values of names."""
    if len(_STATES) > MOST:
        _STATES.clear()
    return _STATES.setdefault((before, change), next(_NUMBERS))


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
