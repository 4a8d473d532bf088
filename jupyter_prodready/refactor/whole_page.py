"""What stands against an extraction once its edits and its name are known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..analysis.facts import StatementFacts, facts_of
from ..model import Cell, CellEdit, Notebook, Refusal
from . import naming
from .import_lines import ImportLine
from .page import BUILTINS, IPYTHON_NAME, Page, PageStatement, named
from .project import Project
from .shown_values import shows_all

_INPUTS = re.compile(r"^(In|_ih|_i+|_i\d+)$")
_OF_INPUTS = frozenset(
    {"%edit", "%hist", "%history", "%macro", "%pastebin", "%recall", "%rep", "%rerun", "%save"}
)
_CHANGES_FOLDER = re.compile(r"\bchdir\(|^\s*%(cd|pushd)\b", re.MULTILINE)


def refuse_name(name: str | None, page: Page) -> tuple[Refusal, ...]:
    """Why a function cannot have the name that was asked for; None: none was."""
    if name is None:
        return ()
    if not naming.is_name(name):
        message = f"`{name}` cannot be the name of a function."
        return (Refusal(None, None, message, "Use letters, digits and `_`."),)
    if name in page.names or name in BUILTINS:
        message = f"`{name}` is a name that the notebook uses."
        return (Refusal(None, None, message, "Choose another name."),)
    return ()


def refuse_numbers(page: Page, edits: Sequence[CellEdit]) -> tuple[Refusal, ...]:
    """Cells that come or go shift the numbers that `Out[5]` and `_5` go by; what looks at the
    texts of cells (`In`, `%rerun`, `%history`) sees others."""
    are_shifted = any(edit.action != "replace" for edit in edits)
    for statement in page.statements:
        for name, exposed in statement.flow.exposed.items():
            if name in page.writers or not IPYTHON_NAME.match(name):
                continue
            where = f"{named(statement.cell)} uses `{name}`, and cells would"
            remedy = f"Use a variable instead of `{name}`."
            if are_shifted and (name in ("In", "Out") or name[-1].isdigit()):
                return (_refusal_at(statement, exposed.line, f"{where} be numbered anew.", remedy),)
            if _INPUTS.match(name):
                return (_refusal_at(statement, exposed.line, f"{where} be other texts.", remedy),)
    return tuple(_refuse_inputs(page))


def _refuse_inputs(page: Page) -> Iterator[Refusal]:
    for cell in dict.fromkeys(statement.cell for statement in page.statements):
        for magic in facts_of(cell.source).magics:
            if magic.name in _OF_INPUTS:
                message = (
                    f"`{magic.name}` in {named(cell)} goes by the numbers and texts of cells, "
                    "and they would be others."
                )
                yield Refusal(cell.id, magic.line, message, "Take the magic out of the notebook.")


def _refusal_at(statement: PageStatement, line: int, message: str, remedy: str) -> Refusal:
    return Refusal(statement.cell.id, line, message, remedy)


def refuse_circle(project: Project, imports: Iterable[ImportLine]) -> tuple[Refusal, ...]:
    """Two modules that import each other: one of them would find the other half made."""
    for line in imports:
        for name in (line.module, f"{line.module}.{line.name}"):
            if name in project.importers:
                message = (
                    f"`{name}` imports `{project.import_name}`, which would import it in turn."
                )
                remedy = "Choose another module, for example the one that is imported."
                return (Refusal(None, None, message, remedy),)
    return ()


def refuse_folder(
    project: Project, notebook: Notebook, edits: Sequence[CellEdit]
) -> tuple[Refusal, ...]:
    """The kernel finds the module from the notebook's folder, unless it is installed."""
    line = f"from {project.import_name} import"
    places = [edit.index for edit in edits if line in (edit.after or "")]
    if project.importable or not places:
        return ()
    for cell in notebook.code_cells:
        if cell.index < places[0] and _CHANGES_FOLDER.search(cell.source):
            message = f"{named(cell)} changes the folder in which the module is looked for."
            remedy = "Install the project in the kernel's environment (pip install -e .)."
            return (Refusal(cell.id, None, message, remedy),)
    return ()


def muted(page: Page, edits: Sequence[CellEdit]) -> tuple[tuple[CellEdit, ...], tuple[str, ...]]:
    """``edits`` with a semicolon behind each line that what moves away leaves as the last one of
    its cell, for IPython would show its value; and a note for each."""
    if shows_all(page):
        return tuple(edits), ()
    made, notes = [], []
    for edit in edits:
        left, last = _left(edit)
        after = _with_semicolon(edit.after or "", last) if left and last else None
        if left and after is not None:
            where = f"Line {left.line} of {named(_cell(page, edit))}"
            notes.append(f"{where} gets a semicolon: as the last one left it would be shown.")
        made.append(edit if after is None else replace(edit, after=after))
    return tuple(made), tuple(notes)


def refuse_left(page: Page, edits: Sequence[CellEdit]) -> tuple[Refusal, ...]:
    """Cells of which nothing would be left but a magic, which is an error, or a line that is
    shown now."""
    found = []
    for edit in edits:
        after, (left, _) = (edit.after or "").strip(), _left(edit)
        if left and not shows_all(page):
            message = f"Line {left.line} of {named(_cell(page, edit))} would be shown."
            remedy = "End that line with a semicolon, or leave it out."
            found.append(Refusal(edit.cell_id, left.line, message, remedy))
        elif edit.action == "replace" and after.startswith("%%") and "\n" not in after:
            message = f"Nothing but `{after}` would be left of {named(_cell(page, edit))}."
            found.append(Refusal(edit.cell_id, 1, message, "Leave that line out."))
    return tuple(found)


def _left(edit: CellEdit) -> tuple[StatementFacts | None, StatementFacts | None]:
    """A statement of the cell that was not its last one and is not shown, and the same one
    where it is; None where there is none."""
    before, after = facts_of(edit.before or "").statements, facts_of(edit.after or "").statements
    if edit.action != "replace" or not before or not after or not after[-1].gives:
        return None, None
    *above, last = before
    same = [s for s in above if s.text == after[-1].text != last.text]
    return (same[-1], after[-1]) if same else (None, None)


def _with_semicolon(source: str, last: StatementFacts) -> str | None:
    """``source`` with its last statement muted; None where that is not plain Python."""
    facts, lines = facts_of(source), source.split("\n")
    number, end = (last.node.end_lineno or 1) - 1, last.node.end_col_offset or 0
    if facts.code.split("\n")[number] != lines[number]:
        return None
    line = lines[number].encode()
    lines[number] = (line[:end] + b";" + line[end:]).decode()
    now = facts_of("\n".join(lines)).statements
    as_before = _trees(now) == _trees(facts.statements) and not now[-1].gives
    return "\n".join(lines) if as_before else None


def _trees(statements: Sequence[StatementFacts]) -> list[str]:
    return [ast.dump(statement.node) for statement in statements]


def _cell(page: Page, edit: CellEdit) -> Cell:
    return next(s.cell for s in page.statements if s.cell.id == edit.cell_id)
