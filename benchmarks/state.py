"""How long it takes to tell what a kernel holds, where it holds a gigabyte."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from jupyter_client.asynchronous.client import AsyncKernelClient

from jupyter_prodready.verify.channels import connect, disconnect, wait_until_ready
from jupyter_prodready.verify.kernels import LocalKernels
from jupyter_prodready.verify.state import evaluated, fingerprints_of

LIMIT = 2.0
"""Seconds for a gigabyte; the bar is absolute, for a person waits."""

ROUNDS = 5
STATE = """
import numpy, pandas
array = numpy.arange(50_000_000.0)
table = pandas.DataFrame({str(n): array[:2_000_000] * n for n in range(20)})
table["text"] = [f"row {n}" for n in range(2_000_000)]
numbers = list(range(3_000_000))
words = {f"key {n}": [n] for n in range(400_000)}
nested = [{"a": [n, (n, str(n))]} for n in range(100_000)]
"""


def measured() -> Iterator[tuple[str, float, float, float]]:
    """(what, milliseconds, milliseconds of the bar, bar as a ratio)."""
    taken = sorted(asyncio.run(_measure()))[ROUNDS // 2]
    yield "state of 1 GB : 2 s", 1000 * taken, 1000 * LIMIT, 1.0


async def _measure() -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        kernels = LocalKernels(None, Path(folder))
        client = connect(await kernels.start(lambda how: None))
        try:
            await wait_until_ready(client)
            made = f"exec({STATE!r}, get_ipython().user_ns)"
            assert await evaluated(client, made, 120) is not None
            return [await _seconds(client) for _ in range(ROUNDS)]
        finally:
            disconnect(client)
            await kernels.end()


async def _seconds(client: AsyncKernelClient) -> float:
    began = time.perf_counter()
    found = await fingerprints_of(client, 60)
    assert found is not None
    assert {"array", "table", "words"} <= found.keys()
    return time.perf_counter() - began
