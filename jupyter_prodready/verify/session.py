"""A judge for a notebook on this disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .. import checks
from ..analysis import evidence
from ..model import Evidence, Notebook, Report, Run, Surroundings
from ..surroundings import folders_of, look_around
from .imported import Kept, Versions

EvidenceOf = Callable[[Notebook], Evidence]


@dataclass(frozen=True, eq=False)
class FileJudge:
    """Judges states of the page ``notebook``, which is saved in ``file``.

    ``evidence_of`` is what is known of its session, by default its saved counts. Nothing
    outside of the folder ``within`` is looked at, and nothing at all where ``file`` is None.
    ``kernel`` is the Python of its kernel.
    """

    file: Path | None
    notebook: Notebook
    evidence_of: EvidenceOf = evidence.from_saved
    within: Path | None = None
    kernel: Path | None = None

    @cached_property
    def runs(self) -> Sequence[Run]:
        """Those that really happened: a saved file alone tells none."""
        known = self.evidence_of(self.notebook)
        return () if known.saved else tuple(known.runs or ())

    @cached_property
    def folders(self) -> Sequence[Path]:
        return () if self.file is None else folders_of(self.file, self.within)

    @cached_property
    def kept(self) -> Versions:
        return {} if self.file is None else Kept().of(self.file)

    @cached_property
    def saved(self) -> float | None:
        if self.file is None:
            return None
        try:
            return self.file.stat().st_mtime
        except OSError:
            return None

    def around(self, page: Notebook) -> Surroundings | None:
        if self.file is None:
            return None
        ran = tuple(dict.fromkeys(run.source for run in self.runs if run.source))
        return look_around(page, self.file, self.within, self.kernel, ran)

    def report(self, page: Notebook) -> Report:
        """Of every check: one that is switched off may know the cause, too."""
        return checks.analyse(page, self.evidence_of(page), self.around(page))
