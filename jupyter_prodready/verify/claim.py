"""What a proof has to show: that one page does what another does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..analysis.unseen import looking
from ..model import CellEdit, Notebook, Surroundings
from ..surroundings import look_around
from .early_imports import run_after_early_imports
from .seen import Observer
from .staging import Staged
from .suppliers import Suppliers, suppliers_of

_HOW_SHOWN = "ast_node_interactivity"
"""IPython's setting that tells which values of a cell are shown."""


@dataclass(frozen=True)
class Claim:
    """That ``after`` does what ``before`` does: ``edits`` lead from one to the other, and
    ``staged`` are the modules that it will import.

    An ``observer`` sees the page before as it runs, and its modules are taken instead. Of names
    that are ``lost``, or ``new``, it is known that only one page has them at its end.
    """

    before: Notebook
    after: Notebook
    edits: Sequence[CellEdit]
    staged: Sequence[Staged]
    observer: Observer | None = None
    lost: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    file: Path | None = None
    """Where the page stands, None where that is not known. Around it, inside of ``root``, are
    modules of the project, whose functions feed cells, too."""
    root: Path | None = None

    @property
    def changed(self) -> frozenset[str]:
        """Ids of the cells that do something else."""
        return frozenset(edit.cell_id for edit in self.edits if not _only_adds(edit))

    def needed(self) -> frozenset[str]:
        """Ids of the cells that are run: those that the change can reach, and what they need."""
        pages = (self.before, self.after)
        also = run_after_early_imports(self.before, self.after, self.staged)
        changed, file, root = self.changed, self.file, self.root
        around = [None if file is None else look_around(page, file, root) for page in pages]
        slices = map(_slice, pages, [changed] * 2, [also] * 2, around)
        return frozenset(one for part in slices for one in part)


def _only_adds(edit: CellEdit) -> bool:
    """Does the cell keep all of its lines? So does one that gets the import."""
    if edit.action != "replace":
        return False
    after = iter((edit.after or "").split("\n"))
    return all(line in after for line in (edit.before or "").split("\n"))


def _slice(
    page: Notebook, changed: Collection[str], also: Collection[str], around: Surroundings | None
) -> set[str]:
    """Ids of the changed cells, of those that hang on them, and of all that these and ``also``
    need."""
    suppliers = _suppliers(page, around)
    reached = {cell.index for cell in page.code_cells if cell.id in changed}
    for cell in page.code_cells:
        if reached & suppliers.get(cell.index, frozenset()):
            reached.add(cell.index)
    for cell in page.code_cells:
        if cell.id in also or _HOW_SHOWN in cell.source:
            reached.add(cell.index)
    needed, todo = set(reached), list(reached)
    while todo:
        new = suppliers.get(todo.pop(), frozenset()) - needed
        needed |= new
        todo += new
    return {cell.id for cell in page.code_cells if cell.index in needed}


def _suppliers(page: Notebook, around: Surroundings | None) -> Suppliers:
    """A cell that may look at any name (`dir()`, `doctest.testmod()`) hangs on all above it."""
    found, above = dict(suppliers_of(page, around)), frozenset[int]()
    looks = looking(cell.source for cell in page.code_cells)
    for cell, is_looking in zip(page.code_cells, looks, strict=True):
        if is_looking:
            found[cell.index] = above
        above |= {cell.index}
    return found
