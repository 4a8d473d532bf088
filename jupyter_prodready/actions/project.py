"""Find the project around a notebook, and where in it a module goes."""

from __future__ import annotations

import importlib.machinery
import os
import posixpath
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from .. import config
from ..errors import BadInputError, ForbiddenError
from ..refactor.installation import Root
from ..refactor.project import Project, identifier, module_name, package_name
from . import look_up
from .importers import importers_of
from .kernel_python import AT_START, NO_KERNEL, Found, KernelPython, ask, stamp

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


NOTHING_FOUND = Found()


@dataclass(frozen=True)
class Located:
    """A project on disk: its root, and what planning is told of it; the notebook's ``kernel``
    and what that ``found`` of the module's package."""

    root: Path
    project: Project
    kernel: KernelPython = NO_KERNEL
    found: Found = NOTHING_FOUND

    @property
    def top(self) -> str:
        """The module's package, or the module."""
        inside = posixpath.relpath(self.project.module, self.project.source_root or ".")
        return inside.partition("/")[0].removesuffix(".py")

    @property
    def expected(self) -> set[str]:
        """Where that is imported from."""
        folder = self.root / self.project.source_root
        return {_real(folder / self.top), _real(folder / f"{self.top}.py")}

    def standing(self) -> Root:
        """What stands in the root, for an install."""
        return Root(
            self.root.name,
            read_text(self.root / "pyproject.toml"),
            any((self.root / name).exists() for name in ("setup.py", "setup.cfg")),
            tuple(f.name for f in _packages(self.root / self.project.source_root, needs_init=True)),
        )


def root_of(place: Path) -> Path:
    """The nearest folder with a pyproject.toml or a .git, else the folder of ``place``."""
    place = place.resolve()
    start = place if place.is_dir() else place.parent
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in MARKS):
            return folder
    return start


def locate(
    notebook: Path,
    module: str | None,
    *,
    root: Path | None = None,
    same_environment: bool = True,
    kernel: KernelPython | None = None,
) -> Located:
    """The project of ``notebook`` with its module, proposed where ``module`` is None.

    ``module`` is a path from the project root. ``kernel`` is the Python of the notebook's
    kernel, which is asked where this process cannot know; without it ``same_environment``
    says that it is this Python. A name that is taken here is not used elsewhere, either.
    Raises `ForbiddenError` for a module outside of the root, by a link too.
    """
    root = (root or root_of(notebook)).resolve()
    path = _inside(root, module) if module else _proposed(root, notebook)
    relative = os.path.relpath(notebook.resolve(), root).replace(os.sep, "/")
    project = Project(
        notebook=relative,
        module=path,
        source_root=_source_root(path),
        module_text=read_text(root / path),
        missing_inits=_missing_inits(root, path, _source_root(path)),
        twins=frozenset({posixpath.splitext(relative)[0] + ".py"}),
    )
    if project.module_text is not None:
        importers = importers_of(root / project.source_root, project.import_name)
        project = replace(project, importers=importers)
    located = Located(root, project, kernel or NO_KERNEL)
    return _imported(located, notebook, kernel.is_this if kernel else same_environment)


def _imported(located: Located, notebook: Path, is_here: bool) -> Located:
    """With what the notebook would import under the module's name."""
    top = located.top
    here = _found_at(top, located.root)
    told = _told(located, top, here)
    places = {place for place in (here, told.at) if place is not None}
    foreign = bool(places - located.expected)
    shadowed = _shadowing(notebook, top, located.expected)
    project = replace(
        located.project,
        importable=((is_here and here is not None) or told.at is not None) and not foreign,
        installed=frozenset({top}) if foreign or shadowed else frozenset(),
        hidden_by=shadowed,
    )
    return replace(located, project=project, found=told)


def _told(located: Located, top: str, here: str | None) -> Found:
    """What the kernel's Python says; it is not asked what this process, being the same, knows."""
    python = located.kernel.path
    if python is None:
        return NOTHING_FOUND
    if not located.kernel.is_this or (here is None and stamp(python) != AT_START):
        return ask(python, top, located.root)
    if here not in located.expected:
        return NOTHING_FOUND
    told = look_up.look_up(top, str(located.root))
    return Found(here, told["distribution"], tuple((a, b) for a, b in told["links"]))


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


def _shadowing(notebook: Path, top: str, expected: set[str]) -> str:
    """A module of that name beside the notebook comes first in the kernel: its name, or ``""``."""
    beside = [notebook.resolve().parent / f"{top}.py"]
    package = notebook.resolve().parent / top
    beside += [package] if (package / "__init__.py").exists() else []
    found = (place.name for place in beside if place.exists() and _real(place) not in expected)
    return next(found, "")
