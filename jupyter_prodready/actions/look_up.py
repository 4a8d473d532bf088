"""Run by a kernel's own Python: where it finds a package, and what it could build with.

The standard library only, for any Python that is still in use; nothing is imported.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import sys
from typing import Any


def look_up(package: str, root: str) -> dict[str, Any]:
    """``at`` is where ``package`` is found, or None. ``distribution`` is what was installed
    from the folder ``root`` to be edited there, ``links`` are its files that a start of
    Python reads, as (folder, name)."""
    distribution, links = _edited_in(root)
    return {"at": _place(package), "distribution": distribution, "links": links}


def builds_with(requires: list[str]) -> dict[str, bool]:
    """``has_pip``; ``offline``: all that ``requires`` names is there, so nothing is fetched."""
    try:
        from pip._vendor.packaging.requirements import Requirement
    except ImportError:
        return {"has_pip": False, "offline": False}
    wanted = [Requirement(one) for one in requires]
    return {"has_pip": True, "offline": all(_is_there(one) for one in wanted)}


def _place(package: str) -> str | None:
    spec = importlib.util.find_spec(package)
    if spec is None:
        return None
    places = [*(spec.submodule_search_locations or ()), spec.origin]
    return os.path.realpath(places[0]) if places[0] else package


def _edited_in(root: str) -> tuple[str | None, list[list[str]]]:
    """The installed project that is edited in the folder ``root``: its name and links."""
    for one in importlib.metadata.distributions():
        try:
            told = json.loads(one.read_text("direct_url.json") or "{}")
        except ValueError:
            continue
        if told.get("dir_info", {}).get("editable") and _is_folder(told.get("url", ""), root):
            files = [str(one.locate_file(f)) for f in one.files or () if f.suffix == ".pth"]
            links = [[os.path.dirname(file), os.path.basename(file)] for file in files]
            return one.metadata["Name"], links
    return None, []


def _is_folder(url: str, root: str) -> bool:
    from urllib.parse import urlparse
    from urllib.request import url2pathname

    path = url2pathname(urlparse(url).path)
    return os.path.realpath(path) == os.path.realpath(root)


def _is_there(requirement: Any) -> bool:
    if requirement.marker is not None and not requirement.marker.evaluate():
        return True
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return False
    if not requirement.specifier.contains(version, prereleases=True):
        return False
    # before 70.1 it builds with a package that it does not require by name
    is_old = requirement.name == "setuptools" and int(version.split(".")[0]) < 71
    return not is_old or importlib.util.find_spec("wheel") is not None


def main() -> None:
    sys.path[:] = [entry for entry in sys.path if entry]  # not the folder that this runs in
    asked = json.loads(sys.argv[1])
    found = look_up(asked["package"], asked["root"])
    print(json.dumps({**found, **builds_with(asked["requires"])}))


if __name__ == "__main__":
    main()
