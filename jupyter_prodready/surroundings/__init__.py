"""What lies around a notebook: files, declared packages, modules of the project.

Looks only for what the notebook mentions. Reads dependency files and the project's own
modules, and of everything else asks at most whether it is there.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..analysis.distributions import likely
from ..analysis.effect_tables import ADDS_MODULES
from ..analysis.facts import DeferredFacts, facts_of
from ..analysis.site_walk import sites_of
from ..analysis.sites import Sites
from ..model import Notebook, Surroundings
from ..records import dataclass
from .declared import Declared, declared_in
from .modules import Modules
from .standard import standard_names

MOST = 500
"""How many paths and imports of one page are looked for."""
_ROOT = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
_DEEPEST = 20


def look_around(
    notebook: Notebook,
    file: Path,
    within: Path | None = None,
    kernel: Path | None = None,
    ran: Iterable[str] = (),
) -> Surroundings | None:
    """The surroundings of the notebook that is, or would be, saved in ``file``.

    Nothing outside of the folder ``within``, and nothing hidden in it, is looked at: None
    where the notebook itself is there through a link. ``within`` None is no bound. ``kernel`` is
    the Python of the page's, None where it is this one or not known; ``ran`` are sources it ran.
    """
    place = _Place.of(file, within)
    if not place.allows(place.folder):
        return None
    sites = sites_of(notebook)
    paths = list(dict.fromkeys(site.path for site in sites.calls if site.path))[:MOST]
    files = {path: there for path in paths if (there := place.exists(path)) is not None}
    folders = {path: place.exists(_folder(path)) is True for path in files}
    declared = declared_in(place.folders())
    modules = Modules(tuple(_places(sites, place)), place.root)
    local = frozenset(top for top in _tops(sites) if modules.is_local(top)) | declared.own
    hashes, binds = _taken_in(sites, _taken(notebook, ran), place, modules)
    missing = _undeclared(sites, declared, local)
    distributions, required_by = _installed(missing, declared, kernel)
    return Surroundings(
        files=files,
        folders=folders,
        from_root=frozenset(p for p, there in files.items() if not there and place.at_root(p)),
        declared=declared.names,
        declaration=declared.file,
        distributions=distributions,
        required_by=required_by,
        standard=frozenset(sys.stdlib_module_names),
        local=local,
        modules=hashes,
        binds=binds,
        functions=_functions(notebook, ran, modules) if hashes else {},
    )


def folders_of(file: Path, within: Path | None = None) -> tuple[Path, ...]:
    """The notebook's folder and those above it up to the project's root; as `look_around`."""
    place = _Place.of(file, within)
    return tuple(reversed(place.folders())) if place.allows(place.folder) else ()


@dataclass(frozen=True)
class _Place:
    """``folder`` is the notebook's, where its kernel starts; ``root`` the project's."""

    folder: Path
    root: Path
    within: Path | None

    @classmethod
    def of(cls, file: Path, within: Path | None) -> _Place:
        folder = file.absolute().parent.resolve()
        bound = within.resolve() if within is not None else None
        above = [folder, *folder.parents][:_DEEPEST]
        if bound is not None:
            above = [one for one in above if one == bound or bound in one.parents]
        marked = (one for one in above if any((one / mark).exists() for mark in _ROOT))
        root = next(marked, folder)
        return cls(folder, root, bound)

    def folders(self) -> tuple[Path, ...]:
        """From the project's root down to the notebook's folder."""
        inside = [self.folder, *self.folder.parents]
        return tuple(reversed(inside[: inside.index(self.root) + 1]))

    def exists(self, path: str) -> bool | None:
        """Is it there, seen from the notebook? None where that is not known or not asked."""
        if "://" in path or set("*?[~") & set(path) or "\0" in path:
            return None
        if os.sep == "/" and ("\\" in path or ntpath.splitdrive(path)[0]):
            return None
        return self._is_there(self.folder / path)

    def at_root(self, path: str) -> bool:
        return not posixpath.isabs(path) and self._is_there(self.root / path) is True

    def _is_there(self, path: Path) -> bool | None:
        if not self.allows(Path(os.path.normpath(path))):
            return None
        try:
            return path.exists() if self.allows(path.resolve()) else None
        except (OSError, ValueError, RuntimeError):
            return None

    def allows(self, path: Path) -> bool:
        if self.within is None or path == self.within:
            return True
        inside = self.within in path.parents
        return inside and not any(
            part.startswith(".") for part in path.relative_to(self.within).parts
        )


def _taken(notebook: Notebook, ran: Iterable[str]) -> list[str]:
    """Modules whose names are all imported, and scripts that are run."""
    sources = [*[cell.source for cell in notebook.code_cells], *ran]
    every = (one.unseen for source in sources for one in facts_of(source).statements)
    return list(dict.fromkeys(unseen for unseen in every if unseen))[:MOST]


def _taken_in(
    sites: Sites, taken: list[str], place: _Place, modules: Modules
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """``modules`` and ``binds`` of the `Surroundings`."""
    imports = [(one.module, one.name) for one in sites.imports[:MOST]]
    stars = [one for one in taken if one[0] != "%"]
    hashes = modules.hashes([*imports, *[(one, None) for one in stars]])
    binds = {one: _star(one, modules) for one in stars}
    for one in taken:
        found = None if one in stars else _script(one, place, modules)
        if found is not None:
            hashes[one], binds[one] = found
    return hashes, {one: names for one, names in binds.items() if names is not None}


def _star(module: str, modules: Modules) -> tuple[str, ...] | None:
    found = modules.star(module)
    return found if found is not None or modules.is_local(module) else standard_names(module)


def _functions(
    notebook: Notebook, ran: Iterable[str], modules: Modules
) -> dict[tuple[str, str], DeferredFacts]:
    """``functions`` of the `Surroundings`."""
    sources = [*[cell.source for cell in notebook.code_cells], *ran]
    every = {
        (item.module, item.name)
        for source in sources
        for statement in facts_of(source).statements
        for item in statement.imports
    }
    found: dict[tuple[str, str], DeferredFacts] = {}
    for module, name in sorted(every, key=str)[:MOST]:
        parts = modules.functions(module)
        names = parts.functions if name == "*" else {name} & parts.functions.keys()
        found |= {(module, one): parts.functions[one] for one in names if one}
        inner = None if names or not name else modules.functions(f"{module}.{name}").whole
        whole = parts.whole if name is None else inner
        if whole is not None:
            found[module, name or ""] = whole
    return found


def _script(
    unseen: str, place: _Place, modules: Modules
) -> tuple[str, tuple[str, ...] | None] | None:
    path = unseen.removeprefix("%run ")
    return modules.script(place.folder / path) if place.exists(path) else None


def _folder(path: str) -> str:
    return posixpath.dirname(posixpath.normpath(path)) or "."


def _tops(sites: Sites) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.top for one in sites.imports if one.top))[:MOST]


def _places(sites: Sites, place: _Place) -> Iterator[Path]:
    """Where the page's imports find modules of the project."""
    yield from dict.fromkeys((place.folder, place.root, place.root / "src"))
    for site in sites.calls:
        if site.name in ADDS_MODULES and site.path and place.exists(site.path):
            added = (place.folder / site.path).resolve()
            if added == place.root or place.root in added.parents:
                yield added


def _undeclared(sites: Sites, declared: Declared, local: frozenset[str]) -> list[str]:
    """Imports that are not the project's or Python's, and that no declared name fits."""
    if declared.names is None:
        return []
    known = local | sys.stdlib_module_names
    required = {one.top for one in sites.imports if one.top and not one.optional}
    return [top for top in sorted(required - known) if not declared.names.intersection(likely(top))]


def _installed(
    tops: list[str], declared: Declared, kernel: Path | None
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Looks through the installed packages, which takes a while, only if it must."""
    if not tops:
        return {}, {}
    from .installed import environment

    here = environment(kernel)
    found = {top: here.distributions[top] for top in tops if top in here.distributions}
    wanted = {name for names in found.values() for name in names}
    return found, here.required_by(declared.names or frozenset(), wanted)
