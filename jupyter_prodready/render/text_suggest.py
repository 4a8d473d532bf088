"""What is worth extracting, for a person at a terminal, with the commands that do it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ..model import Notebook, Suggestion
from .terminal import Console, Text
from .text_extract import given
from .words import listed, plain, plural


def suggestions(found: Sequence[Suggestion], notebook: Notebook) -> None:
    """One paragraph for each, the best first."""
    out = Console()
    if not found:
        out.print(Text(f"{notebook.path}: nothing that is worth extracting."))
        return
    out.print(Text(f"{notebook.path}: {plural(len(found), 'suggestion')}", style="bold"))
    for one in found:
        cells = listed([given(notebook, cell) for cell in one.cells])
        facts = [*one.labels, *([f"needs {listed(one.needs)}"] if one.needs else [])]
        title = Text(f"  {one.function}  {plain(cells)}", style="bold")
        out.print(title.append(f"  {plain(' - '.join(facts))}", style="dim"))
        out.print(Text(f"    {plain(one.text)}"))
        out.print(Text(f"    {plain(command(one, notebook))}", style="green"))


def command(one: Suggestion, notebook: Notebook) -> str:
    """The command line that does it."""
    cells = ",".join(given(notebook, cell) for cell in one.cells)
    words = ["jupyter", "prodready", "extract", notebook.path, "--cells", cells]
    words += ["--module", one.module]
    words += [] if one.kind == "definitions" else ["--name", one.function]
    return shlex.join(words)
