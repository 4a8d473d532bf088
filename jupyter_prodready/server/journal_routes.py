"""`POST journal`, `POST finish`, `POST undo`: what became of the extractions of a page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from ..actions import apply
from ..actions.journal import Entry
from ..actions.page import inverse_edits
from ..actions.project import root_of
from ..actions.unfinished import finish, unfinished
from ..errors import BadInputError
from ..wire import Json, Live
from ..wire_edits import cell_edits_to_json
from .extract_body import optional_text
from .extract_routes import ExtractionHandler, project_root
from .handlers import Route, permitted

Take = Callable[[Live, str, Path], Json]
"""Finishes or undoes the entry with an id, below the contents root."""


class JournalHandler(ExtractionHandler):
    """The extraction of the page that was not made to the end, or null."""

    @permitted("read")
    async def post(self) -> None:
        live = await self.live()
        contents = self.shared_folder()
        if contents is None:
            self.write_json({"unfinished": None})
            return
        async with self.lock():  # what is being written just now is not interrupted
            answer = await self.off_loop(_unfinished, live, contents.resolve())
        self.write_json({"unfinished": answer})


class TakingHandler(ExtractionHandler):
    async def take(self, work: Take) -> None:
        live = await self.live()
        keys = cast(Mapping[str, Any], await self.json_body())
        undo_id = optional_text(keys, "id")
        if undo_id is None:
            raise BadInputError("`id` must be an undo id.", "See docs/interface.md.")
        contents = self.contents_folder()
        async with self.lock():
            answer = await self.off_loop(work, live, undo_id, contents)
        self.write_json(answer)


class FinishHandler(TakingHandler):
    @permitted("write")
    async def post(self) -> None:
        await self.take(_finish)


class UndoHandler(TakingHandler):
    @permitted("write")
    async def post(self) -> None:
        await self.take(_undo)


ROUTES: tuple[Route, ...] = (
    (r"journal", JournalHandler),
    (r"finish", FinishHandler),
    (r"undo", UndoHandler),
)


# --- work off the loop --------------------------------------------------------------


def _unfinished(live: Live, contents: Path) -> Json | None:
    path = live.notebook.path
    root = root_of(contents / path)
    if not root.is_relative_to(contents):
        return None  # nothing is extracted there
    root, prefix = project_root(contents, path)
    found = unfinished(root, posixpath.relpath(path, prefix or "."), live.notebook)
    return None if found is None else _told(found, prefix)


def _told(entry: Entry, prefix: str) -> Json:
    return {
        "id": entry.id,
        "what": entry.what,
        "is_written": entry.state == "applied",
        "files": [posixpath.join(prefix, change.path) for change in entry.files],
    }


def _finish(live: Live, undo_id: str, contents: Path) -> Json:
    root, prefix = project_root(contents, live.notebook.path)
    entry = apply.find_entry(root, undo_id)
    edits = finish(root, entry, live.notebook)
    files = [posixpath.join(prefix, change.path) for change in entry.files]
    return {"cells": cell_edits_to_json(edits), "files": files, "stays": ""}


def _undo(live: Live, undo_id: str, contents: Path) -> Json:
    """Files are put back directly, to the byte and without going through a trash folder."""
    root, prefix = project_root(contents, live.notebook.path)
    entry = apply.find_entry(root, undo_id)
    interrupted = entry.state == "prepared"
    edits = () if interrupted else inverse_edits(entry.cells, live.notebook)
    undone = apply.undo(root, entry)
    files = [posixpath.join(prefix, path) for path in undone.files]
    return {"cells": cell_edits_to_json(edits), "files": files, "stays": undone.stays}
