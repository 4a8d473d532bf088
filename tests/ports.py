"""Ports of kernels, where nothing else on the machine is given one meanwhile.

A kernel opens its ports a second after they were chosen for it. The system hands out those
from 32768 on to whatever asks, and in a run of all tests there is always something that
asks: every hundredth kernel died of it, or hung as "Starting" in the browser.
"""

from __future__ import annotations

import os
import random
import socket

from jupyter_client.connect import LocalPortCache

FIRST, LAST, PART = 10_000, 32_000, 500
"""Below what systems hand out; each process has a part of its own."""


def keep_apart() -> None:
    """From now on kernels of this process get ports of its part."""
    begin = FIRST + os.getpid() * PART % (LAST - FIRST)
    LocalPortCache.find_available_port = lambda cache, ip: _free(cache, ip, begin)  # type: ignore[method-assign]


def _free(cache: LocalPortCache, ip: str, begin: int) -> int:
    for port in random.sample(range(begin, begin + PART), PART):
        if port not in cache.currently_used_ports and _can_be_bound(ip, port):
            cache.currently_used_ports.add(port)
            return port
    raise OSError(f"no port from {begin} on is free")


def _can_be_bound(ip: str, port: int) -> bool:
    with socket.socket() as trial:
        try:
            trial.bind((ip, port))
        except OSError:
            return False
    return True
