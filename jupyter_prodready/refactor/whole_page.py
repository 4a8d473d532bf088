"""What stands against an extraction once its edits and its name are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..analysis.facts import facts_of
from ..model import CellEdit, Notebook, Refusal
from . import naming
from .module import ImportLine
from .page import BUILTINS, IPYTHON_NAME, Page, named
from .project import Project

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
    """Cells that come or go shift the numbers that `Out[5]` and `_5` go by."""
    if all(edit.action == "replace" for edit in edits):
        return ()
    for statement in page.statements:
        for name, exposed in statement.flow.exposed.items():
            by_number = name in ("In", "Out") or any(c.isdigit() for c in name)
            if by_number and IPYTHON_NAME.match(name) and name not in page.writers:
                message = (
                    f"{named(statement.cell)} uses `{name}`, and cells would be numbered anew."
                )
                remedy = f"Use a variable instead of `{name}`."
                return (Refusal(statement.cell.id, exposed.line, message, remedy),)
    return ()


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


def refuse_left(page: Page, edits: Sequence[CellEdit]) -> tuple[Refusal, ...]:
    """Lines that what moves away would leave as the last of their cell: IPython shows the value
    of that one, and a cell magic alone is an error."""
    cells = {statement.cell.id: statement.cell for statement in page.statements}
    found = []
    for edit in edits:
        before, after = facts_of(edit.before or "").statements, (edit.after or "").strip()
        if edit.action != "replace" or edit.cell_id not in cells or not before:
            continue
        where = named(cells[edit.cell_id])
        *above, last = before
        now = facts_of(after).statements[-1:]
        left = [s for s in above for one in now if one.gives and s.text == one.text != last.text]
        if left:
            message = f"Line {left[-1].line} of {where} would be its last one, and be shown."
            remedy = "End that line with a semicolon, or leave it out."
            found.append(Refusal(edit.cell_id, left[-1].line, message, remedy))
        elif after.startswith("%%") and "\n" not in after:
            message = f"Nothing but `{after}` would be left of {where}."
            found.append(Refusal(edit.cell_id, 1, message, "Leave that line out."))
    return tuple(found)
