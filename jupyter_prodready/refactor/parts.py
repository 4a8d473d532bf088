"""The selection sorted by what becomes of each statement."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..analysis.calls import dotted
from ..model import Cell, Refusal
from .aliases import asked_for
from .drawings import leaves_open
from .page import DEFINITIONS, Page, named
from .printed_functions import shown_made_here
from .source import SelectedCell, Statement

_RETURN_NONE = frozenset({"print", "plt.show", "pyplot.show"})
_RETURN_NONE_IF_IMPORTED = frozenset({"pprint", "display"})


@dataclass(frozen=True)
class Parts:
    """``definitions`` (constants too, where nothing else is there) go to the module's top
    level, ``body`` becomes the function, ``display`` stays below the call. ``result`` is
    True where the display is all there is: then the function returns it.
    """

    cells: tuple[SelectedCell, ...]
    imports: tuple[Statement, ...] = ()
    definitions: tuple[Statement, ...] = ()
    body: tuple[Statement, ...] = ()
    display: Statement | None = None
    result: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(s for cell in self.cells for s in cell.statements)

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        return frozenset(statement.place for statement in self.statements)

    @property
    def first(self) -> SelectedCell:
        return self.cells[0]

    @property
    def calling(self) -> tuple[SelectedCell, ...]:
        """The cells that run code; the first of them takes the call."""
        running = {s.cell.id for s in (*self.body, *((self.display,) if self.display else ()))}
        return tuple(cell for cell in self.cells if cell.cell.id in running) or self.cells

    @property
    def has_function(self) -> bool:
        return bool(self.body)


def split(cells: Sequence[SelectedCell], page: Page) -> Parts:
    """Sort the statements of ``cells`` (not empty) into parts."""
    statements = [s for cell in cells for s in cell.statements]
    last = statements[-1] if statements else None
    shows = last is not None and cells[-1].is_end and _is_display(last, page)
    display = last if shows else None
    rest = [s for s in statements if s is not display]
    imports = tuple(s for s in rest if isinstance(s.tree, ast.Import | ast.ImportFrom))
    wanted = _wanted_constants(rest, page)
    definitions = tuple(s for s in rest if isinstance(s.tree, DEFINITIONS) or s in wanted)
    body = tuple(s for s in rest if s not in imports and s not in definitions)
    if body and all(_is_lasting_constant(s, page) for s in body) and (definitions or not display):
        definitions, body = tuple(s for s in rest if s not in imports), ()
    parts = Parts(tuple(cells), imports, definitions, body, display)
    if display is not None and not body and not definitions:
        return replace(parts, body=(display,), display=None, result=True)
    return parts


def _is_display(statement: Statement, page: Page) -> bool:
    """True where IPython shows the statement's value, if it is the last of its cell."""
    tree = statement.tree
    return isinstance(tree, ast.Expr) and not statement.muted and may_show(tree, page)


def may_show(tree: ast.Expr, page: Page) -> bool:
    """False where the value is None for sure."""
    if not isinstance(tree.value, ast.Call):
        return True
    name = dotted(tree.value.func)
    kind = page.everywhere(name.partition(".")[0])
    if name in _RETURN_NONE_IF_IMPORTED:
        return kind != "import"
    return not (name in _RETURN_NONE and kind in ("builtin", "import"))


def _wanted_constants(statements: Sequence[Statement], page: Page) -> list[Statement]:
    """Constants that a function or class of the page reads, and names for types that its
    annotations need: they go to the module with it."""
    read = {
        name
        for s in page.statements
        if s.is_definition
        for name in (*s.flow.exposed, *s.flow.late, *s.flow.soft)
    }
    assigned = [s for s in statements if isinstance(s.tree, ast.Assign)]
    aliases = asked_for(page)
    return [
        s
        for s in assigned
        if (_is_lasting_constant(s, page) and _bound(s.tree) & read) or _bound(s.tree) & aliases
    ]


def _bound(tree: ast.stmt) -> set[str]:
    return {node.id for node in getattr(tree, "targets", ()) if isinstance(node, ast.Name)}


def _is_lasting_constant(statement: Statement, page: Page) -> bool:
    """A literal that the whole notebook binds once, so that a module can hold it."""
    (found,) = (s for s in page.statements if s.place == statement.place)
    if not found.is_constant:
        return isinstance(statement.tree, ast.Expr) and isinstance(
            statement.tree.value, ast.Constant
        )
    (name,) = found.flow.bound
    return page.everywhere(name) == "constant"


def refuse_parts(parts: Parts, page: Page) -> tuple[Refusal, ...]:
    """Why this choice of cells, whatever they hold, cannot become one function."""
    if not parts.statements:
        return (
            _refusal(
                parts.first, "There is no code in this selection.", "Select a cell with code."
            ),
        )
    if not parts.body and not parts.definitions:
        return (
            _refusal(
                parts.first,
                "This selection only imports: there is nothing to move.",
                "Select the cell that uses the imports.",
            ),
        )
    return (
        *_early_displays(parts, page),
        *_open_figures(parts, page),
        *_gaps(parts, page),
        *_cell_magics(parts),
        *_shown_functions(parts, page),
    )


def refuse_cut(cells: Sequence[SelectedCell]) -> tuple[Refusal, ...]:
    """Lines that cut through a statement, with those that do not."""
    found = []
    for cell in cells:
        for statement in cell.cut:
            first, last = cell.whole_lines
            start, end = statement.first_line, statement.facts.end_line
            message = f"These lines cut through the statement of lines {start} to {end}."
            remedy = f"Extract lines {first} to {last}."
            found.append(Refusal(cell.cell.id, start, message, remedy, code="cut-statement"))
    return tuple(found)


def _early_displays(parts: Parts, page: Page) -> list[Refusal]:
    found = []
    for cell in parts.cells[:-1]:
        last = cell.statements[-1] if cell.statements and cell.is_end else None
        if last is not None and last is not parts.display and _is_display(last, page):
            message = (
                f"Line {last.line} of {named(cell.cell)} shows a value that a function cannot show."
            )
            remedy = "Extract the cells one at a time, or print the value."
            found.append(Refusal(cell.cell.id, last.line, message, remedy, code="shows-between"))
    return found


def _open_figures(parts: Parts, page: Page) -> list[Refusal]:
    """A figure is shown when its cell ends; together, what follows would come before it, or
    be drawn into it."""
    found = []
    for number, cell in enumerate(parts.cells[:-1]):
        rest = [s.tree for other in parts.cells[number + 1 :] for s in other.statements]
        speaks = any(isinstance(node, ast.Call) for tree in rest for node in ast.walk(tree))
        if speaks and leaves_open([s.tree for s in cell.statements], page):
            message = f"The figure of {named(cell.cell)} is shown when that cell ends."
            remedy = "End that cell with `plt.show()`, or extract the cells one at a time."
            found.append(Refusal(cell.cell.id, None, message, remedy, code="shows-between"))
    return found


def _shown_functions(parts: Parts, page: Page) -> list[Refusal]:
    shown = shown_made_here(page, frozenset(statement.place for statement in parts.body))
    if shown is None:
        return []
    message = f"{named(shown.cell)} shows what is made here with the place where it was made."
    remedy = "Show what the function or generator gives, or leave its line in the notebook."
    return [_refusal(parts.first, message, remedy)]


def _gaps(parts: Parts, page: Page) -> list[Refusal]:
    """Code may not jump over a cell that is not selected; definitions may."""
    own = {cell.cell.index: cell for cell in parts.cells}
    moved = {statement.place for statement in (*parts.definitions, *parts.imports)}
    running = [s.place for s in parts.statements if s.place not in moved]
    if not running:
        return []
    cells = {
        s.cell: None
        for s in page.statements
        if min(running) < s.place < max(running)
        and not (s.cell.index in own and own[s.cell.index].holds(s.facts.line))
    }
    return [_gap(cell, cell.index in own) for cell in cells]


def _gap(cell: Cell, is_in_part: bool) -> Refusal:
    if is_in_part:
        message = f"Lines of {named(cell)} run between the selected lines."
        return Refusal(cell.id, None, message, "Select them too.", wanted=(cell.id,))
    message = f"{named(cell)} runs between the selected cells."
    remedy = "Select it too, or extract the cells one at a time."
    return Refusal(cell.id, None, message, remedy, wanted=(cell.id,))


def _cell_magics(parts: Parts) -> list[Refusal]:
    """What is said of a cell's code is not said of that of several."""
    found = []
    for cell in parts.cells:
        magics = [magic for magic in cell.magics if magic.name.startswith("%%")]
        magics += [cell.timed] if cell.timed else []
        for magic in magics if len(parts.cells) > 1 else ():
            message = f"`{magic.text}` belongs to {named(cell.cell)} alone."
            remedy = "Extract this cell by itself."
            found.append(Refusal(cell.cell.id, magic.line, message, remedy))
    return found


def _refusal(cell: SelectedCell, message: str, remedy: str) -> Refusal:
    return Refusal(cell.cell.id, None, message, remedy)
