"""The text files that jupytext keeps beside a notebook."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import formats


def twin_notes(path: Path) -> Iterator[str]:
    """What is to be done with the text twins of an `.ipynb` file that was written: jupytext
    refuses to open a pair whose text is the older one."""
    twins = [os.path.relpath(twin, path.parent) for twin in _twins(path)]
    if twins:
        names = ", ".join(f"`{twin}`" for twin in twins)
        command = f"jupytext --sync {shlex.quote(path.as_posix())}"
        yield f"{names} holds the page as it was: `{command}` brings it up to date."


def _twins(path: Path) -> list[Path]:
    metadata = formats.read_document(path).get("metadata") if path.suffix == ".ipynb" else None
    said = metadata.get("jupytext") if isinstance(metadata, Mapping) else None
    wanted = said.get("formats") if isinstance(said, Mapping) else None
    if not isinstance(wanted, str):
        return []
    try:
        from jupytext.paired_paths import InconsistentPath, paired_paths
    except ImportError:
        return []
    try:
        pairs = paired_paths(str(path), {"extension": ".ipynb"}, wanted)
    except (InconsistentPath, ValueError):
        return []
    found = [Path(place) for place, _ in pairs]
    return [place for place in found if place != path and place.exists()]
