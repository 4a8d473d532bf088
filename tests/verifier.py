"""The panel's part of a verification: post, poll, cancel."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable
from typing import Any

import psutil
import pytest
from tornado.httpclient import HTTPClientError


class Verifier:
    """The panel's part: post, poll, cancel."""

    def __init__(self, fetch: Any) -> None:
        self.fetch = fetch

    async def start(self, body: dict[str, Any]) -> str:
        response = await self.fetch(
            "jupyter-prodready", "verify", method="POST", body=json.dumps(body)
        )
        assert response.code == 202
        return str(json.loads(response.body)["id"])

    async def job(self, job_id: str) -> dict[str, Any]:
        response = await self.fetch("jupyter-prodready", "verify", job_id)
        return dict(json.loads(response.body))

    async def until(self, job_id: str, wanted: Any, seconds: float = 60) -> dict[str, Any]:
        ends = time.monotonic() + seconds
        while not wanted(job := await self.job(job_id)):
            assert time.monotonic() < ends, job
            await asyncio.sleep(0.1)
        return job

    async def end(self, job_id: str) -> dict[str, Any]:
        return await self.until(job_id, lambda job: job["state"] not in ("queued", "running"))

    async def report(self, body: dict[str, Any]) -> dict[str, Any]:
        job = await self.end(await self.start(body))
        assert job["state"] == "done", job
        return dict(job["report"])

    async def outputs(self, job_id: str, cell_id: str, **options: Any) -> dict[str, Any]:
        parts = ("verify", job_id, "outputs", cell_id)
        response = await self.fetch("jupyter-prodready", *parts, **options)
        return dict(json.loads(response.body))

    async def jobs(self, **options: Any) -> list[dict[str, Any]]:
        response = await self.fetch("jupyter-prodready", "verify", **options)
        return list(json.loads(response.body)["jobs"])

    async def cancel(self, job_id: str) -> None:
        response = await self.fetch("jupyter-prodready", "verify", job_id, method="DELETE")
        assert response.code == 204


def descendants() -> list[str]:
    """Command lines of all processes that this server has started and that still run."""
    return [
        " ".join(child.cmdline())
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE
    ]


async def refused(verifier: Verifier, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    with pytest.raises(HTTPClientError) as failure:
        await verifier.start(body)
    return failure.value.code, json.loads(failure.value.response.body)


async def answer_of(call: Awaitable[Any]) -> tuple[int, str]:
    with pytest.raises(HTTPClientError) as failure:
        await call
    return failure.value.code, json.loads(failure.value.response.body)["message"]
