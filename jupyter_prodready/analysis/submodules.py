"""Modules inside of packages: ``import xml.dom`` gives ``xml`` the attribute ``dom``, to whoever
imported ``xml``."""

from __future__ import annotations

from collections.abc import Iterator

from .bindings import Binding, Columns, Interner, Step, bound_to, linked
from .facts import Import, Read, StatementFacts
from .words import words

LOADED = "@loaded:"
"""Begins the location of a module that an import gave to its package."""
_COMPLETE = words(
    """
    os collections asyncio numpy pandas polars scipy torch tensorflow sklearn skimage networkx
    sympy jax nltk statsmodels plotly altair bokeh
    """
)
"""Packages that have their modules without being asked, or fetch them when they are used."""


def package_of(location: str) -> str:
    """The package whose module this is; another location as it is."""
    if not location.startswith(LOADED):
        return location
    return location.removeprefix(LOADED).partition(".")[0]


def import_of(name: str, facts: StatementFacts) -> Import | None:
    """The import that binds the name."""
    for item in facts.rare.imports:
        if item.asname == name:
            return item
    return None


def given_by(item: Import) -> list[str]:
    """The modules that ``import a.b.c`` gives to the packages around them: a.b, a.b.c."""
    parts = item.module.split(".")
    if item.name is not None or len(parts) == 1 or item.asname != parts[0]:
        return []
    if parts[0] in _COMPLETE:
        return []
    return [".".join(parts[:end]) for end in range(2, len(parts) + 1)]


def with_modules(
    item: Import, step: Step, before: Binding | None, interner: Interner
) -> Columns | None:
    """What is known of a package that ``item`` imports: what it has, and what it gets by all
    imports of the statement."""
    known = before.columns if before is not None and before.module else None
    written = dict(known.written) if known is not None else {}
    for one in step.facts.rare.imports if len(step.facts.rare.imports) > 1 else (item,):
        for module in given_by(one) if one.asname == item.asname else ():
            if module not in written:
                written[module] = linked(step, interner.number("loaded", module))
    return Columns(written, {}) if written else None


def modules_read(read: Read, known: Columns, text: str) -> Iterator[tuple[str, Binding]]:
    """The modules of the package that are read of it, by location; those of its modules where
    the ``text`` of the statement says so."""
    keys = {item.key for item in read.items or ()}
    for module, link in known.written.items():
        parts = module.split(".")
        if parts[1] in keys and (len(parts) == 2 or module in text):
            yield LOADED + module, bound_to(link.value, link, base=link.value)


def modules_gone(expected: Step, actual: Step) -> Iterator[Read]:
    """Modules that ``actual`` had of a package and ``expected``, which does the same, has not."""
    for location in actual.reads:
        if location not in expected.reads and location.startswith(LOADED):
            yield Read(location, expected.facts.line, False)


def gives_module(facts: StatementFacts, location: str) -> bool:
    """Is it an import of the module of this location?"""
    module = location.removeprefix(LOADED)
    return any(module in given_by(item) for item in facts.rare.imports)
