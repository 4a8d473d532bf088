"""What an extraction is about to write, kept so that it can be finished or taken back.

One JSON file for each extraction in `.jupyter-prodready/journal/` of the project root,
with the bytes before and after of every file. It is written, and flushed to the disk,
before the first of those files; a crash in between leaves an entry in state `prepared`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..errors import BadInputError, ForbiddenError
from ..model import CellEdit

FOLDER = ".jupyter-prodready"
State = Literal["prepared", "applied"]


@dataclass(frozen=True)
class FileChange:
    """A file's bytes before and after; None where it does not exist. Path from the root."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Entry:
    """One extraction, or one ``what`` else. ``cells`` are edits of a page that is open in
    an editor; without them the notebook's file is among ``files``. ``folders`` were made for it.
    ``stays`` is said at its undo: what that does not take back."""

    id: str
    state: State
    notebook: str
    files: tuple[FileChange, ...]
    cells: tuple[CellEdit, ...] = ()
    folders: tuple[str, ...] = ()
    what: str = "extraction"
    stays: str = ""


def new_id() -> str:
    """Ids sort by the time at which they were made."""
    return f"{time.time_ns():020d}"


def save(root: Path, entry: Entry) -> None:
    """Write the entry and wait until it is on the disk."""
    folder = root / FOLDER / "journal"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(root / FOLDER / ".gitignore", b"*\n")
        write_atomically(folder / f"{entry.id}.json", json.dumps(_to_json(entry)).encode())
    except OSError as error:
        message = f"The undo journal in `{FOLDER}` cannot be written: {error.strerror}."
        raise ForbiddenError(
            message, "Nothing was changed; check the folder's permissions."
        ) from error


def entries(root: Path) -> tuple[Entry, ...]:
    """All entries of a project, oldest first."""
    folder = root / FOLDER / "journal"
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def forget(root: Path, entry: Entry) -> None:
    """Remove an entry, and the journal's own folders once they are empty."""
    (root / FOLDER / "journal" / f"{entry.id}.json").unlink(missing_ok=True)
    if not list((root / FOLDER / "journal").glob("*")):
        (root / FOLDER / ".gitignore").unlink(missing_ok=True)
        for folder in (root / FOLDER / "journal", root / FOLDER):
            with contextlib.suppress(OSError):
                folder.rmdir()


def applied(entry: Entry) -> Entry:
    return replace(entry, state="applied")


def nearest_root(folder: Path) -> Path | None:
    """The closest folder upwards that has a journal."""
    folder = folder.resolve()
    folder = folder if folder.is_dir() else folder.parent
    places = (folder, *folder.parents)
    return next((place for place in places if entries_exist(place)), None)


def entries_exist(root: Path) -> bool:
    return any((root / FOLDER / "journal").glob("*.json"))


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file in one step; readers see the old bytes or the new. Keeps its mode."""
    waiting = waiting_name(path)
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(waiting, path)
    except OSError:
        with contextlib.suppress(OSError):
            waiting.unlink()
        raise


def waiting_name(path: Path) -> Path:
    """Where the new bytes wait; always the same name, so that what a crash left is found."""
    return path.with_name(f".{path.name}.prodready-new")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- JSON ---------------------------------------------------------------------------


def _to_json(entry: Entry) -> dict[str, Any]:
    return {
        "version": 1,
        "id": entry.id,
        "state": entry.state,
        "notebook": entry.notebook,
        "files": [
            {"path": f.path, "before": _encoded(f.before), "after": _encoded(f.after)}
            for f in entry.files
        ],
        "cells": [[e.action, e.cell_id, e.index, e.before, e.after] for e in entry.cells],
        "folders": list(entry.folders),
        "what": entry.what,
        "stays": entry.stays,
    }


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _read(path: Path) -> Entry:
    try:
        keys = json.loads(path.read_bytes())
        files = tuple(
            FileChange(f["path"], _decoded(f["before"]), _decoded(f["after"]))
            for f in keys["files"]
        )
        cells = tuple(CellEdit(*edit) for edit in keys["cells"])
        return Entry(
            keys["id"],
            keys["state"],
            keys["notebook"],
            files,
            cells,
            tuple(keys["folders"]),
            str(keys.get("what", "extraction")),
            str(keys.get("stays", "")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(
            f"The undo journal `{path.name}` cannot be read.",
            "Compare with version control and delete it.",
        ) from error
