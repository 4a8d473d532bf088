"""What a run stood on, so that it can be seen later whether that is still so.

A kernel tells what it opened and imported (`watch`); what lies in the folders of the project
is taken whole, for a library may open a file by itself. A file is what its size, its times
and its inode are, a folder that was listed is its names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .doubts import doubt_in
from .watch import Told

MOST_FILES = 5_000
"""In the project; with more, nothing is taken for known."""

NOT_LOOKED_INTO = frozenset({"__pycache__", "node_modules", "site-packages"})
_INSTALLED = frozenset({"site-packages", "dist-packages"})
Sign = tuple[int | str, ...]


@dataclass(frozen=True)
class Ground:
    """Where a page is run. ``key`` is the same for the same user, page, kernel, environment,
    limits and day; ``folders`` are the notebook's and the project's, whose files count, but
    for the ``notebook`` itself."""

    key: str
    folders: tuple[Path, ...]
    notebook: Path


@dataclass(frozen=True)
class Evidence:
    """What a run stood on: files and listed folders by path, None for what was not there.

    ``written`` are digests of files that it was given before they are written.
    """

    files: Mapping[str, Sign | None]
    listed: Mapping[str, Sign | None]
    project: frozenset[str]
    written: Mapping[str, str] = field(default_factory=dict)

    def holds(self, ground: Ground) -> bool:
        """Would a run of now stand on the same? Looks at every file."""
        project = project_files(ground)
        if project is None or set(project) - {*self.written} != self.project - {*self.written}:
            return False
        return (
            all(digest_of(path) == digest for path, digest in self.written.items())
            and all(
                sign(path) == was for path, was in self.files.items() if path not in self.written
            )
            and all(listing(path) == was for path, was in self.listed.items())
        )


def evidence_of(
    told: Told, ground: Ground, started: float, written: Mapping[str, str]
) -> Evidence | None:
    """What a run that ``started`` then (seconds since 1970) stood on; None where that is in
    doubt: it reached further than files, or one of them changed meanwhile."""
    project = project_files(ground)
    if told.doubts or project is None:
        return None
    places = [place for place in told.places if not _is_in(place, ground.folders)]
    paths = {*told.opened, *told.modules, *project} - {*written}
    files = {path: sign(path) for path in sorted(paths)}
    installs = [sign(place) for place in places if _INSTALLED & {*Path(place).parts}]
    if not all(was is None or _is_older(was, started) for was in (*files.values(), *installs)):
        return None
    theirs = (p for p in told.modules if p not in written and not _is_installed(p, told, ground))
    if any(_is_doubtful(path) for path in theirs):
        return None
    listed = {path: listing(path) for path in (*told.listed, *places)}
    return Evidence(files, listed, frozenset(project), written)


def project_files(ground: Ground) -> dict[str, None] | None:
    """Absolute paths, without hidden ones; None where there are too many."""
    found: dict[str, None] = {}
    for folder in _outermost(ground.folders):
        for path in _walk(folder):
            if path != str(ground.notebook):
                found[path] = None
            if len(found) > MOST_FILES:
                return None
    return found


def _walk(folder: str) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = [
            one
            for one in folders
            if not one.startswith(".")
            and one not in NOT_LOOKED_INTO
            and not os.path.exists(os.path.join(at, one, "pyvenv.cfg"))
        ]
        yield from (os.path.join(at, name) for name in names if not name.startswith("."))


def _outermost(folders: Collection[Path]) -> list[str]:
    return [
        str(one)
        for one in dict.fromkeys(folders)
        if not any(one != other and one.is_relative_to(other) for other in folders)
    ]


def _is_in(path: str, folders: Collection[Path]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def sign(path: str) -> Sign | None:
    """None where there is nothing that could be read."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _is_older(was: Sign, started: float) -> bool:
    return all(isinstance(one, int) and one < started * 1e9 for one in was[1:3])


def listing(path: str) -> Sign | None:
    """Names of what is not hidden in the folder."""
    try:
        with os.scandir(path) as entries:
            names = sorted(one.name for one in entries if not one.name.startswith("."))
    except OSError:
        return None
    return tuple(names)


def digest_of(path: str) -> str | None:
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_installed(path: str, told: Told, ground: Ground) -> bool:
    if _INSTALLED & {*Path(path).parts}:
        return True
    return path.startswith(told.prefixes) and not _is_in(path, ground.folders)


def _is_doubtful(path: str) -> bool:
    if not path.endswith(".py"):
        return False
    try:
        return doubt_in(Path(path).read_text(encoding="utf-8")) is not None
    except (OSError, ValueError):
        return True
