"""`extract`: move cells into a function of a module."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from .. import formats
from ..actions import extract_file
from .say import FOUND


def run(arguments: Namespace) -> int:
    """Print what was done, or every reason why nothing was; bits as in `cli.main`."""
    path = Path(arguments.notebook)
    notebook = formats.read(path)
    extraction = extract_file(
        path,
        arguments.cells,
        module=arguments.module,
        name=arguments.name,
        diff_only=arguments.diff,
    )
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.extraction(extraction))
    else:
        from ..render import text_extract

        text_extract.extraction(extraction, notebook)
    return FOUND if extraction.status == "refused" else 0
