"""What a kernel ran: from a file of JSON lines, or asked of a running kernel."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..analysis import evidence
from ..errors import BadInputError, KernelGoneError, MissingError
from ..model import Evidence, Notebook, Run
from ..records import dataclass
from ..wire import run_from_json

if TYPE_CHECKING:
    from jupyter_client.blocking.client import BlockingKernelClient

ANSWER_SECONDS = 5.0


@dataclass(frozen=True)
class History:
    """``log`` is a run log, None where a kernel was asked.

    ``kernel`` is the kernel's own history, None where it keeps none.
    """

    log: tuple[Run, ...] | None = None
    kernel: tuple[tuple[int, str], ...] | None = None


def history_given(arguments: Namespace, paths: Sequence[Path]) -> History | None:
    """What ``--history`` or ``--existing`` tells; `BadInputError` where that is unclear."""
    given = arguments.history or arguments.existing
    if not given:
        return None
    if arguments.history and arguments.existing:
        raise BadInputError("`--history` and `--existing` are two sources.", "Give one.")
    if len(paths) != 1:
        raise BadInputError(
            f"A history belongs to one notebook, and {len(paths)} were given.",
            "Name the one that this kernel ran.",
        )
    return run_log(given) if arguments.history else kernel_history(given)


def evidence_of(notebook: Notebook, history: History | None) -> Evidence:
    """What is known of the kernel behind the page; without a history its saved counts."""
    if history is None:
        return evidence.from_saved(notebook)
    if history.log is not None:
        return evidence.from_runs(notebook, history.log)
    return evidence.from_session(notebook, (), history.kernel)


def sources_of(evidence: Evidence) -> tuple[str, ...]:
    """All sources that the kernel is known to have run."""
    return tuple(dict.fromkeys(run.source for run in evidence.runs or () if run.source))


def run_log(file: str) -> History:
    """Runs from JSON lines, oldest first; `BadInputError` names the line that is wrong."""
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise MissingError(f"There is no history file `{file}`.", "Check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"The history `{file}` cannot be read.", "Give a UTF-8 file of JSON lines."
        ) from error
    lines = enumerate(text.split("\n"), start=1)
    return History(log=tuple(_run(line, file, number) for number, line in lines if line.strip()))


def _run(line: str, file: str, number: int) -> Run:
    try:
        return run_from_json(json.loads(line))
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"Line {number} of `{file}` is not JSON: {error.msg} (column {error.colno}).",
            'Each line is a run: {"execution_count": 1, "source": "x = 1", "status": "ok"}.',
        ) from error
    except BadInputError as error:
        raise BadInputError(f"Line {number} of `{file}`: {error.message}", error.hint) from error


def kernel_history(connection_file: str) -> History:
    """What the kernel behind this connection file ran since its start.

    Asked on the control channel, so a busy kernel answers and nothing is executed. A kernel
    that lives but has no history gives ``kernel=None``; one that does not answer in
    `ANSWER_SECONDS` raises `KernelGoneError`.
    """
    from jupyter_client.blocking.client import BlockingKernelClient

    client = BlockingKernelClient()
    _load(client, connection_file)
    client.start_channels(shell=False, iopub=False, stdin=False, hb=False, control=True)
    try:
        return History(kernel=_ask(client, connection_file))
    finally:
        client.stop_channels()


def connection_in(file: str) -> dict[str, Any]:
    """What the connection file says; read before, so it is one."""
    found: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    return {**found, "key": str(found.get("key", "")).encode()}


def _load(client: BlockingKernelClient, connection_file: str) -> None:
    if not Path(connection_file).is_file():
        raise MissingError(
            f"There is no connection file `{connection_file}`.",
            "`jupyter --runtime-dir` is the folder of those of running kernels.",
        )
    try:
        client.load_connection_file(connection_file)
        has_ports = bool(client.control_port)
    except (ValueError, KeyError, TypeError, OSError, AttributeError):
        has_ports = False
    if not has_ports:
        raise BadInputError(
            f"`{connection_file}` is not a kernel's connection file.",
            "They are named `kernel-<id>.json`.",
        )


def _ask(client: BlockingKernelClient, connection_file: str) -> tuple[tuple[int, str], ...] | None:
    from ..live.history import RANGE, lines_of

    _send(client, "kernel_info_request", {})
    request = _send(client, "history_request", RANGE)
    lives = False
    implementation = ""
    ends = time.monotonic() + ANSWER_SECONDS
    while (left := ends - time.monotonic()) > 0:
        reply = _reply(client, left)
        if reply is None:
            break
        lives = True
        if reply["parent_header"].get("msg_id") == request:
            return lines_of(reply["content"], implementation)
        implementation = str(reply["content"].get("implementation"))
    if not lives:
        raise KernelGoneError(
            f"The kernel of `{connection_file}` does not answer.",
            "Is it still running? A restart keeps the file, a shutdown does not.",
        )
    return None


def _send(client: BlockingKernelClient, kind: str, content: dict[str, Any]) -> str:
    message = client.session.msg(kind, content)
    client.control_channel.send(message)
    return str(message["header"]["msg_id"])


def _reply(client: BlockingKernelClient, seconds: float) -> dict[str, Any] | None:
    from queue import Empty

    try:
        reply: dict[str, Any] = client.control_channel.get_msg(timeout=seconds)
    except Empty:
        return None
    return reply
