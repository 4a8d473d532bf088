"""Pages to play on: percent scripts in `pages/`, or what the generator composes.

A raw cell that starts with `file: NAME` is a file that is there from the start. A raw cell
that starts with `snippets:` holds code, parted by blank lines, that a person might try in a
console or in a new cell.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_prodready.formats import read

PAGES = Path(__file__).with_name("pages")


@dataclass(frozen=True)
class Page:
    """What a session starts from. `origins` names the template of each cell."""

    name: str
    sources: tuple[str, ...]
    origins: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()
    snippets: tuple[str, ...] = ()


@cache
def hand_written() -> tuple[Page, ...]:
    """Every page of the folder, by name."""
    return tuple(_load(path) for path in sorted(PAGES.glob("*.py")))


def draw(rng: random.Random) -> Page:
    """Half of the pages are written by hand, half are composed."""
    from .templates import compose

    return rng.choice(hand_written()) if rng.random() < 0.5 else compose(rng)


def _load(path: Path) -> Page:
    sources: list[str] = []
    files: list[tuple[str, str]] = []
    snippets: list[str] = []
    for cell in read(path).cells:
        first, _, rest = cell.source.partition("\n")
        if cell.kind == "code" and not cell.source.startswith("# ruff: noqa"):
            sources.append(cell.source)
        elif cell.kind == "raw" and first.startswith("file: "):
            files.append((first[6:].strip(), rest + "\n"))
        elif cell.kind == "raw" and first.startswith("snippets:"):
            snippets += [part.strip("\n") for part in rest.split("\n\n") if part.strip()]
    origins = tuple(f"{path.stem}[{place}]" for place in range(len(sources)))
    return Page(path.stem, tuple(sources), origins, tuple(files), tuple(snippets))
