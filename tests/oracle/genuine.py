"""The same runs in a genuine ipykernel, told in the words of the forked shells."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from .desk import Played

SECONDS = 60
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_COUNT = re.compile(r"(In|Out) ?\[\d+\]|/tmp/ipykernel_\d+/\d+\.py")


def shown(groups: Sequence[Sequence[str]], files: Mapping[str, str]) -> list[str | None]:
    """What each run shows in one new kernel; None behind a failure of its group."""
    texts: list[str | None] = []
    with tempfile.TemporaryDirectory(prefix="oracle-") as place, _kernel(place, files) as client:
        for group in groups:
            stopped = False
            for source in group:
                text, ok = (None, False) if stopped else _run(client, source, place)
                texts.append(text)
                stopped = stopped or not ok
    return texts


@contextmanager
def _kernel(place: str, files: Mapping[str, str]) -> Iterator[BlockingKernelClient]:
    for name, text in files.items():
        (Path(place) / name).parent.mkdir(parents=True, exist_ok=True)
        (Path(place) / name).write_text(text)
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=place, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run(client: BlockingKernelClient, source: str, place: str) -> tuple[str, bool]:
    parts: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        match message["msg_type"]:
            case "stream" if content["name"] == "stdout":
                parts.append(content["text"])
            case "execute_result" | "display_data":
                parts.append(content["data"].get("text/plain", "") + "\n")
            case "clear_output":
                parts.clear()
            case "error":
                parts.append(f"{content['ename']}: {content['evalue']}\n")

    try:
        reply = client.execute_interactive(
            source, output_hook=hear, stop_on_error=False, timeout=SECONDS, allow_stdin=False
        )
    except (Empty, TimeoutError):
        return "too slow", False
    return _plain("".join(parts), place), reply["content"]["status"] == "ok"


def _plain(text: str, place: str) -> str:
    text = _COLOURS.sub("", text).replace("\r\n", "\n")
    text = _COUNT.sub("[n]", _ADDRESS.sub("0x", text))
    return text.replace(os.path.realpath(place), "<cwd>").replace(place, "<cwd>").strip("\n")


def agreement(played: Played) -> list[tuple[str | None, str | None]]:
    """(forked, genuine) text of each run of a session without restarts."""
    told = [one and one["text"] for one in played.results]
    heard = shown(played.desk.job_groups(0), dict(played.desk.page.files))
    return list(zip(told, heard, strict=True))


def agree(forked: str | None, genuine: str | None) -> bool:
    if forked is None or genuine is None:
        return forked == genuine
    return same(forked, genuine)


def same(forked: str, genuine: str) -> bool:
    """Equal but for pixels, which only the forked shells number, and for times."""
    return _still(forked) == _still(genuine)


def _still(text: str) -> str:
    text = re.sub(r" png [0-9a-f]{12}", "", text)
    return re.sub(r"(?m)^(CPU times|Wall time):.*$", "", text).strip()
