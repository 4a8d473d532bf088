"""Modules that a kernel imports before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Proof

STAGE = """
(lambda sources: __import__('builtins').exec({finder!r}, {{'sources': sources}}))({sources!r})
"""
FINDER = """
import importlib.abc, importlib.machinery, importlib.util, linecache, sys

class Staged(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    def find_spec(self, name, path=None, target=None):
        if name not in sources:
            return None
        file, is_package, _ = sources[name]
        spec = importlib.util.spec_from_file_location(
            name, file, loader=self, submodule_search_locations=[] if is_package else None
        )
        if is_package:
            found = importlib.machinery.PathFinder.find_spec(name, path)
            spec.submodule_search_locations = list(
                getattr(found, 'submodule_search_locations', None) or []
            )
        return spec

    def get_filename(self, name):
        return sources[name][0]

    def get_data(self, path):
        for file, _, text in sources.values():
            if file == path:
                return text.encode()
        raise OSError(path)

    def path_stats(self, path):
        raise OSError(path)

sys.meta_path.insert(0, Staged())
"""


@dataclass(frozen=True)
class Staged:
    """A module that is not written yet: its name, the file it would be, its text."""

    name: str
    file: str
    text: str

    @property
    def is_package(self) -> bool:
        return self.file.endswith("__init__.py")


@dataclass(frozen=True)
class Proved:
    """``detail`` says what differs, or why nothing was proved; ``seen`` is what an observer
    saw of the page before, by the keys of its looks. ``baseline`` is when the page's own run
    was made, in seconds since 1970, where that was for an earlier proof."""

    proof: Proof
    detail: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    baseline: float | None = None


def staging_of(modules: Iterable[Staged]) -> str:
    """The expression after which a kernel imports these from their texts."""
    sources = {one.name: (one.file, one.is_package, one.text) for one in modules}
    return STAGE.format(finder=FINDER, sources=sources).strip()
