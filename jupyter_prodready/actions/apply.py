"""Write a planned change: all of it or nothing, and undo it to the same bytes."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ForbiddenError, MissingError, StaleError
from ..fixes import diff
from ..model import CellEdit
from . import journal
from .journal import Entry, FileChange


@dataclass(frozen=True)
class Undone:
    """What an undo put back. ``interrupted``: ``what`` was made had not been finished.
    ``stays`` says what is not taken back, and how it is; empty where all is."""

    id: str
    notebook: str
    files: tuple[str, ...]
    interrupted: bool = False
    what: str = "extraction"
    stays: str = ""


def apply(
    root: Path,
    notebook: str,
    files: Sequence[FileChange],
    cells: Sequence[CellEdit] = (),
    what: str = "extraction",
) -> str:
    """Write ``files`` in order, each in one step, and return the undo id.

    Raises as `prepare` does before anything is written, and takes everything back where
    a write fails.
    """
    entry = prepare(root, notebook, files, cells, what)
    try:
        for change in entry.files:
            write(root, change.path, change.after)
    except OSError as error:
        take_back(root, entry)
        message = f"`{error.filename or notebook}` could not be written: {error.strerror}."
        raise ForbiddenError(message, "Nothing was changed.") from error
    journal.save(root, journal.applied(entry))
    return entry.id


def prepare(
    root: Path,
    notebook: str,
    files: Sequence[FileChange],
    cells: Sequence[CellEdit] = (),
    what: str = "extraction",
) -> Entry:
    """Put what is about to be written into the journal; the caller writes it next.

    Raises `StaleError` where a file is not what the plan was based on or an extraction
    was interrupted here, `ForbiddenError` where one cannot be written or lies outside
    ``root``.
    """
    refuse_interrupted(root)
    changes = [change for change in files if change.before != change.after]
    for change in changes:
        check_target(root, change)
    entry = Entry(
        id=journal.new_id(),
        state="prepared",
        notebook=notebook,
        files=tuple(changes),
        cells=tuple(cells),
        folders=_new_folders(root, changes),
        what=what,
    )
    journal.save(root, entry)
    return entry


def refuse_interrupted(root: Path) -> None:
    """A half-made extraction comes first."""
    found = next((one for one in journal.entries(root) if one.state == "prepared"), None)
    if found is not None:
        raise StaleError(
            f"An earlier {found.what} from `{found.notebook}` was interrupted.",
            f"Open `{found.notebook}` and finish or undo it, or run `jupyter prodready undo`.",
        )


def check_target(root: Path, change: FileChange) -> None:
    """Raise where ``change`` cannot be written, or is not based on what is there."""
    path = root / change.path
    if not path.resolve().is_relative_to(root.resolve()):
        raise ForbiddenError(f"`{change.path}` lies outside the project.", "Choose another module.")
    existing = path
    while not existing.exists():
        existing = existing.parent
    if not (_is_writable(existing) and _is_writable(_folder(existing))):
        shown = os.path.relpath(existing, root)
        raise ForbiddenError(
            f"`{shown}` is read-only.", "Make it writable, or choose another place."
        )
    if current(root, change.path) != change.before:
        raise StaleError(f"`{change.path}` changed on disk.", "Preview the extraction again.")


def _is_writable(path: Path) -> bool:
    """A mark against writing counts for an administrator, too, who could ignore it."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o222) and os.access(path, os.W_OK)


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.resolve().parent


def current(root: Path, path: str) -> bytes | None:
    """A file's bytes now; None where it does not exist."""
    try:
        return (root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write(root: Path, path: str, content: bytes | None) -> None:
    """Put ``content`` in place, links followed; None removes the file."""
    target = (root / path).resolve()
    if content is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    journal.write_atomically(target, content)


def _new_folders(root: Path, changes: Sequence[FileChange]) -> tuple[str, ...]:
    """Folders that are made for the change, outermost first."""
    found: set[str] = set()
    for change in changes:
        folder = (root / change.path).parent
        while not folder.exists():
            found.add(folder.relative_to(root).as_posix())
            folder = folder.parent
    return tuple(sorted(found))


# --- undo ---------------------------------------------------------------------------


def undo_last(folder: Path) -> Undone:
    """Take back the newest extraction of the project around ``folder``.

    An interrupted one is taken back, too. Raises `MissingError` where there is none and
    `StaleError`, saying what changed, where a file was edited since; then nothing is.
    """
    root = journal.nearest_root(folder)
    if root is None:
        raise MissingError(
            "There is no extraction to undo here.", "Run undo in the project's folder."
        )
    entry = journal.entries(root)[-1]
    if entry.cells and entry.state == "applied":
        raise StaleError(
            f"The last extraction was made in JupyterLab, where `{entry.notebook}` may be open.",
            "Undo it in the panel.",
        )
    return undo(root, entry)


def undo(root: Path, entry: Entry) -> Undone:
    """Put all files of ``entry`` back to the bytes from before, or raise `StaleError`."""
    refuse_edited(root, entry)
    files = take_back(root, entry)
    is_interrupted = entry.state == "prepared"
    return Undone(entry.id, entry.notebook, files, is_interrupted, entry.what, entry.stays)


def finish(folder: Path) -> Undone:
    """Write the rest of an interrupted extraction; it can be undone afterwards."""
    root = journal.nearest_root(folder)
    waiting = [e for e in journal.entries(root) if e.state == "prepared"] if root else []
    if root is None or not waiting:
        raise MissingError("No extraction was interrupted here.", "There is nothing to finish.")
    entry = waiting[-1]
    write_rest(root, entry)
    files = tuple(change.path for change in entry.files)
    return Undone(entry.id, entry.notebook, files, interrupted=True, what=entry.what)


def write_rest(root: Path, entry: Entry) -> None:
    """Write what is not written of ``entry`` yet; raises as `refuse_edited` does."""
    refuse_edited(root, entry)
    for change in entry.files:
        if current(root, change.path) != change.after:
            write(root, change.path, change.after)
        _drop_spare(root / change.path, change.before)
    journal.save(root, journal.applied(entry))


def find_entry(root: Path, undo_id: str) -> Entry:
    """The entry with this id; `MissingError` where it is gone."""
    for entry in journal.entries(root):
        if entry.id == undo_id:
            return entry
    raise MissingError(
        "This extraction was undone already, or is not known here.", "Look at the files."
    )


def refuse_edited(root: Path, entry: Entry) -> None:
    """Raise `StaleError` with the difference where a file is neither as before nor as after."""
    for change in entry.files:
        now = current(root, change.path)
        if now in (change.before, change.after) or _is_half_written(entry, change, now):
            continue
        shown = diff.unified(change.path, _text(change.after), _text(now))
        raise StaleError(
            f"`{change.path}` was edited after the extraction.",
            f"Nothing was undone. What changed since:\n{shown}",
        )


def _is_half_written(entry: Entry, change: FileChange, now: bytes | None) -> bool:
    """Ended in the middle of the file, which a server writes in place: nothing in it is new."""
    after = change.after if entry.state == "prepared" else None
    return after is not None and now is not None and after.startswith(now)


def _drop_spare(path: Path, before: bytes | None) -> None:
    """The copy that a server keeps while it writes the file, and that its end left behind."""
    spare = path.with_name(f".~{path.name}")
    if before is not None and spare.is_file() and spare.read_bytes() == before:
        spare.unlink()


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", "replace")


def take_back(root: Path, entry: Entry) -> tuple[str, ...]:
    """Put back the bytes from before and forget the entry.

    In reverse order: the notebook first, so that it never calls what is gone.
    """
    files = []
    for change in reversed(entry.files):
        if current(root, change.path) != change.before:
            write(root, change.path, change.before)
            files.append(change.path)
        journal.waiting_name((root / change.path).resolve()).unlink(missing_ok=True)
        _drop_spare(root / change.path, change.before)
    for folder in reversed(entry.folders):
        with contextlib.suppress(OSError):
            _drop_caches(root / folder)
            (root / folder).rmdir()
    journal.forget(root, entry)
    return tuple(reversed(files))


def _drop_caches(folder: Path) -> None:
    """Bytecode that Python left beside a module that is gone."""
    cache = folder / "__pycache__"
    if cache.is_dir():
        for file in cache.glob("*.pyc"):
            file.unlink()
        cache.rmdir()
