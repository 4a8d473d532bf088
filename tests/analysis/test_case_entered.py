"""`with` in a function, of an instance that the function knows by a name alone."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, rerun

METER = "class Meter:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        self.n += 1\n        return self\n    def __exit__(self, *a):\n        self.n += 10"
LEAVES = "class Door:\n    n = 0\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        self.n = 9"
SCALE = "class Scale:\n    def __enter__(self):\n        return factor\n    def __exit__(self, *a):\n        pass"
LOG = "class Log:\n    def __init__(self):\n        self.lines = []\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        return False\n    def add(self, x):\n        self.lines.append(x)"
GIVEN = "def go(d):\n    with d:\n        return 1"
NAMED = "def go():\n    with m:\n        return 1"
ADDS = "def go(d):\n    with d as log:\n        log.add(1)"
SELF = "class C:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        self.n += 1\n    def __exit__(self, *a):\n        pass\n    def run(self):\n        with self:\n            pass"
CASES = [
    Case("given", [METER, GIVEN, "m = Meter()", "m.n", "go(m)"], rerun(3), "later-mutation c3", "0>2 Meter, 1>4 go, 2>3 m, 2>4 m"),
    Case("known by its name", [METER, "m = Meter()", NAMED, "m.n", "go()"], rerun(3), "later-mutation c3", "0>1 Meter, 1>3 m, 1>4 m, 2>4 go"),
    Case("changed where it is left", [LEAVES, GIVEN, "m = Door()", "m.n", "go(m)"], rerun(3), "later-mutation c3", "0>2 Door, 1>4 go, 2>3 m, 2>4 m"),
    Case("the second of two", [METER, "m = Meter(); k = Meter()", "def go(a, b):\n    with a, b:\n        pass", "k.n", "go(m, k)"], rerun(3), "later-mutation c3", "0>1 Meter, 1>3 k, 1>4 k m, 2>4 go"),
    Case("itself", [SELF, "c = C()", "c.n", "c.run()"], rerun(2), "later-mutation c2", "0>1 C, 1>2 c, 1>3 c"),
    Case("by the name that it binds", [LOG, ADDS, "l = Log()", "l.lines", "go(l)"], rerun(3), "later-mutation c3", "0>2 Log, 1>4 go, 2>3 l, 2>4 l"),
    Case("reads a name", ["factor = 2", SCALE, "m = Scale()", "def go(d):\n    with d as f:\n        return f", "go(m)"], change(0, "factor = 3"), "stale-input c4", "0>4 factor, 1>2 Scale, 2>4 m, 3>4 go"),
    Case("made inside", [METER, "def go():\n    with Meter() as e:\n        return e.n", "m = Meter()", "m.n", "go()"], rerun(3), "", "0>2 Meter, 0>4 Meter, 1>4 go, 2>3 m"),
    Case("changes nothing", [SCALE, "factor = 2", "m = Scale()\nm.n = 1", GIVEN, "m.n", "go(m)"], rerun(4), "", "0>2 Scale, 1>5 factor, 2>4 m, 2>5 m, 3>5 go"),
    Case("a lock", ["from threading import Lock\nm = Lock()", NAMED, "m.locked()", "go()"], rerun(2), "", "0>2 m, 0>3 m, 1>3 go"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
