"""`POST proof`: a job that runs the page before and after an extraction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from ..actions.asked import without_values
from ..actions.kept_test import Kept, Trial
from ..errors import BadInputError
from ..verify.claim import Claim
from ..verify.ground import Ground, digest
from ..verify.kernels import Kernels
from ..verify.run import Limits
from ..verify.staging import Proved
from ..verify.verification import OnProgress
from ..verify.worker import ProbeRequest, ProofDone, ProofRequest
from ..wire import Live
from .asking import about_effects, about_memory, unconfirmed
from .baselines import Baselines, ground_of
from .extract_routes import ExtractionHandler, Planned, files_to_write
from .fresh_kernels import ServerKernels
from .handlers import OffLoop, Route, permitted
from .jobs import Publish, Result, page_of
from .memory import shortage
from .paths import contents_path
from .sessions import Sessions
from .verification import probe_in_worker, prove_in_worker
from .verify_routes import jobs_of, kernels_of, options_for, user_of

BASELINES = "prodready_baselines"


class ProofHandler(ExtractionHandler):
    @permitted("execute", "kernels")
    async def post(self) -> None:
        await self.require("read", "contents")
        body = await self.asked()
        planned = await self.planned(body)
        if planned.extraction.status != "preview":
            raise BadInputError("There is nothing to prove: the extraction is refused.", "See why.")
        claim = await self.off_loop(planned.asked.claim, planned.extraction)
        needed = await self.off_loop(claim.needed)
        if await self._asks(claim, needed, body.live):
            return
        path = contents_path(body.live.notebook.path)
        page = await self.off_loop(page_of, claim.before)
        kernels = await kernels_of(self, path, self._kernel_name(body.live.kernel_id))
        options = await self.off_loop(options_for, self.local_path(path), False)
        ground = await self._ground(path, planned.root, kernels, options.limits)
        request = ProofRequest(claim, options.limits, ground)
        skipped = {cell.cell_id for cell in page} - needed
        work = ProofWork(planned, request, kernels, self.off_loop, self._baselines())
        job = jobs_of(self).start(user_of(self), path, page, skipped, work, "proof")
        self.write_json({"id": job.id}, 202)

    async def _ground(
        self, path: str, root: Path, kernels: ServerKernels, limits: Limits
    ) -> Ground:
        """Where the proof runs. Without what earlier proofs ran there, if that is asked for."""
        keys = cast(Mapping[str, Any], await self.json_body())
        place, spec = self.contents_folder() / path, await self.off_loop(kernels.spec)
        ground = ground_of(user_of(self), place, root, spec, kernels.env, limits)
        if keys.get("anew") is True:
            self._baselines().drop(ground)
        return ground

    def _baselines(self) -> Baselines:
        return cast(Baselines, self.settings.setdefault(BASELINES, Baselines()))

    async def _asks(self, claim: Claim, needed: frozenset[str], live: Live) -> bool:
        """Whether the answer is a question: about cells that touch the world, or memory."""
        keys = cast(Mapping[str, Any], await self.json_body())
        confirmed = keys.get("confirmed") or []
        running = [cell for cell in claim.before.code_cells if cell.id in needed]
        asked = await self.off_loop(unconfirmed, running, confirmed)
        if asked:
            self.write_json(about_effects(asked), 409)
            return True
        if keys.get("confirmed_memory") is True:
            return False
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(live)
        short = await self.off_loop(shortage, witness.process)
        if short is not None:
            self.write_json(about_memory(short), 409)
        return short is not None

    def _kernel_name(self, kernel_id: str | None) -> str | None:
        """The kernel that the page has; None for the server's default."""
        if kernel_id is None or kernel_id not in self.kernel_manager:
            return None
        return str(self.kernel_manager.get_kernel(kernel_id).kernel_name)


@dataclass(frozen=True)
class ProofWork:
    """What the job does, once it has its turn."""

    planned: Planned
    request: ProofRequest
    kernels: Kernels
    off_loop: OffLoop
    baselines: Baselines

    async def __call__(self, on_progress: OnProgress, publish: Publish) -> Result:
        done = await self._proved(on_progress)
        proved = done.proved
        proven = await self.off_loop(self.planned.proven, proved)
        proven = await self.off_loop(proven.with_optional, proved)
        if proven.asked.options.test and proven.extraction.status == "preview":
            kept = await self._kept(proven, proved)
            proven = proven.with_kept(kept)
        await self._keep(done, proven)
        told = without_values(proved)  # a megabyte each, and results are held for an hour
        return Result(extraction=proven.shown(), proved=told, kept=proven.kept)

    async def _proved(self, on_progress: OnProgress) -> ProofDone:
        """With what there is when the job has its turn: it may be that of the job before."""
        ground = self.request.ground
        stored = self.baselines.of(ground) if ground else ()
        return await prove_in_worker(
            replace(self.request, stored=stored), self.kernels, on_progress
        )

    async def _keep(self, done: ProofDone, proven: Planned) -> None:
        ground = self.request.ground
        if ground is None:
            return
        self.baselines.drop(ground, done.stale)
        self.baselines.use(ground, done.proved.baseline)
        written = await self.off_loop(_digests, proven)
        self.baselines.add(ground, done.kept, written)

    async def _kept(self, proven: Planned, proved: Proved) -> tuple[Kept, ...]:
        """The tests, once further kernels have seen them pass, and fail where they should."""
        trials = await self.off_loop(proven.asked.trials, proven.extraction, proved)
        return tuple([await self._tried(trial) for trial in trials])

    async def _tried(self, trial: Trial | Kept) -> Kept:
        if isinstance(trial, Kept):
            return trial
        request = ProbeRequest(trial.probe, self.request.limits)
        return trial.ended(await probe_in_worker(request, self.kernels))


ROUTES: tuple[Route, ...] = ((r"proof", ProofHandler),)


def _digests(planned: Planned) -> dict[str, str]:
    """Of the files that an apply writes, by absolute path."""
    return {
        str(planned.root / change.path): digest(change.after or b"")
        for change in files_to_write(planned)
    }
