"""The generator: pages composed of cells that each show one engine case.

A template is `== name | needs | makes` and its cells, parted by `---`. `<xs>` stands for a
name: one of the page for what it needs, a new or an old one for what it makes. `<n>`, `<m>`,
`<k>` and `<d>` are numbers, `<w>` is a word.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache

from .beside_cases import BESIDE, USES
from .library_cases import LIBRARY, TOOLBOX
from .object_cases import FUNCTIONS, OBJECTS, SOURCES
from .page import Page
from .statement_cases import STATEMENTS
from .tables_cases import TABULAR

_CASES = SOURCES + OBJECTS + FUNCTIONS + STATEMENTS + BESIDE + USES + TABULAR + LIBRARY
"""In an order that the sessions of a seed follow from."""
_MARK = re.compile(r"<(\w+)>")
WORDS = ("red", "blue", "green", "west")
NAMES = {
    "list": ("items", "values", "scores", "readings", "prices", "parts"),
    "dict": ("config", "params", "lookup", "stats"),
    "num": ("x", "rate", "total", "limit", "offset", "count", "factor", "best", "n_rows"),
    "text": ("label", "title", "note", "line"),
    "func": ("scale", "score", "convert", "adjust", "step"),
    "frame": ("df", "sales", "orders", "clean_df", "subset"),
    "array": ("arr", "signal", "weights", "samples"),
}

Needs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Template:
    """Cells of one engine case; `needs` and `makes` are (kind, placeholder)."""

    name: str
    needs: Needs
    makes: Needs
    cells: tuple[str, ...]


@cache
def templates() -> dict[str, Template]:
    """All templates by name."""
    found: dict[str, Template] = {}
    for block in re.split(r"^== ", _CASES, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        name, needs, makes = (part.strip() for part in head.split("|"))
        cells = tuple(cell.strip("\n") for cell in body.split("\n---\n"))
        found[name] = Template(name, _pairs(needs), _pairs(makes), cells)
    return found


def _pairs(text: str) -> Needs:
    parts = [part.strip().split(":") for part in text.split(",") if part.strip()]
    return tuple((kind, name) for kind, name in parts)


@dataclass
class _Composer:
    """A page as it grows: its cells, and which names of which kind it has."""

    rng: random.Random
    known: dict[str, list[str]] = field(default_factory=dict)
    cells: list[tuple[str, str]] = field(default_factory=list)

    def add(self, *chosen: Template) -> None:
        """Templates side by side: their cells are shuffled, each one's own order kept."""
        filled = [self._filled(one) for one in chosen]
        queues = [cells for _, cells in filled]
        while any(queues):
            queue = self.rng.choice([one for one in queues if one])
            self.cells.append(queue.pop(0))
        for made, _ in filled:
            for kind, name in made:
                names = self.known.setdefault(kind, [])
                names.append(name)

    def _filled(self, one: Template) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        values = {
            "n": str(self.rng.randint(2, 9)),
            "m": str(self.rng.randint(10, 19)),
            "k": str(self.rng.randint(20, 29)),
            "d": str(self.rng.randint(2, 5)),
            "w": self.rng.choice(WORDS),
        }
        for kind, mark in one.needs:
            taken = {values.get(other) for _, other in one.needs}
            values[mark] = self._known(kind, taken)
        needed = {values[mark] for _, mark in one.needs}
        made = [(kind, self._fresh(kind, needed)) for kind, _ in one.makes]
        values |= {mark: name for (_, mark), (_, name) in zip(one.makes, made, strict=True)}
        cells = [
            (f"{one.name}[{place}]", _MARK.sub(lambda found: values.get(found[1], found[0]), cell))
            for place, cell in enumerate(one.cells)
        ]
        return made, cells

    def _known(self, kind: str, taken: set[str | None]) -> str:
        """A name of this kind that the page has; its source is put on the page if need be."""
        names = [name for name in self.known.get(kind, ()) if name not in taken]
        if names:
            return self.rng.choice(names[-3:])
        self.add(templates()[f"source-{_SOURCE[kind]}"])
        return self.known[kind][-1]

    def _fresh(self, kind: str, needed: set[str]) -> str:
        used = {name for names in self.known.values() for name in names}
        free = [name for name in NAMES[kind] if name not in used]
        if free and (self.rng.random() < 0.85 or not self.known.get(kind)):
            return self.rng.choice(free)
        old = [name for name in self.known.get(kind, ()) if name not in needed]
        return self.rng.choice(old or [f"{NAMES[kind][0]}_{len(used)}"])


_SOURCE = {
    "list": "list",
    "dict": "dict",
    "num": "number",
    "text": "text",
    "frame": "frame",
    "array": "array",
    "func": "function",
}


_FILES = (("toolbox.py", TOOLBOX),)


def compose(rng: random.Random) -> Page:
    """A page of three to seven templates."""
    composer = _Composer(rng)
    pool = [one for one in templates().values() if not one.name.startswith("source-")]
    heavy = {one.name for one in pool if f"== {one.name} |" in TABULAR}
    tabular = rng.random() < 0.35
    weights = [(3 if tabular else 0) if one.name in heavy else 1 for one in pool]
    if tabular:
        composer.cells.append(("imports", "import numpy as np\nimport pandas as pd"))
    for _ in range(rng.randint(2, 4)):
        composer.add(*rng.choices(pool, weights, k=rng.choice([1, 1, 2])))
    origins, sources = zip(*composer.cells, strict=True)
    return Page("composed", tuple(sources), tuple(origins), _FILES, _snippets(composer))


def _snippets(composer: _Composer) -> tuple[str, ...]:
    """What a person might try with the names of this page."""
    tries = {
        "list": ["{}.append(77)", "{} = {}[:3] + [8]", "len({})"],
        "dict": ['{}["a"] = 100', '{}["zz"] = 1'],
        "num": ["{} = 50", "{} += 5", "print({})"],
        "text": ['{} = {} + "!"'],
        "func": ["def {}(value):\n    return value + 1000"],
        "frame": ['{}["cost"] = 1.25', "{} = {}.iloc[:2]", "{}.shape"],
        "array": ["{}[0] = 55.0", "{} = {} * 2"],
    }
    return tuple(
        line.replace("{}", name)
        for kind, names in sorted(composer.known.items())
        for name in dict.fromkeys(names)
        for line in tries[kind]
    )
