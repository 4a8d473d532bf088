"""The channels to a fresh kernel: opened, closed, and known to carry what is said."""

from __future__ import annotations

import asyncio
import time
from queue import Empty
from typing import Any, cast

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.connect import KernelConnectionInfo

from ..errors import KernelGoneError
from .kernels import Connection

READY_SECONDS = 60.0
NUDGE_SECONDS = 0.5
STDIN_SECONDS = 5.0
"""How long the channel for questions may take once the kernel answers on the others."""

WAITING_MESSAGES = 8
"""Bounds what zmq reads ahead: one message of a cell that prints for ever has 20-180 MB."""


class ShellChannel(AsyncZMQSocketChannel):
    """A shell channel on which one may send while another waits for a reply.

    jupyter_client 8 sends past the event loop, and a send takes up the one sign that a
    message came in (zmq's file descriptor is edge-triggered): a reply that arrives just
    then would wait for ever. A widget's message is sent so while its cell runs.
    """

    def send(self, msg: dict[str, Any]) -> None:
        super().send(msg)
        # To begin a poll looks at what is there and wakes who waits for it. It may not end
        # by a time-out: pyzmq takes up the sign then, too, and wakes nobody.
        asyncio.ensure_future(self.socket.poll()).cancel()


def connect(connection: Connection) -> AsyncKernelClient:
    """A client on the running loop, its channels open.

    That for questions can be written to only once it is connected, which can be waited for.
    """
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
    client = AsyncKernelClient(context=context)
    client.shell_channel_class = ShellChannel
    client.load_connection_info(cast(KernelConnectionInfo, dict(connection)))
    context.setsockopt(zmq.IMMEDIATE, 1)
    client.start_channels(shell=False, iopub=False, hb=False, control=False)
    context.setsockopt(zmq.IMMEDIATE, 0)
    client.start_channels(stdin=False, hb=False)
    client.allow_stdin = True
    return client


def disconnect(client: AsyncKernelClient) -> None:
    client.stop_channels()
    client.context.destroy(linger=0)


async def wait_until_ready(client: AsyncKernelClient, seconds: float = READY_SECONDS) -> str | None:
    """Until the kernel answers and its output reaches us; the version of its language.

    `KernelGoneError` where it does not answer.

    A subscription takes a moment: output sent before is lost, so the kernel is asked again
    until the status messages of a question were seen. So is what a cell asks before that
    channel is connected, and the cell would wait for ever. Every question is answered by then:
    a request that comes while ipykernel 7.0 to 7.3 replies to another may be lost there
    (ipython/ipykernel#1529).
    """
    try:
        reply = await asyncio.wait_for(_hear(client), seconds)
    except (asyncio.TimeoutError, TimeoutError):
        raise KernelGoneError(
            f"The fresh kernel did not answer within {seconds:.0f} s.",
            "Try again; if it stays so, start the kernel by hand and look at the server's log.",
        ) from None
    await client.stdin_channel.socket.poll(STDIN_SECONDS * 1000, zmq.POLLOUT)
    version = reply["content"].get("language_info", {}).get("version")
    return version if isinstance(version, str) else None


async def _hear(client: AsyncKernelClient) -> dict[str, Any]:
    heard = False
    while True:
        reply = await _reply_to(client, client.kernel_info())
        heard = heard or await client.iopub_channel.socket.poll(NUDGE_SECONDS * 100) > 0
        if reply is not None and heard:
            return reply


async def _reply_to(client: AsyncKernelClient, asked: str) -> dict[str, Any] | None:
    """The reply to this question, None where it does not come in time."""
    ends = time.monotonic() + NUDGE_SECONDS
    while True:
        try:
            left = max(0.0, ends - time.monotonic())
            reply: dict[str, Any] = await client.shell_channel.get_msg(timeout=left)
        except Empty:
            return None
        if reply["parent_header"].get("msg_id") == asked:
            return reply
