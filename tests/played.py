"""A real kernel and what its clients saw: the panel's part, a console's part."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from starts import started

from jupyter_prodready.analysis.evidence import from_session
from jupyter_prodready.checks import analyse
from jupyter_prodready.live.history import RANGE, lines_of
from jupyter_prodready.model import Cell, Evidence, Notebook, Report, Run

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Played:
    """A page (ids to sources, in page order) on a kernel, and the runs that its panel saw."""

    manager: KernelManager
    client: BlockingKernelClient
    cells: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    failed: dict[str, Run] = field(default_factory=dict)
    log: list[Run] = field(default_factory=list)

    def run(self, *ids: str, seen: bool = True) -> None:
        """Run cells; ``seen`` is False where the panel's messages are lost (the page's not)."""
        for cell_id in ids or tuple(self.cells):
            run, count = self.send(self.cells[cell_id], cell_id)
            self.counts[cell_id] = count
            self.failed.pop(cell_id, None)
            if run.status == "error":
                self.failed[cell_id] = run
            if seen:
                self.log.append(run)

    def console(self, source: str, *, seen: bool = False, store_history: bool = True) -> Run:
        run, _ = self.send(source, None, store_history=store_history)
        if seen:
            self.log.append(run)
        return run

    def send(
        self, source: str, cell_id: str | None, *, interrupt: float = 0, **content: Any
    ) -> tuple[Run, int]:
        """The run as a panel sees it, and the count that the reply tells."""
        request = self.client.execute(source, **content)
        if interrupt:
            time.sleep(interrupt)
            self.manager.interrupt_kernel()
        run = self.ended(request, source, cell_id)
        while (reply := self.client.get_shell_msg(timeout=30))["parent_header"][
            "msg_id"
        ] != request:
            pass
        return run, reply["content"].get("execution_count")

    def ended(self, request: str, source: str, cell_id: str | None) -> Run:
        run = Run(None, source, "aborted", cell_id)
        for message in self.messages(request):
            content = message["content"]
            if message["msg_type"] == "execute_input":
                run = replace(run, execution_count=content["execution_count"], status="ok")
            if message["msg_type"] == "error":
                plain = COLOURS.sub("", "\n".join(content["traceback"]))
                own = re.search(rf"Cell In\[{run.execution_count}\], line (\d+)$", plain, re.M)
                line = int(own[1]) if own else None
                run = replace(run, status="error", error_line=line, error_name=content["ename"])
        return run

    def messages(self, request: str) -> Iterator[dict[str, Any]]:
        """What the kernel publishes for this request, until it is idle."""
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") == request:
                yield message
                if message["content"].get("execution_state") == "idle":
                    return

    def history(self) -> tuple[tuple[int, str], ...] | None:
        message = self.client.session.msg("history_request", RANGE)
        self.client.control_channel.send(message)
        while True:
            reply = self.client.control_channel.get_msg(timeout=30)
            if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
                return lines_of(reply["content"], "ipython")

    def page(self) -> Notebook:
        return Notebook("n.ipynb", tuple(self._cell(*it) for it in enumerate(self.cells)))

    def _cell(self, index: int, cell_id: str) -> Cell:
        count, failed = self.counts.get(cell_id), self.failed.get(cell_id)
        return Cell(
            cell_id,
            index,
            "code",
            self.cells[cell_id],
            count,
            has_output=count is not None,
            failed=failed is not None,
            error_line=failed and failed.error_line,
            error_name=failed and failed.error_name,
        )

    def evidence(self) -> Evidence:
        return from_session(self.page(), self.log, self.history())

    def report(self) -> Report:
        return analyse(self.page(), self.evidence())


@contextmanager
def playing(cells: dict[str, str] | None = None, **start: Any) -> Iterator[Played]:
    manager, client = started(**start)
    try:
        yield Played(manager, client, dict(cells or {}))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def runs(evidence: Evidence) -> list[tuple[int | None, str | None, str, str | None]]:
    """(count, source, status, cell) of every run."""
    assert evidence.runs is not None
    return [(run.execution_count, run.source, run.status, run.cell_id) for run in evidence.runs]


def answers(report: Report) -> dict[str, str]:
    """Each cell's state, inputs, now and restart."""
    return {c.id: f"{c.state} {c.inputs} {c.now} {c.restart}" for c in report.cells}


def told(report: Report) -> list[tuple[str, str, bool]]:
    return [(one.check, one.cell_id, one.certain) for one in report.findings]


def skipped(report: Report) -> str | None:
    """Why order was not judged; None where it was."""
    return next((one.reason for one in report.skipped if one.check == "stale-input"), None)
