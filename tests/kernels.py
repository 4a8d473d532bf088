"""The browser's part in tests: start a kernel, run cells through its websocket."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Fetch = Callable[..., Awaitable[Any]]


def execute_request(code: str, cell_id: str | None = None, **content: object) -> dict[str, Any]:
    return {
        "channel": "shell",
        "header": {
            "msg_id": uuid.uuid4().hex,
            "msg_type": "execute_request",
            "username": "",
            "session": "browser",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        },
        "parent_header": {},
        "metadata": {"cellId": cell_id},
        "content": {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
            **content,
        },
        "buffers": [],
    }


@dataclass
class Kernel:
    """A kernel of the server under test and the websocket of its front end."""

    id: str
    socket: Any
    session: str | None = None

    async def send(self, code: str, cell_id: str | None = None, **content: object) -> str:
        """Start a cell and come back at once, with the id of the request."""
        message = execute_request(code, cell_id, **content)
        await self.socket.write_message(json.dumps(message))
        return str(message["header"]["msg_id"])

    async def reply(self, msg_id: str, seconds: float = 30) -> dict[str, Any]:
        """The content of the reply; ``session`` is what the kernel calls itself then."""
        reply = await asyncio.wait_for(self._reply(msg_id), seconds)
        self.session = reply["header"]["session"]
        return dict(reply["content"])

    async def _reply(self, msg_id: str) -> dict[str, Any]:
        while True:
            reply = dict(json.loads(await self.socket.read_message()))
            if reply["channel"] == "shell" and reply["parent_header"].get("msg_id") == msg_id:
                return reply

    async def run(self, code: str, cell_id: str | None = None, **content: object) -> dict[str, Any]:
        """Run a cell to its end. What comes right behind a failing one would be aborted, too."""
        given = {"stop_on_error": False, **content}
        return await self.reply(await self.send(code, cell_id, **given))
