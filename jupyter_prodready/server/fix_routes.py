"""`POST fix`: what one fix would make of the live page. The panel makes the edits."""

from __future__ import annotations

import json
from typing import cast

from ..actions.fix import preview
from ..errors import BadInputError, MissingError, StaleError
from ..model import Finding, Fix
from ..wire import FixAsked, Live, fix_asked_from_json, fixing_to_json
from .check_routes import CheckHandler
from .handlers import Route, permitted
from .offers import offer
from .sessions import Sessions


class FixHandler(CheckHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        asked = fix_asked_from_json(await self.json_body())
        if live.kernel_id is not None:
            await self.require("execute", "kernels")
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(live)
        file, kernel = self.local_path(live.notebook.path), self.python_of(live.kernel_id)
        found = await self.in_worker(offer, witness, file, self.shared_folder(), kernel, asked.id)
        await sessions.refuse_if_stale(witness)
        self.finish(await self.off_loop(_answer, live, asked, found))


ROUTES: tuple[Route, ...] = ((r"fix", FixHandler),)


def _answer(live: Live, asked: FixAsked, found: tuple[Finding, Fix] | None) -> str:
    """FIXING. Raises `StaleError` where a preview was seen and does not hold any more."""
    if found is None and asked.base is None:
        raise MissingError("The page has no such fix any more.", "Check the notebook again.")
    fixing = preview(live.notebook, *found) if found is not None else None
    if fixing is None or asked.base not in (None, fixing.base):
        message = "The notebook or its kernel changed since the preview."
        raise StaleError(message, "Preview the fix again.")
    if not fixing.cells:
        raise BadInputError("This fix changes no cell.", "Run the cells that it names.")
    return json.dumps(fixing_to_json(fixing))
