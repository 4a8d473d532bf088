"""What the routes answer, computed from what was observed; CPU work, free of Jupyter.

Runs in the worker process, so nothing here may import the server.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import checks, config
from ..analysis import evidence
from ..analysis.carried import carry
from ..analysis.graph import graph_of
from ..model import Carried, Evidence, Notebook, Observation, Report, Run, Surroundings
from ..surroundings import look_around
from ..wire import Live, graph_to_json, report_to_json
from ..wire_edits import suggestions_to_json

if TYPE_CHECKING:
    from ..live.history import Lines

GONE = "the kernel of this page is gone; only the saved counts are known"
NO_MODULES: Mapping[str, str] = {}
SILENT = "the kernel does not answer; only the runs that the panel saw are known"


@dataclass(frozen=True)
class Witness:
    """What was observed of the kernel behind a request.

    ``known`` is False for no kernel or one that is gone, ``answered`` is False where the
    kernel said nothing: then ``runs`` and an older ``history`` are all there is.
    ``history`` is None without one.
    """

    live: Live
    known: bool = False
    answered: bool = False
    session: str | None = None
    process: int | None = None
    runs: tuple[Run, ...] = ()
    history: Lines | None = None
    observations: tuple[Observation, ...] = ()
    carried: tuple[Carried, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """All that the kernel is known to have run."""
        seen = [run.source for run in self.runs if run.source is not None]
        return tuple(dict.fromkeys([*seen, *[source for _, source in self.history or ()]]))


@dataclass(frozen=True)
class Checked:
    """``json`` is NOTEBOOK of docs/interface.md, ``modules`` the hashes of the project's."""

    json: str
    modules: tuple[tuple[str, str], ...]


def checked(
    witness: Witness, local: Path | None, within: Path | None, kernel: Path | None = None
) -> Checked:
    """What the panel is told; CPU work.

    ``local`` is the page's file, None without a disk. Only the folder ``within`` is looked
    around, None where the kernel sees other files. ``kernel`` is its Python, if known.
    """
    around = None
    if local is not None and within is not None:
        around = look_around(witness.live.notebook, local, within, kernel, witness.sources)
    modules = () if around is None else tuple(sorted(around.modules.items()))
    return Checked(json.dumps(report_to_json(report_of(witness, local, around))), modules)


def report_of(witness: Witness, local: Path | None, around: Surroundings | None = None) -> Report:
    """What `check` says of the page, as its project's settings want it; CPU work.

    ``local`` is None without a disk, and so without a project.
    """
    notebook = witness.live.notebook
    seen = evidence_of(witness, notebook, {} if around is None else around.modules)
    if local is None:
        return checks.analyse(notebook, seen, around)
    settings = config.load(local, _names())
    off = config.switched_off(str(local), settings, _names())
    report = checks.analyse(notebook, seen, around, off)
    return config.apply(report.with_path(str(local)), settings).with_path(report.path)


def evidence_of(
    witness: Witness, notebook: Notebook, present: Mapping[str, str] = NO_MODULES
) -> Evidence:
    """What is known of the kernel behind this state of the page; ``present`` are the
    project's modules."""
    if witness.live.kernel_id is None:
        return evidence.from_saved(notebook)
    if not witness.known:
        return _missing(evidence.from_saved(notebook), GONE)
    seen = evidence.from_session(notebook, witness.runs, witness.history, witness.observations)
    seen = carry(seen, witness.carried, notebook, present)
    return seen if witness.answered else _missing(replace(seen, complete=False), SILENT)


def _missing(evidence: Evidence, words: str) -> Evidence:
    return replace(evidence, missing=(*evidence.missing, words))


def graph_json(notebook: Notebook, local: Path | None, within: Path | None) -> str:
    """GRAPH of docs/interface.md; ``local`` and ``within`` as for `checked`; CPU work."""
    around = None
    if local is not None and within is not None:
        around = look_around(notebook, local, within)
    return json.dumps(graph_to_json(graph_of(notebook, around)))


def suggested(notebook: Notebook, place: Path, root: Path, prefix: str, same: bool) -> str:
    """What is worth extracting, with modules as paths below ``prefix``; CPU work.

    ``same`` says that the page's kernel runs in this server's Python.
    """
    from ..actions.suggest import suggestions_for  # LibCST takes longer to import than a check

    found = suggestions_for(notebook, place, root=root, same_environment=same)
    moved = (replace(one, module=posixpath.join(prefix, one.module)) for one in found)
    return json.dumps(suggestions_to_json(moved))


@cache
def _names() -> frozenset[str]:
    return frozenset(check.name for check in checks.load())
