"""Magics that are there only after ``%load_ext``, `%alias` or a decorator made them."""

from __future__ import annotations

from collections.abc import Iterator

from .bindings import Step
from .facts import Read, StatementFacts

MAGIC = "@magic:"
"""Begins the location of a magic."""
EXTENSIONS = {
    "Cython": "cython cython_inline cython_pyximport",
    "autoreload": "autoreload aimport",
    "bigquery_magics": "bigquery",
    "cython": "cython cython_inline cython_pyximport",
    "dotenv": "dotenv",
    "google.cloud.bigquery": "bigquery",
    "jupyter_ai": "ai",
    "jupyter_ai_magics": "ai",
    "line_profiler": "lprun",
    "memory_profiler": "memit mprun",
    "pyinstrument": "pyinstrument",
    "rpy2.ipython": "R Rget Rpull Rpush",
    "snakeviz": "snakeviz",
    "sql": "sql sqlcmd sqlplot",
    "tensorboard": "tensorboard",
    "watermark": "watermark",
}
"""The magics of extensions, by the name that ``%load_ext`` takes: as their documentation says."""
_OF_EXTENSIONS = frozenset(" ".join(EXTENSIONS.values()).split())


def loaded_by(extension: str) -> frozenset[str]:
    """Locations of the magics that ``%load_ext extension`` makes, as far as known."""
    return frozenset(MAGIC + name for name in EXTENSIONS.get(extension, "").split())


def is_of_extension(name: str) -> bool:
    """Is there no magic of this name in a fresh kernel, but one of an extension?"""
    return name in _OF_EXTENSIONS


def magics_gone(expected: Step, actual: Step) -> Iterator[Read]:
    """Magics that ``actual`` had and ``expected``, which does the same, has not: IPython refuses
    to run the line."""
    for location in actual.facts.ambient_reads:
        had = location.startswith(MAGIC) and actual.reads.get(location) is not None
        if had and expected.reads.get(location) is None:
            yield Read(location, expected.facts.line, True)


def makes_magic(facts: StatementFacts, location: str) -> bool:
    """Does it give the magic of this location?"""
    return location in facts.ambient_writes
