"""Folders that the page makes: who writes into one, or lists it, needs that it is there.

Only that it is there counts, not the code that made it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from .bindings import Binding, bound_to, linked
from .effect_tables import MAKES_FOLDER
from .namespace import Names
from .paths import locations

_FILE = "@file:"
_FOLDER = "@folder:"
_REMOVED = ("rmtree", "rmdir", "removedirs")


def folders_of(place: str, names: Names) -> Iterator[tuple[str, Binding]]:
    """The folders around the file at the location ``place`` that the page has made, as far as they
    are there."""
    path = place.removeprefix(_FILE)
    while path := posixpath.dirname(path):
        yield from folder_at(path, names)
        if path == "/":
            return


def folder_at(path: str, names: Names) -> Iterator[tuple[str, Binding]]:
    """The folder of this path, if the page has made it."""
    made = names.look(f"{_FILE}{path}")
    if made is not None and _is_there(made):
        yield f"{_FOLDER}{path}", _presence(path, made, names)


def listed(location: str, names: Names) -> Iterator[tuple[str, Binding]]:
    """What lists a folder finds: the folder itself, and what the page has put there."""
    for place in locations(f"@file{location[5:]}", names.look):
        path = posixpath.dirname(place) if "*" in place else place
        path = path.removeprefix(_FILE).removesuffix("/")
        yield from folder_at(path, names)
        for one, binding in names.look_at_all(f"{_FILE}{path}/" if path != "." else _FILE):
            yield f"{_FOLDER}{one}", _presence(one, binding, names)


def _is_there(made: Binding) -> bool:
    """Did the newest step that changed it make it?"""
    text = made.step.facts.text + made.step.facts.rare.extra
    return any(one in text for one in MAKES_FOLDER) and not any(one in text for one in _REMOVED)


def _presence(path: str, made: Binding, names: Names) -> Binding:
    number = names.interner.number("folder", path)
    return bound_to(number, linked(made.step, number), base=number)
