"""What a running kernel says it executed, asked as a second client.

The requests go over the control channel, where a kernel answers while a cell runs;
nothing is executed. Only session 0 is asked for: the other sessions of a history
file are those of all the person's kernels.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from queue import Empty
from typing import Any, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.multikernelmanager import MultiKernelManager

ANSWER_SECONDS = 1.0
HISTORY_SECONDS = 0.3
"""How much longer than to any question a kernel with history takes; else it has none."""

KEEPS_HISTORY = frozenset({"ipython"})
"""Implementations whose empty history means that nothing ran. Others may answer with an
empty list whatever they ran, as ipykernel's own base class for wrappers does."""

RANGE = {"raw": True, "output": False, "hist_access_type": "range", "session": 0, "start": 1}
Lines = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class KernelHistory:
    """``lines`` are (execution count, source), oldest first, None without a history.

    ``session`` names the kernel's present life: a restart changes it, the kernel's id
    stays. A running cell has its line already; silent and blank runs have none.
    """

    session: str
    lines: Lines | None


async def read_history(
    kernels: MultiKernelManager, kernel_id: str, seconds: float = ANSWER_SECONDS
) -> KernelHistory | None:
    """The kernel's own history; None where it does not answer within ``seconds``.

    Raises what ``kernels.get_kernel`` raises for an unknown id.
    """
    manager = kernels.get_kernel(kernel_id)
    if not _has_ports(manager):
        return None
    client = cast(AsyncKernelClient, manager.client())
    client.start_channels(shell=False, iopub=False, stdin=False, hb=False, control=True)
    try:
        return await _ask(client, seconds)
    finally:
        client.stop_channels()


def _has_ports(manager: KernelManager) -> bool:
    """False while a kernel is only about to start."""
    return bool(manager.control_port) or manager.transport == "ipc"


async def _ask(client: AsyncKernelClient, seconds: float) -> KernelHistory | None:
    lives = _send(client, "kernel_info_request", {})
    asked = _send(client, "history_request", RANGE)
    ends = _now() + seconds
    session: str | None = None
    implementation = ""
    while (reply := await _reply(client, ends - _now())) is not None:
        question = reply["parent_header"].get("msg_id")
        if question == lives:
            session = str(reply["header"]["session"])
            implementation = str(reply["content"].get("implementation"))
            ends = min(ends, _now() + HISTORY_SECONDS)
        elif question == asked:
            lines = lines_of(reply["content"], implementation)
            return KernelHistory(str(reply["header"]["session"]), lines)
    return None if session is None else KernelHistory(session, None)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _send(client: AsyncKernelClient, kind: str, content: dict[str, Any]) -> str:
    message = client.session.msg(kind, content)
    client.control_channel.send(message)
    return str(message["header"]["msg_id"])


async def _reply(client: AsyncKernelClient, seconds: float) -> dict[str, Any] | None:
    try:
        reply: dict[str, Any] = await client.control_channel.get_msg(timeout=max(0.0, seconds))
    except (Empty, ValueError):  # nothing, or nothing that could be read
        return None
    return reply


def lines_of(content: dict[str, Any], implementation: str) -> Lines | None:
    """The lines of a ``history_reply``; None where it says nothing of what ran."""
    history = content.get("history")
    if content.get("status") == "error" or not isinstance(history, list):
        return None
    if not history and implementation not in KEEPS_HISTORY:
        return None
    return tuple((int(count), str(source)) for _, count, source in history)
