"""The packages of an environment: which holds a module, and which brings which with it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from ..analysis.distributions import normalised, required_name
from ..records import dataclass, field


@dataclass(frozen=True, eq=False)
class Environment:
    """``distributions`` of each importable top-level name; ``needs`` of each distribution."""

    distributions: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def required_by(self, declared: Iterable[str], wanted: Collection[str]) -> dict[str, str]:
        """For each of ``wanted``: a declared distribution that needs it, perhaps through others."""
        found: dict[str, str] = {}
        for first in sorted(declared):
            reached, waiting = {first}, [first]
            while waiting:
                new = self.needs.get(waiting.pop(), frozenset()) - reached
                reached |= new
                waiting += new
            for name in reached - {first}:
                if name in wanted:
                    found.setdefault(name, first)
        return found


def environment(python: Path | None) -> Environment:
    """Of the Python at this path, None for no other, and of this one. Read again only after
    something was installed. A Python whose packages are not found adds nothing."""
    other = _site_packages(python) if python is not None else []
    folders = tuple(str(one) for one in [*other, *map(Path, sys.path)] if one.is_dir())
    return _environment(folders, tuple(Path(one).stat().st_mtime_ns for one in folders))


@lru_cache(maxsize=4)
def _environment(folders: tuple[str, ...], changed: tuple[int, ...]) -> Environment:
    del changed
    holders: dict[str, set[str]] = {}
    needs: dict[str, frozenset[str]] = {}
    for distribution in metadata.distributions(path=list(folders)):
        name, required = _heading(distribution)
        if not name or name in needs:
            continue
        needs[name] = frozenset(required)
        for top in _tops(distribution):
            holders.setdefault(top, set()).add(name)
    return Environment({top: tuple(sorted(names)) for top, names in holders.items()}, needs)


def _site_packages(python: Path) -> list[Path]:
    prefix = python.parent.parent
    return [*prefix.glob("lib/python3*/site-packages"), *prefix.glob("Lib/site-packages")]


def _heading(distribution: metadata.Distribution) -> tuple[str, set[str]]:
    """Its name and the names that it needs. The standard library's reader parses the whole
    description, which takes ten times as long."""
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    lines = [line.partition(": ") for line in text.partition("\n\n")[0].splitlines()]
    name = next((value for key, _, value in lines if key == "Name"), "")
    plain = [value for key, _, value in lines if key == "Requires-Dist" and "extra ==" not in value]
    return normalised(name), {one for value in plain if (one := required_name(value)) is not None}


def _tops(distribution: metadata.Distribution) -> set[str]:
    listed = (distribution.read_text("top_level.txt") or "").split()
    if listed:
        return set(listed)
    record = (distribution.read_text("RECORD") or "").splitlines()
    files = (line.partition(",")[0].strip('"').split("/") for line in record)
    return {parts[0].partition(".")[0] for parts in files if _is_module(parts)}


def _is_module(parts: list[str]) -> bool:
    inside = not parts[0].startswith("..") and ".dist-info" not in parts[0]
    return inside and parts[-1].endswith((".py", ".so", ".pyd"))
