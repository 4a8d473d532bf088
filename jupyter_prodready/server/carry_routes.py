"""`POST carry`: an extraction was applied, and its import ran in the page's kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..analysis.carried import merged
from ..errors import BadInputError
from .handlers import ProdreadyHandler, Route, permitted
from .sessions import Sessions
from .verify_routes import jobs_of, user_of


class CarryHandler(ProdreadyHandler):
    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        keys = cast(Mapping[str, Any], await self.json_body())
        name, selection = keys.get("proof"), keys.get("selection")
        if not isinstance(name, str) or not isinstance(selection, list):
            message = "`proof` must be the id of a job, and `selection` a list of cell ids."
            raise BadInputError(message, "See docs/interface.md.")
        job = jobs_of(self).get(user_of(self), name)
        extraction = job.result.extraction if job.path == live.notebook.path else None
        if extraction is None or not extraction.proof.startswith("equal"):
            message = f"{name!r} has not proven an extraction of this page."
            raise BadInputError(message, "Run the cells again.")
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        became_one = merged(extraction, [str(cell_id) for cell_id in selection])
        await sessions.carry(live, became_one, extraction.change.cells)
        self.set_status(204)
        self.finish()


ROUTES: tuple[Route, ...] = ((r"carry", CarryHandler),)
