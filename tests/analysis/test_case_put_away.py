"""What functions and methods of the page put into objects, and what they change of what these hold."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, nothing, rerun

ITEM = "class Item:\n    def __init__(self, n):\n        self.n = n\n    def up(self):\n        self.n += 1\n    def __repr__(self):\n        return f'Item({self.n})'"
MADE = "a, b = Item(1), Item(2)"
TEAM = "class Team:\n    def __init__(self):\n        self.members = []\n        self.by = {}\n        self.count = [0]\n    def join(self, m):\n        self.members.append(m)\n        return m\n    def file(self, m):\n        self.by[m.n] = m\n    def all_up(self):\n        for m in self.members:\n            m.up()\n    def tick(self):\n        self.count[0] += 1"
LED = "class Led:\n    def __init__(self, boss):\n        self.boss = boss\n    def up(self):\n        self.boss.up()\n    def set(self, n):\n        self.boss.n = n"
TABLE = "class T:\n    def __init__(self, rows):\n        self.rows = rows\n    def add(self, x):\n        self.rows.append(x)"
PUT = "def put(d, k, v):\n    d[k] = v"
BANK = "class Bank:\n    def __init__(self):\n        self.items = {}\n    def open(self, k):\n        self.items[k] = Item(0)\n        return self.items[k]\n    def all_up(self):\n        for one in self.items.values():\n            one.up()"
TREE = "class Node:\n    def __init__(self, v, kids=None):\n        self.v = v\n        self.kids = kids or []\n    def up(self):\n        self.v += 1\n        for k in self.kids:\n            k.up()"
PIPE = "class Pipe:\n    def __init__(self, *steps):\n        self.steps = list(steps)\n    def then(self, f):\n        self.steps.append(f)\n    def run(self, x):\n        for s in self.steps:\n            x = s(x)"
NOTE = "log = []\ndef note(x):\n    log.append(x)"
TRAIN = "def train(rows):\n    t = T(rows)\n    return t"
CASES = [
    Case("put into an instance, changed by its name", [ITEM, MADE, TEAM, "t = Team()\nt.join(a)", "t.members", "a.n = 5"], rerun(4), "later-mutation c4", "0>1 Item, 1>3 a, 1>5 a, 2>3 Team, 3>4 t"),
    Case("put into an instance, changed there", [ITEM, MADE, TEAM, "t = Team()\nt.join(a)", "a", "t.members[0].n = 5"], rerun(4), "* c4", "0>1 Item, 1>3 a, 1>4 a, 2>3 Team, 3>5 t"),
    Case("put under a key", [ITEM, MADE, TEAM, "t = Team()\nt.file(a)", "t.by", "a.n = 5"], rerun(4), "later-mutation c4", "0>1 Item, 1>3 a, 1>5 a, 2>3 Team, 3>4 t"),
    Case("put into an instance in a loop", [ITEM, MADE, TEAM, "t = Team()\nfor i in [a, b]:\n    t.join(i)", "a", "t.all_up()"], rerun(4), "* c4", "0>1 Item, 1>3 a b, 1>4 a, 2>3 Team, 3>5 t"),
    Case("put into a dict by a function", [PUT, "rows = [1]\nd = {}", "put(d, 'a', rows)", "d", "rows.append(2)"], rerun(3), "later-mutation c3", "0>2 put, 1>2 d rows, 1>3 d, 1>4 rows, 2>3 d"),
    Case("put into a dict by a function, changed there", [PUT, "rows = [1]\nd = {}", "put(d, 'a', rows)", "rows", "d['a'].append(2)"], rerun(3), "* c3", "0>2 put, 1>2 d rows, 1>3 rows, 1>4 d, 2>4 d"),
    Case("handed back by what kept it", [ITEM, TEAM, "t = Team()\na = t.join(Item(1))", "t.members", "a.n = 5"], rerun(3), "* c3", "0>2 Item, 1>2 Team, 2>3 t, 2>4 a"),
    Case("method that calls one of what it was given", [ITEM, MADE, LED, "t = Led(a)", "a", "t.up()"], rerun(4), "* c4", "0>1 Item, 1>3 a, 1>4 a, 2>3 Led, 3>5 t"),
    Case("method that sets an attribute of what it was given", [ITEM, MADE, LED, "t = Led(a)", "a", "t.set(7)"], rerun(4), "* c4", "0>1 Item, 1>3 a, 1>4 a, 2>3 Led, 3>5 t"),
    Case("method that changes the list that it was given", [TABLE, "rows = [1]", "t = T(rows)", "rows", "t.add(2)"], rerun(3), "later-mutation c3", "0>2 T, 1>2 rows, 1>3 rows, 2>4 t"),
    Case("method that calls those of what it made", [ITEM, BANK, "bank = Bank()\nx = bank.open('x')", "x", "bank.all_up()"], rerun(3), "* c3", "0>2 Item, 1>2 Bank, 2>3 x, 2>4 bank"),
    Case("given in a list", [TREE, "leaf = Node(2)\nroot = Node(1, [leaf])", "leaf.v", "root.up()"], rerun(2), "* c2", "0>1 Node, 1>2 leaf, 1>3 root"),
    Case("given to a function that makes the instance", [TABLE, TRAIN, "rows = [1]\nt = train(rows)", "t.rows", "rows.append(2)"], rerun(3), "* c3", "0>2 T, 1>2 train, 2>3 t, 2>4 rows"),
    Case("function that an instance is given, and calls", [PIPE, NOTE, "p = Pipe(note)", "log", "p.run(1)"], rerun(3), "* c3", "0>2 Pipe, 1>2 log note, 1>3 log, 1>4 log, 2>3 log, 2>4 log p"),
    Case("function that an instance gets later, and calls", [PIPE, NOTE, "p = Pipe()\np.then(note)", "log", "p.run(1)"], rerun(3), "* c3", "0>2 Pipe, 1>2 log note, 1>3 log, 1>4 log, 2>3 log, 2>4 log p"),
    Case("lambda that an instance gets later, and calls", [PIPE, NOTE, "p = Pipe()\np.then(lambda x: log.append(x))", "log", "p.run(1)"], rerun(3), "* c3", "0>2 Pipe, 1>2 log, 1>3 log, 1>4 log, 2>3 log, 2>4 log p"),
    Case("put away, in order", [ITEM, MADE, TEAM, "t = Team()\nt.join(a)", "t.members", "t.all_up()\nt.members"], nothing, "", "0>1 Item, 1>3 a, 2>3 Team, 3>4 t, 3>5 t"),
    Case("put into another instance", [ITEM, MADE, TEAM, "t, u = Team(), Team()\nt.join(a)", "u.members", "a.n = 5"], rerun(4), "", "0>1 Item, 1>3 a, 1>5 a, 2>3 Team, 3>4 u"),
    Case("numbers are put away", [TEAM, "n = 1", "t = Team()\nt.join(n)", "t.members", "n += 1\nn"], rerun(3), "", "0>2 Team, 1>2 n, 1>4 n, 2>3 t"),
    Case("texts are put away", [TEAM, "n = 'a'.upper()", "t = Team()\nt.join(n)", "t.members", "n += 'x'\nn"], rerun(3), "", "0>2 Team, 1>2 n, 1>4 n, 2>3 t"),
    Case("method that changes what is its own", [ITEM, MADE, TEAM, "t = Team()\nt.join(a)", "a", "t.tick()\nt.count"], rerun(4), "", "0>1 Item, 1>3 a, 1>4 a, 2>3 Team, 3>5 t"),
    Case("method that changes a copy", [TABLE, "rows = [1]", "t = T(list(rows))", "rows", "t.add(2)\nt.rows"], rerun(3), "", "0>2 T, 1>2 rows, 1>3 rows, 2>4 t"),
    Case("it is put in, no more", [TREE, "leaf = Node(2)\nroot = Node(1)", "leaf.v", "root.kids.append(leaf)\nlen(root.kids)"], rerun(2), "", "0>1 Node, 1>2 leaf, 1>3 leaf root"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
