"""What tells code of a module from code of the notebook: refused where the page may tell, kept
where it does not. All of it was run; what is refused here does come out otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import assert_kept, extract

TUPLE = "from collections import namedtuple\nimport pickle as pk\nfrom pickle import dumps"
MADE = "Point = namedtuple('Point', 'x y')\np = Point(1, 2)\nprint('made')"
NEW = "from typing import NewType"
ENUM = "from enum import Enum"
CLASS = "from dataclasses import dataclass\nimport pickle as pk"
BRANCH = (
    "if True:\n    @dataclass\n    class P:\n        x: int\n    p = P(1)\nelse:\n    p = P = None"
)
PRINTED = "Moving `{}` changes its printed name, which [3] may show."
PICKLED = "Moving `{}` changes its pickled name, and [3] pickles."
PLACE = "[3] shows what is made here with the place where it was made."
WARN = "def f():\n    warnings.warn('old')\n    return 1\nx = f()"
FILTER = "[1] lets warnings through by their module: it is another then."
BASE = "class Base:\n    pass\nclass A(Base):\n    pass"

REFUSED = {
    "a named tuple, shown": ((TUPLE, MADE, "Point"), PRINTED.format("Point")),
    "its type, printed": ((TUPLE, MADE, "print(type(p))"), PRINTED.format("Point")),
    "in a list": ((TUPLE, MADE, "print([Point])"), PRINTED.format("Point")),
    "pickled by an alias": ((TUPLE, MADE, "pk.dumps(p)"), PICKLED.format("Point")),
    "pickled by a function": ((TUPLE, MADE, "dumps(p)"), PICKLED.format("Point")),
    "its module": ((TUPLE, MADE, "Point.__module__"), "[3] reads `__module__`, which is another one then."),
    "a new type": ((NEW, "U = NewType('U', int)\nu = U(5)", "U"), PRINTED.format("U")),
    "an instance of a type": (("a = 1", "P = type('P', (), {})\np = P()", "print(p)"), PRINTED.format("P")),
    "made by a function that moves": ((TUPLE, "def make():\n    return namedtuple('Point', 'x y')\nz = make()", "print(z)"), PRINTED.format("make")),
    "an enum, pickled": ((ENUM + "\nimport pickle", "C = Enum('C', 'RED BLUE')", "pickle.dumps(C.RED)"), PICKLED.format("C")),
    "a class of a branch, shown": ((CLASS, BRANCH, "print(p)"), PLACE),
    "a class of a branch, in a list": ((CLASS, BRANCH, "[p]"), PLACE),
    "a class of a branch, pickled": ((CLASS, BRANCH, "pk.dumps(p)"), "What is made here cannot be pickled then, and [3] pickles."),
    "a class of a branch, asked for its name": ((CLASS, BRANCH, "P.__qualname__"), "[3] reads `__qualname__` of what may be made here."),
    "a lambda, asked for its module": (("a = 1", "f = lambda: 1\nb = f()", "f.__module__"), "[3] reads `__module__` of what may be made here."),
    "warnings of the notebook": (("import warnings\nwarnings.filterwarnings('ignore', module='__main__')", WARN, "print(x)"), FILTER),
    "warnings of any other module": (("import warnings\nwarnings.filterwarnings('error', module=r'(?!__main__)')", WARN, "print(x)"), FILTER),
    "warnings of a module in its place": (("import warnings\nwarnings.filterwarnings('ignore', '', Warning, '__main__$')", WARN, "print(x)"), FILTER),
    "warnings of a module that is computed": (("import warnings\nname = '__main__'\nwarnings.filterwarnings('ignore', module=name)", WARN, "print(x)"), FILTER),
    "subclasses in their order": ((BASE, "class B(Base):\n    pass", "class C(Base):\n    pass\nprint([c.__name__ for c in Base.__subclasses__()])"), "[3] lists subclasses: `B` is made earlier then."),
}  # fmt: skip

KEPT = {
    "a named tuple that a function is given": ((TUPLE, "Hit = namedtuple('Hit', 'n')\ndef parse(line):\n    m = line.casefold()\n    return Hit(m)", "hits = [parse(' a')]\nm = 'x'.strip()", "m"), 1),
    "a named tuple, its values": ((TUPLE, MADE, "print(p, p.x, Point._fields)\np"), 1),
    "a new type, its values": ((NEW, "U = NewType('U', int)\nu = U(5)", "print(u)\nU = 0"), 1),
    "a type, its values": (("a = 1", "P = type('P', (), {'n': 1})\nk = P().n", "print(k)\nP = 0"), 1),
    "the type of a value": (("a = 1", "t = type(a)\nk = t.__name__", "print(k, t)"), 1),
    "an enum, shown": ((ENUM, "C = Enum('C', 'RED BLUE')", "print(C.RED, C, list(C))\nC = 0"), 1),
    "a class that inherits from a named tuple": ((TUPLE, "class P(namedtuple('P', 'x')):\n    pass", "print(P(1))"), 1),
    "pickled, but nothing made": ((TUPLE, "b = [1]\nc = b + b", "len(dumps(c))"), 1),
    "a dataclass of the page, shown": ((CLASS, "@dataclass\nclass P:\n    x: int", "print(P(1))"), 1),
    "a class of a branch, its values": ((CLASS, BRANCH, "print(p.x)\np = P = 0"), 1),
    "a class of a branch with a text": ((CLASS, BRANCH.replace("x: int", "x: int\n        def __repr__(self):\n            return 'P'"), "print(p)"), 1),
    "warnings of every module": (("import warnings\nwarnings.filterwarnings('ignore', module='.*')", WARN, "print(x)"), 1),
    "warnings of another module": (("import warnings\nwarnings.filterwarnings('ignore', module='pandas')", WARN, "print(x)"), 1),
    "a base class": ((BASE, "class K:\n    pass\nk = 1", "print([c.__name__ for c in Base.__subclasses__()])"), 1),
    "the name of a function elsewhere": (("def f():\n    return 1", "b = [1]", "print(f.__qualname__)"), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_tell_is_refused(name: str, tmp_path: Path):
    cells, message = REFUSED[name]
    found = extract(tmp_path, cells, (1,))
    assert message in [refusal.message for refusal in found.refusals]


@pytest.mark.parametrize("name", KEPT)
def test_what_does_not_is_kept(name: str, tmp_path: Path):
    cells, place = KEPT[name]
    assert_kept(tmp_path, cells, (place,))
