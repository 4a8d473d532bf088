"""Find the project around a notebook, and where in it a module goes."""

from __future__ import annotations

import importlib.machinery
import os
import posixpath
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import config
from ..errors import BadInputError, ForbiddenError
from ..refactor.project import Project, identifier, module_name, package_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MARKS = ("pyproject.toml", ".git")
_NOT_PACKAGES = frozenset(
    {
        "tests",
        "test",
        "docs",
        "doc",
        "notebooks",
        "examples",
        "scripts",
        "build",
        "dist",
        "data",
        "venv",
        "src",
    }
)


@dataclass(frozen=True)
class Located:
    """A project on disk: its root, and what planning is told of it."""

    root: Path
    project: Project


def root_of(place: Path) -> Path:
    """The nearest folder with a pyproject.toml or a .git, else the folder of ``place``."""
    place = place.resolve()
    start = place if place.is_dir() else place.parent
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in MARKS):
            return folder
    return start


def locate(
    notebook: Path, module: str | None, *, root: Path | None = None, same_environment: bool = True
) -> Located:
    """The project of ``notebook`` with its module, proposed where ``module`` is None.

    ``module`` is a path from the project root. ``same_environment`` says that the
    notebook's kernel runs in this Python, so that what is importable here is there, too;
    without it, a name that is taken here is still not used.
    Raises `ForbiddenError` for a module outside of the root, by a link too.
    """
    root = (root or root_of(notebook)).resolve()
    path = _inside(root, module) if module else _proposed(root, notebook)
    source_root = _source_root(path)
    top = (
        path.removeprefix(f"{source_root}/" if source_root else "")
        .partition("/")[0]
        .removesuffix(".py")
    )
    found = _found_at(top, root)
    expected = {_real(root / source_root / top), _real(root / source_root / f"{top}.py")}
    foreign = found is not None and found not in expected
    shadowed = _is_shadowed(notebook, top, expected)
    relative = os.path.relpath(notebook.resolve(), root).replace(os.sep, "/")
    project = Project(
        notebook=relative,
        module=path,
        source_root=source_root,
        module_text=read_text(root / path),
        importable=same_environment and found is not None and not foreign,
        missing_inits=_missing_inits(root, path, source_root),
        installed=frozenset({top}) if foreign or shadowed else frozenset(),
        twins=frozenset({posixpath.splitext(relative)[0] + ".py"}),
    )
    return Located(root, project)


def read_text(path: Path) -> str | None:
    """A file's exact text, line ends included; None where there is none."""
    if path.is_dir():
        raise BadInputError(f"`{path.name}` is a folder.", "Name a .py file.")
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise BadInputError(f"`{path.name}` is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        message = f"`{path.name}` cannot be read: {error.strerror}."
        raise BadInputError(message, "Check its permissions.") from error


def _real(path: Path) -> str:
    return str(path.resolve())


def _inside(root: Path, module: str) -> str:
    """``module`` as a path from the root with slashes, links followed."""
    given = Path(os.path.normpath(root / module))
    outside = ForbiddenError(
        f"`{module}` lies outside the project.", f"Choose a module inside `{root.name}`."
    )
    if not given.is_relative_to(root) or not given.resolve().is_relative_to(root):
        raise outside
    relative = given.relative_to(root).as_posix()
    return relative if relative.endswith(".py") else f"{relative}.py"


def _source_root(module: str) -> str:
    parts = module.split("/")
    return "src" if parts[0] == "src" and len(parts) > 1 else ""


def _missing_inits(root: Path, module: str, source_root: str) -> tuple[str, ...]:
    """Package files of the folders that do not exist yet."""
    folder = posixpath.dirname(module)
    missing = []
    while folder and folder != source_root:
        if not (root / folder).exists():
            missing.append(f"{folder}/__init__.py")
        folder = posixpath.dirname(folder)
    return tuple(reversed(missing))


# --- a proposal ---------------------------------------------------------------------


def _proposed(root: Path, notebook: Path) -> str:
    """A module named after the notebook, in the package that exists or a new one in src/."""
    name = f"{module_name(notebook.stem)}.py"
    configured = config.load(notebook).extract_package_dir
    if configured:
        return _inside(root, posixpath.join(configured.strip("/"), name))
    wanted = package_name(_project_name(root))
    existing = _packages(root / "src", needs_init=False) or _packages(root, needs_init=True)
    if existing:
        folder = next((f for f in existing if f.name == wanted), existing[0])
        return f"{folder.relative_to(root).as_posix()}/{name}"
    return f"src/{wanted}/{name}"


def _packages(folder: Path, *, needs_init: bool) -> list[Path]:
    if not folder.is_dir():
        return []
    found = []
    for place in sorted(folder.iterdir()):
        named = place.name.isidentifier() and place.name not in _NOT_PACKAGES
        if named and place.is_dir() and not place.is_symlink():
            has_init = (place / "__init__.py").exists()
            if has_init or (not needs_init and any(place.glob("*.py"))):
                found.append(place)
    return found


def _project_name(root: Path) -> str:
    file = root / "pyproject.toml"
    if file.exists():
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
        except (OSError, ValueError):
            table = {}
        name = table.get("name") if isinstance(table, dict) else None
        if isinstance(name, str) and identifier(name):
            return name
    return root.name


# --- what the notebook would import -------------------------------------------------


def is_this_python(command: Sequence[str]) -> bool:
    """Does a kernel that is started by ``command`` run in this Python?"""
    names = {"python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}"}
    first = command[0] if command else ""
    return first in names or (bool(first) and Path(first).absolute() == Path(sys.executable))


def _found_at(name: str, root: Path) -> str | None:
    """Where this Python finds the top-level module ``name``; nothing is imported.

    The folder this process was started in is left out: the kernel has another.
    """
    here = {str(Path.cwd().resolve()), str(root)}
    entries = [entry for entry in sys.path if entry and str(Path(entry).resolve()) not in here]
    for finder in sys.meta_path:
        if finder is importlib.machinery.PathFinder:
            spec = importlib.machinery.PathFinder.find_spec(name, entries)
        else:
            find = getattr(finder, "find_spec", None)
            spec = find(name, None) if find is not None else None
        if spec is None:
            continue
        if spec.submodule_search_locations:
            return _real(Path(next(iter(spec.submodule_search_locations))))
        return _real(Path(spec.origin)) if spec.origin else name
    return None


def _is_shadowed(notebook: Path, top: str, expected: set[str]) -> bool:
    """A module of that name beside the notebook comes first in the kernel."""
    beside = [notebook.resolve().parent / f"{top}.py"]
    package = notebook.resolve().parent / top
    beside += [package] if (package / "__init__.py").exists() else []
    return any(place.exists() and _real(place) not in expected for place in beside)
