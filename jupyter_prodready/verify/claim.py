"""What a proof has to show: that one page does what another does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..model import CellEdit, Notebook
from .seen import Observer
from .staging import Staged
from .suppliers import suppliers_of


@dataclass(frozen=True)
class Claim:
    """That ``after`` does what ``before`` does: ``edits`` lead from one to the other, and
    ``staged`` are the modules that it will import.

    An ``observer`` sees the page before as it runs, and its modules are taken instead.
    """

    before: Notebook
    after: Notebook
    edits: Sequence[CellEdit]
    staged: Sequence[Staged]
    observer: Observer | None = None

    @property
    def changed(self) -> frozenset[str]:
        """Ids of the cells that do something else."""
        return frozenset(edit.cell_id for edit in self.edits if not _only_adds(edit))

    def needed(self) -> frozenset[str]:
        """Ids of the cells that are run: those that the change can reach, and what they need."""
        pages = (self.before, self.after)
        return frozenset(one for page in pages for one in _slice(page, self.changed))


def _only_adds(edit: CellEdit) -> bool:
    """Does the cell keep all of its lines? So does one that gets the import."""
    if edit.action != "replace":
        return False
    after = iter((edit.after or "").split("\n"))
    return all(line in after for line in (edit.before or "").split("\n"))


def _slice(page: Notebook, changed: Collection[str]) -> set[str]:
    """Ids of the changed cells, of those that hang on them, and of all that these need."""
    suppliers = suppliers_of(page)
    reached = {cell.index for cell in page.code_cells if cell.id in changed}
    for cell in page.code_cells:
        if reached & suppliers.get(cell.index, frozenset()):
            reached.add(cell.index)
    needed, todo = set(reached), list(reached)
    while todo:
        new = suppliers.get(todo.pop(), frozenset()) - needed
        needed |= new
        todo += new
    return {cell.id for cell in page.code_cells if cell.index in needed}
