"""A small project on disk, with one notebook to extract from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

CELLS = ["import math", "# größe\nx = math.floor(2.5)\ny = x + 1\ny", "print(x, y)"]


def document(minor: int = 5) -> dict:
    cells = []
    for index, source in enumerate(CELLS):
        cell = {
            "cell_type": "code",
            "execution_count": index + 1,
            **({"id": f"id-{index}"} if minor >= 5 else {}),
            "metadata": {"tags": ["a"]},
            "outputs": [],
            "source": source.splitlines(keepends=True),
        }
        cells.append(cell)
    metadata = {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def as_strings() -> dict:
    made = document()
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
    return made


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "4.5, as Jupyter saves": lambda: text(document(), indent=1) + b"\n",
    "4.2, no ids": lambda: text(document(2), indent=1) + b"\n",
    "no newline at the end": lambda: text(document(), indent=1),
    "indent of four": lambda: text(document(), indent=4),
    "tabs": lambda: text(document(), indent="\t"),
    "windows line ends": lambda: text(document(), indent=1).replace(b"\n", b"\r\n"),
    "escapes": lambda: json.dumps(document(), indent=1, ensure_ascii=True).encode(),
    "one line": lambda: json.dumps(document()).encode(),
    "no spaces": lambda: json.dumps(document(), separators=(",", ":")).encode(),
    "sources as one string": lambda: text(as_strings(), indent=1),
    "sorted keys": lambda: json.dumps(document(), indent=1, sort_keys=True).encode(),
    "odd numbers and spaces": lambda: text(document(), indent=1).replace(
        b'"metadata": {', b'"metadata" :  { "odd": 1.50e+2,', 1
    ),
}


def text(made: dict, indent: object) -> bytes:
    return json.dumps(made, indent=indent, ensure_ascii=False).encode()  # type: ignore[arg-type]


def make_project(root: Path) -> Path:
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    notebook(root).write_bytes(LAYOUTS["4.5, as Jupyter saves"]())
    return root


def notebook(project: Path) -> Path:
    return project / "notebooks" / "n.ipynb"


def tree(project: Path) -> dict[str, bytes]:
    files = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def folders(project: Path) -> set[str]:
    return {p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_dir()}


def sources(project: Path) -> list[str]:
    cells = json.loads(notebook(project).read_bytes())["cells"]
    return ["".join(cell["source"]) for cell in cells]


AFTER = [
    "import math",
    'import sys\n\nsys.path.append("../src")  # where this notebook finds `sales`\n'
    "%load_ext autoreload\n%autoreload 2\nfrom sales.n import compute",
    "x, y = compute()\ny",
    "print(x, y)",
]
