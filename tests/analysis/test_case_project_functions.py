"""Functions of the project's modules are followed: what they change of what they are given."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, nothing, rerun

HELPERS = {
    "helpers.py": """
import random
from other import grow as feed_more

seen = []

def feed(x, n=1):
    x.append(n)

def twice(x):
    feed(x)
    feed(x)

def through(x):
    feed_more(x)

def size(x):
    return len(x)

def same(x):
    return x

def note(n):
    seen.append(n)
    return len(seen)

def told(n):
    return note(n)

def draw():
    return random.random()

class Box:
    def __init__(self):
        self.items = []

    def hold(self, n):
        self._keep(n)

    def _keep(self, n):
        self.items.append(n)

    def look(self):
        return len(self.items)

class Bag(Box):
    def fill(self):
        self.hold(1)
""",
    "other.py": "def grow(rows):\n    rows.append(0)\n",
    "kit/__init__.py": "from .parts import grow\n",
    "kit/parts.py": "def grow(rows):\n    rows.append(0)\n",
}
ONE = "x = [1]"


def case(
    name: str, page: list[str], perturb: object, expect: str, edges: str, **more: bool
) -> Case:
    return Case(name, page, perturb, expect, edges, files=HELPERS, **more)  # type: ignore[arg-type]


CASES = [
    case(
        "a function that changes its argument",
        [f"from helpers import feed\n{ONE}", "feed(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 feed x, 0>2 x, 1>2 x",
    ),
    case(
        "a function that changes its argument, run twice",
        [f"import helpers\n{ONE}", "helpers.feed(x, 2)", "print(x)"],
        rerun(1),
        "repeated-run c1",
        "0>1 helpers x, 0>2 x, 1>2 x",
    ),
    case(
        "through another function of the module",
        [f"import helpers as h\n{ONE}", "h.twice(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 h x, 0>2 x, 1>2 x",
    ),
    case(
        "through a function of another module",
        [f"from helpers import through\n{ONE}", "through(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 through x, 0>2 x, 1>2 x",
    ),
    case(
        "through a package",
        [f"from kit import grow\n{ONE}", "grow(rows=x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 grow x, 0>2 x, 1>2 x",
    ),
    case(
        "with import *",
        [f"from helpers import *\n{ONE}", "feed(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 feed x, 0>2 x, 1>2 x",
    ),
    case(
        "in a function of the page",
        [f"from helpers import feed\n{ONE}", "def go(rows):\n    feed(rows)", "go(x)", "print(x)"],
        delete(2),
        "lingering-effect c3",
        "0>2 feed x, 1>2 go, 0>3 x, 2>3 x",
    ),
    case(
        "a function that changes nothing",
        [f"from helpers import size\n{ONE}", "n = size(x)\nprint(n)", "print(x)"],
        rerun(1),
        "",
        "0>1 size x, 0>2 x",
    ),
    case(
        "a function that hands back its argument",
        [f"from helpers import same\n{ONE}", "y = same(x)", "y.append(2)", "print(x)"],
        delete(2),
        "lingering-effect c3",
        "0>1 same x, 1>2 y, 0>3 x, 2>3 x",
    ),
    case(
        "a module that keeps what it was told",
        ["from helpers import note", "print(note(1))"],
        rerun(1),
        "repeated-run c1",
        "0>1 note",
    ),
    case(
        "a module that keeps what it was told, through another function",
        ["import helpers", "print(helpers.told(1))"],
        rerun(1),
        "repeated-run c1",
        "0>1 helpers",
    ),
    case(
        "a module that was told, shown elsewhere",
        ["import helpers", "helpers.note(1);", "print(helpers.seen)"],
        delete(1),
        "lingering-effect c2",
        "0>1 helpers, 0>2 helpers, 1>2 helpers",
    ),
    case(
        "an instance that changes itself",
        ["from helpers import Box\nb = Box()", "b.hold(1)", "print(b.look())"],
        delete(1),
        "lingering-effect c2",
        "0>1 b, 0>2 b, 1>2 b",
    ),
    case(
        "an instance that changes itself by a method of its base",
        ["from helpers import Bag\nb = Bag()", "b.fill()", "print(b.look())"],
        delete(1),
        "lingering-effect c2",
        "0>1 b, 0>2 b, 1>2 b",
    ),
    case(
        "an instance that changed itself twice",
        ["from helpers import Box\nb = Box()", "b.hold(1)", "print(b.look())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 b, 0>2 b, 1>2 b",
    ),
    case(
        "an instance that is looked at",
        ["from helpers import Box\nb = Box()", "b.look();", "print(b.look())"],
        rerun(1),
        "",
        "0>1 b, 0>2 b",
    ),
    case(
        "an instance of a class that ran again",
        [
            "from helpers import Box",
            "b = Box()",
            "b.hold(1)\nprint(isinstance(b, Box), b.look())",
        ],
        rerun(0),
        "",
        "0>1 Box, 0>2 Box, 1>2 b",
    ),
    case(
        "nothing happened",
        [
            f"import helpers\nfrom helpers import *\n{ONE}",
            "feed(x)\nhelpers.twice(x)",
            "y = same(x)\nb = Box()\nb.hold(note(1))",
            "print(x, y, b.look(), size(y), helpers.seen)",
        ],
        nothing,
        "",
        "0>1 feed helpers x, 0>2 Box note same x, 1>2 x, 0>3 helpers size x, 1>3 x, 2>3 b helpers y",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case, answers=False)
