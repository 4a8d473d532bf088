"""`POST` and `GET verify`, `GET` and `DELETE verify/<id>`, and its outputs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path, PurePosixPath
from typing import cast

from jupyter_core.utils import ensure_async
from jupyter_server.services.sessions.sessionmanager import ModelName

from .. import checks, config
from ..analysis.facts import facts_of
from ..model import Cell, Effect
from ..verify.kernels import Connection, connection_of
from ..verify.plan import Plan, plan_of
from ..verify.session import FileJudge
from ..verify.verification import Options, options_of
from ..verify.worker import Request
from ..wire import (
    VerifyBody,
    asked_effects_to_json,
    fresh_outputs_to_json,
    job_summary_to_json,
    verify_from_json,
    verify_job_to_json,
)
from .answers import Witness, evidence_of
from .fresh_kernels import ServerKernels
from .handlers import ProdreadyHandler, Route, permitted
from .jobs import Held, Job, JobStore, Work, outputs_of, page_of
from .memory import Shortage, shortage
from .paths import contents_path
from .sessions import Sessions
from .verify_work import VerifyWork

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
            plan_of, body.live.notebook, body.document, body.skip, body.until, body.only
        )
        asked = await self.off_loop(_unconfirmed, plan, body)
        if asked:
            self._ask(asked)
            return
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(body.live)
        short = None
        if not body.confirmed_memory:
            short = await self.off_loop(shortage, witness.process)
        if short is not None:
            self._ask_memory(short)
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

    def _ask_memory(self, short: Shortage) -> None:
        self.write_json(
            {
                "message": short.message,
                "hint": "Confirm it, free memory, or verify on another machine.",
                "memory": {"used": short.used, "free": short.free},
            },
            409,
        )

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

    async def _work(self, plan: Plan, path: str, witness: Witness, body: VerifyBody) -> Work:
        """What the job does; all that it needs of this request is taken now."""
        local = self.local_path(path)
        options = await self.off_loop(_options, local, body.repair)
        folder = await ensure_async(
            self.contents_manager.get_kernel_path(path=path)  # type: ignore[no-untyped-call]
        )
        env = self.session_manager.get_kernel_env(path, ModelName(PurePosixPath(path).name))
        kernels = ServerKernels(self.kernel_manager, plan.kernel_name, folder, env)
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
        self.write_json(verify_job_to_json(job.now()))

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
        return job.fresh


class RepairedOutputsHandler(VerifyOutputsHandler):
    """What a cell will show once the repair is applied."""

    def outputs_in(self, job: Job) -> Held:
        return job.repaired


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


def _options(local: Path | None, repair: bool) -> Options:
    """As the project's settings want it."""
    settings = config.Settings()
    if local is not None:
        settings = config.load(local, frozenset(check.name for check in checks.load()))
    return options_of(settings, repair=repair)


def _name(cell: Cell) -> str:
    return cell.label if cell.execution_count is not None else f"cell {cell.index + 1}"
