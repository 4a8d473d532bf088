"""`graph`: which cell feeds which, by which names."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from .. import formats
from ..analysis import graph
from ..surroundings import look_around
from .say import tell


def run(arguments: Namespace) -> int:
    notebook = formats.read(arguments.notebook)
    edges = graph.graph_of(notebook, look_around(notebook, Path(arguments.notebook)))
    if notebook.language != "python":
        tell(f"{notebook.path}: not judged. Code analysis is for Python, not {notebook.language}.")
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.graph(edges))
    elif arguments.format == "mermaid":
        from ..render import mermaid

        sys.stdout.write(mermaid.graph(notebook, edges))
    else:
        from ..render import text

        text.graph(notebook, edges)
    return 0
