"""Logs and counts that a cell adds to and does not look at: what it shows does not follow from them."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, rerun

TRACED = (
    "calls = []\ndef traced(f):\n    def inside(*given):\n        calls.append(f.__name__)\n"
    "        return f(*given)\n    return inside"
)
ADD = "@traced\ndef add(v):\n    return v + id(v) * 0"
LOGS = "def add(v):\n    log.{}\n    return v + id(v) * 0"


def _log(name: str, how: str, edges: str = "0>2 log, 1>2 add", **more: str) -> Case:
    page = [more.get("log", "log = []"), LOGS.format(how), more.get("use", "add(1)")]
    return Case(name, page, rerun(2), "repeated-run c2", edges)


CASES = [
    Case("a decorator notes the call", [TRACED, ADD, "add(1)"], rerun(2), "repeated-run c2", "0>1 traced, 0>2 calls, 1>2 add"),
    Case("and its notes are looked at below", [TRACED, ADD, "add(1)", "calls"], rerun(2, 3), "repeated-run c2", "0>1 traced, 0>2 calls, 1>2 add, 0>3 calls, 2>3 calls"),
    _log("it notes", "append(v)"),
    _log("it notes in a set", "add(v)", log="log = set()"),
    Case("it counts", ["n = 0", "def add(v):\n    global n\n    n += 1\n    return v + id(v) * 0", "add(1)"], rerun(2), "repeated-run c2", "0>2 n, 1>2 add"),
    Case("a loop counts", ["n, xs = 0, [1, id(1)]", "for x in xs:\n    n += x * 0 + 1\n    print(x > 0)"], rerun(1), "repeated-run c1", "0>1 n xs"),
    Case("it sleeps", ["import time\npause = 0.001", "def fetch(n):\n    time.sleep(pause)\n    return n + id(n) * 0", "got = fetch(1)\ngot", "print(got)"], change(0, "import time\npause = 0.002"), "", "0>2 pause time, 1>2 fetch, 2>3 got"),
    Case("it waits", ["import asyncio\npause = 0", "async def fetch(n):\n    await asyncio.sleep(pause * 2)\n    return n + id(n) * 0", "got = await fetch(1)\ngot"], change(0, "import asyncio\npause = 0.001"), "", "0>2 asyncio pause, 1>2 fetch"),
    # near misses: it looks
    Case("it sleeps and tells how long", ["import time\npause = 0.001", "def fetch(n):\n    time.sleep(pause)\n    return pause", "fetch(1)"], change(0, "import time\npause = 0.002"), "stale-input c2", "0>2 pause time, 1>2 fetch"),
    Case("it asks how long", ["import time\npause = [0.001, 0.002]", "def fetch(n):\n    time.sleep(pause.pop())\n    return n", "fetch(1)"], change(0, "import time\npause = [0.002, 0.003]"), "stale-input c2", "0>2 pause time, 1>2 fetch"),
    _log("it hands back its notes", "append(v)\n    return log"),
    _log("it counts its notes", "append(v)\n    v = len(log)"),
    _log("it takes from them", "append(v)\n    v = log.pop(0)", log="log = [5, 6]"),
    _log("its notes are handed on", "append(v)", use="add(1), len(log)"),
    Case("another function looks", ["log = []", "def size():\n    return len(log)\ndef add(v):\n    log.append(v)\n    return size()", "add(1)"], rerun(2), "repeated-run c2", "0>2 log, 1>2 add size"),
    Case("under another name", ["log = []\nsame = log", "def add(v):\n    log.append(v)\n    return len(same)", "add(1)"], rerun(2), "repeated-run c2", "0>2 log same, 1>2 add"),
    Case("by its name in a text", ["log = []", "def add(v):\n    log.append(v)\n    return eval('len(log)')", "add(1)"], rerun(2), "repeated-run c2", "0>2 log, 1>2 add"),
    Case("a list with methods of its own", ["class Log(list):\n    def append(self, v):\n        print(len(self))\n        super().append(v)\nlog = Log()", "def add(v):\n    log.append(v)\n    return v", "add(1)"], rerun(2), "repeated-run c2", "0>2 log, 1>2 add"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
