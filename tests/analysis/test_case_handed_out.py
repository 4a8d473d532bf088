"""Methods that hand out what their object has, and instances that share a class alone."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, rerun

BOX = "class Box:\n    def __init__(self):\n        self.items = []\n    def all(self):\n        return self.items\n    def copies(self):\n        return list(self.items)"
HEIR = "class Heir(Box):\n    pass"
TABLE = "class T:\n    def __init__(self):\n        self.rows = {'a': []}\n    def get(self, k):\n        return self.rows[k]"
COUNT = "class Acc:\n    def __init__(self):\n        self.n = 0\n    def pay(self, k):\n        self.n += k\n    def total(self):\n        return self.n"
SHARED = "class S:\n    items = []"
PUT = "def put(z):\n    z.append(1)"
CASES = [
    Case("changed at once", [BOX, "d = Box()", "d.items", "d.all().append(1)"], rerun(2), "later-mutation c2", "0>1 Box, 1>2 d, 1>3 d"),
    Case("an element set at once", [BOX, "d = Box()\nd.items.append(0)", "d.items", "d.all()[0] = 1"], rerun(2), "out-of-order-run c2", "0>1 Box, 1>2 d, 1>3 d"),
    Case("under a name", [BOX, "d = Box()", "d.items", "items = d.all()\nitems.append(1)"], rerun(2), "later-mutation c2", "0>1 Box, 1>2 d, 1>3 d"),
    Case("under a name, shown by the method", [BOX, "d = Box()", "len(d.all())", "items = d.all()", "items.append(1)"], rerun(2), "later-mutation c2", "0>1 Box, 1>2 d, 1>3 d, 3>4 items"),
    Case("given to a function", [BOX, "d = Box()", PUT, "d.items", "put(d.all())"], rerun(3), "later-mutation c3", "0>1 Box, 1>3 d, 1>4 d, 2>4 put"),
    Case("by a key", [TABLE, "t = T()", "t.rows", "t.get('a').append(1)"], rerun(2), "later-mutation c2", "0>1 T, 1>2 t, 1>3 t"),
    Case("of a base class", [BOX, HEIR, "d = Heir()", "d.items", "d.all().append(1)"], rerun(3), "later-mutation c3", "0>1 Box, 1>2 Heir, 2>3 d, 2>4 d"),
    Case("by a function", [BOX, "def f(b):\n    return b.items", "d = Box()", "d.items", "f(d).append(1)"], rerun(3), "later-mutation c3", "0>2 Box, 1>4 f, 2>3 d, 2>4 d"),
    Case("a copy, changed at once", [BOX, "d = Box()", "d.items", "d.copies().append(1)"], rerun(2), "", "0>1 Box, 1>2 d, 1>3 d"),
    Case("a copy under a name", [BOX, "d = Box()", "d.items", "items = d.copies()\nitems.append(1)"], rerun(2), "", "0>1 Box, 1>2 d, 1>3 d"),
    Case("a copy given to a function", [BOX, "d = Box()", PUT, "d.items", "put(d.copies())"], rerun(3), "", "0>1 Box, 1>3 d, 1>4 d, 2>4 put"),
    Case("a number", [COUNT, "a = Acc()", "a.n", "n = a.total()\nn += 1"], rerun(2), "", "0>1 Acc, 1>2 a, 1>3 a"),
    Case("another instance", [BOX, "d, e = Box(), Box()", "e.items", "d.all().append(1)\nd.items"], rerun(2), "", "0>1 Box, 1>2 e, 1>3 d"),
    Case("attribute of another instance", [BOX, "d, e = Box(), Box()", "e.items", "d.items.append(1)\nd.items"], rerun(2), "", "0>1 Box, 1>2 e, 1>3 d"),
    Case("attribute of another instance, under a name", [BOX, "d = Box()", "e = Box()", "e.items", "xs = d.items\nxs.append(1)"], rerun(3), "", "0>1 Box, 0>2 Box, 1>4 d, 2>3 e"),
    Case("a new instance", [BOX, "d = Box()", "Box().items", "d.items.append(1)\nd.items"], rerun(2), "", "0>1 Box, 0>2 Box, 1>3 d"),
    Case("what the class has", [SHARED, "d = S()", "e = S()", "e.items", "d.items.append(1)"], rerun(3), "later-mutation c3", "0>1 S, 0>2 S, 1>4 d, 2>3 e"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
