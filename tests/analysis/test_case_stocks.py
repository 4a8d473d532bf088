"""Generators of chance and iterators in containers: what is asked of them changes the container."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, edit, nothing, rerun

USES = "from random import Random\nfrom types import SimpleNamespace"
KEEPS = "class Kit:\n    def __init__(self, rng):\n        self.rng = rng\n    def throw(self):\n        return self.rng.random()\n    def name(self):\n        return 'kit'"
CASES = [
    Case("stock: key", [USES, "kit = {'rng': Random(3), 'n': 3}", "kit['rng'].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit"),
    Case("stock: key of dict", [USES, "kit = dict(rng=Random(3), n=3)", "kit['rng'].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit"),
    Case("stock: key set later", [USES, "kit = {'n': 3}\nkit['rng'] = Random(3)", "kit['rng'].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit"),
    Case("stock: iterator", [USES, "kit = {'it': iter(range(9)), 'n': 3}", "list(kit['it'])"], rerun(2), "repeated-run c2", "1>2 kit"),
    Case("stock: attribute", [USES, "kit = SimpleNamespace(rng=Random(3), n=3)", "kit.rng.random()"], rerun(2), "repeated-run c2", "0>1 Random SimpleNamespace, 1>2 kit"),
    Case("stock: attribute set later", [USES, "kit = SimpleNamespace(n=3)\nkit.rng = Random(3)", "kit.rng.random()"], rerun(2), "repeated-run c2", "0>1 Random SimpleNamespace, 1>2 kit"),
    Case("stock: attribute of an instance", [USES, "class Kit:\n    def __init__(self):\n        self.rng = Random(3)", "kit = Kit()", "kit.rng.random()"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Kit, 2>3 kit"),
    Case("stock: key in a function", [USES, "kit = {'rng': Random(3), 'n': 3}\ndef throw():\n    return kit['rng'].random()", "throw()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit throw"),
    Case("stock: key of what is given", [USES, "kit = {'rng': Random(3), 'n': 3}\ndef throw(some):\n    return some['rng'].random()", "throw(kit)"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit throw"),
    Case("stock: handed on", [USES, "kit = {'rng': Random(3), 'n': 3}\ndef throw(rng):\n    return rng.random()", "throw(kit['rng'])"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit throw"),
    Case("stock: key under a name", [USES, "kit = {'rng': Random(3), 'n': 3}\nrng = kit['rng']", "rng.random()", "kit['rng'].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 rng, 1>3 kit, 2>3 kit"),
    Case("stock: another name", [USES, "kit = {'rng': Random(3), 'n': 3}\nother = kit", "other['rng'].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 other"),
    Case("stock: list", [USES, "many = [Random(0), Random(1)]", "[one.random() for one in many]"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 many"),
    Case("stock: list made in a loop", [USES, "many = [Random(n) for n in (0, 1)]", "for one in many:\n    print(one.random())"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 many"),
    Case("stock: element", [USES, "many = [Random(n) for n in (0, 1)]", "many[0].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 many"),
    Case("stock: element under a name", [USES, "many = [Random(n) for n in (0, 1)]\none = many[0]", "one.random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 one"),
    Case("stock: by number", [USES, "many = {n: Random(n) for n in (0, 1)}", "many[0].random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 many"),
    Case("stock: values", [USES, "many = {n: Random(n) for n in (0, 1)}", "[one.random() for one in many.values()]"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 many"),
    Case("stock: given to an instance", [USES, KEEPS, "kit = Kit(Random(3))", "kit.throw()"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Kit, 2>3 kit"),
    Case("stock: given by keyword", [USES, KEEPS, "kit = Kit(rng=Random(3))", "kit.throw()"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Kit, 2>3 kit"),
    Case("stock: given by name", [USES, KEEPS, "mine = Random(3)\nkit = Kit(mine)", "kit.throw()", "mine.random()"], rerun(3), "repeated-run c3", "0>2 Random, 1>2 Kit, 2>3 kit, 2>4 mine, 3>4 mine"),
    Case("stock: given to a data class", [USES, "from dataclasses import dataclass\n@dataclass\nclass Kit:\n    n: int\n    rng: Random\n    def throw(self):\n        return self.rng.random()", "kit = Kit(1, Random(3))", "kit.throw()"], rerun(3), "repeated-run c3", "0>1 Random, 0>2 Random, 1>2 Kit, 2>3 kit"),
    Case("stock: named in a dict", [USES, "rng = Random(3)\nkit = {'rng': rng, 'n': 'ab'}", "kit['rng'].random()", "rng.random()"], rerun(2), "repeated-run c2", "0>1 Random, 1>2 kit, 1>3 rng, 2>3 rng"),
    # near misses
    Case("stock: number given to an instance", [USES, KEEPS, "kit = Kit('ab')", "kit.rng.upper()"], rerun(3), "", "1>2 Kit, 2>3 kit"),
    Case("stock: given, and not asked", [USES, KEEPS, "kit = Kit(Random(3))", "kit.name()"], rerun(3), "", "0>2 Random, 1>2 Kit, 2>3 kit"),
    Case("stock: given in order", [USES, KEEPS, "mine = Random(3)\nkit = Kit(mine)", "kit.throw()", "mine.random()"], nothing, "", "0>2 Random, 1>2 Kit, 2>3 kit, 2>4 mine, 3>4 mine"),
    Case("stock: other key", [USES, "kit = {'rng': Random(3), 'n': 3}", "kit['rng'].random()", "kit['n'] + 1"], rerun(3), "", "0>1 Random, 1>2 kit, 1>3 kit"),
    Case("stock: other key under a name", [USES, "kit = {'rng': Random(3), 'n': 'ab'}\nn = kit['n']", "n.upper()"], rerun(2), "", "0>1 Random, 1>2 n"),
    Case("stock: method of another key", [USES, "kit = {'rng': Random(3), 'n': 'ab'}", "kit['n'].upper()"], rerun(2), "", "0>1 Random, 1>2 kit"),
    Case("stock: other attribute", [USES, "kit = SimpleNamespace(rng=Random(3), n='ab')", "kit.rng.random()", "kit.n.upper()"], rerun(3), "", "0>1 Random SimpleNamespace, 1>2 kit, 1>3 kit"),
    Case("stock: in order", [USES, "kit = {'rng': Random(3)}", "kit['rng'].random()", "kit['rng'].random()"], nothing, "", "0>1 Random, 1>2 kit, 1>3 kit, 2>3 kit"),
    Case("stock: made anew", [USES, "kit = {'rng': Random(3)}\nkit['rng'].random()"], rerun(1), "", "0>1 Random"),
    Case("stock: other key edited", [USES, "kit = {'rng': Random(3), 'n': 3}", "kit['n'] + 1"], edit(1, "kit = {'rng': Random(4), 'n': 3}"), "edited-since-run c1", "0>1 Random, 1>2 kit"),
    Case("stock: length", [USES, "many = [Random(0), Random(1)]", "len(many)"], rerun(2), "", "0>1 Random, 1>2 many"),
    Case("stock: keys", [USES, "many = {n: Random(n) for n in (0, 1)}", "sorted(many.keys())"], rerun(2), "", "0>1 Random, 1>2 many"),
    Case("stock: columns of a table", ["import pandas as pd", "table = pd.DataFrame({'a': [1], 'b': [2]}).filter(items=['a'])", "table.sum()"], rerun(2), "", "0>1 pd, 1>2 table"),
    Case("stock: of a class of the page", [USES, "class Box:\n    def __init__(self, n):\n        self.n = n\nmany = [Box(1), Box(2)]", "[one.n for one in many]"], rerun(2), "", "1>2 many"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
