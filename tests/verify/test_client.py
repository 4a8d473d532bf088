"""Messages of a kernel as JupyterLab takes them up: what a cell shows in the end."""

from __future__ import annotations

from typing import Any

import pytest
from documents import cell, document

from jupyter_prodready.formats import notebook_of
from jupyter_prodready.verify.client import FreshClient
from jupyter_prodready.verify.compare.comparison import compare
from jupyter_prodready.verify.outputs import HEAD_CHARACTERS, MAX_OUTPUTS
from jupyter_prodready.verify.plan import Output

Message = tuple[str, dict[str, Any]]


def outputs(*messages: Message, cells: int = 1, index: int = 0) -> tuple[Output, ...]:
    """What cell ``index`` shows when its messages have come."""
    page = document(*[cell("1") for _ in range(cells)])
    client = FreshClient(notebook_of(page, "n.ipynb"), None)  # type: ignore[arg-type]
    for kind, content in messages:
        place = content.pop("cell", 0)
        message = {"msg_type": kind, "header": {"msg_type": kind}, "content": content}
        message["parent_header"] = {"msg_id": f"run {place}"}
        client.process_message(message, client.nb.cells[place], place)
    return client.outputs(index)


def shown(*messages: Message, cells: int = 1, index: int = 0) -> list[Any]:
    made = outputs(*messages, cells=cells, index=index)
    return [one.get("text") or one["data"]["text/plain"] for one in made]


def display(text: str, name: str | None = None, cell: int = 0) -> Message:
    content = {"data": {"text/plain": text}, "metadata": {}, "cell": cell}
    return "display_data", {**content, "transient": {"display_id": name} if name else {}}


def update(text: str, name: str, cell: int = 0) -> Message:
    return "update_display_data", display(text, name, cell)[1]


def clear(wait: bool = False, cell: int = 0) -> Message:
    return "clear_output", {"wait": wait, "cell": cell}


def write(text: str, name: str = "stdout") -> Message:
    return "stream", {"name": name, "text": text}


CASES = {
    "cleared": ([write("a"), clear(), write("b")], ["b"]),
    "cleared by what comes next": ([write("a"), clear(True), write("b"), write("c")], ["bc"]),
    "nothing came": ([write("a"), clear(True)], ["a"]),
    "cleared at once after all": ([write("a"), clear(True), clear(), write("b")], ["b"]),
    "updated": ([display("a", "x"), write("b"), update("c", "x")], ["c", "b"]),
    "shown twice": ([display("a", "x"), display("b", "x")], ["b", "b"]),
    "not known": ([update("a", "x")], []),
    "updated when cleared": ([display("a", "x"), clear(), display("b"), update("c", "x")], ["b"]),
    "an animation": (
        [one for n in range(MAX_OUTPUTS + 5) for one in (clear(True), display(str(n)))],
        [str(MAX_OUTPUTS + 4)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_cell(name: str) -> None:
    messages, texts = CASES[name]
    assert shown(*messages) == texts


def test_stdout_around_stderr_is_one_text_within_one_bound() -> None:
    half = "x" * (HEAD_CHARACTERS // 2)
    assert shown(write("a\r"), write("b", "stderr"), write("c")) == ["a\r", "b", "c"]
    messages = [write(half), write("b", "stderr"), write(half + "y"), write("c", "stderr")]
    texts = shown(*messages, write("z"))
    assert [len(text) for text in texts] == [HEAD_CHARACTERS + len("\n[...]\nyz"), 1, 1]
    assert texts[0].endswith("x\n[...]\nyz")
    messages = [write(half), display("b"), write(half + "y")]
    assert shown(*messages) == [half, "b", half + "y"]


def test_a_page_is_compared_under_the_bounds_of_a_run() -> None:
    messages = [display(str(n)) for n in range(MAX_OUTPUTS + 9)]
    page = tuple({"output_type": "display_data", **content} for _, content in messages)
    fresh = outputs(*messages)
    assert len(fresh) == MAX_OUTPUTS + 1
    assert compare(page, fresh).sameness == "identical"
    page[-1]["data"] = {"text/plain": "otherwise"}
    assert compare(page, fresh).sameness == "changed"


def test_a_cell_that_waits_is_cleared_by_its_own_output() -> None:
    messages = [write("a"), clear(True), display("b", cell=1)]
    assert shown(*messages, cells=2) == ["a"]
    messages = [write("a"), clear(True), display("b", cell=1)]
    assert shown(*messages, cells=2, index=1) == ["b"]


def test_a_display_is_updated_from_another_cell() -> None:
    assert shown(display("a", "x"), update("b", "x", cell=1), cells=2) == ["b"]
