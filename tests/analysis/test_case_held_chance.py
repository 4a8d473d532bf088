"""Generators of chance and iterators that have no name of the page's own: what holds them is used
up with them."""

from __future__ import annotations

import re

import pytest

from .cases import Case, assert_case, delete, nothing, rerun

USES = "from functools import partial\nfrom itertools import count\nfrom random import Random\nimport numpy as np\nfrom numpy.random import default_rng"
DICE = "class Dice:\n    def __init__(self, seed):\n        self.rng = {made}\n    def throw(self):\n        return self.rng.random()\n    def name(self):\n        return 'dice'"
LOCAL = "class Dice:\n    def __init__(self, seed):\n        rng = default_rng(seed)\n        self.rng = rng\n    def throw(self):\n        return self.rng.random()"
SHARED = "class Dice:\n    rng = Random(3)\n    def throw(self):\n        return {by}.rng.random()"
MADE = {
    "by numpy": DICE.format(made="np.random.default_rng(seed)"),
    "by random": DICE.format(made="Random(seed)"),
    "unless given": DICE.format(made="None or default_rng(seed)"),
    "under a local name": LOCAL,
    "with its type": DICE.format(made="0").replace(
        "self.rng = 0", "self.rng: Random = Random(seed)"
    ),
    "and handed on": DICE.format(made="Random(seed)").replace(
        "return self.rng.random()", "return max(self.rng.random(), 0)"
    ),
    "by another method": DICE.format(made="Random(seed)")
    + "\n    def more(self):\n        return self.throw()",
}
BASE = "class Base:\n    def __init__(self, seed):\n        self.rng = Random(seed)"
DERIVED = "class Dice(Base):\n    def throw(self):\n        return self.rng.random()"
FIELD = "from dataclasses import dataclass, field\n@dataclass\nclass Dice:\n    rng: Random = field(default_factory={made})\n    def throw(self):\n        return self.rng.random()"
CLOSURES = {
    "function": "def make(seed):\n    rng = default_rng(seed)\n    def throw():\n        return rng.random()\n    return throw",
    "lambda": "def make(seed):\n    rng = Random(seed)\n    return lambda: rng.random()",
    "method": "def make(seed):\n    return Random(seed).random",
    "method of a local name": "def make(seed):\n    rng = Random(seed)\n    return rng.random",
}
BOUND = {
    "method of random": ("throw = Random(3).random", "0>1 Random, 1>2 throw"),
    "method of numpy": ("throw = default_rng(3).random", "0>1 default_rng, 1>2 throw"),
    "method of a name": ("rng = Random(3)\nthrow = rng.random", "0>1 Random, 1>2 throw"),
    "iterator": ("throw = count().__next__", "0>1 count, 1>2 throw"),
    "iterator in partial": ("throw = partial(next, count())", "0>1 count partial, 1>2 throw"),
    "method in partial": (
        "throw = partial(Random(3).randint, 1, 6)",
        "0>1 Random partial, 1>2 throw",
    ),
    "function": (
        "rng = Random(3)\ndef throw():\n    return rng.random()",
        "0>1 Random, 1>2 rng throw",
    ),
    "function of numpy": (
        "rng = default_rng(3)\ndef throw():\n    return rng.random()",
        "0>1 default_rng, 1>2 rng throw",
    ),
    "lambda": ("rng = Random(3)\nthrow = lambda: rng.random()", "0>1 Random, 1>2 rng throw"),
    "function that hands on": (
        "rng = Random(3)\ndef pick(some):\n    return some.random()\ndef throw():\n    return pick(rng)",
        "0>1 Random, 1>2 pick rng throw",
    ),
    "default": (
        "def throw(rng=default_rng(4)):\n    return rng.random()",
        "0>1 default_rng, 1>2 throw",
    ),
    "default by keyword": (
        "def throw(*, rng=Random(4)):\n    return [rng.random() for _ in range(2)]",
        "0>1 Random, 1>2 throw",
    ),
    "default iterator": ("def throw(it=iter(range(9))):\n    return next(it)", "1>2 throw"),
    "default of a lambda": ("throw = lambda rng=Random(4): rng.random()", "0>1 Random, 1>2 throw"),
}
TICKET = "from dataclasses import dataclass, field\n@dataclass\nclass Ticket:\n    n: int = field(default_factory={made})"
NUMBERED = {
    "draw": (
        "rng = Random(3)\n" + TICKET.format(made="lambda: rng.randint(1, 6)"),
        "0>1 Random, 1>2 Ticket rng",
    ),
    "method": (TICKET.format(made="count(1).__next__"), "0>1 count, 0>2 count, 1>2 Ticket"),
    "lambda": (
        "ids = count(1)\n" + TICKET.format(made="lambda: next(ids)"),
        "0>1 count, 1>2 Ticket ids",
    ),
    "method of a name": (
        "ids = count(1)\n" + TICKET.format(made="ids.__next__"),
        "0>1 count, 1>2 Ticket ids",
    ),
}
NAMES = re.compile(r"\b(?<![.])(?:partial|count|Random|default_rng|np)\b")


def used(source: str) -> str:
    """The names of the first cell that the code needs."""
    return " ".join(sorted(set(NAMES.findall(source))))


CASES = [
    *[
        Case(f"rng {name}", [USES, made, "dice = Dice(3)", "dice.throw()"], rerun(3), "repeated-run c3", f"0>2 {used(made)}, 1>2 Dice, 2>3 dice")
        for name, made in MADE.items()
    ],
    Case("rng of the class", [USES, SHARED.format(by="self"), "dice = Dice()", "dice.throw()", "dice.throw()"], rerun(4), "repeated-run c4", "0>1 Random, 1>2 Dice, 2>3 dice, 2>4 dice, 3>4 dice"),
    Case("rng of the class by its name", [USES, SHARED.format(by="Dice"), "dice = Dice()", "dice.throw()"], rerun(3), "repeated-run c3", "0>1 Random, 1>2 Dice, 1>3 Dice, 2>3 dice"),
    Case("rng of the base class", [USES, BASE, DERIVED, "dice = Dice(3)", "dice.throw()"], rerun(4), "repeated-run c4", "0>3 Random, 0>4 Random, 1>2 Base, 2>3 Dice, 3>4 dice"),
    Case("rng of a field", [USES, FIELD.format(made="lambda: Random(3)"), "dice = Dice()", "dice.throw()"], rerun(3), "repeated-run c3", "0>1 Random, 1>2 Dice, 2>3 dice"),
    Case("rng by a function", [USES, MADE["by random"], "dice = Dice(3)\ndef go():\n    return dice.throw()", "go()"], rerun(3), "repeated-run c3", "0>2 Random, 0>3 Random, 1>2 Dice, 2>3 dice go"),
    Case("rng of what a function is given", [USES, MADE["by random"], "dice = Dice(3)\ndef go(one):\n    return one.throw()", "go(dice)"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Dice, 2>3 dice go"),
    Case("rng of some in a list", [USES, MADE["by random"], "many = [Dice(3), Dice(4)]", "[one.throw() for one in many]"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Dice, 2>3 many"),
    Case("rng used above", [USES, MADE["by random"], "dice = Dice(3)", "dice.throw()", "dice.throw()"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Dice, 2>3 dice, 2>4 dice, 3>4 dice"),
    *[
        Case(f"closure: {name}", [USES, made, "throw = make(3)", "throw()"], rerun(3), "repeated-run c3", f"0>2 {used(made)}, 1>2 make, 2>3 throw")
        for name, made in CLOSURES.items()
    ],
    Case("closure moved", [USES, f"{CLOSURES['function']}\nthrow = make(3)", "throw()", "throw()"], lambda session: session.cells.insert(2, session.cells.pop()), "later-mutation c2, out-of-order-run c3", "0>1 default_rng, 1>2 throw, 1>3 throw, 2>3 throw"),
    *[
        Case(f"throw: {name}", [USES, made, "throw()"], rerun(2), "repeated-run c2", edges)
        for name, (made, edges) in BOUND.items()
    ],
    Case("throw: default of a method", [USES, "class Dice:\n    def throw(self, rng=Random(4)):\n        return rng.random()\ndice = Dice()", "dice.throw()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 dice"),
    Case("another name of a generator", [USES, "rng = Random(3)\nother = rng", "other.random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 other"),
    *[
        Case(f"number by {name}", [USES, made, "Ticket()"], rerun(2), "repeated-run c2", edges)
        for name, (made, edges) in NUMBERED.items()
    ],
    Case("rng by a call of the instance", [USES, MADE["by random"].replace("throw", "__call__"), "dice = Dice(3)", "dice()"], rerun(3), "repeated-run c3", "0>2 Random, 0>3 Random, 1>2 Dice, 2>3 dice"),
    Case("rng by going through the instance", [USES, MADE["by random"].replace("throw", "__iter__").replace("return self", "yield self"), "dice = Dice(3)", "list(dice)"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Dice, 2>3 dice"),
    Case("rng whose first use is deleted", [USES, MADE["by random"], "dice = Dice(3)", "dice.throw()", "dice.throw()"], delete(3), "lingering-effect c4", "0>2 Random, 1>2 Dice, 2>3 dice, 2>4 dice, 3>4 dice"),
    Case("rng of a class of the project", ["from helper import Dice", "dice = Dice(3)", "dice.throw()"], rerun(2), "repeated-run c2", "0>1 Dice, 1>2 dice", {"helper.py": "from random import Random\n" + MADE["by random"]}),
    # near misses
    Case("rng of an instance that is made again", [USES, MADE["by random"], "dice = Dice(3)", "dice.throw()"], rerun(2, 3), "", "0>2 Random, 1>2 Dice, 2>3 dice"),
    Case("rng of a local instance", [USES, MADE["by random"], "def go():\n    one = Dice(4)\n    return one.throw()", "go()"], rerun(3), "", "0>3 Random, 1>3 Dice, 2>3 go"),
    Case("rng used at the beginning", [USES, "class Model:\n    def __init__(self):\n        self.rng = Random(0)\n        self.w = self.rng.random()\n    def predict(self, x):\n        return x * self.w", "model = Model()", "model.predict(2)"], rerun(3), "", "0>2 Random, 1>2 Model, 2>3 model"),
    Case("columns kept by an instance", ["import pandas as pd", "class Sums:\n    def __init__(self, df):\n        self.df = df.filter(items=['a'])\n    def total(self):\n        return int(self.df.a.sum())", "sums = Sums(pd.DataFrame({'a': [1]}))", "sums.total()"], rerun(3), "", "0>2 pd, 1>2 Sums, 2>3 sums"),
    Case("rng of a new instance", [USES, MADE["by random"], "Dice(3).throw()"], rerun(2), "", "0>2 Random, 1>2 Dice"),
    Case("rng of an instance made there", [USES, MADE["by random"], "dice = Dice(3)\ndice.throw()"], rerun(2), "", "0>2 Random, 1>2 Dice"),
    Case("rng not asked", [USES, MADE["by numpy"], "dice = Dice(3)", "dice.name()"], rerun(3), "", "0>2 np, 1>2 Dice, 2>3 dice"),
    Case("rng asked in order", [USES, MADE["by numpy"], "dice = Dice(3)", "dice.throw()", "dice.throw()"], nothing, "", "0>2 np, 1>2 Dice, 2>3 dice, 2>4 dice, 3>4 dice"),
    Case("rng of a function", [USES, "def throw(seed):\n    rng = default_rng(seed)\n    return rng.random()", "throw(3)"], rerun(2), "", "0>2 default_rng, 1>2 throw"),
    Case("rng given for the default", [USES, BOUND["default"][0], "throw(Random(3))"], rerun(2), "", "0>1 default_rng, 0>2 Random, 1>2 throw"),
    Case("rng made where none is given", [USES, "def throw(rng=None):\n    rng = rng or Random(3)\n    return rng.random()", "throw()"], rerun(2), "", "0>2 Random, 1>2 throw"),
    Case("new closure", [USES, CLOSURES["function"], "make(3)()"], rerun(2), "", "0>2 default_rng, 1>2 make"),
    Case("name of a file", ["open('a.txt', 'w').write('x')", "f = open('a.txt')\nname = f.name", "name + 'x'"], rerun(2), "", "0>1 a.txt, 1>2 name"),
    Case("field that is given", ["from dataclasses import dataclass, field", "start = 1", "@dataclass\nclass Row:\n    n: list = field(default_factory=lambda: [start])", "Row([2])"], delete(1), "", "0>2 dataclass field, 2>3 Row"),
    Case("rng looked at in a function", [USES, "rng = Random(3)\ndef kind():\n    return type(rng).__name__", "kind()"], rerun(2), "", "0>1 Random, 1>2 kind rng"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
