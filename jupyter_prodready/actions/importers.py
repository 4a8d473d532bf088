"""Which modules of a project import one of its modules, by themselves or through others."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

MOST_FILES = 400
"""More are not read: then a circle of imports is seen by the proof only."""


def importers_of(folder: Path, name: str) -> frozenset[str]:
    """Dotted names of the modules below ``folder``, the one that is on the path, that import
    ``name`` as they are imported themselves. Imports inside of blocks do not count."""
    package = folder / name.partition(".")[0]
    files = sorted(package.rglob("*.py")) if package.is_dir() else []
    if not files or len(files) > MOST_FILES:
        return frozenset()
    imports = {_dotted(file, folder): _imports(file, folder) for file in files}
    found: set[str] = set()
    queue = [name]
    for wanted in queue:
        new = [other for other, read in imports.items() if wanted in read and other not in found]
        found.update(new)
        queue += new
    return frozenset(found - {name})


def _dotted(file: Path, folder: Path) -> str:
    inside = file.relative_to(folder).with_suffix("")
    parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
    return ".".join(parts)


def _imports(file: Path, folder: Path) -> frozenset[str]:
    own = _dotted(file, folder).split(".")
    here = own if file.name == "__init__.py" else own[:-1]
    try:
        return _imported(file, tuple(here), file.stat().st_mtime_ns)
    except (OSError, ValueError, SyntaxError):
        return frozenset()


@lru_cache(maxsize=4 * MOST_FILES)
def _imported(file: Path, here: tuple[str, ...], stamp: int) -> frozenset[str]:
    """Modules that a file imports; a name of a module is taken for one, too."""
    found: set[str] = set()
    for node in ast.parse(file.read_bytes()).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            source = ".".join([*base, *([node.module] if node.module else [])])
            found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return frozenset(found)
