"""Model to JSON and back: the only Python file that knows key names.

The shapes are the contract of docs/interface.md; golden files in ``tests/wire`` are
read by these functions' tests and by the TypeScript tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast, get_args

from .errors import BadInputError
from .model import (
    Cell,
    CellKind,
    Effect,
    Finding,
    Fix,
    Graph,
    JobState,
    Notebook,
    Observation,
    Report,
    Run,
    RunStatus,
    VerifyReport,
)
from .model_edits import CellEdit, Extraction
from .records import asdict, dataclass, replace
from .wire_edits import VERSION, cell_edits_to_json, extraction_to_json, time_to_json
from .wire_edits import Json as Json

# --- out ----------------------------------------------------------------------------


def envelope(notebooks: list[Json]) -> Json:
    return {"version": VERSION, "notebooks": notebooks}


def report_to_json(report: Report) -> Json:
    """One element of ``notebooks`` in ``check --format json``."""
    return {
        "path": report.path,
        "verdict": asdict(report.verdict),
        "cells": [asdict(cell) for cell in report.cells],
        "findings": [finding_to_json(finding) for finding in report.findings],
        "suppressed": [
            {**finding_to_json(finding), "reason": finding.reason} for finding in report.suppressed
        ],
        "skipped": [asdict(skipped) for skipped in report.skipped],
    }


def finding_to_json(finding: Finding) -> Json:
    keys = asdict(replace(finding, fixes=()))
    del keys["reason"]
    keys["severity"] = finding.severity.value
    keys["fixes"] = [fix_to_json(fix) for fix in finding.fixes]
    return keys


def fix_to_json(fix: Fix) -> Json:
    """What is told of a fix; its edits come from ``POST fix``."""
    keys = asdict(replace(fix, cells=()))
    del keys["cells"]
    return keys


@dataclass(frozen=True)
class Fixing:
    """What fixes make of a page, applied or only shown.

    ``findings`` are those that they mend, one for each of ``fixes``; ``left`` is how many
    of the findings that were asked about remain. ``cells`` are the edits of the page where
    there is one fix; ``runs`` are cells to run in the kernel, where no edit mends a finding.
    """

    path: str
    status: Literal["applied", "preview", "nothing"]
    findings: tuple[Finding, ...] = ()
    fixes: tuple[Fix, ...] = ()
    cells: tuple[CellEdit, ...] = ()
    runs: tuple[Fix, ...] = ()
    diff: str = ""
    base: str = ""
    left: int = 0
    undo_id: str | None = None


def fixing_to_json(fixing: Fixing) -> Json:
    """FIXING: the answer of ``fix --format json`` and of ``POST fix``."""
    fixes = [
        {**fix_to_json(fix), "check": finding.check, "cell_id": finding.cell_id}
        for finding, fix in zip(fixing.findings, fixing.fixes, strict=True)
    ]
    return {
        "version": VERSION,
        "path": fixing.path,
        "status": fixing.status,
        "fixes": fixes,
        "cells": cell_edits_to_json(fixing.cells),
        "runs": [fix_to_json(fix) for fix in fixing.runs],
        "diff": fixing.diff,
        "base": fixing.base,
        "left": fixing.left,
        "undo_id": fixing.undo_id,
    }


def graph_to_json(graph: Graph) -> Json:
    edges = [
        {"from": edge.source, "to": edge.target, "names": list(edge.names)} for edge in graph.edges
    ]
    return {"path": graph.path, "edges": edges}


def verify_to_json(report: VerifyReport) -> Json:
    """One element of ``notebooks`` in ``verify --format json``."""
    keys = asdict(report)
    for written, repair in zip(keys["repairs"], report.repairs, strict=True):
        written["cells"] = cell_edits_to_json(repair.cells)
    return keys


def verify_job_to_json(job: JobState, proven: Extraction | None = None) -> Json:
    """JOB: the answer of ``GET verify/<id>``; a proof tells the extraction as it is ``proven``."""
    return {
        **job_summary_to_json(job),
        "running": job.running,
        "phase": job.phase,
        "seconds_left": job.seconds_left,
        "unknown_left": job.unknown_left,
        "page": [asdict(cell) for cell in job.page],
        "cells": [asdict(cell) for cell in job.cells],
        "report": None if job.report is None else verify_to_json(job.report),
        "extraction": None if proven is None else extraction_to_json(proven),
        "install": None if job.install is None else asdict(job.install),
        "error": None if job.error is None else asdict(job.error),
    }


def job_summary_to_json(job: JobState) -> Json:
    """One element of ``jobs`` in the answer of ``GET verify``."""
    return {
        "id": job.id,
        "path": job.path,
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "started_at": time_to_json(job.started),
        "ended_at": None if job.ended is None else time_to_json(job.ended),
    }


def job_event_to_json(job: JobState) -> Json:
    """What is told to everybody who listens to the server's events: no path, no source."""
    return {"job_id": job.id, "state": job.state, "done": job.done, "total": job.total}


def fresh_outputs_to_json(cell_id: str, outputs: Iterable[Json], is_whole: bool) -> Json:
    """The answer of ``GET verify/<id>/outputs/<cell id>``; ``outputs`` as nbformat has them."""
    plain = [{key: value for key, value in one.items() if key != "cut"} for one in outputs]
    return {"cell_id": cell_id, "outputs": plain, "whole": is_whole}


def asked_effects_to_json(cells: Iterable[tuple[Cell, tuple[Effect, ...]]]) -> list[Json]:
    """``effects`` of the 409 of ``POST verify``: cells to confirm or to skip."""
    return [
        {
            "cell_id": cell.id,
            "cell_index": cell.index,
            "execution_count": cell.execution_count,
            "effects": [asdict(effect) for effect in effects],
        }
        for cell, effects in cells
    ]


# --- in -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Live:
    """The body of ``check``, ``graph``, ``verify`` and ``extract``."""

    notebook: Notebook
    kernel_id: str | None
    kernel_session: str | None
    runs: tuple[Run, ...]
    observations: tuple[Observation, ...] = ()


def live_from_json(body: object) -> Live:
    """Read a LIVE body; raises `BadInputError` naming the key that is wrong."""
    keys = _mapping(body, "the request body")
    cells = tuple(_cell_from_json(cell, index) for index, cell in enumerate(_list(keys, "cells")))
    _refuse_repeated_ids(cells)
    notebook = Notebook(
        path=_text(keys, "path"),
        cells=cells,
        language=_optional_text(keys, "language") or "python",
        language_version=_optional_text(keys, "language_version"),
    )
    return Live(
        notebook=notebook,
        kernel_id=_optional_text(keys, "kernel_id"),
        kernel_session=_optional_text(keys, "kernel_session"),
        runs=tuple(run_from_json(run) for run in _optional_list(keys, "runs")),
        observations=tuple(
            observation_from_json(one) for one in _optional_list(keys, "observations")
        ),
    )


@dataclass(frozen=True)
class FixAsked:
    """What ``POST fix`` asks beside LIVE. ``base`` is the preview's, None for a preview."""

    id: str
    base: str | None


def fix_asked_from_json(body: object) -> FixAsked:
    """Read ``id`` and ``base``; raises `BadInputError` naming the key that is wrong."""
    keys = _mapping(body, "the request body")
    return FixAsked(_text(keys, "id"), _optional_text(keys, "base"))


@dataclass(frozen=True)
class VerifyBody:
    """The body of ``POST verify``."""

    live: Live
    document: Mapping[str, Any]
    confirmed: frozenset[str]
    skip: frozenset[str]
    until: str | None
    only: str | None
    repair: bool
    confirmed_memory: bool


def verify_from_json(body: object) -> VerifyBody:
    """Read the body of ``POST verify``; raises `BadInputError` naming the key that is wrong."""
    keys = _mapping(body, "the request body")
    return VerifyBody(
        live=live_from_json(keys),
        document=_mapping(keys.get("notebook"), "`notebook`"),
        confirmed=_ids(keys, "confirmed"),
        skip=_ids(keys, "skip"),
        until=_optional_text(keys, "until"),
        only=_optional_text(keys, "only"),
        repair=keys.get("repair") is not False,
        confirmed_memory=keys.get("confirmed_memory") is True,
    )


def run_from_json(body: object) -> Run:
    """Read one run: a line of ``--history``, or an element of ``runs``."""
    keys = _mapping(body, "a run")
    status = keys.get("status") or "ok"
    if status not in get_args(RunStatus):
        hint = f"Use one of: {', '.join(get_args(RunStatus))}."
        raise BadInputError(f"`status` of a run is {status!r}.", hint)
    return Run(
        execution_count=_optional_int(keys, "execution_count"),
        source=_optional_text(keys, "source"),
        status=cast(RunStatus, status),
        cell_id=_optional_text(keys, "cell_id"),
        error_line=_optional_int(keys, "error_line"),
        error_name=_optional_text(keys, "error_name"),
        after=_optional_int(keys, "after"),
    )


def observation_from_json(body: object) -> Observation:
    """Read one element of ``observations``."""
    keys = _mapping(body, "an observation")
    count = _optional_int(keys, "execution_count")
    if count is None:
        raise BadInputError("An observation has no `execution_count`.", "See docs/interface.md.")
    return Observation(
        execution_count=count,
        bound=_texts(keys, "bound"),
        changed=_texts(keys, "changed"),
        deleted=_texts(keys, "deleted"),
        read=_texts(keys, "read"),
        reliable=keys.get("reliable") is True,
    )


def _cell_from_json(body: object, index: int) -> Cell:
    keys = _mapping(body, "a cell")
    kind = keys.get("type", "code")
    if kind not in get_args(CellKind):
        raise BadInputError(f"`type` of cell {index} is {kind!r}.", "Use code, markdown or raw.")
    return Cell(
        id=_text(keys, "id"),
        index=index,
        kind=cast(CellKind, kind),
        source=_text(keys, "source"),
        execution_count=_optional_int(keys, "execution_count"),
        has_output=bool(keys.get("has_output", False)),
        tags=_texts(keys, "tags"),
        failed=bool(keys.get("failed", False)),
        error_line=_optional_int(keys, "error_line"),
        error_name=_optional_text(keys, "error_name"),
    )


def _refuse_repeated_ids(cells: tuple[Cell, ...]) -> None:
    seen: set[str] = set()
    for cell in cells:
        if cell.id in seen:
            raise BadInputError(
                f"Two cells have the id {cell.id!r}.", "Save the notebook to renew its ids."
            )
        seen.add(cell.id)


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInputError(f"Expected {what} to be a JSON object.", "See docs/interface.md.")
    return value


def _list(keys: Mapping[str, Any], key: str) -> list[object]:
    value = keys.get(key)
    if not isinstance(value, list):
        raise BadInputError(f"`{key}` must be a list.", "See docs/interface.md.")
    return value


def _ids(keys: Mapping[str, Any], key: str) -> frozenset[str]:
    ids = keys.get(key)
    if ids is None:
        return frozenset()
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadInputError(f"`{key}` must be a list of cell ids.", "See docs/interface.md.")
    return frozenset(ids)


def _optional_list(keys: Mapping[str, Any], key: str) -> list[object]:
    return [] if keys.get(key) is None else _list(keys, key)


def _texts(keys: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(one) for one in _optional_list(keys, key))


def _text(keys: Mapping[str, Any], key: str) -> str:
    value = keys.get(key)
    if not isinstance(value, str):
        raise BadInputError(f"`{key}` must be a text.", "See docs/interface.md.")
    return value


def _optional_text(keys: Mapping[str, Any], key: str) -> str | None:
    return None if keys.get(key) is None else _text(keys, key)


def _optional_int(keys: Mapping[str, Any], key: str) -> int | None:
    value = keys.get(key)
    if value is not None and type(value) is not int:
        raise BadInputError(f"`{key}` must be a whole number.", "See docs/interface.md.")
    return value
