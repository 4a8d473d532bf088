"""Classes of the page, followed by value: what the engine says that they show, Python shows."""

from __future__ import annotations

import pytest

from .cases import Play, change, rerun
from .followed import UNTOLD as NOT_TOLD
from .followed import assert_as_in_python, assert_stale_where_changed, followed

COUNTER = """\
class Counter:
    total = 0

    def __init__(self, start=1, *more, step=1, **rest):
        self.n = start + sum(more)
        self.step = step
        self.rest = rest

    def up(self, by=None):
        return Counter(self.n + (self.step if by is None else by), step=self.step)

    def __call__(self, x):
        return self.n * x

    def __len__(self):
        return self.n

    @property
    def double(self):
        return 2 * self.n

    @staticmethod
    def twice(x):
        return 2 * x

    @classmethod
    def of(cls, text):
        return cls(len(text))
"""
DATA = """\
from dataclasses import asdict, dataclass, field, replace
@dataclass
class Item:
    id: int
    score: float = 1.5
    tags: list = field(default_factory=list)

    @property
    def weight(self):
        return self.score * bonus

    @classmethod
    def of(cls, row):
        return cls(row["id"], row["score"])
bonus = 2
"""
FOLLOWED: dict[str, list[str]] = {
    "attributes of a class": [
        "class A:\n    'what it is'\n    n = 1\n    m: int = n + 1\n    pass",
        "A.n, A.m",
        "A.n = 5\nA.m += 1",
        "print(A.n, A.m, A().n, A.__name__)",
        "a = A()",
        "A.n = 6",
        "a.n",
        "a.n += 1",
        "a.n, A.n",
    ],
    "methods": [
        COUNTER,
        "c = Counter(2)",
        "c.up().up(by=3).n",
        "c(10), len(c), c.double",
        "Counter.twice(4), c.twice(5)",
        "Counter.of('abc').n",
        "bool(Counter(0)) if Counter(0) else 'empty'",
        "Counter(1, 2, 3, step=4, k=5).rest",
        "[Counter(i).double for i in range(3)]",
        "sorted([Counter(3), Counter(1)], key=lambda one: one.n)[0].n",
        "list(map(Counter.twice, [1, 2])), [one.n for one in map(Counter, [1, 2])]",
    ],
    "what instances share": [
        COUNTER.replace("total = 0", "total = 0\n    seen = []"),
        "one, two = Counter(), Counter(5)",
        "one.seen.append(1)",
        "two.seen, Counter.seen",
        "Counter.total += 2",
        "one.total, two.total",
        "two.total = 9",
        "two.total, Counter.total",
        "one.total",
    ],
    "instances in lists and dicts": [
        COUNTER,
        "a = Counter(1)\nheld = [a, a]\nby = {'a': a}",
        "held[0].n += 1",
        "a.n, by['a'].n",
        "a.n = 7",
        "[one.n for one in held], by['a'].n",
        "for one in held:\n    one.n += 1",
        "a.n",
        "for one in by.values():\n    one.n = 0",
        "a.n, held[1].n",
        "held[1].rest['k'] = 1",
        "a.rest, by['a'].rest",
    ],
    "a class of a class": [
        "class A:\n    n = 1\n    def __init__(self, k):\n        self.k = k\n"
        "    def get(self):\n        return self.n + self.k",
        "class B(A):\n    def __init__(self, k):\n        super().__init__(2 * k)\n"
        "    def get(self):\n        return 100 + super().get()",
        "b = B(3)\nb.get(), b.k",
        "A.n = 5",
        "b.get(), A(1).get()",
        "B.n = 50",
        "b.get(), A(1).get(), A.n",
    ],
    "a method that changes its object, in one statement": [
        "class C:\n    n = 0\n    def up(self):\n        self.n += 1\n        return self\n"
        "    def __enter__(self):\n        return self.up()\n"
        "    def __exit__(self, *problem):\n        print('out', problem)\n        return False",
        "C().up().up().n",
        "def f(d):\n    with d as e:\n        return d.n, e.n, d.up().n",
        "f(C()), C.n",
        "def g(d):\n    for i in range(3):\n        with d:\n            if i == 1:\n"
        "                break\n    return d.n",
        "g(C())",
        "with C() as d:\n    print('in', d.n)",
    ],
    "a data class": [
        DATA,
        "items = [Item.of(row) for row in [{'id': 1, 'score': 4}, {'id': 2, 'score': 9}]]",
        "items[0].weight, sum(item.weight for item in items)",
        "items[0].tags.append('z')",
        "items[0].tags, items[1].tags",
        "bonus = 3\nitems[1].weight",
        "items[1].score += 1",
        "asdict(items[1]), asdict(items[0])",
        "more = replace(items[0], id=7)",
        "more.id, more.tags",
        "more.tags.append('y')",
        "items[0].tags",
        "Item(3).score, Item.score, Item(id=4, tags=(1,)).tags",
    ],
    "a data class with more": [
        "from dataclasses import dataclass\nimport dataclasses",
        "@dataclass(frozen=True, order=True)\nclass P:\n    x: 'int'\n    y: list | None = None\n"
        "    def far(self):\n        return abs(self.x)",
        "P(-3).far(), P(1, [2]).y",
        "@dataclasses.dataclass\nclass A:\n    n: int\n    m: int = 2\n    def __post_init__(self):\n"
        "        self.both = self.n * self.m",
        "@dataclass\nclass B(A):\n    k: int = 5\n    m: int = 4",
        "A(3).both, B(3).both, B(1, 2, 3).k",
    ],
    "methods that are handed on": [
        "class Report:\n    def __init__(self, names):\n        self.names = names\n"
        "    def show(self, out=print):\n        for name in self.names:\n            out(name)",
        "report = Report(['b', 'a'])\nreport.show()",
        "written = []\nreport.show(written.append)\nwritten",
        "report.names.append('c')",
        "report.show()",
        "list(map(written.index, report.names[:2]))",
    ],
    "own names before Python's": [
        "def shown(print):\n    print(1)\n    return 2",
        "kept = []\nshown(kept.append), kept",
        "it = iter([[1], [2]])\nnext(it)[0] += 5\nlist(it)",
        "def two(a, b):\n    return a, b",
        "it = iter([1, 2, 3])\ntwo(next(it), b=next(it))",
        "def all_of(a, /, *rest, k=1, **more):\n    return a, rest, k, more",
        "all_of(1), all_of(1, 2, 3, k=4, x=5, a=6) if 0 else all_of(1, 2, 3, k=4, x=5)",
    ],
}
UNTOLD: dict[str, tuple[list[str], set[str]]] = {
    "what an instance looks like": (
        [COUNTER, "c = Counter()", "str(c)[:5]", "c == c", "c in [c]", "{c: 1}[c]", "c.n"],
        {"str(c)[:5]", "c == c", "c in [c]", "{c: 1}[c]"},
    ),
    "what only Python knows": (
        [
            "class A:\n    n = 1",
            "a = A()",
            "isinstance(a, A)",
            "hasattr(a, 'n')",
            "A.__dict__['n']",
            "import copy",
            "copy.copy(a).n",
            "copy.deepcopy([a])[0].n",
            "a.n",
        ],
        {
            "import copy",
            "isinstance(a, A)",
            "hasattr(a, 'n')",
            "A.__dict__['n']",
            "copy.copy(a).n",
            "copy.deepcopy([a])[0].n",
        },
    ),
    "what a method changed": (
        ["class C:\n    n = 0\n    def up(self):\n        self.n += 1", "c = C()", "c.up()", "c.n"],
        {"c.up()", "c.n"},
    ),
    "what a method hands out": (
        [
            "class P:\n    def __init__(self):\n        self.items = []\n        self.n = 1\n"
            "    def all(self):\n        return self.items",
            "p = P()",
            "p.all().append(1)",
            "p.items",
            "P().all()",
        ],
        {"p.all().append(1)", "p.items"},
    ),
    "error of a stand-in": (
        [
            "class A:\n    n = 1",
            "try:\n    t = 'a'.join([A()])\nexcept TypeError as e:\n    t = str(e)",
            "t",
            "try:\n    m = [1][A()]\nexcept TypeError as e:\n    m = str(e)",
            "m",
            "try:\n    k = 1 + A()\nexcept TypeError as e:\n    k = str(e)",
            "try:\n    h = A().gone\nexcept AttributeError as e:\n    h = str(e)",
            "try:\n    g = int(A())\nexcept TypeError as e:\n    g = str(e)",
        ],
        {
            "try:\n    t = 'a'.join([A()])\nexcept TypeError as e:\n    t = str(e)",
            "t",
            "try:\n    m = [1][A()]\nexcept TypeError as e:\n    m = str(e)",
            "m",
            "try:\n    k = 1 + A()\nexcept TypeError as e:\n    k = str(e)",
            "try:\n    h = A().gone\nexcept AttributeError as e:\n    h = str(e)",
            "try:\n    g = int(A())\nexcept TypeError as e:\n    g = str(e)",
        },
    ),
    "a block that fails": (
        [
            "class Quiet:\n    def __enter__(self):\n        return self\n"
            "    def __exit__(self, *problem):\n        return True",
            "with Quiet():\n    print(1)\n    [][0]",
        ],
        {"with Quiet():\n    print(1)\n    [][0]"},
    ),
}
REFUSED = {
    "metaclass": "class A(metaclass=type):\n    n = 1",
    "base of Python": "class A(dict):\n    n = 1",
    "two bases": "class X:\n    n = 1\nclass Y:\n    n = 1\nclass A(X, Y):\n    pass",
    "own lookup": "class A:\n    n = 1\n    def __getattr__(self, name):\n        return 2",
    "own setting": "class A:\n    n = 1\n    def __setattr__(self, name, value):\n        pass",
    "own making": "class A:\n    n = 1\n    def __new__(cls):\n        return 3",
    "slots": "class A:\n    __slots__ = ('n',)",
    "code in its body": "class A:\n    n = 1\n    print(n)",
    "comprehension in its body": "class A:\n    k = 2\n    n = [k for k in [1]]",
    "property that changes": "class A:\n    @property\n    def n(self):\n        self.k = 1\n"
    "        return 1",
    "property that counts": "class A:\n    seen = []\n    @property\n    def n(self):\n"
    "        self.seen.append(1)\n        return 1",
    "other decorator": "import functools\nclass A:\n    @functools.cached_property\n    def n(self):\n"
    "        return 1",
    "decorated class": "def d(c):\n    c.n = 3\n    return c\n@d\nclass A:\n    n = 1",
    "fields that are none": "from dataclasses import dataclass\nfrom typing import ClassVar\n"
    "@dataclass\nclass A:\n    n: ClassVar[int] = 1",
    "slots of a data class": "from dataclasses import dataclass\n@dataclass(slots=True)\nclass A:\n"
    "    n: int = 1",
    "private names": "class A:\n    __n = 1\n    n = 1",
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_it_is_as_in_python(name: str) -> None:
    imports = {"import copy", "import dataclasses", "from dataclasses import dataclass"}
    assert_as_in_python(FOLLOWED[name], {*imports, DATA.partition("\n")[0]})


@pytest.mark.parametrize("name", UNTOLD)
def test_it_is_not_guessed(name: str) -> None:
    assert_as_in_python(*UNTOLD[name])


@pytest.mark.parametrize("name", REFUSED)
def test_the_class_is_let_be(name: str) -> None:
    assert followed([REFUSED[name], "A.n", "A().n"])[-2:] == [NOT_TOLD, NOT_TOLD]


ROWS = "rows = [{'id': 1, 'score': 4}, {'id': 2, 'score': 9}]"
MADE = "items = [Item(**row) for row in rows]"
TALLY = "class Tally:\n    n = 0\n    def up(self):\n        self.n += 1\nt = Tally()"
SESSIONS: dict[str, tuple[list[str], Play]] = {
    "attribute of a class that is set anew": (
        ["class S:\n    n = 4\n    m = 1", "S.n = 9", "print(S.n, S().n)", "S().m"],
        change(0, "class S:\n    n = 5\n    m = 2"),
    ),
    "instance that was made before its class was changed": (
        ["class S:\n    n = 4", "s = S()", "S.n = 6", "print(s.n > 5)", "s.n"],
        change(2, "S.n = 7"),
    ),
    "instance of an older class": (
        ["class S:\n    n = 4", "s = S()", "s.n > 1", "s.n"],
        change(0, "class S:\n    n = 5"),
    ),
    "fields of a data class": (
        [DATA, ROWS, MADE, "items[0].weight", "items[1].weight", "items[1].id"],
        change(1, ROWS.replace("4", "5"), 2),
    ),
    "method of another text": (
        ["class S:\n    def get(self):\n        return 1", "S().get() > 0", "S().get()"],
        change(0, "class S:\n    def get(self):\n        return 2"),
    ),
    "list of an instance that others have, too": (
        [DATA, "a = Item(1, 2)\nheld = [a]", "held[0].tags.append('x')", "len(a.tags)", "a.tags"],
        change(2, "held[0].tags.append('y')"),
    ),
    "instances that a loop changes": (
        [DATA, "held = [Item(1, 2)]", "for one in held:\n    one.score += 1", "held[0].id",
         "held[0].score", "held[0].score > 2"],
        rerun(2, 4),
    ),
    "method that changes its object": ([TALLY, "t.up()", "t.n > 0", "t.n"], rerun(1, 3)),
    "what a method writes": (
        [
            "class R:\n    title = 'a'\n    def show(self, out=print):\n        out(self.title)",
            "r = R()",
            "R.title = 'b'",
            "kept = []\nr.show(kept.append)\nkept",
            "len(kept)",
        ],
        change(0, "class R:\n    title = 'c'\n    def show(self, out=print):\n        out(self.title)"),
    ),
}  # fmt: skip
FLAGGED_ALSO = {"method that changes its object": "t.up()"}


@pytest.mark.parametrize("name", SESSIONS)
def test_what_shows_the_same_is_let_be(name: str) -> None:
    assert_stale_where_changed(*SESSIONS[name], FLAGGED_ALSO.get(name))
