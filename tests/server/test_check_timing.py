"""The server's loop, which carries every kernel's messages, is never held by a check."""

from __future__ import annotations

import asyncio
import time

import pytest
from page import Page

pytestmark = [pytest.mark.kernel, pytest.mark.timing]

MOST_SECONDS = 0.05


async def longest_hold(until: asyncio.Future) -> float:
    """The longest time for which the loop did not come round until ``until`` was done."""
    longest = 0.0
    while not until.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - before)
        await asyncio.sleep(0.001)
    return longest


def big_page(fetch, kernel, cells: int) -> Page:
    sources = {
        f"c{n}": "\n".join(
            [f"# cell {n} of many"]
            + [f"def f{n}_{k}(a, b=x{n - 1}):\n    return a + b * {k}" for k in range(3)]
            + [f"x{n} = f{n}_1(x{n - 1})", f"print(x{n})"]
        )
        for n in range(1, cells)
    }
    return Page(fetch, {"c0": "x0 = 1", **sources}, kernel)


async def test_check_of_a_big_notebook(jp_fetch, kernel):
    page = big_page(jp_fetch, kernel, 1000)
    await page.run("c0", "c1", "c2")
    began = time.perf_counter()
    checking = asyncio.ensure_future(page.check())
    longest = await longest_hold(checking)
    took = time.perf_counter() - began
    report = checking.result()
    assert len(report["cells"]) == 1000
    assert took > 0.2, "too small to measure anything"
    assert longest < MOST_SECONDS


async def test_kernel_messages_flow_while_a_check_runs(jp_fetch, kernel):
    page = big_page(jp_fetch, kernel, 1000)
    await page.run("c0")
    quiet = await slowest_round_trip(kernel, 10)
    checking = asyncio.ensure_future(page.check())
    slowest = 0.0
    while not checking.done():
        slowest = max(slowest, await slowest_round_trip(kernel, 1))
    await checking
    assert slowest < quiet + 0.25


async def slowest_round_trip(kernel, times: int) -> float:
    slowest = 0.0
    for _ in range(times):
        began = time.perf_counter()
        await kernel.run("1", store_history=False)
        slowest = max(slowest, time.perf_counter() - began)
    return slowest


async def test_a_hundred_cells_are_checked_in_half_a_second(jp_fetch, kernel):
    page = big_page(jp_fetch, kernel, 100)
    await page.run()
    await page.check()
    page.cells["c50"] += "\nx50 = x50 + 1"
    began = time.perf_counter()
    await page.check()
    assert time.perf_counter() - began < 0.5
