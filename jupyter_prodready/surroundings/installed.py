"""The packages of an environment: which holds a module, and which brings which with it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from ..analysis.distributions import normalised, required_name


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


@lru_cache(maxsize=4)
def environment(python: str | None) -> Environment:
    """Of the Python at this path and of this one; for both the answers hold as long as the
    process lives. A Python whose packages are not found adds nothing."""
    folders = [str(one) for one in _site_packages(Path(python))] if python is not None else []
    holders: dict[str, set[str]] = {}
    needs: dict[str, frozenset[str]] = {}
    for distribution in metadata.distributions(path=[*folders, *sys.path]):
        name = distribution.metadata["Name"]
        if not name or normalised(name) in needs:
            continue
        needs[normalised(name)] = frozenset(_needs(distribution))
        for top in _tops(distribution):
            holders.setdefault(top, set()).add(normalised(name))
    return Environment({top: tuple(sorted(names)) for top, names in holders.items()}, needs)


def _site_packages(python: Path) -> list[Path]:
    prefix = python.parent.parent
    return [*prefix.glob("lib/python3*/site-packages"), *prefix.glob("Lib/site-packages")]


def _needs(distribution: metadata.Distribution) -> set[str]:
    required = [one for one in distribution.requires or () if "extra ==" not in one]
    return {name for name in map(required_name, required) if name is not None}


def _tops(distribution: metadata.Distribution) -> set[str]:
    listed = (distribution.read_text("top_level.txt") or "").split()
    if listed:
        return set(listed)
    names = (file.parts[0] for file in distribution.files or () if file.suffix in (".py", ".so"))
    return {name.partition(".")[0] for name in names if ".dist-info" not in name}
