"""`POST suggest`: what of the live page is worth extracting."""

from __future__ import annotations

import asyncio

from .answers import suggested
from .extract_routes import ExtractionHandler, project_root
from .handlers import Route, permitted
from .worker import patient_worker


class SuggestHandler(ExtractionHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        notebook, contents = live.notebook, self.contents_folder()
        root, prefix = await self.off_loop(project_root, contents, notebook.path)
        place, same = contents / notebook.path, self.same_environment(live)
        call = patient_worker().call
        # not on the extension's own threads: a check would wait for one
        self.finish(await asyncio.to_thread(call, suggested, notebook, place, root, prefix, same))


ROUTES: tuple[Route, ...] = ((r"suggest", SuggestHandler),)
