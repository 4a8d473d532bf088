"""The checks, found by folder: one file is one check, its page and its tests."""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection
from functools import cache

from ..analysis import engine
from ..analysis.rule import Check
from ..errors import MissingError
from ..model import Evidence, Notebook, Report, Surroundings


@cache
def load() -> tuple[Check, ...]:
    """All checks, by name. The module of a check names its function ``find``."""
    names = sorted(
        name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_"
    )
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.find for module in modules)


def page(name: str) -> Check:
    """The check called ``name``; `MissingError` with the nearest names if there is none."""
    for check in load():
        if check.name == name:
            return check
    from difflib import get_close_matches

    names = [check.name for check in load()]
    near = get_close_matches(name, names, n=2) or names
    raise MissingError(f"There is no check called {name!r}.", f"Try: {', '.join(near)}.")


def analyse(
    notebook: Notebook,
    evidence: Evidence,
    surroundings: Surroundings | None = None,
    off: Collection[str] = (),
) -> Report:
    """`engine.analyse` with every check."""
    return engine.analyse(notebook, evidence, load(), surroundings, off)
