"""The project's own modules: which there are, and a hash that changes when one does.

Reads source and never runs it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..analysis.facts import DeferredFacts, facts_of
from ..analysis.imported import Functions, as_module, functions_of
from ..records import dataclass
from .exports import Exports, absolute, exports_of
from .rings import ring_of, settled

MOST = 300
"""Modules of one page that are read at most."""
LARGEST = 1_000_000
"""Bytes of a module that is read at most."""


@dataclass(frozen=True)
class Content:
    """What is known of one file: ``imports`` are all modules that it names."""

    digest: str
    imports: frozenset[str]
    exports: Exports | None
    file: Path
    package: str


class Parts(NamedTuple):
    """What a page that imports from a module meets: its functions, and all of them as one."""

    functions: Functions
    whole: DeferredFacts | None


NO_PARTS = Parts({}, None)
_PARTS: dict[tuple[str, str], Parts] = {}
"""By module and hash: what is the same is one object."""


class Modules:
    """The modules below ``places`` (folders on the kernel's path) and inside of ``root``."""

    def __init__(self, places: tuple[Path, ...], root: Path) -> None:
        self._places = places
        self._root = root
        self._read: dict[str, Content | None] = {}

    def is_local(self, top: str) -> bool:
        """Does the import of ``top`` find a module or package of the project?"""
        return top.startswith(".") or any(
            self._file(place, top) is not None or _holds_modules(place / top)
            for place in self._places
        )

    def hashes(self, imports: Iterable[tuple[str, str | None]]) -> dict[str, str]:
        """For each module of the project that these imports reach: a hash of it and of all
        modules of the project that it imports; a package's covers what is reached in it."""
        first = {name for module, name in imports for name in names_of(module, name)}
        self._reach(first)
        reached = {name for name, found in self._read.items() if found is not None}
        packages = {outer for name in reached for outer in names_of(name, None)}
        return {name: self._hash(name, reached) for name in sorted(packages)}

    def star(self, module: str) -> tuple[str, ...] | None:
        """All names that ``from module import *`` may bind; None if that is not known."""
        found = self._known(module)
        if found is None or found.everything is None:
            names = self._names(module, frozenset())
            return None if names is None else tuple(sorted(n for n in names if n[0] != "_"))
        return found.everything

    def functions(self, module: str) -> Parts:
        """What calls of the module's functions do, and what it is as a whole; nothing where
        another file than the one that was read may be what is imported."""
        if self._only(module) is None:
            return NO_PARTS
        key = module, self._hash(module, set(self._read))
        if key not in _PARTS:
            if len(_PARTS) >= MOST:
                _PARTS.clear()
            for name, found in self._settled(module).items():
                _PARTS[name, self._hash(name, set(self._read))] = Parts(found, as_module(found))
            key = module, self._hash(module, set(self._read))
        return _PARTS[key]

    def _settled(self, module: str) -> dict[str, Functions]:
        """The functions of the module, with those of the modules that it is in a ring with."""
        ring = ring_of(module, self._asked)
        if not ring:
            return {module: self._told(module, lambda other: self.functions(other).functions)}
        return settled(ring, self._asked, lambda other: self.functions(other).functions, self._told)

    def _told(self, module: str, others: Callable[[str], Functions]) -> Functions:
        content = self._only(module)
        if content is None:
            return {}
        return functions_of(_text(content), lambda other: others(_from(other, content.package)))

    def _asked(self, module: str) -> frozenset[str]:
        """The modules of the project that it imports at its top level."""
        content = self._only(module)
        return frozenset() if content is None else _imported(_text(content), content.package)

    def script(self, file: Path) -> tuple[str, tuple[str, ...] | None] | None:
        """(a hash that changes with the script or a module that it imports, all names that
        it may bind or None); None where it cannot be read."""
        content = _content_of(file, "")
        if content is None or self._root not in file.resolve().parents:
            return None
        self._reach(set(content.imports))
        reached = {name for name, found in self._read.items() if found is not None}
        parts = [content.digest, *[self._hash(one, reached) for one in sorted(content.imports)]]
        names = self._all(content.exports, frozenset())
        hashed = _digest(repr(parts).encode())[:16]
        return hashed, None if names is None else tuple(sorted(names))

    def _known(self, module: str) -> Exports | None:
        """None where another file than the one that was read may be what is imported."""
        content = self._only(module)
        return content.exports if content is not None else None

    def _only(self, module: str) -> Content | None:
        """What was read of the module, if no other file can be what is imported."""
        self._reach(names_of(module, None))
        content = self._read.get(module)
        places = [place for place in self._places if self._file(place, module) is not None]
        if content is None or len(places) != 1 or module.split(".")[0] in sys.stdlib_module_names:
            return None
        return content

    def _names(self, module: str, seen: frozenset[str]) -> frozenset[str] | None:
        """All names of a module, with the submodules that anybody imports."""
        if module in seen:
            return None
        start = f"{module}."
        inner = {one.removeprefix(start) for one in self._read if one.startswith(start)}
        names = self._all(self._known(module), seen | {module})
        return None if names is None else names | {name for name in inner if "." not in name}

    def _all(self, exports: Exports | None, seen: frozenset[str]) -> frozenset[str] | None:
        if exports is None:
            return None
        names = exports.names
        for module in exports.stars:
            found = self._known(module)
            every = found.everything if found is not None else None
            more = self._names(module, seen) if every is None else frozenset(every)
            if more is None:
                return None
            names |= more
        return names

    def _reach(self, names: set[str]) -> None:
        waiting = sorted(names)
        while waiting and len(self._read) < MOST * 10:
            name = waiting.pop()
            if name in self._read:
                continue
            found = self._read[name] = self._look_up(name)
            waiting += sorted(found.imports) if found is not None else []

    def _look_up(self, name: str) -> Content | None:
        """None for what is not the project's."""
        if sum(one is not None for one in self._read.values()) >= MOST:
            return None
        files = (self._file(place, name) for place in self._places)
        file = next((one for one in files if one is not None), None)
        if file is None:
            return None
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        return _content_of(file, package)

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
                covered[one] = found.digest
                waiting += found.imports
        return _digest(repr(sorted(covered.items())).encode())[:16]


def _content_of(file: Path, package: str) -> Content | None:
    try:
        stat = file.stat()
        if stat.st_size > LARGEST:
            return None
        return _content(file, stat.st_mtime_ns, stat.st_size, package)
    except OSError:
        return None


@lru_cache(maxsize=2048)
def _content(file: Path, changed: int, size: int, package: str) -> Content:
    """Cached by the file's time and size."""
    del changed, size
    source = file.read_bytes()
    try:
        tree = ast.parse(source)
        imports, exports = _imports(tree, package), exports_of(tree, package)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        imports, exports = frozenset(), None
    return Content(_digest(source), imports, exports, file, package)


def _text(content: Content) -> str:
    try:
        return content.file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # gone since it was read first
        return ""


@lru_cache(maxsize=2048)
def _imported(source: str, package: str) -> frozenset[str]:
    statements = facts_of(source).statements
    return frozenset(
        [_from(item.module, package) for statement in statements for item in statement.imports]
    )


def _digest(content: bytes) -> str:
    import hashlib  # it loads a large library, and most notebooks import nothing of a project

    return hashlib.sha256(content).hexdigest()


def _imports(tree: ast.Module, package: str) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names |= names_of(alias.name, None)
        elif isinstance(node, ast.ImportFrom):
            module = absolute(node, package)
            for alias in node.names:
                names |= names_of(module, alias.name)
    return frozenset(names)


def _from(module: str, package: str) -> str:
    """The full name of a module as it is written in an import of that package."""
    bare = module.lstrip(".")
    level = len(module) - len(bare)
    if not level:
        return bare
    parts = package.split(".")
    return ".".join([part for part in [*parts[: len(parts) - level + 1], bare] if part])


def names_of(module: str, name: str | None) -> set[str]:
    """The modules that an import runs: the module, those around it, and one of that name."""
    parts = [part for part in module.split(".") if part]
    every = {".".join(parts[: i + 1]) for i in range(len(parts))}
    return every | ({".".join([*parts, name])} if name and name != "*" else set())


def _holds_modules(folder: Path) -> bool:
    return folder.is_dir() and next(folder.glob("*.py"), None) is not None
