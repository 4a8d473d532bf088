"""Jupyter events of a job's progress: counts, never a path, a source or an output."""

from __future__ import annotations

import asyncio

from jupyter_events.logger import EventLogger

from ..wire import job_event_to_json
from .jobs import Job

SCHEMA_ID = "https://schema.jupyter.org/jupyter_prodready/verification/v1"
GAP_SECONDS = 0.2
"""Many quick cells are told of together."""

SCHEMA = {
    "$id": SCHEMA_ID,
    "version": "1",
    "title": "Progress of a verification",
    "description": "A job of POST jupyter-prodready/verify went on. GET verify/<job_id> has more.",
    "personal-data": False,
    "type": "object",
    "properties": {
        "job_id": {"type": "string", "description": "What POST verify answered."},
        "state": {"enum": ["queued", "running", "done", "cancelled", "failed"]},
        "done": {"type": "integer", "description": "Cells that have ended."},
        "total": {"type": "integer", "description": "Cells in all; 0 where not known yet."},
    },
    "required": ["job_id", "state", "done", "total"],
    "additionalProperties": False,
}


class JobEvents:
    """Emits an event for what changes of a job, at most one in `GAP_SECONDS`; its end at once."""

    def __init__(self, logger: EventLogger) -> None:
        logger.register_event_schema(SCHEMA)
        self._logger = logger
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def tell(self, job: Job) -> None:
        if job.ended is not None:
            self._emit(job)
        elif job.id not in self._waiting:
            loop = asyncio.get_running_loop()
            self._waiting[job.id] = loop.call_later(GAP_SECONDS, self._emit, job)

    def _emit(self, job: Job) -> None:
        timer = self._waiting.pop(job.id, None)
        if timer is not None:
            timer.cancel()
        self._logger.emit(schema_id=SCHEMA_ID, data=job_event_to_json(job.now()))
