"""What the person's kernel holds against what a clean run leaves."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

from ..model import StateDifference

Fingerprints = Mapping[str, tuple[str, str, "str | None"]]
"""By name: type, shape in words, and a mark, None where the value is not comparable."""

ANSWER_SECONDS = 6.0
_SCRIPT = Path(__file__).with_name("in_kernel.py")
_KEY = "prodready"
_EXPRESSION = (
    "(lambda space, shell: (__import__('builtins').exec({source!r}, space), "
    "space['fingerprints'](shell.user_ns, shell.user_ns_hidden))[1])"
    "({{'__name__': 'prodready'}}, __import__('IPython').get_ipython())"
)


async def fingerprints_of(
    client: AsyncKernelClient, seconds: float = ANSWER_SECONDS
) -> Fingerprints | None:
    """Fingerprints of the kernel's public names; None where it gives none in time.

    Asked silently: no count, no history, no output, and no name is bound or changed. The
    client's shell channel must be open, and the kernel a Python one that is idle.
    """
    source = _SCRIPT.read_text(encoding="utf-8")
    return _read(await evaluated(client, _EXPRESSION.format(source=source), seconds))


async def evaluated(
    client: AsyncKernelClient, expression: str, seconds: float = ANSWER_SECONDS
) -> str | None:
    """The repr of a Python expression's value, evaluated silently; None without an answer."""
    asked = client.execute(
        "",
        silent=True,
        store_history=False,
        allow_stdin=False,
        user_expressions={_KEY: expression},
    )
    try:
        reply = await asyncio.wait_for(_reply(client, asked), seconds)
    except asyncio.TimeoutError:
        return None
    shown = reply.get("user_expressions", {}).get(_KEY, {}).get("data", {}).get("text/plain")
    return shown if isinstance(shown, str) else None


async def _reply(client: AsyncKernelClient, asked: str) -> Mapping[str, Any]:
    while True:
        message = await client.shell_channel.get_msg(timeout=None)
        if message["parent_header"].get("msg_id") == asked:
            content: Mapping[str, Any] = message["content"]
            return content


def _read(answer: str | None) -> Fingerprints | None:
    try:
        found = json.loads(ast.literal_eval(answer or ""))
    except (TypeError, ValueError, SyntaxError):
        return None
    return {name: (kind, shape, mark) for name, (kind, shape, mark) in found.items()}


def differences(live: Fingerprints, fresh: Fingerprints) -> tuple[StateDifference, ...]:
    """Names that are not the same in both, by name; what is the same is left out."""
    found = (_difference(name, live.get(name), fresh.get(name)) for name in sorted({*live, *fresh}))
    return tuple(one for one in found if one is not None)


def _difference(
    name: str,
    live: tuple[str, str, str | None] | None,
    fresh: tuple[str, str, str | None] | None,
) -> StateDifference | None:
    if fresh is None and live is not None:
        return StateDifference(name, "only-live", _words(live))
    if live is None and fresh is not None:
        return StateDifference(name, "only-fresh", _words(fresh))
    if live is None or fresh is None or (live == fresh and live[2] is not None):
        return None
    if live[:2] == fresh[:2] and (live[2] is None or fresh[2] is None):
        return StateDifference(name, "not-comparable", _words(live))
    return StateDifference(name, "differs", _both(_words(live), _words(fresh)))


def _words(one: tuple[str, str, str | None]) -> str:
    return f"{one[0]} {one[1]}".strip()


def _both(live: str, fresh: str) -> str:
    return f"{live}, other values" if live == fresh else f"{live}, in a clean run {fresh}"
