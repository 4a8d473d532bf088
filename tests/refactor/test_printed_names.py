"""A class that moves is another one by name: refused where a page may show that, kept where it
surely does not. All of it was run; what is refused here does show another name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready.refactor import plan
from jupyter_prodready.refactor.project import Project
from refactor.running import assert_kept, extract, notebook_of

NODE = """\
class Node:
    def __init__(self, v):
        self.v = v
        self.children = []
    def add(self, n):
        self.children.append(n)
        return self
    def find(self, v):
        return next((c for c in self.children if c.v == v), self)"""
STOCK = """\
class Stock:
    def __init__(self, n):
        self.n = n
        self.log = []
    def take(self, k):
        if k > self.n:
            raise KeyError('no')
        self.n -= k
        self.log.append(k)
    def total(self):
        return self.n"""
TEXT = "class Text:\n    def __str__(self):\n        return 'T'"
BAD = "class Bad(Exception):\n    pass"
COLOUR = "from enum import Enum\nclass C(Enum):\n    RED = 1\n    BLUE = 2"

SHOWN = {
    "in an attribute": (NODE, "print(t.children)"),
    "an attribute as the value": (NODE, "t.children"),
    "by max": (NODE, "print(max(t.children, key=lambda n: n.v))"),
    "by a method": (NODE, "t.find(2)"),
    "by %": (NODE, "print('%s' % t)"),
    "by format": (NODE, "print('{}'.format(t))"),
    "by map and join": (NODE, "print(', '.join(map(str, [t])))"),
    "sorted": (NODE, "sorted([t], key=lambda n: n.v)"),
    "by a comprehension": (NODE, "[c for c in t.children]"),
    "in a dictionary": (NODE, "{'a': t}"),
    "in a loop": (NODE, "for c in t.children:\n    print(c)"),
    "by a function": (NODE, "def show(n):\n    print(n)\nshow(t)"),
    "from a function": (NODE, "def first():\n    return t.children[0]\nfirst()"),
    "types": (NODE, "from collections import Counter\nCounter(map(type, [t]))"),
    "its class": (NODE, "{c.__class__ for c in t.children}"),
    "in an f-string": (NODE, "print(f'{t.children[0]}')"),
    "in a table": (NODE, "import pandas as pd\npd.DataFrame({'a': t.children})"),
    "written": (NODE, "import sys\nn = sys.stdout.write(str(t.children))"),
    "by or": (NODE, "print(None or t)"),
    "in another object": (NODE, "class Box:\n    def __init__(self, item):\n        self.item = item\n    def __repr__(self):\n        return f'Box({self.item})'\nBox(t)"),
    "by a call of what holds it": (NODE, "kinds = {'node': Node}\nkinds['node'](3)"),
    "a class of an exception": (BAD, "try:\n    raise Bad('x')\nexcept Exception as e:\n    print(type(e), e)"),
    "only a text, in a list": (TEXT, "xs = [Text()]\nxs"),
    "only a text, as the value": (TEXT, "Text()"),
    "by a method of its name, of a list": ("class A:\n    def get(self, k):\n        return k", "d = {'a': A()}\nprint(d.get('a'))"),
    "by a method that is given it": ("class A:\n    def get(self, k):\n        return k", "a = A()\nprint(a.get(a))"),
    "by a name that is a list elsewhere": ("class A:\n    def get(self, k):\n        return k", "a = A()\ndef f(a):\n    return a.get('k')\nprint(f({'k': A()}))"),
    "by its own items": ("class A:\n    def __init__(self):\n        self.kids = [1]\n    def __iter__(self):\n        return iter([self])", "a = A()\nprint(list(a))"),
    "by what it is called with": ("class A:\n    def __call__(self, x):\n        return x", "a = A()\nprint(a(a))"),
    "the class, by a method of its own": ("class A:\n    def __repr__(self):\n        return 'A'\n    @classmethod\n    def show(cls):\n        print(cls)", "A.show()"),
    "given to a method without self": ("class A:\n    @staticmethod\n    def get(items):\n        return items.get('x')", "print(A.get({'x': A()}))"),
    "kept by the class": ("class A:\n    items = {}\n    def __init__(self, n):\n        A.items[n] = self", "x = A('a')\nprint(A.items)"),
    "given by keyword": (NODE, "def show(what, n):\n    print(n)\nshow(1, n=t)"),
    "given by keyword to any": (NODE, "def show(**all):\n    print(all)\nshow(n=t)"),
    "itself": ("class A:\n    def hi(self):\n        print('hi from', self)", "A().hi()"),
}  # fmt: skip

NOT_SHOWN = {
    "its name": (NODE, "print(type(t).__name__, t.__class__.__name__)"),
    "a number of it": (NODE, "print(t.v, len(t.children))"),
    "what its methods give": (STOCK, "print(s.log, s.total(), len(s.log))"),
    "an error that it raises": (STOCK, "failed = 0\nfor k in [1, 9]:\n    try:\n        s.take(k)\n    except KeyError as err:\n        failed += 1\n        print(err)\nprint(s.log, failed)"),
    "the least of its keys": (STOCK, "x = min(s.log, default=0)\nprint(x)"),
    "a loop over it that shows numbers": (NODE, "for c in t.children:\n    print(c.v)"),
    "an inherited text": ("class A:\n    def __repr__(self):\n        return 'A'\nclass B(A):\n    pass", "print(B(), [B()])"),
    "a text": (TEXT, "__a = Text()\nprint(__a)\nprint(f'{__a}', Text())"),
    "an exception": (BAD, "try:\n    raise Bad('x')\nexcept Bad as e:\n    print(repr(e))"),
    "its own text of a list": ("class L(list):\n    pass", "L([1])"),
    "what a method of a common name gives": ("class A:\n    def __init__(self):\n        self.d = {}\n    def update(self, k, v):\n        self.d[k] = v\n    def get(self, k):\n        return self.d.get(k)", "a = A()\na.update('x', 1)\nprint(a.get('x'), a.d, A().get(3))"),
    "what its class holds": ("class Reg:\n    items = []\n    @classmethod\n    def add(cls, x):\n        cls.items.append(x)", "Reg.add(3)\nprint(Reg.items)\nReg.add(4)"),
    "what its class is given": ("class Reg:\n    count = 0", "Reg.count += 1\nReg.label = 'x'\nprint(Reg.count, Reg.label)"),
    "what calling it gives": ("class F:\n    def __call__(self, k):\n        return k + 1", "a = F()\nprint(a(3))"),
    "its items": ("class F:\n    def __iter__(self):\n        return iter([1, 2])\n    def __getitem__(self, k):\n        return k", "a = F()\nprint(list(a), [i for i in a], sum(a), a[3])\nfor i in a:\n    print(i)"),
    "the names of members": (COLOUR, "print([c.name for c in C], [c.value for c in C])"),
    "members": (COLOUR, "print(list(C), C.RED, C['RED'], C(1), {c: 1 for c in C}, C)\nC.RED"),
    "given by another keyword": (NODE, "def show(what, n):\n    print(what, n.v)\nshow(what=1, n=t)"),
    "added last": (NODE, "kept = []\nkept.append(t)"),
}  # fmt: skip

MAKING = {NODE: "t = Node(1)\nt.add(Node(2))\nt.v", STOCK: "s = Stock(5)\ns.total()"}


def page(source: str, last: str) -> tuple[str, ...]:
    return source, MAKING.get(source, "x = 1"), last


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_does_not_move(name: str, tmp_path: Path):
    found = extract(tmp_path, page(*SHOWN[name]), (0,))
    assert "changes its printed name, which" in " ".join(one.message for one in found.refusals)


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_what_is_not_shown_does(name: str, tmp_path: Path):
    cells = (*page(*NOT_SHOWN[name]), "a = c = kept = s = t = 0")  # their own texts differ
    assert_kept(tmp_path, cells, (0,))


@pytest.mark.parametrize(
    ("last", "told"), [("t = Node(1)\nt.add(Node(2))\nt.v", True), ("print(1)", False)]
)
def test_objects_that_a_kernel_holds(last: str, told: bool, tmp_path: Path):
    found = extract(tmp_path, (NODE, last), (0,))
    said = "Objects of `Node` in your kernel stay of the old class until [2] runs again."
    assert (said in found.notes) is told


def test_the_cell_that_makes_objects_is_named(tmp_path: Path):
    cells = (NODE, "print(Node.__name__)", "def make():\n    return Node(1)", "t = make()\nt.v")
    notes = extract(tmp_path, cells, (0,)).notes
    assert "Objects of `Node` in your kernel stay of the old class until [4] runs again." in notes


def test_cells_that_never_ran_made_none(tmp_path: Path):
    page = notebook_of((NODE, "t = Node(1)\nt.v"))
    fresh = replace(page, cells=tuple(replace(one, execution_count=None) for one in page.cells))
    project = Project("notebooks/n.ipynb", "src/steps/n.py")
    found = plan(fresh, ("c0",), module=None, name=None, project=project)
    assert found.status == "preview"
    assert not any("old class" in note for note in found.notes)
