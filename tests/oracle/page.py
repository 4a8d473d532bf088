"""Pages to play on: percent scripts in `pages/`, or what the generator composes.

A raw cell that starts with `file: NAME` is a file that is there from the start. A raw cell
that starts with `snippets:` holds code, parted by blank lines, that a person might try in a
console or in a new cell.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_MARK = re.compile(r"^# %%(?: \[(\w+)\])?$\n?", re.MULTILINE)
_MAGIC = re.compile(r"^# ((?:[%!]|\w+ = [%!]).*)$", re.MULTILINE)
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
    for kind, source in _cells(path.read_text()):
        first, _, rest = source.partition("\n")
        if kind == "code":
            sources.append(_uncommented(source))
        elif first.startswith("file: "):
            files.append((first[6:].strip(), rest + "\n"))
        elif first.startswith("snippets:"):
            snippets += [part.strip("\n") for part in rest.split("\n\n") if part.strip()]
    origins = tuple(f"{path.stem}[{place}]" for place in range(len(sources)))
    return Page(path.stem, tuple(sources), origins, tuple(files), tuple(snippets))


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """(kind, source) of each cell. What stands above the first cell is for the linter."""
    parts = _MARK.split(text)
    for kind, source in zip(parts[1::2], parts[2::2], strict=True):
        if kind:
            lines = [line.removeprefix("#").removeprefix(" ") for line in source.splitlines()]
            yield kind, "\n".join(lines).strip("\n")
        else:
            yield "code", source.strip("\n")


def _uncommented(source: str) -> str:
    """Magics stand in comments, as jupytext writes them; a cell magic takes all lines along."""
    if source.startswith(("# %%bash", "# %%writefile", "# %%html", "# %%sh")):
        return "\n".join(line.removeprefix("# ") for line in source.splitlines())
    return _MAGIC.sub(r"\1", source)
