"""Display options that are others now: told where a table or an array is shown, and nowhere else."""

from __future__ import annotations

import pytest

from .cases import Case, Play, assert_case, change, played

NUMPY = "import numpy as np\nnp.set_printoptions(precision={})\nthird = np.arange(1, 4) / 3"
PANDAS = "import pandas as pd\npd.set_option('display.precision', {})\ndf = pd.DataFrame({{'a': [1/3, 2]}})"


def options(first: str) -> Play:
    """The cell of the options is edited, and runs."""
    return lambda session: (session.edit(0, first), session.run(0))


def _of(name: str, first: str, shown: str, *, told: bool = False) -> Case:
    read = "display options third" if "numpy" in first else "df display options"
    page = [first.format(3), shown]
    return Case(name, page, options(first.format(5)), "stale-input c1" * told, f"0>1 {read}")


CASES = [
    _of("a length", NUMPY, "len(third)"),
    _of("a shape", PANDAS, "df.shape"),
    _of("a part of a shape", PANDAS, "print('rows:', df.shape[0])"),
    _of("a formatted number", NUMPY, "print(f'{third.max():.2f} of {len(third)}')"),
    _of("a list of Python's", NUMPY, "third.tolist()"),
    _of("a comparison", NUMPY, "len(third) > 2, 1.0 in third"),
    _of("a number that a name keeps", NUMPY, "top = float(third.max())\ntop"),
    # near misses
    _of("an array", NUMPY, "third", told=True),
    _of("an array in a list", NUMPY, "[third, 1]", told=True),
    _of("a text of an array", NUMPY, "f'{third}'", told=True),
    _of("a table", PANDAS, "print(df)", told=True),
    _of("a table that a name keeps", PANDAS, "top = df.head(1)\ntop", told=True),
    _of("comparing elements", PANDAS, "df.a * 1.0", told=True),
    Case("a length of the page's own", [NUMPY.format(3), "def len(x):\n    return x", "len(third)"], options(NUMPY.format(5)), "stale-input c2", "0>2 display options third, 1>2 len"),
]  # fmt: skip
SHOP = "class Shop:\n    speed = 1\n    def __init__(self, n):\n        self.n = n\n{}"
OWN = "    def __repr__(self):\n        return f'Shop {self.n}'"
DATA = "from dataclasses import dataclass\n@dataclass\nclass Shop:\n    n: int"


def _named(name: str, first: str, shown: str, given: str) -> Case:
    """The number that an instance keeps is another one."""
    makes, prints = shown.split("\n")
    page = ["n = abs(-3)", first, makes, prints]
    return Case(name, page, change(0, "n = abs(-4)"), "stale-input c2", f"0>2 n, {given}")


NAMED = [
    _named("an instance", SHOP.format("pass"), "shop = Shop(n)\nprint(shop)", "1>2 Shop, 2>3 shop"),
    _named("a generator", "def walk(n):\n    yield n", "steps = walk(n)\nprint(steps)", "1>2 walk, 2>3 steps"),
    # near misses
    _named("an instance with its own text", SHOP.format(OWN), "shop = Shop(n)\nprint(shop)", "1>2 Shop, 2>3 shop"),
    _named("an instance of a data class", DATA, "shop = Shop(n)\nprint(shop)", "1>2 Shop, 2>3 shop"),
    _named("an attribute of an instance", SHOP.format("pass"), "shop = Shop(n)\nprint(shop.n)", "1>2 Shop, 2>3 shop"),
    _named("an instance of another's class", "import types\nShop = types.SimpleNamespace", "shop = Shop(n=n)\nprint(shop)", "1>2 Shop, 2>3 shop"),
    _named("an iterator of Python's", "def walk(n):\n    return range(n)", "steps = walk(n)\nprint(steps)", "1>2 walk, 2>3 steps"),
]  # fmt: skip


ALIKE = {"an instance", "a generator"}
"""What they show is an address, which is another one in every process."""
CASES += [case for case in NAMED if case.name not in ALIKE]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.name)
def test_what_only_tells_its_class_is_not_flagged(case: Case):
    state = played(case).report.cells[3].state
    assert state == ("reproducible" if case.name in ALIKE else "stale")
