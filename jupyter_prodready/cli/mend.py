"""`verify --fix`: the repairs that were proven, written into the files."""

from __future__ import annotations

from collections.abc import Iterable

from ..actions.repair import apply_repair
from ..actions.text_twins import twin_notes
from ..errors import ProdreadyError
from ..verify.local import Verified
from .say import COULD_NOT_RUN, complain, tell


def mend(done: Iterable[Verified]) -> int:
    """Apply the proven repair of each notebook; the exit-code bit for one that failed."""
    code = 0
    for one in done:
        repair = next((repair for repair in one.report.repairs if repair.proven), None)
        if repair is None:
            if one.report.verdict in ("fails", "differs"):
                tell(f"{one.report.path}: no repair was proven, nothing was changed.")
            continue
        try:
            undo = apply_repair(one.path, one.notebook, repair, one.outcome.repaired)
        except ProdreadyError as error:
            complain(error)
            code = COULD_NOT_RUN
            continue
        undoing = f"`jupyter prodready undo` takes it back ({undo})"
        tell(f"{one.report.path}: {repair.title}: done; {undoing}.")
        for note in twin_notes(one.path):
            tell(note)
    return code
