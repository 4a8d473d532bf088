"""The project's own modules: which there are, and a hash that changes when one does.

Reads source and never runs it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

MOST = 300
"""Modules of one page that are read at most."""
LARGEST = 1_000_000
"""Bytes of a module that is read at most."""


class Modules:
    """The modules below ``places`` (folders on the kernel's path) and inside of ``root``."""

    def __init__(self, places: tuple[Path, ...], root: Path) -> None:
        self._places = places
        self._root = root
        self._read: dict[str, tuple[str, frozenset[str]] | None] = {}

    def is_local(self, top: str) -> bool:
        """Does the import of ``top`` find a module or package of the project?"""
        return top.startswith(".") or any(
            self._file(place, top) is not None or _holds_modules(place / top)
            for place in self._places
        )

    def hashes(self, imports: Iterable[tuple[str, str | None]]) -> dict[str, str]:
        """For each module of the project that these imports reach: a hash of it and of all
        modules of the project that it imports; a package's covers what is reached in it."""
        first = {name for module, name in imports for name in _names(module, name)}
        self._reach(first)
        reached = {name for name, found in self._read.items() if found is not None}
        packages = {outer for name in reached for outer in _names(name, None)}
        return {name: self._hash(name, reached) for name in sorted(packages)}

    def _reach(self, names: set[str]) -> None:
        waiting = sorted(names)
        while waiting and len(self._read) < MOST * 10:
            name = waiting.pop()
            if name in self._read:
                continue
            found = self._read[name] = self._look_up(name)
            waiting += sorted(found[1]) if found is not None else []

    def _look_up(self, name: str) -> tuple[str, frozenset[str]] | None:
        """(hash of the content, names that it imports); None for what is not the project's."""
        if sum(one is not None for one in self._read.values()) >= MOST:
            return None
        files = (self._file(place, name) for place in self._places)
        file = next((one for one in files if one is not None), None)
        if file is None:
            return None
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        try:
            stat = file.stat()
            if stat.st_size > LARGEST:
                return None
            return _content(file, stat.st_mtime_ns, stat.st_size, package)
        except OSError:
            return None

    def _file(self, place: Path, name: str) -> Path | None:
        if not all(part.isidentifier() for part in name.split(".")):
            return None
        base = place.joinpath(*name.split("."))
        for file in (base / "__init__.py", base.with_name(f"{base.name}.py")):
            if file.is_file() and self._root in file.resolve().parents:
                return file
        return None

    def _hash(self, name: str, reached: set[str]) -> str:
        covered: dict[str, str] = {}
        waiting = [name, *[one for one in reached if one.startswith(f"{name}.")]]
        while waiting:
            one = waiting.pop()
            found = self._read.get(one)
            if found is not None and one not in covered:
                covered[one] = found[0]
                waiting += found[1]
        return _digest(repr(sorted(covered.items())).encode())[:16]


@lru_cache(maxsize=2048)
def _content(file: Path, changed: int, size: int, package: str) -> tuple[str, frozenset[str]]:
    """Cached by the file's time and size."""
    del changed, size
    content = file.read_bytes()
    return _digest(content), _imports(content, package)


def _digest(content: bytes) -> str:
    import hashlib  # it loads a large library, and most notebooks import nothing of a project

    return hashlib.sha256(content).hexdigest()


def _imports(content: bytes, package: str) -> frozenset[str]:
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names |= _names(alias.name, None)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(node.module or "", node.level, package)
            for alias in node.names:
                names |= _names(module, alias.name)
    return frozenset(names)


def _absolute(module: str, level: int, package: str) -> str:
    if not level:
        return module
    parts = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([part for part in [*parts, module] if part])


def _names(module: str, name: str | None) -> set[str]:
    """The modules that an import runs: the module, those around it, and one of that name."""
    parts = [part for part in module.split(".") if part]
    every = {".".join(parts[: i + 1]) for i in range(len(parts))}
    return every | ({".".join([*parts, name])} if name and name != "*" else set())


def _holds_modules(folder: Path) -> bool:
    return folder.is_dir() and next(folder.glob("*.py"), None) is not None
