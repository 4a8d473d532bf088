"""`POST verify`, `GET verify/<id>`, `DELETE verify/<id>`."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import cast

from jupyter_core.utils import ensure_async
from jupyter_server.services.sessions.sessionmanager import ModelName

from .. import checks, config
from ..analysis.facts import facts_of
from ..model import Cell, Effect, VerifyReport
from ..verify.cause import explain
from ..verify.plan import Plan, plan_of
from ..verify.verification import OnProgress, Options, Outcome
from ..verify.worker import Request
from ..wire import VerifyBody, asked_effects_to_json, verify_from_json
from .answers import Witness, report_of
from .fresh_kernels import ServerKernels
from .handlers import ProdreadyHandler, Route, permitted
from .jobs import JobStore, Work
from .paths import contents_path
from .sessions import Sessions
from .verification import verify_in_worker

ASKED_ABOUT = ("writes-file", "network", "shell")
JOBS = "prodready_jobs"
Asked = list[tuple[Cell, tuple[Effect, ...]]]


class VerifyHandler(ProdreadyHandler):
    max_body_bytes = 256 * 1024 * 1024
    """Outputs are part of the body."""

    @permitted("execute", "kernels")
    async def post(self) -> None:
        await self.require("read", "contents")
        body = await self.off_loop(verify_from_json, await self.json_body())
        path = contents_path(body.live.notebook.path)
        plan = await self.off_loop(
            plan_of, body.live.notebook, body.document, body.skip, body.until
        )
        asked = await self.off_loop(_unconfirmed, plan, body)
        if asked:
            self._ask(asked)
            return
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(body.live)
        job = jobs_of(self).start(user_of(self), path, await self._work(plan, path, witness))
        self.write_json({"id": job.id}, 202)

    def _ask(self, asked: Asked) -> None:
        names = ", ".join(_name(cell) for cell, _ in asked)
        self.write_json(
            {
                "message": f"These cells would write files or use the network again: {names}.",
                "hint": "Confirm them, or skip them.",
                "effects": asked_effects_to_json(asked),
            },
            409,
        )

    async def _work(self, plan: Plan, path: str, witness: Witness) -> Work:
        """What the job does; all that it needs of this request is taken now."""
        local = self.local_path(path)
        options = await self.off_loop(_options, local)
        folder = await ensure_async(
            self.contents_manager.get_kernel_path(path=path)  # type: ignore[no-untyped-call]
        )
        env = self.session_manager.get_kernel_env(path, ModelName(PurePosixPath(path).name))
        kernels = ServerKernels(self.kernel_manager, plan.kernel_name, folder, env)
        off_loop = self.off_loop

        async def work(on_progress: OnProgress) -> VerifyReport:
            outcome = await verify_in_worker(Request(plan, options), kernels, on_progress)
            return await off_loop(_explained, outcome, witness, local)

        return work


class VerifyJobHandler(ProdreadyHandler):
    @permitted("read")
    async def get(self, job_id: str) -> None:
        self.write_json(jobs_of(self).get(user_of(self), job_id).to_json())

    @permitted("execute", "kernels")
    async def delete(self, job_id: str) -> None:
        await jobs_of(self).cancel(user_of(self), job_id)
        self.set_status(204)
        self.finish()


ROUTES: tuple[Route, ...] = (
    (r"verify", VerifyHandler),
    (r"verify/(v\d+)", VerifyJobHandler),
)


def jobs_of(handler: ProdreadyHandler) -> JobStore:
    """The server's one job store."""
    return cast(JobStore, handler.settings.setdefault(JOBS, JobStore()))


def user_of(handler: ProdreadyHandler) -> str:
    """Who owns a job. One secret for all, as Jupyter's own providers have it, is one user.

    They make up a name for each request that brings the token but no cookie.
    """
    if type(handler.identity_provider).__module__ == "jupyter_server.auth.identity":
        return ""
    return str(getattr(handler.current_user, "username", handler.current_user))


def _unconfirmed(plan: Plan, body: VerifyBody) -> Asked:
    """Cells that would be run, touch the world, and were not confirmed."""
    asked: Asked = []
    for step in plan.steps:
        if step.skip is not None or step.cell.id in body.confirmed:
            continue
        effects = facts_of(step.cell.source).effects
        touching = tuple(effect for effect in effects if effect.kind in ASKED_ABOUT)
        if touching:
            asked.append((step.cell, touching))
    return asked


def _options(local: Path | None) -> Options:
    if local is None:
        return Options(timeout=config.DEFAULT_TIMEOUT)
    names = frozenset(check.name for check in checks.load())
    settings = config.load(local, names)
    return Options(timeout=settings.verify_timeout, rtol=settings.verify_rtol)


def _explained(outcome: Outcome, witness: Witness, local: Path | None) -> VerifyReport:
    """The outcome with its cause: the finding of `check` that explains it."""
    notebook = witness.live.notebook
    report = None if outcome.trouble is None else report_of(witness, local)
    return explain(outcome, notebook, report)


def _name(cell: Cell) -> str:
    return cell.label if cell.execution_count is not None else f"cell {cell.index + 1}"
