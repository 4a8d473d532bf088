"""`POST check`, `POST graph`, `GET checks`, `GET checks/<name>`."""

from __future__ import annotations

from typing import cast
from urllib.parse import unquote

from .. import checks
from ..analysis.rule import Check
from .answers import checked, graph_json
from .handlers import ProdreadyHandler, Route, permitted
from .sessions import Sessions


class CheckHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        if live.kernel_id is not None:
            await self.require("execute", "kernels")
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(live)
        file, kernel = self.local_path(live.notebook.path), self.python_of(live.kernel_id)
        answer = await self.in_worker(checked, witness, file, self.shared_folder(), kernel)
        await sessions.refuse_if_stale(witness)
        sessions.date(witness, answer.modules)
        self.finish(answer.json)


class GraphHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        file = self.local_path(live.notebook.path)
        self.finish(await self.in_worker(graph_json, live.notebook, file, self.shared_folder()))


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
