"""`POST check`, `POST graph`, `GET checks`, `GET checks/<name>`."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from .. import checks, config
from ..analysis import evidence
from ..analysis.graph import graph_of
from ..analysis.rule import Check
from ..model import Evidence, Graph, Notebook, Report
from ..wire import graph_to_json, report_to_json
from .handlers import ProdreadyHandler, Route, permitted
from .sessions import Sessions, Witness

GONE = "the kernel of this page is gone; only the saved counts are known"
SILENT = "the kernel does not answer; only the runs that the panel saw are known"


class CheckHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        if live.kernel_id is not None:
            await self.require("execute", "kernels")
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(live)
        answer = await self.off_loop(_check, witness, self.local_path(live.notebook.path))
        await sessions.refuse_if_stale(witness)
        self.finish(answer)


class GraphHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        self.finish(await self.off_loop(_graph, live.notebook))


class ChecksHandler(ProdreadyHandler):
    @permitted("read")
    async def get(self) -> None:
        self.write_json([_heading(check) for check in checks.load()])


class CheckPageHandler(ProdreadyHandler):
    @permitted("read")
    async def get(self, name: str) -> None:
        check = checks.page(unquote(name))
        self.write_json({**_heading(check), "page": check.page})


ROUTES: tuple[Route, ...] = (
    (r"check", CheckHandler),
    (r"graph", GraphHandler),
    (r"checks", ChecksHandler),
    (r"checks/([^/]+)", CheckPageHandler),
)


def _heading(check: Check) -> dict[str, str]:
    return {"name": check.name, "severity": check.severity.value, "summary": check.summary}


def _check(witness: Witness, local: Path | None) -> str:
    return json.dumps(report_to_json(report_of(witness, local)))


def report_of(witness: Witness, local: Path | None) -> Report:
    """What `check` says of the page, as its project's settings want it; CPU work."""
    report = checks.analyse(witness.live.notebook, _evidence(witness))
    return _configured(report, local)


def _evidence(witness: Witness) -> Evidence:
    notebook = witness.live.notebook
    if witness.live.kernel_id is None:
        return evidence.from_saved(notebook)
    if not witness.known:
        return _missing(evidence.from_saved(notebook), GONE)
    seen = evidence.from_session(notebook, witness.runs, witness.history)
    return seen if witness.answered else _missing(seen, SILENT)


def _missing(evidence: Evidence, words: str) -> Evidence:
    return replace(evidence, missing=(*evidence.missing, words))


def _graph(notebook: Notebook) -> str:
    graph: Graph = graph_of(notebook)
    return json.dumps(graph_to_json(graph))


def _configured(report: Report, local: Path | None) -> Report:
    """The report as the project's settings want it; ``local`` is None without a disk."""
    if local is None:
        return report
    settings = config.load(local, _names())
    return config.apply(report.with_path(str(local)), settings).with_path(report.path)


@cache
def _names() -> frozenset[str]:
    return frozenset(check.name for check in checks.load())
