"""`POST install`: a job that makes the project importable in the page's kernel's environment."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..actions import apply, journal
from ..actions.install import TAIL, Installer, planned_install, removal_words, stays_words
from ..actions.journal import Entry, FileChange
from ..actions.project import Located
from ..errors import BadInputError, StaleError
from ..verify.verification import OnProgress, Progress
from .extract_routes import ExtractionHandler, Planned
from .handlers import Route, permitted
from .jobs import Publish, Result
from .verify_routes import jobs_of, user_of


class InstallHandler(ExtractionHandler):
    @permitted("execute", "kernels")
    async def post(self) -> None:
        await self.require("write", "contents")
        body = await self.asked()
        planned = await self.planned(replace(body, base=body.base or ""))
        shown = planned.extraction.install
        if shown is None:
            raise BadInputError("There is nothing to install.", planned.extraction.reach)
        if shown.why_not:
            hint = f"Run `{shown.command}` in its environment."
            raise BadInputError(shown.why_not, hint)
        path = body.live.notebook.path
        work = InstallWork(self, planned)
        job = jobs_of(self).start(user_of(self), path, (), frozenset(), work, "install")
        self.write_json({"id": job.id}, 202)


@dataclass(eq=False)
class InstallWork:
    """What the job does, once it has its turn; ``handler`` writes as the server does."""

    handler: ExtractionHandler
    planned: Planned
    installer: Installer = field(init=False)

    def __post_init__(self) -> None:
        self.installer = Installer(self.planned.asked.located)

    async def __call__(self, on_progress: OnProgress, publish: Publish) -> Result:
        """Nothing stays written where it fails or is cancelled."""
        root = self.planned.root
        entry = await self._write_files()
        try:
            located = await self._run(on_progress)
        except BaseException:
            if entry is not None:
                await asyncio.shield(self._take_back(entry))
            raise
        words = stays_words(located)
        self.handler.installed()[root] = words
        if entry is not None:
            await self.handler.off_loop(_say_at_undo, root, entry.id, words)
        return Result(note=removal_words(located))

    async def _write_files(self) -> Entry | None:
        """What must be there first; None where all is."""
        root, handler = self.planned.root, self.handler
        async with handler.lock():
            plan = await handler.off_loop(planned_install, self.planned.asked.located)
            edits = plan.files if plan else ()
            if not edits:
                return None
            files = [FileChange(e.path, _bytes(e.before), _bytes(e.after)) for e in edits]
            notebook = self.planned.notebook
            entry = await handler.off_loop(apply.prepare, root, notebook, files, (), "install")
            await handler.write_entry(self.planned, entry)
            return entry

    async def _run(self, on_progress: OnProgress) -> Located:
        loop = asyncio.get_running_loop()
        said: list[str] = []

        def on_line(line: str) -> None:
            said.append(line)
            progress = Progress(0, 0, None, (), said=tuple(said[-TAIL:]))
            loop.call_soon_threadsafe(on_progress, progress)

        running = asyncio.ensure_future(asyncio.to_thread(self.installer.run, on_line))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.to_thread(self.installer.end)
            await asyncio.wait({running})
            raise

    async def _take_back(self, entry: Entry) -> None:
        async with self.handler.lock():
            with contextlib.suppress(StaleError):  # edited since: it is theirs
                await self.handler.off_loop(_undo, self.planned.root, entry.id)


ROUTES: tuple[Route, ...] = ((r"install", InstallHandler),)


def _say_at_undo(root: Path, undo_id: str, words: str) -> None:
    journal.save(root, replace(apply.find_entry(root, undo_id), stays=words))


def _undo(root: Path, undo_id: str) -> None:
    apply.undo(root, apply.find_entry(root, undo_id))


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")
