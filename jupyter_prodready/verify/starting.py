"""A fresh kernel that answers: started again where it died before it did.

A kernel is told its ports before it opens them, and whatever else starts on the machine
meanwhile may be given one of them: then it ends at once ("Address already in use").
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

from .channels import connect, disconnect, wait_until_ready
from .kernels import Kernels

STARTS = 3
"""How often a kernel is started that dies before it answers."""


@dataclass(frozen=True)
class FreshKernel:
    """A client of the kernel, how it died once it did, and its language's version if told."""

    client: AsyncKernelClient
    died: asyncio.Future[str]
    version: str | None


async def start(kernels: Kernels) -> FreshKernel:
    """A kernel that answers; one that died where none of `STARTS` came so far.

    Raises what `Kernels.start` raises, and `KernelGoneError` where the kernel does not
    answer. `Kernels.end` is the caller's to say, also then.
    """
    for _ in range(STARTS - 1):
        kernel = await _started(kernels)
        if not kernel.died.done():
            return kernel
        disconnect(kernel.client)
        await kernels.end()
    return await _started(kernels)


async def _started(kernels: Kernels) -> FreshKernel:
    died: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_death(how: str) -> None:
        if not died.done():
            died.set_result(how)

    client = connect(await kernels.start(on_death))
    try:
        return FreshKernel(client, died, await _ready(client, died))
    except BaseException:
        disconnect(client)
        raise


async def _ready(client: AsyncKernelClient, died: asyncio.Future[str]) -> str | None:
    """Wait for the kernel; the version of its language, None where it died instead."""
    ready = asyncio.ensure_future(wait_until_ready(client))
    both: set[asyncio.Future[Any]] = {ready, died}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        ready.cancel()
        return None
    return await ready
