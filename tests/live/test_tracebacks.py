"""The recorded tracebacks that the panel's tests read are what a kernel writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from played import COLOURS, Played, playing

pytestmark = pytest.mark.kernel

GOLDEN = Path(__file__).parents[1] / "wire" / "tracebacks.json"
SETUP = "def f():\n    y = 1\n    return 1 / y - 1 / 0"
FAILING = {
    "in the cell": ("x = 1\n1 / 0\ny = 2", 2),
    "in a function of another cell": ("x = 1\nf()\ny = 2", 2),
    "in a function of this cell": ("def g():\n    return 1 / 0\nx = 1\ng()", 4),
    "in a module": ("import json\n\njson.loads('{')", 3),
    "raised while handling another": (
        "def h():\n    try:\n        f()\n    except Exception:\n        raise KeyError\n\nh()",
        7,
    ),
    "in a loop": ("for i in range(3):\n    1 / (1 - i)\nx = 1", 2),
    "behind blank lines": ("\n\n\nx = 1\n1 / 0", 5),
    "does not parse": ("x = 1\ny = (2\nz =", 1),
    "a string that does not parse": ("x = 1\neval('1 +')", 2),
    "timed": ("%%time\nx = 1\n\n1 / 0", 4),
    "timed behind blank lines": ("\n%%time\n\nx = 1\nf()", 5),
    "timed and does not parse": ("%%time\nx = 1\ny = (", 1),
    "captured": ("%%capture out\nx = 1\n1 / 0\ny = 2", 3),
    "captured and timed": ("%%capture out\n%%time\nx = 1\nf()", 4),
    "a timed line": ("x = 1\n%time f()", 2),
    "awaited": ("import asyncio\nawait asyncio.sleep(0)\n1 / 0", 3),
}


def test_recorded_tracebacks_are_what_a_kernel_writes() -> None:
    assert json.loads(GOLDEN.read_text()) == _recorded()


def _recorded() -> dict[str, object]:
    with playing() as played:
        played.send(SETUP, None)
        return {name: _record(played, *it) for name, it in FAILING.items()}


def _record(played: Played, source: str, line: int) -> dict[str, object]:
    count, traceback = 0, []
    request = played.client.execute(source)
    for message in played.messages(request):
        if message["msg_type"] == "execute_input":
            count = message["content"]["execution_count"]
        if message["msg_type"] == "error":
            plain = COLOURS.sub("", "\n".join(message["content"]["traceback"]))
            traceback = [_anywhere(one) for one in plain.split("\n") if _tells(one)]
    return {"source": source, "count": count, "traceback": traceback, "line": line}


def _tells(line: str) -> bool:
    """The code around each frame is left out."""
    return bool(re.match(r"\s*(Cell In|File |\w*Error\b|Traceback)", line))


def _anywhere(line: str) -> str:
    line = re.sub(r"File [^<\s].*", "File module.py:1", line)
    return re.sub(r"(Error:).*", r"\1", line)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(_recorded(), indent=2) + "\n")
