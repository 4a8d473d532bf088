"""nbclient's way of running a cell, with bounded outputs and late output given to its cell."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

from ..model import Notebook
from .compare.widgets import LiveModels, with_models
from .lean_import import without_uri_grammar
from .outputs import Budget, Stream
from .plan import Output

with without_uri_grammar():
    from nbclient import NotebookClient
    from nbclient.client import CellExecutionComplete  # type: ignore[attr-defined]
    from nbformat import NotebookNode
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

IOPUB_SECONDS = 15
"""How long output may trail behind the reply that the cell has ended."""

_log = logging.getLogger("jupyter_prodready.verify")


class FreshClient(NotebookClient):
    """Runs single cells on a given client; errors are outputs, nothing is raised for them.

    ``replies`` holds the content of the last reply to each cell, by index; ``heard`` is when
    the kernel last said something, by `time.monotonic`.
    """

    def __init__(self, notebook: Notebook, client: AsyncKernelClient) -> None:
        super().__init__(
            _copy(notebook),
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            iopub_timeout=IOPUB_SECONDS,
            on_cell_executed=self._note_reply,
            log=_log,
        )
        self.kc = self.client = client
        self.replies: dict[int, Mapping[str, Any]] = {}
        self.heard = 0.0
        self._owners: dict[str, tuple[NotebookNode, int]] = {}
        self._streams: dict[int, list[tuple[NotebookNode, Stream, int]]] = defaultdict(list)
        self._budgets: dict[int, Budget] = defaultdict(Budget)
        self._clearing: set[int] = set()
        self.clear_before_next_output = False  # nbclient's, for all cells together
        self._widgets = LiveModels()
        self.widget_state = defaultdict(dict)  # nbclient's Output widget writes into it

    async def run(self, index: int) -> None:
        """Run the cell at this place of the page and wait until it has ended."""
        await self.async_execute_cell(self.nb.cells[index], index)

    def outputs(self, index: int) -> tuple[Output, ...]:
        """What the cell shows now, late output and the state of its widgets included."""
        streams = {id(node): stream.output(n) for node, stream, n in self._streams[index]}
        nodes = self.nb.cells[index].outputs
        made = [streams[id(node)] if id(node) in streams else dict(node) for node in nodes]
        shown = [output for output in made if output is not None]
        for model_id, state in self.widget_state.items():
            if model_id in self._widgets.models:
                self._widgets.models[model_id]["state"].update(state)
        models = self._widgets.models
        return (*[with_models(one, models) for one in shown], *self._budgets[index].rest())

    def _note_reply(self, cell_index: int, execute_reply: Mapping[str, Any], **_: object) -> None:
        self.replies[cell_index] = execute_reply["content"]

    async def _async_poll_output_msg(
        self, parent_msg_id: str, cell: NotebookNode, cell_index: int
    ) -> None:
        """As nbclient does it, but output of an earlier cell is given to that cell."""
        self._owners[parent_msg_id] = (cell, cell_index)
        while True:
            message = await self.client.iopub_channel.get_msg(timeout=None)
            await asyncio.sleep(0)  # timers must run while messages are waiting
            self.heard = time.monotonic()
            parent = message["parent_header"].get("msg_id")
            if parent not in self._owners:
                continue
            try:
                self.process_message(message, *self._owners[parent])
            except CellExecutionComplete:
                if parent == parent_msg_id:
                    return

    async def _async_poll_kernel_alive(self) -> None:
        """Nothing: whoever started the kernel watches its process."""

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """As nbclient does it, but within bounds, and streams as one growing text."""
        is_hooked = self._is_hooked(msg)
        if not is_hooked and cell_index in self._clearing:
            self._clear(outs, cell_index)
        if is_hooked or msg["msg_type"] != "stream":
            takes = is_hooked or self._budgets[cell_index].takes(msg["content"])
            return super().output(outs, msg, display_id, cell_index) if takes else None
        name, text = msg["content"]["name"], msg["content"]["text"]
        stream, is_last = self._growing(outs, name, cell_index)
        if not is_last and not stream.is_cut:
            msg = {**msg, "content": {"name": name, "text": ""}}
            super().output(outs, msg, display_id, cell_index)
            self._streams[cell_index].append((outs[-1], stream, stream.begin()))
        stream.add(text)
        return None

    def clear_output(self, outs: list[NotebookNode], msg: dict[str, Any], cell_index: int) -> None:
        """As JupyterLab does it: a cell that waits is cleared by its own next output."""
        if self._is_hooked(msg):
            super().clear_output(outs, msg, cell_index)
        elif msg["content"].get("wait"):
            self._clearing.add(cell_index)
        else:
            self._clear(outs, cell_index)

    def handle_comm_msg(
        self, outs: list[NotebookNode], msg: dict[str, Any], cell_index: int
    ) -> None:
        self._widgets.hear(msg)
        super().handle_comm_msg(outs, msg, cell_index)

    def _is_hooked(self, msg: dict[str, Any]) -> bool:
        """Does an Output widget take what this message shows?"""
        return bool(self.output_hook_stack[msg["parent_header"].get("msg_id")])

    def _clear(self, outs: list[NotebookNode], cell_index: int) -> None:
        self._clearing.discard(cell_index)
        outs[:] = []
        self.clear_display_id_mapping(cell_index)
        self._streams.pop(cell_index, None)
        self._budgets.pop(cell_index, None)

    def _growing(self, outs: list[NotebookNode], name: str, index: int) -> tuple[Stream, bool]:
        """The text of this name since the last other output, and whether nothing came since."""
        streams = {id(node): stream for node, stream, _ in self._streams[index]}
        for place, node in enumerate(reversed(outs)):
            stream = streams.get(id(node))
            if stream is None:
                break
            if stream.name == name:
                return stream, place == 0
        return Stream(name), False


def _copy(notebook: Notebook) -> NotebookNode:
    """The page without its outputs; places are those of the page."""
    copy: NotebookNode = new_notebook()  # type: ignore[no-untyped-call]  # nbformat
    for cell in notebook.cells:
        make: Callable[..., NotebookNode] = new_code_cell if cell.is_code else new_markdown_cell
        copy.cells.append(make(source=cell.source))
    return copy
