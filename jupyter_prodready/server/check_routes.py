"""`POST check`, `POST graph`, `GET checks`, `GET checks/<name>`."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from urllib.parse import unquote

from jupyter_server.services.contents.fileio import FileManagerMixin

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
        file, kernel = self.local_path(live.notebook.path), self._python_of(live.kernel_id)
        answer = await self.in_worker(checked, witness, file, self._shared_folder(), kernel)
        await sessions.refuse_if_stale(witness)
        sessions.date(witness, answer.modules)
        self.finish(answer.json)

    def _shared_folder(self) -> Path | None:
        """The contents root, if pages are files and kernels see them; else None."""
        elsewhere = "gateway" in type(self.kernel_manager).__module__
        if elsewhere or not isinstance(self.contents_manager, FileManagerMixin):
            return None
        return self.local_path("")

    def _python_of(self, kernel_id: str | None) -> Path | None:
        """The kernel's Python, None where its kernel spec names none by its full path."""
        if kernel_id is None or kernel_id not in self.kernel_manager:
            return None
        spec = getattr(self.kernel_manager.get_kernel(kernel_id), "kernel_spec", None)
        program = Path(spec.argv[0]) if spec is not None and spec.argv else None
        return program if program is not None and program.is_absolute() else None


class GraphHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        self.finish(await self.in_worker(graph_json, live.notebook))


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
