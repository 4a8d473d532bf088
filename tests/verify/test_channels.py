"""Channels to a kernel that a test plays: what is said on them arrives."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import zmq
from jupyter_client.session import Session

from jupyter_prodready.verify.channels import connect, disconnect, wait_until_ready

KEY = "known to both"
NAMES = ("shell", "iopub", "stdin", "control", "hb")


class Played:
    """A kernel's end of the channels, played by hand and without an event loop."""

    def __init__(self) -> None:
        self.context = zmq.Context()
        self.session = Session(key=KEY.encode())
        self.shell = self.context.socket(zmq.ROUTER)
        self.iopub = self.context.socket(zmq.PUB)
        self.stdin = self.context.socket(zmq.ROUTER)
        self.ports = dict.fromkeys(NAMES, 1)
        for name in ("shell", "iopub", "stdin"):
            self.ports[name] = getattr(self, name).bind_to_random_port("tcp://127.0.0.1")

    def connection(self) -> dict[str, Any]:
        ports = {f"{name}_port": port for name, port in self.ports.items()}
        return {"transport": "tcp", "ip": "127.0.0.1", "key": KEY, **ports}

    def answer(self, kind: str, content: dict[str, Any]) -> None:
        """Answer the next request, which must be there within 10 s."""
        assert self.shell.poll(10_000)
        idents, request = self.session.recv(self.shell)
        self.session.send(self.iopub, "status", {"execution_state": "idle"}, parent=request)
        self.session.send(self.shell, kind, content, parent=request, ident=idents)

    def close(self) -> None:
        self.context.destroy(linger=0)


def test_a_reply_that_comes_while_a_widget_is_told_is_not_lost() -> None:
    kernel = Played()

    async def run() -> Any:
        client = connect(kernel.connection())
        try:
            client.execute("1")
            waiting = asyncio.ensure_future(client.shell_channel.get_msg(timeout=None))
            await asyncio.sleep(0)
            kernel.answer("execute_reply", {"status": "ok"})
            time.sleep(0.2)  # it came in, and the loop does not know it yet
            client.shell_channel.send(client.session.msg("comm_msg", {}))
            return await asyncio.wait_for(waiting, 5)
        finally:
            disconnect(client)

    try:
        assert asyncio.run(run())["msg_type"] == "execute_reply"
    finally:
        kernel.close()


def test_no_question_is_open_once_the_kernel_is_ready() -> None:
    kernel = Played()

    async def run() -> tuple[str | None, int]:
        client = connect(kernel.connection())
        answers = asyncio.get_running_loop().run_in_executor(None, _answer_late, kernel)
        try:
            version = await wait_until_ready(client, 20)
            await answers
            return version, await client.shell_channel.socket.poll(200)
        finally:
            disconnect(client)

    try:
        assert asyncio.run(run()) == ("3.1", 0)
        assert not kernel.shell.poll(200)
    finally:
        kernel.close()


def test_what_the_first_cell_asks_is_heard() -> None:
    """A kernel drops what it asks a client that is not connected yet."""
    kernel = Played()
    address = f"tcp://127.0.0.1:{kernel.ports['stdin']}"
    kernel.stdin.unbind(address)

    def answer_and_bind_late() -> None:
        _answer_late(kernel)
        kernel.stdin.bind(address)

    async def run() -> Any:
        client = connect(kernel.connection())
        answers = asyncio.get_running_loop().run_in_executor(None, answer_and_bind_late)
        try:
            await wait_until_ready(client, 20)
            await answers
            await asyncio.sleep(0.05)  # the kernel's end of the connection is ready a little later
            kernel.session.send(kernel.stdin, "input_request", {}, ident=client.session.bsession)
            return await client.stdin_channel.get_msg(timeout=5)
        finally:
            disconnect(client)

    try:
        assert asyncio.run(run())["msg_type"] == "input_request"
    finally:
        kernel.close()


def _answer_late(kernel: Played) -> None:
    """As a kernel that takes its time to start: questions wait, then all are answered."""
    time.sleep(1.2)
    while kernel.shell.poll(1000):
        kernel.answer("kernel_info_reply", {"language_info": {"version": "3.1"}})
