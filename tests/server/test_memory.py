"""Whether a second kernel fits beside the person's is asked before one starts."""

from __future__ import annotations

import json
import os
from typing import Any

import psutil
import pytest
from documents import cell, document, live, result
from kernels import Kernel
from tornado.httpclient import HTTPClientError

from jupyter_prodready.server.memory import Shortage, gigabytes, shortage


def test_only_what_does_not_fit_is_asked_about(monkeypatch: pytest.MonkeyPatch):
    assert shortage(None) is None
    assert shortage(2**22 + 1) is None
    assert shortage(os.getpid()) is None
    left = psutil.virtual_memory()._replace(available=1000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: left)
    short = shortage(os.getpid())
    assert short is not None
    assert short.free == 1000
    assert short.used >= psutil.Process().memory_info().rss / 2


def test_it_is_told_in_gigabytes():
    assert Shortage(21 * 2**30, 9 * 2**30).message == "Your kernel uses 21 GB, 9.0 GB are free."
    assert gigabytes(2**29) == "0.5 GB"


@pytest.mark.kernel
@pytest.mark.slow
async def test_the_route_asks_until_it_is_confirmed(
    jp_fetch: Any, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
):
    left = psutil.virtual_memory()._replace(available=1000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: left)
    await kernel.run("x = 1")
    body = live("n.ipynb", document(cell("1", result("1"))), kernel_id=kernel.id)
    where = ("jupyter-prodready", "verify")
    with pytest.raises(HTTPClientError) as failure:
        await jp_fetch(*where, method="POST", body=json.dumps(body))
    asked = json.loads(failure.value.response.body)
    assert failure.value.code == 409
    assert asked["memory"]["free"] == 1000
    assert "Your kernel uses " in asked["message"]
    confirmed = json.dumps({**body, "confirmed_memory": True})
    started = await jp_fetch(*where, method="POST", body=confirmed)
    assert started.code == 202
    await jp_fetch(*where, json.loads(started.body)["id"], method="DELETE")
