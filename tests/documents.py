"""Notebook documents for verification tests: code cells and what they show."""

from __future__ import annotations

from typing import Any

Output = dict[str, Any]


def stdout(text: str, name: str = "stdout") -> Output:
    return {"output_type": "stream", "name": name, "text": text}


def result(plain: str, **data: Any) -> Output:
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/plain": plain, **data},
        "metadata": {},
    }


def cell(
    source: str, *outputs: Output, tags: tuple[str, ...] = (), count: int | None = 0
) -> Output:
    """A code cell that shows ``outputs``; ``count`` 0 stands for its place on the page."""
    return {
        "cell_type": "code",
        "source": source,
        "outputs": list(outputs),
        "execution_count": count,
        "metadata": {"tags": list(tags)},
    }


def document(*cells: Output | str, kernel: str = "python3") -> Output:
    """nbformat 4.5 JSON; ids are c0, c1, ... and a bare string is a Markdown cell."""
    made = []
    for index, one in enumerate(cells):
        if isinstance(one, str):
            one = {"cell_type": "markdown", "source": one, "metadata": {}}
        elif one["execution_count"] == 0:
            one = {**one, "execution_count": index + 1}
        made.append({"id": f"c{index}", **one})
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}},
        "cells": made,
    }


def live(path: str, page: Output, **other: Any) -> Output:
    """The body of ``POST verify`` for a page without a kernel."""
    cells = [
        {
            "id": one["id"],
            "type": one["cell_type"],
            "source": one["source"],
            "execution_count": one.get("execution_count"),
            "has_output": bool(one.get("outputs")),
            "tags": one["metadata"].get("tags", []),
        }
        for one in page["cells"]
    ]
    return {
        "path": path,
        "cells": cells,
        "language": "python",
        "language_version": None,
        "kernel_id": None,
        "kernel_session": None,
        "runs": [],
        "notebook": page,
        "confirmed": [],
        "skip": [],
        "until": None,
        **other,
    }


def verdicts(report: dict[str, Any]) -> list[str]:
    return [one["verdict"] for one in report["cells"]]
