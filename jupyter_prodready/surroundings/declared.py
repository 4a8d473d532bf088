"""The packages that a project declares: pyproject.toml, requirements, environment.yml, ..."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..analysis.distributions import normalised, required_name
from ..records import dataclass

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LARGEST = 1_000_000
"""Bytes of a dependency file that are read at most."""
_ENVIRONMENTS = ("environment.yml", "environment.yaml", "conda.yml", "conda.yaml")


@dataclass(frozen=True)
class Declared:
    """``names`` in PEP 503's spelling: None where nothing is declared, or where a file
    declares what cannot be read. ``own`` are import names of the project itself."""

    names: frozenset[str] | None
    file: str | None = None
    own: frozenset[str] = frozenset()


class _UnreadableError(Exception):
    """Something is declared here that only running the project's code would tell."""


def declared_in(folders: Iterable[Path]) -> Declared:
    """What the files of these folders declare, taken together."""
    names: set[str] = set()
    own: set[str] = set()
    files: list[str] = []
    try:
        for folder in folders:
            for file, found in _of_folder(folder, own):
                files.append(file)
                names |= {name for name in found if name}
    except _UnreadableError:
        return Declared(None, own=frozenset(own))
    if not files:
        return Declared(None, own=frozenset(own))
    return Declared(frozenset(names), files[0], frozenset(own))


def _of_folder(folder: Path, own: set[str]) -> Iterator[tuple[str, list[str | None]]]:
    lists = sorted([*folder.glob("requirements*.txt"), *folder.glob("requirements/*.txt")])
    document = _toml(folder / "pyproject.toml")
    if document is not None:
        own |= _own_names(document)
        found = list(_pyproject(document, listed=bool(lists)))
        if found or "dependencies" in _table(document, "project"):
            yield "pyproject.toml", [*found, *[normalised(name) for name in _own_names(document)]]
    for file in lists:
        yield file.name, list(_requirements(file, folder, 0))
    for name in _ENVIRONMENTS:
        if (text := _text(folder / name)) is not None:
            yield name, list(_environment(text))
    if (text := _text(folder / "setup.cfg")) is not None:
        yield from (("setup.cfg", found) for found in _setup_cfg(text) if found)
    pipfile = _toml(folder / "Pipfile")
    if pipfile is not None:
        tables = (_table(pipfile, "packages"), _table(pipfile, "dev-packages"))
        yield "Pipfile", [normalised(name) for table in tables for name in table]
    if "install_requires" in (_text(folder / "setup.py") or ""):
        raise _UnreadableError


def _own_names(document: Mapping[str, Any]) -> set[str]:
    names = (
        _table(document, "project").get("name"),
        _table(document, "tool", "poetry").get("name"),
    )
    return {re.sub(r"[-.]+", "_", name) for name in names if isinstance(name, str)}


def _pyproject(document: Mapping[str, Any], *, listed: bool) -> Iterator[str | None]:
    project = _table(document, "project")
    if "dependencies" in _strings(project.get("dynamic")) and not listed:
        raise _UnreadableError
    tool = _table(document, "tool")
    every = [*_strings(project.get("dependencies"))]
    for table in (_table(project, "optional-dependencies"), _table(document, "dependency-groups")):
        every += [one for group in table.values() for one in _strings(group)]
    every += _strings(_table(tool, "uv").get("dev-dependencies"))
    every += [o for g in _table(tool, "pdm", "dev-dependencies").values() for o in _strings(g)]
    for environment in _table(tool, "hatch", "envs").values():
        if isinstance(environment, Mapping):
            every += _strings(environment.get("dependencies"))
            every += _strings(environment.get("extra-dependencies"))
    yield from map(required_name, every)
    yield from map(normalised, _keyed(tool))


def _keyed(tool: Mapping[str, Any]) -> Iterator[str]:
    """Names from tools whose tables have packages as keys: Poetry and Pixi."""
    poetry, pixi = _table(tool, "poetry"), _table(tool, "pixi")
    groups = [_table(group) for group in _table(poetry, "group").values()]
    features = [_table(feature) for feature in _table(pixi, "feature").values()]
    for owner in (poetry, *groups, pixi, *features):
        for key in ("dependencies", "dev-dependencies", "pypi-dependencies"):
            yield from _table(owner, key)


def _requirements(file: Path, folder: Path, depth: int) -> Iterator[str | None]:
    for raw in (_text(file) or "").replace("\\\n", " ").splitlines():
        line = re.sub(r"(^|\s)#(?!egg=).*$", "", raw).strip()
        other = re.match(r"(?:-r|--requirement|-c)[ =]?\s*(\S+)", line)
        if other and not line.startswith("-c"):
            target = (file.parent / other[1]).resolve()
            if depth < 5 and folder.resolve() in target.parents:
                yield from _requirements(target, folder, depth + 1)
        elif egg := re.search(r"#egg=([\w.-]+)", raw):
            yield normalised(egg[1])
        elif line and not line.startswith("-") and not re.match(r"\w+(\+\w+)?://|[./]", line):
            yield required_name(line)


def _environment(text: str) -> Iterator[str | None]:
    """The items below ``dependencies:``, those of ``pip:`` too; without a YAML reader."""
    inside = False
    for line in text.splitlines():
        if line[:1].strip() and line[:1] not in "-#":
            inside = line.startswith("dependencies")
        item = re.match(r"\s*-\s*[\"']?([^\"'#]+)", line) if inside else None
        if item and not item[1].strip().endswith(":"):
            yield required_name(item[1].strip().rpartition("::")[2])


def _setup_cfg(text: str) -> Iterator[list[str | None]]:
    from configparser import ConfigParser
    from configparser import Error as ConfigError

    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
    except ConfigError:
        return
    needs = parser.get("options", "install_requires", fallback="")
    if needs.strip().startswith("file:"):
        return
    extras = parser["options.extras_require"].values() if "options.extras_require" in parser else ()
    yield [required_name(line) for part in (needs, *extras) for line in part.splitlines() if line]


def _table(owner: object, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        owner = owner.get(key) if isinstance(owner, Mapping) else None
    return owner if isinstance(owner, Mapping) else {}


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _toml(file: Path) -> Mapping[str, Any] | None:
    text = _text(file)
    try:
        return None if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _UnreadableError from error


def _text(file: Path) -> str | None:
    """None where there is no such file; links are not followed."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
            return None
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
