"""The text files that jupytext keeps beside a notebook."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import formats
from ..errors import BadInputError
from ..model import Notebook


def twin_notes(path: Path) -> Iterator[str]:
    """What is to be done with the text twins of an `.ipynb` file that was written: jupytext
    refuses to open a pair whose text is the older one."""
    twins = [] if path.suffix != ".ipynb" else _twins(path, formats.read_document(path), "ipynb")
    if twins:
        names = ", ".join(f"`{os.path.relpath(twin, path.parent)}`" for twin in twins)
        command = f"jupytext --sync {shlex.quote(path.as_posix())}"
        yield f"{names} holds the page as it was: `{command}` brings it up to date."


def refuse_behind(path: Path) -> None:
    """Raise `BadInputError` for a text whose `.ipynb` twin was changed since: written now, the
    text would be the newer one, and take that change back."""
    if path.suffix == ".ipynb":
        return
    text = path.read_text(encoding="utf-8-sig")
    document = formats.from_text(text, path.suffix, path.as_posix())
    own = _sources(formats.notebook_of(document, path.as_posix()))
    for twin in _twins(path, document, formats.text_format(text, path.suffix)):
        newer = twin.suffix == ".ipynb" and twin.stat().st_mtime > path.stat().st_mtime
        if newer and _sources(formats.read(twin)) != own:
            name = os.path.relpath(twin, path.parent)
            raise BadInputError(
                f"`{name}` was changed after `{path.name}`, which is its twin.",
                f"Run `jupytext --sync {shlex.quote(twin.as_posix())}` first.",
            )


def _sources(notebook: Notebook) -> list[str]:
    return [cell.source.strip() for cell in notebook.code_cells]


def _twins(path: Path, document: Mapping[str, Any], form: str) -> list[Path]:
    """The other files of the pair that are there."""
    metadata = document.get("metadata")
    said = metadata.get("jupytext") if isinstance(metadata, Mapping) else None
    wanted = said.get("formats") if isinstance(said, Mapping) else None
    if not isinstance(wanted, str):
        return []
    try:
        from jupytext.paired_paths import InconsistentPath, paired_paths
    except ImportError:
        return []
    try:
        pairs = paired_paths(str(path), form, wanted)
    except (InconsistentPath, ValueError):
        return []
    found = [Path(place) for place, _ in pairs]
    return [place for place in found if place != path and place.exists()]
