"""What an editable install of a project would take, judged from its texts; reads no file."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model import FileEdit
from .project import Project

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Table = Mapping[str, Any]
SETUPTOOLS = "setuptools.build_meta"


@dataclass(frozen=True)
class Root:
    """What stands in the project's root: ``pyproject`` is its text, None without one,
    ``packages`` are the folders in the source root that have code in them."""

    name: str
    pyproject: str | None = None
    has_setup: bool = False
    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Installation:
    """``files`` must be there first, the text of `pyproject.toml` among them where it names
    no project. ``backend`` builds it, and needs ``requires``. ``why_not`` says, with what to
    do, why it would not be found all the same; empty where nothing is known against it."""

    package: str
    files: tuple[FileEdit, ...] = ()
    backend: str = SETUPTOOLS
    requires: tuple[str, ...] = ("setuptools",)
    why_not: str = ""


def installation(project: Project, root: Root) -> Installation | None:
    """What makes the package of ``project`` importable; None where it is so already."""
    if project.is_on_path:
        return None
    package = project.import_name.partition(".")[0]
    inits = tuple(FileEdit(path, None, "") for path in project.missing_inits)
    if "." not in project.import_name:
        why = f"`{project.module}` is no package: choose a module in a folder, as `src/{package}/`."
        return Installation(package, why_not=why)
    try:
        stated: Table = tomllib.loads(root.pyproject or "")
    except ValueError as error:
        return Installation(package, why_not=f"`pyproject.toml` is not TOML: {error}.")
    if not root.has_setup and not _names_a_project(stated):
        text = _with_project(root, project, package)
        file = FileEdit("pyproject.toml", root.pyproject, text)
        return Installation(package, (file, *inits), "hatchling.build", ("hatchling",))
    build = _table(stated, "build-system")
    return Installation(
        package,
        inits,
        str(build.get("build-backend", SETUPTOOLS)),
        tuple(str(one) for one in build.get("requires", ("setuptools",))),
        _no_version(stated) or _not_found(stated, root, project, package),
    )


def _table(stated: Table, *path: str) -> Table:
    for name in path:
        inner = stated.get(name)
        stated = inner if isinstance(inner, Mapping) else {}
    return stated


def _names_a_project(stated: Table) -> bool:
    """A build system without a `[project]` has the name elsewhere, as poetry's has."""
    return "project" in stated or "build-system" in stated


def _with_project(root: Root, project: Project, package: str) -> str:
    """The text with what makes a project of it, below what is there."""
    name = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-") or package
    folders = sorted({*(root.packages if project.source_root else ()), package})
    paths = ", ".join(f'"{posixpath.join(project.source_root, one)}"' for one in folders)
    above = root.pyproject.rstrip() + "\n\n" if root.pyproject and root.pyproject.strip() else ""
    return (
        f'{above}[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n'
        f'[project]\nname = "{name}"\nversion = "0.1.0"\n\n'
        f"[tool.hatch.build.targets.wheel]\npackages = [{paths}]\n"
    )


def _no_version(stated: Table) -> str:
    named = _table(stated, "project")
    if "project" not in stated or "version" in named or "version" in named.get("dynamic", ()):
        return ""
    return '`pyproject.toml` gives no version: add `version = "0.1.0"` below `[project]`.'


def _not_found(stated: Table, root: Root, project: Project, package: str) -> str:
    """What is known of backends that look for packages by themselves."""
    backend = str(_table(stated, "build-system").get("build-backend", SETUPTOOLS))
    if backend == "hatchling.build":
        given = {*_table(stated, "tool", "hatch", "build")} - {"hooks", "targets"}
        given |= {*_table(stated, "tool", "hatch", "build", "targets", "wheel")} - {"hooks"}
        name = str(_table(stated, "project").get("name", ""))
        if not given and re.sub(r"[-_.]+", "_", name).lower() != package.lower():
            path = posixpath.join(project.source_root, package)
            return (
                f"hatchling would not find `{package}` in the project `{name}`: add "
                f'`packages = ["{path}"]` below `[tool.hatch.build.targets.wheel]`.'
            )
    is_told = root.has_setup or _table(stated, "tool", "setuptools")
    others = sorted({*root.packages} - {package})
    if backend.startswith(SETUPTOOLS) and not project.source_root and others and not is_told:
        both = ", ".join(f"`{one}`" for one in (package, *others))
        return (
            f"setuptools takes none of {both} by itself: add "
            f'`packages = ["{package}"]` below `[tool.setuptools]`.'
        )
    return ""
