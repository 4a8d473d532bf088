"""The notebook afterwards: an import line, the call, and what stays."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..analysis.facts import facts_of
from ..model import Cell, CellEdit, Notebook
from .module import first_line
from .moves import Moves
from .page import Page, PageStatement
from .parts import Parts
from .project import Project
from .source import SelectedCell, Statement, text_of
from .words import LONGEST_LINE

AUTORELOAD = ("%load_ext autoreload", "%autoreload 2")
_WRITES_MODULE = re.compile(
    r"^%%(?:write)?file\b.*\.py\b|^%save\b"
    r"|^\s*!.*(?:>|\b(?:cp|curl|mv|sed|tee|wget)\b).*\.py\b"
    r"|\.py\b.*(?:write_text|write_bytes|['\"][wax]b?\+?['\"])"
    r"|(?:write_text|write_bytes|copy\w*|move|rename|urlretrieve)\(.*\.py\b",
    re.MULTILINE,
)
"""The page would load a module anew that it writes itself."""
_PATH_CHANGES = ("sys.path", "chdir", "%cd", "addsitedir", "environ", "matplotlib.use")


@dataclass(frozen=True)
class LineEdit:
    """Replace the lines ``start`` to ``end`` (1-based, ``end`` excluded) of a cell."""

    start: int
    end: int
    lines: tuple[str, ...] = ()
    indent: str | None = None
    """None: that of the line above."""


@dataclass(frozen=True)
class PageChange:
    """``setup`` are the lines among ``edits`` after which the names can be used, ``binds`` all
    names that these lines bind, ``lost`` those of imports that leave the page."""

    edits: tuple[CellEdit, ...]
    setup: str
    binds: tuple[str, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replaced:
    """A selection, and what replaces its body (``""`` where only definitions move)."""

    parts: Parts
    call: str


def edits_of(
    notebook: Notebook,
    page: Page,
    replaced: Sequence[Replaced],
    moves: Moves,
    names: Sequence[str],
    project: Project,
    autoreload: bool = True,
) -> PageChange:
    """All edits of the page. ``replaced`` are in page order, ``names`` are imported from
    the module."""
    return _Editor(notebook, page, replaced, moves, project, autoreload).run(tuple(names))


def import_line(module: str, names: Sequence[str]) -> str:
    """``from module import names``, a name a line where it would be too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= LONGEST_LINE:
        return line
    inside = "".join(f"    {name},\n" for name in names)
    return f"from {module} import (\n{inside})"


def kept_imports(selected: Sequence[Parts], moves: Moves, page: Page) -> tuple[Statement, ...]:
    """Imports of the selection that the notebook still needs, or that nobody reads:
    those are there for what importing does."""
    moved = set(moves.places)
    for parts in selected:
        moved |= {s.place for s in (*parts.body, *parts.definitions, *parts.imports)}
    displays = {parts.display.place for parts in selected if parts.display}
    read = {
        name
        for s in page.statements
        if s.place not in moved or s.place in displays
        for name in _reads(s)
    }
    anywhere = {name for s in page.statements for name in _reads(s)}
    bound = {s.place: s.flow.bound for s in page.statements}
    return tuple(
        s
        for parts in selected
        for s in parts.imports
        if bound[s.place] & read or not bound[s.place] & anywhere or _is_future(s.tree)
    )


def _reads(statement: PageStatement) -> tuple[str, ...]:
    flow = statement.flow
    return (*flow.exposed, *flow.late, *flow.soft, *statement.quoted)


def _is_future(tree: ast.stmt) -> bool:
    return isinstance(tree, ast.ImportFrom) and tree.module == "__future__"


class _Editor:
    def __init__(
        self,
        notebook: Notebook,
        page: Page,
        replaced: Sequence[Replaced],
        moves: Moves,
        project: Project,
        autoreload: bool,
    ) -> None:
        self.autoreload = autoreload
        self.notebook = notebook
        self.page = page
        self.moves = moves
        self.project = project
        self.first = replaced[0].parts.first
        self.selected: dict[int, list[tuple[SelectedCell, Replaced]]] = {}
        for one in replaced:
            for cell in one.parts.cells:
                self.selected.setdefault(cell.cell.index, []).append((cell, one))
        self.places = {place for one in replaced for place in one.parts.places}
        self.imports = {s.place for one in replaced for s in one.parts.imports}
        self.kept = kept_imports([one.parts for one in replaced], moves, page)
        self.lines: dict[int, list[LineEdit]] = {}
        self.inserts: list[tuple[int, str]] = []

    def run(self, names: tuple[str, ...]) -> PageChange:
        if not names:
            self._remove_moved()
            return PageChange(self._edits(()), "", (), self._lost())
        home = self._home()
        lines = self._import_lines(names)
        path_line = self._path_line()
        limit = self._limit()
        own: tuple[str, ...] = ()
        if path_line:
            # one cell with both: who runs the import anew runs what it needs
            at = limit if home is None else home.index + 1
            self.inserts.append((at, "\n".join((path_line, *lines))))
        elif home is not None:
            self._add_to(home, lines)
        elif self.first.cell.index == limit:
            own = lines
        else:
            self.inserts.append((limit, "\n".join(lines)))
        self._remove_moved()
        setup = "\n".join([path_line, *lines] if path_line else lines)
        binds = ("sys", *names) if setup.startswith("import sys") else names
        return PageChange(self._edits(own), setup, binds, self._lost())

    def _lost(self) -> tuple[str, ...]:
        left = self.imports - {statement.place for statement in self.kept}
        leaving = (s for s in self.page.statements if s.place in left)
        return tuple(name for s in leaving for name in sorted(s.flow.bound))

    # --- the import -----------------------------------------------------------------

    def _limit(self) -> int:
        """The import must run before this cell: what moved was bound here."""
        return min([self.first.cell.index, *(s.cell.index for s in self.moves.definitions)])

    def _home(self) -> Cell | None:
        """The first cell with imports in which the module can be imported, too."""
        limit = self._limit()
        earliest = 0
        if any(mark in cell.source for cell in self.notebook.code_cells for mark in _PATH_CHANGES):
            above = [
                c.index
                for c in self.notebook.code_cells
                if any(m in c.source for m in _PATH_CHANGES)
            ]
            earliest = max(
                [0, *self.moves.import_cells, *(index for index in above if index <= limit)]
            )
        for statement in self.page.statements:
            index = statement.cell.index
            usable = earliest <= index < limit and index not in self.selected
            if usable and statement.is_import and self._ends_importing(statement.cell):
                return statement.cell
        return None

    def _ends_importing(self, cell: Cell) -> bool:
        """False where the cell changes the import path after its last import."""
        lines = cell.source.split("\n")
        changes = [
            n for n, line in enumerate(lines, 1) if any(mark in line for mark in _PATH_CHANGES)
        ]
        return not cell.source.lstrip().startswith("%%") and self._last_import(cell) > max(
            [0, *changes]
        )

    def _last_import(self, cell: Cell) -> int:
        imports = [s for s in self.page.statements if s.cell.id == cell.id and s.is_import]
        return max((s.facts.end_line for s in imports), default=0)

    def _import_lines(self, names: tuple[str, ...]) -> tuple[str, ...]:
        sources = "\n".join(cell.source for cell in self.notebook.code_cells)
        is_wanted = self.autoreload and "%autoreload" not in sources
        magics = AUTORELOAD if is_wanted and not _WRITES_MODULE.search(sources) else ()
        return (*magics, import_line(self.project.import_name, names))

    def _path_line(self) -> str:
        """One cell that makes the package importable; the kernel runs in the notebook's folder."""
        entry = self.project.path_entry
        if self.project.is_on_path:
            return ""
        statement = f'sys.path.append("{entry}")'
        above = [
            c for c in self.notebook.code_cells if c.index < self._limit() and statement in c.source
        ]
        if above:
            return ""
        package = self.project.import_name.partition(".")[0]
        own = self.page.writers.get("sys", ())
        asks = not own and "sys" in self.page.names  # whether there is one
        if asks or any(not s.is_import for s in own):
            return (
                f'__import__("sys").path.append("{entry}")  # where this notebook finds `{package}`'
            )
        return f"import sys\n\n{statement}  # where this notebook finds `{package}`"

    def _add_to(self, home: Cell, lines: tuple[str, ...]) -> None:
        last = self._last_import(home)
        self.lines.setdefault(home.index, []).append(LineEdit(last + 1, last + 1, lines))

    # --- what leaves ----------------------------------------------------------------

    def _remove_moved(self) -> None:
        for statement in (*self.moves.definitions, *self.moves.gone):
            if statement.place not in self.places:
                lines = facts_of(statement.cell.source).code.split("\n")
                start = first_line(statement.tree, lines)
                end = statement.facts.end_line + 1
                self.lines.setdefault(statement.cell.index, []).append(LineEdit(start, end))

    def _edits(self, own: tuple[str, ...]) -> tuple[CellEdit, ...]:
        edits = [
            self._insert(at, source, number) for number, (at, source) in enumerate(self.inserts)
        ]
        for cell in self.notebook.code_cells:
            parts = self.selected.get(cell.index, [])
            if parts:
                whole = parts[0][0].lines is None
                after = self._block(*parts[0], own) if whole else self._in_parts(parts, own)
                edits.append(_replace_or_delete(cell, after))
            elif cell.index in self.lines:
                after = _with_line_edits(cell.source, self.lines[cell.index])
                edits.append(_replace_or_delete(cell, after))
        order = {"insert": 0, "replace": 1, "delete": 1}
        return tuple(sorted(edits, key=lambda edit: (edit.index, order[edit.action])))

    def _insert(self, at: int, source: str, number: int) -> CellEdit:
        taken = {cell.id for cell in self.notebook.cells}
        seed = f"{source}\0{number}\0{sorted(taken)}"
        new_id = hashlib.sha256(seed.encode()).hexdigest()[:8]
        while new_id in taken:
            new_id += "0"
        return CellEdit("insert", new_id, at, None, source)

    def _in_parts(
        self, parts: Sequence[tuple[SelectedCell, Replaced]], own: tuple[str, ...]
    ) -> str:
        """The cell with calls instead of the selected lines; the import stands above them,
        and above what moved from the same cell."""
        cell = parts[0][0].cell
        edits = [*self.lines.get(cell.index, [])]
        starts = [part.lines[0] for part, _ in parts if part.lines is not None]
        top = min([starts[0], *(edit.start for edit in edits)])
        above = own if top < starts[0] else ()
        indent = ""
        for number, (part, replaced) in enumerate(parts):
            assert part.lines is not None
            block = self._block(part, replaced, () if above or number else own)
            first, last = part.lines
            line = cell.source.split("\n")[first - 1]
            indent = indent or line[: len(line) - len(line.lstrip())]
            edits.append(LineEdit(first, last + 1, (block,), indent))
        if above and cell.id == self.first.cell.id:
            edits.append(LineEdit(top, top, above, indent))
        return _with_line_edits(cell.source, edits)

    def _block(self, found: SelectedCell, replaced: Replaced, own: tuple[str, ...]) -> str:
        """The first cell that runs takes the call; from the others only what must stay stays."""
        cell, parts, call = found.cell, replaced.parts, replaced.call
        is_first = cell.id == self.first.cell.id
        calls = cell.id == parts.calling[0].cell.id
        blocks = [magic.rstrip() for magic in found.kept_magics]
        own_places = {s.place for s in found.statements}
        blocks += [text_of([s.node]) for s in self.kept if s.place in own_places]
        blocks += list(own) if is_first else []
        blocks += [f"%time {call}" if found.timed else call] if calls and call else []
        display = parts.display
        if display is not None and cell.id == self._shows(parts, display):
            blocks.append(text_of([display.node], parts.cells[-1].footer))
        return "\n".join(blocks)

    def _shows(self, parts: Parts, display: Statement) -> str:
        """The cell of the last line: that of the call, or its own below an import that stays."""
        calling = parts.calling[0].cell
        below = any(calling.index < s.cell.index <= display.cell.index for s in self.kept)
        return display.cell.id if below else calling.id


def _with_line_edits(source: str, edits: Sequence[LineEdit]) -> str:
    lines = source.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        start, end = edit.start - 1, edit.end - 1
        before = lines[start - 1] if start else ""
        if not edit.lines:
            while end < len(lines) and not lines[end].strip() and not before.strip():
                end += 1
        indent = before[: len(before) - len(before.lstrip())]
        indent = indent if edit.indent is None else edit.indent
        texts = [line for text in edit.lines if text for line in text.split("\n")]
        lines[start:end] = [indent + line if line.strip() else line for line in texts]
    text = "\n".join(lines)
    return text if all(edit.lines for edit in edits) else text.rstrip("\n")


def _replace_or_delete(cell: Cell, after: str) -> CellEdit:
    if after.strip():
        return CellEdit("replace", cell.id, cell.index, cell.source, after)
    return CellEdit("delete", cell.id, cell.index, cell.source, None)
