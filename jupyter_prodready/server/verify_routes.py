"""`POST` and `GET verify`, `GET` and `DELETE verify/<id>`, and its outputs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path, PurePosixPath
from typing import cast

from jupyter_core.utils import ensure_async
from jupyter_server.services.sessions.sessionmanager import ModelName

from .. import checks, config
from ..verify.kernels import Connection, connection_of
from ..verify.plan import Plan, plan_of
from ..verify.session import FileJudge
from ..verify.verification import Options, options_of
from ..verify.worker import Request
from ..wire import (
    VerifyBody,
    fresh_outputs_to_json,
    job_summary_to_json,
    verify_from_json,
    verify_job_to_json,
)
from .answers import Witness, evidence_of
from .asking import about_effects, about_memory, unconfirmed
from .fresh_kernels import ServerKernels
from .handlers import ProdreadyHandler, Route, permitted
from .jobs import Held, Job, JobStore, Work, outputs_of, page_of
from .memory import shortage
from .paths import contents_path
from .sessions import Sessions
from .verify_work import VerifyWork

JOBS = "prodready_jobs"


class VerifyHandler(ProdreadyHandler):
    max_body_bytes = 256 * 1024 * 1024
    """Outputs are part of the body."""

    @permitted("execute", "kernels")
    async def post(self) -> None:
        await self.require("read", "contents")
        body = await self.off_loop(verify_from_json, await self.json_body())
        path = contents_path(body.live.notebook.path)
        plan = await self.off_loop(
            plan_of, body.live.notebook, body.document, body.skip, body.until, body.only
        )
        running = [step.cell for step in plan.steps if step.skip is None]
        asked = await self.off_loop(unconfirmed, running, body.confirmed)
        if asked:
            self.write_json(about_effects(asked), 409)
            return
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(body.live)
        short = None
        if not body.confirmed_memory:
            short = await self.off_loop(shortage, witness.process)
        if short is not None:
            self.write_json(about_memory(short), 409)
            return
        page = await self.off_loop(page_of, body.live.notebook)
        work = await self._work(plan, path, witness, body)
        skipped = {step.cell.id for step in plan.steps if step.skip is not None}
        job = jobs_of(self).start(user_of(self), path, page, skipped, work)
        self.write_json({"id": job.id}, 202)

    @permitted("read")
    async def get(self) -> None:
        jobs = jobs_of(self).of(user_of(self))
        self.write_json({"jobs": [job_summary_to_json(job.now()) for job in jobs]})

    async def _work(self, plan: Plan, path: str, witness: Witness, body: VerifyBody) -> Work:
        """What the job does; all that it needs of this request is taken now."""
        local = self.local_path(path)
        options = await self.off_loop(options_for, local, body.repair)
        kernels = await kernels_of(self, path, plan.kernel_name)
        shared = self.shared_folder()
        judge = FileJudge(
            local if shared is not None else None,
            plan.notebook,
            partial(evidence_of, witness),
            shared,
            self.python_of(witness.live.kernel_id),
        )
        request = Request(plan, options, judge if options.repair else None)
        live = self._idle_kernel(witness)
        return VerifyWork(request, kernels, judge, live, self.off_loop)

    def _idle_kernel(self, witness: Witness) -> Connection | None:
        """The connection of the page's kernel, if it can be asked what it holds."""
        kernel_id = witness.live.kernel_id
        if kernel_id is None or kernel_id not in self.kernel_manager or not witness.answered:
            return None
        manager = self.kernel_manager.get_kernel(kernel_id)
        if getattr(manager, "execution_state", "idle") != "idle" or not manager.has_kernel:
            return None
        return connection_of(manager)


class VerifyJobHandler(ProdreadyHandler):
    @permitted("read")
    async def get(self, job_id: str) -> None:
        job = jobs_of(self).get(user_of(self), job_id)
        self.write_json(verify_job_to_json(job.now(), job.result.extraction))

    @permitted("execute", "kernels")
    async def delete(self, job_id: str) -> None:
        await jobs_of(self).cancel(user_of(self), job_id)
        self.set_status(204)
        self.finish()


class VerifyOutputsHandler(ProdreadyHandler):
    """What a cell showed in the fresh kernel."""

    @permitted("read")
    async def get(self, job_id: str, cell_id: str) -> None:
        job = jobs_of(self).get(user_of(self), job_id)
        found = outputs_of(cell_id, self.outputs_in(job))
        answer = fresh_outputs_to_json(cell_id, found.outputs or (), found.is_whole)
        self.finish(await self.off_loop(json.dumps, answer))

    def outputs_in(self, job: Job) -> Held:
        return job.result.fresh


class RepairedOutputsHandler(VerifyOutputsHandler):
    """What a cell will show once the repair is applied."""

    def outputs_in(self, job: Job) -> Held:
        return job.result.repaired


ROUTES: tuple[Route, ...] = (
    (r"verify", VerifyHandler),
    (r"verify/(v\d+)", VerifyJobHandler),
    (r"verify/(v\d+)/outputs/([^/]+)", VerifyOutputsHandler),
    (r"verify/(v\d+)/repaired/([^/]+)", RepairedOutputsHandler),
)


def jobs_of(handler: ProdreadyHandler) -> JobStore:
    """The server's one job store."""
    return cast(JobStore, handler.settings[JOBS])


def user_of(handler: ProdreadyHandler) -> str:
    """Who owns a job. One secret for all, as Jupyter's own providers have it, is one user.

    They make up a name for each request that brings the token but no cookie.
    """
    if type(handler.identity_provider).__module__ == "jupyter_server.auth.identity":
        return ""
    return str(getattr(handler.current_user, "username", handler.current_user))


async def kernels_of(handler: ProdreadyHandler, path: str, name: str | None) -> ServerKernels:
    """Fresh ones, as the notebook at ``path`` would get them."""
    folder = await ensure_async(
        handler.contents_manager.get_kernel_path(path=path)  # type: ignore[no-untyped-call]
    )
    env = handler.session_manager.get_kernel_env(path, ModelName(PurePosixPath(path).name))
    return ServerKernels(handler.kernel_manager, name, folder, env)


def options_for(local: Path | None, repair: bool) -> Options:
    """As the project's settings want it."""
    settings = config.Settings()
    if local is not None:
        settings = config.load(local, frozenset(check.name for check in checks.load()))
    return options_of(settings, repair=repair)
